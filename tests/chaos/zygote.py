"""Has all modules loaded and forks a daemon for each plan that it reads: a campaign pays for the imports once."""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from pathlib import Path


def main() -> None:
    """A plan a line on stdin; the process id of its daemon, then its wait status, a line each on stdout."""
    import parsers.reader  # noqa: F401
    from bot.running.daemon import office_of
    from tests.chaos.fuse import Plan, live

    office = office_of(Path(sys.argv[1]))
    office.warm()
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            devnull = os.open(os.devnull, os.O_RDWR)
            os.dup2(devnull, 0)
            os.dup2(devnull, 1)
            try:
                live(Plan(**json.loads(line)), office)
            except Exception:  # noqa: BLE001 - whatever it was, it is in the log
                traceback.print_exc()
            finally:
                os._exit(70)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    main()
