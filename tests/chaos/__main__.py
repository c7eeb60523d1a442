"""`make chaos`: a thousand kills. `python -m tests.chaos --kills 1000 --seed 1`."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.campaign import campaign
from tests.chaos.sink import Sink
from tests.chaos.world import World
from tests.dovecot import run_dovecot


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))  # It stays behind when something was lost.
    with contextmanager(run_dovecot)() as dovecot:
        world = World(folder, dovecot, Sink())
        try:
            print(campaign(world, wanted.seed, wanted.kills, loud=True))
        finally:
            world.close()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
