"""The crash campaign: the real daemon killed again and again while mails come in, and counted afterwards."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from bot.register.register import Register
from tests.chaos.checks import doubled, wrongs
from tests.chaos.fuse import STEPS, Plan
from tests.chaos.sink import Mode
from tests.chaos.world import World

FAULTS = ("none", "none", "imap cut", "numbered anew", "later", "refused", "silent", "cut", "disk full", "locked",
          "meddling", "clock ahead")  # fmt: skip
_MODES: dict[str, Mode] = {"later": "later", "refused": "refused", "silent": "silent", "cut": "cut"}
_LONGEST = 4.0
"""Seconds of one life: what has not met its step by then is killed where it is."""
_SETTLE = 120.0
_PEACE = 20.0
"""Seconds of one life in peace: what then still waits for its delay is met by a clock that runs further ahead."""
BLOCK = 50
"""Kills after which all is counted."""


class Lost(AssertionError):
    """Something was lost or doubled; the message holds the seed that plays it again."""


@dataclass
class Report:
    kills: int = 0
    mails: int = 0
    sent: int = 0
    twice: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        steps = ", ".join(f"{name} {n}" for name, n in sorted(self.steps.items()))
        faults = ", ".join(f"{name} {n}" for name, n in sorted(self.faults.items()))
        return (
            f"{self.kills} kills, {self.mails} mails in: 0 lost, 0 cases doubled, 0 events doubled; {self.sent} mails "
            f"out, {self.twice} of them twice, each in the doubt of a cut.\n  killed at: {steps}\n  faults: {faults}"
        )


def campaign(world: World, seed: int, kills: int, seconds: float = 1e9, *, loud: bool = False) -> Report:
    """`kills` lives of the daemon, or as many as begin within `seconds`. Raises Lost."""
    report, began, cycle = Report(), time.monotonic(), 0
    while report.kills < kills and time.monotonic() - began < seconds:
        cycle += 1
        _one(world, seed, cycle, report)
        if cycle % BLOCK == 0:
            _settle(world, seed, cycle, report)
            if loud:
                print(f"after {time.monotonic() - began:.0f} s: {report}", flush=True)
    _settle(world, seed, cycle, report)
    return report


def _one(world: World, seed: int, cycle: int, report: Report) -> None:
    """One life. All dice of a cycle come from the seed and its number."""
    dice = Random(f"{seed}:{cycle}")
    fault = dice.choice(FAULTS)
    step = dice.choice((*STEPS, ""))
    for _ in range(dice.randint(1, 4)):
        dice.choices((world.referral, lambda: world.answer(dice), world.nonsense), (4, 4, 1))[0]()
    world.sink.next_cycle(cycle, _MODES.get(fault, "ok"), f"{seed}:{cycle}:smtp")
    world.relay.cut_after = dice.randint(3, 30) if fault == "imap cut" else None
    if fault == "numbered anew":
        world.number_anew()
    if fault == "meddling":
        world.a_person_meddles(dice)
    if fault == "clock ahead":
        world.ahead += dice.uniform(600, 8 * 3600)
    holder = world.lock(dice.uniform(0.1, 2.0)) if fault == "locked" else None
    plan = Plan(
        config=str(world.config), log=str(world.folder / "log"), step=step, count=dice.randint(1, 4),
        seconds=_LONGEST if step else dice.uniform(-0.5, 2.5), ahead=world.ahead,
        room=dice.randint(1, 60_000) if fault == "disk full" else 0, readers=dice.random() < 0.1,
    )  # fmt: skip
    killed = world.live(plan)
    world.sink.end_cycle(unwritten=fault == "disk full")
    if holder:
        holder.join()
    report.kills += killed
    report.steps[step or "random moment"] += killed
    report.faults[fault] += 1


def _settle(world: World, seed: int, cycle: int, report: Report) -> None:
    """The storm is over: the daemon works in peace, its clock running ahead over all delays; then all is counted."""
    world.sink.next_cycle(-cycle, "ok", "")
    world.relay.cut_after = None
    with world.dovecot.as_user(world.user) as client:
        client.select_folder("Elsewhere")
        if lying := client.search():
            client.move(lying, "INBOX")
    until = time.monotonic() + _SETTLE
    for ahead in (0, 600, 3600, *[7 * 3600] * 9):
        world.ahead += ahead
        _release(world)
        _in_peace(world, min(until, time.monotonic() + _PEACE))
        if _quiet(world):
            break
    report.mails, report.sent, report.twice = len(world.delivered), len(world.sink.taken), doubled(world)
    if found := wrongs(world):
        shown = "\n  ".join(found[:20])
        raise Lost(
            f"seed {seed}, within the {BLOCK} kills before {cycle}: python -m tests.chaos --seed {seed} --kills {cycle}"
            f"\n  {shown}\n  log: {world.folder / 'log'}"
        )


def _in_peace(world: World, until: float) -> None:
    plan = Plan(config=str(world.config), log=str(world.folder / "log"), seconds=_SETTLE, ahead=world.ahead)
    world.live_until(plan, lambda: _quiet(world) or time.monotonic() > until)


def _release(world: World) -> None:
    """What the server refused is sent after all, as an officer would order."""
    now = datetime.now(UTC) + timedelta(seconds=world.ahead)
    with Register.open(world.home / "register.db", write=True) as register, register.begin() as unit:
        for row in unit.held():
            if "refused" in row.why:
                unit.release(row.key, now)


def _quiet(world: World) -> bool:
    if world.lying().get("INBOX"):
        return False
    with Register.open(world.home / "register.db") as register, register.read() as snapshot:
        return snapshot.next_sendable() is None and not snapshot.unmoved("missing.pupils")
