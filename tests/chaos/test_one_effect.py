"""One mail, one effect: whatever the order of arrivals, of what people move, of crashes and of time."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.config.sandbox import write_sandbox
from bot.demo.forms import memo
from bot.mailboxes.maildir import MaildirMailbox
from bot.register.register import Register
from bot.running.moving import Moves
from bot.running.opening import open_rounds
from bot.running.startup import make_register, office_of
from bot.running.ticks import Rounds
from tests.stories.story import MEMO, SCHOOL

BOXES = ("missing.pupils", "hub.north")
CHILDREN = ("Abbotsley", "Bexwell", "Catterick", "Dunmore", "Eastcott")
START = datetime(2014, 11, 12, 10, tzinfo=UTC)
CRASHES = ("before commit", "after commit", "before move", "half moved")


class Crash(BaseException):
    """The power goes: nothing catches it."""


def referral(child: str) -> bytes:
    return (
        "Authentication-Results: mx.council.example; dmarc=pass header.from=bardwell-hill.example\r\n"
        f"From: {SCHOOL}\r\nTo: missing.pupils@council.example\r\nSubject: A pupil\r\n"
        f"Message-ID: <{child}@school.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + memo({**MEMO, "child.surname": child})
    ).encode()


@pytest.fixture(scope="module", autouse=True)
def _template(tmp_path_factory: pytest.TempPathFactory) -> None:
    Office.template = tmp_path_factory.mktemp("template") / "county"
    write_sandbox(Office.template)
    make_register(Office.template / "config.toml")


class Office(RuleBasedStateMachine):
    """The bot on two Maildirs of the same office, and all that may happen to it."""

    template: Path

    @initialize()
    def begin(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="one-effect-"))
        self.county = self.home / "county"
        shutil.copytree(self.template, self.county)
        self.office = office_of(self.county / "config.toml")
        self.now, self.serial, self.crash = START, 0, ""
        self.arrived: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "home"):
            self.poll(times=2)
            self.nothing_is_doubled()
            self.nothing_is_lost()
            shutil.rmtree(self.home)

    @rule(child=st.sampled_from(CHILDREN), box=st.sampled_from(BOXES))
    def a_mail_arrives(self, child: str, box: str) -> None:
        """Perhaps the same as one that came before, here or in the other mailbox."""
        self.serial += 1
        (self.county / "mail" / box / "new" / f"{self.serial}.x").write_bytes(referral(child))
        self.arrived.add(child)

    @rule(box=st.sampled_from(BOXES), folder=st.sampled_from((".Done/cur", ".Quarantine/new")), pick=st.integers(0, 99))
    def a_person_moves_one_back(self, box: str, folder: str, pick: int) -> None:
        if files := sorted((self.county / "mail" / box / folder).iterdir()):
            self.serial += 1
            files[pick % len(files)].rename(self.county / "mail" / box / "new" / f"{self.serial}.back")

    @rule(box=st.sampled_from(BOXES))
    def a_person_opens_one(self, box: str) -> None:
        for file in sorted((self.county / "mail" / box / "new").iterdir())[:1]:
            file.rename(self.county / "mail" / box / "cur" / f"{file.name}:2,S")

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: not self.crash)
    @rule(step=st.sampled_from(CRASHES))
    def the_power_will_fail(self, step: str) -> None:
        self.crash = step

    @rule()
    def poll(self, times: int = 1) -> None:
        for _ in range(times):
            with ExitStack() as stack, suppress(Crash):
                rounds = open_rounds(self.office, stack, inline=True)
                rounds.start(self.now)
                with _failing(self.crash):
                    self.crash = ""
                    rounds.once_round(self.now)

    @invariant()
    def nothing_is_doubled(self) -> None:
        if not hasattr(self, "home"):
            return
        with Register.open(self.county / "register.db") as register, register.read() as snapshot:
            rows = snapshot.cases()
            assert all(n == 1 for n in Counter(row.surname for row in rows).values())
            for row in rows:
                kinds = [e.kind for e in snapshot.history(row.ref)]
                assert kinds.count("referral.received") == 1, kinds
                asks = [e.values["ask"] for e in snapshot.history(row.ref) if e.kind == "ask.sent"]
                assert len(asks) == len(set(asks))

    def nothing_is_lost(self) -> None:
        with Register.open(self.county / "register.db") as register, register.read() as snapshot:
            assert {row.surname for row in snapshot.cases()} == self.arrived
        lying = [f for box in BOXES for part in ("new", "cur") for f in (self.county / "mail" / box / part).iterdir()]
        assert not lying


class _failing:
    """While it is open, the first time of that step is the last thing that happens."""

    def __init__(self, step: str) -> None:
        self.step = step
        self.kept: list[tuple[Any, str, Any]] = []

    def __enter__(self) -> None:
        owner, name, after = {
            "before commit": (Rounds, "_commit", False), "after commit": (Rounds, "_commit", True),
            "before move": (Moves, "begin", False), "half moved": (MaildirMailbox, "finish", True),
        }.get(self.step, (None, "", False))  # fmt: skip
        if owner is None:
            return
        original = getattr(owner, name)

        def step(*args: Any, **more: Any) -> Any:
            if after:
                original(*args, **more)
            raise Crash

        self.kept.append((owner, name, original))
        setattr(owner, name, step)

    def __exit__(self, *_: object) -> None:
        for owner, name, original in self.kept:
            setattr(owner, name, original)


Office.TestCase.settings = settings(
    max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)


class TestOneEffect(Office.TestCase):  # type: ignore[misc, name-defined]
    """Found by pytest here."""
