"""The crash campaign of CI: fifty kills, or as many as fit into half a minute. `make chaos` runs a thousand."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.chaos.campaign import campaign
from tests.chaos.sink import Sink
from tests.chaos.world import World
from tests.dovecot import Dovecot, run_dovecot

KILLS, SECONDS = 50, 35.0


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with contextmanager(run_dovecot)() as server:
        yield server


@pytest.mark.timeout(300)
def test_killed_again_and_again_nothing_is_lost_and_nothing_done_twice(tmp_path: Path, dovecot: Dovecot) -> None:
    seed = int(os.environ.get("CHAOS_SEED") or random.randrange(10**6))
    with closing(World(tmp_path, dovecot, Sink())) as world:
        report = campaign(world, seed, KILLS, SECONDS)
    print(f"seed {seed}: {report}")
    assert report.kills >= 3 and report.mails >= 3
