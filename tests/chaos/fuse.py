"""A fuse in the real daemon: it dies of SIGKILL at a named step, or works under a fault, as one cycle's plan says."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

STEPS = ("fetch", "before commit", "in commit", "after commit", "before move", "after move", "before hand over",
         "after hand over", "before confirm", "after confirm")  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What one life of the daemon meets. `step` "" is a kill from outside, `seconds` after its start; below 0, after
    it was born. `count`: at which time of the step. `room`: bytes by which no file may grow any more. `ahead`: seconds
    by which the clock runs ahead."""

    config: str
    log: str
    step: str = ""
    count: int = 1
    seconds: float = 1.0
    room: int = 0
    ahead: float = 0.0
    readers: bool = False


def live(plan: Plan, office: Any) -> None:
    """The daemon under that plan, in this process, until it is killed. `office` is what it would load first."""
    from bot.running import daemon, opening

    log = os.open(plan.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 2)
    _shift(daemon, plan.ahead)
    daemon.office_of = lambda path: office
    daemon.SEND_SECONDS = daemon.DUE_SECONDS = 1
    if not plan.readers:
        daemon.open_rounds = lambda office, stack, inline: opening.open_rounds(office, stack, inline=True)  # type: ignore[assignment]
    if plan.step:
        _arm(plan.step, plan.count)
    if plan.room:
        _limit(Path(plan.config).parent, plan.room)
    daemon.run_daemon(Path(plan.config))


def _shift(daemon: Any, ahead: float) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=ahead)

    def heartbeat(*args: Any) -> Any:
        daemon.datetime = datetime  # The scheduler has its own clock, which knows nothing of this.
        try:
            return original(*args)
        finally:
            daemon.datetime = Clock

    original, daemon.heartbeat = daemon.heartbeat, heartbeat
    daemon.datetime = Clock


def _limit(folder: Path, room: int) -> None:
    """As a full disk: writes beyond fail with EFBIG (Python ignores SIGXFSZ)."""
    biggest = max((f.stat().st_size for f in folder.glob("register.db*")), default=0)
    resource.setrlimit(resource.RLIMIT_FSIZE, (biggest + room, resource.RLIM_INFINITY))


class _Countdown:
    def __init__(self, count: int) -> None:
        self.left = count

    def __call__(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _arm(step: str, count: int) -> None:
    from bot.mailboxes.imap import ImapMailbox
    from bot.outbox import sending
    from bot.register.unit import Unit
    from bot.running.ticks import Rounds
    from outbound.transports.smtp import SmtpTransport

    die = _Countdown(count)
    before = partial(_wrapped, die, after=False)
    after = partial(_wrapped, die, after=True)
    arms: dict[str, Callable[[], None]] = {
        "fetch": lambda: _fetching(ImapMailbox, die),
        "before commit": lambda: before(Rounds, "_commit"),
        "in commit": lambda: after(Unit, "add_place"),
        "after commit": lambda: after(Rounds, "_commit"),
        "before move": lambda: before(ImapMailbox, "finish_all"),
        "after move": lambda: after(ImapMailbox, "finish_all"),
        "before hand over": lambda: before(SmtpTransport, "send"),
        "after hand over": lambda: after(SmtpTransport, "send"),
        "before confirm": lambda: before(sending, "_settle"),
        "after confirm": lambda: after(sending, "_hand_over"),
    }
    arms[step]()


def _wrapped(die: _Countdown, owner: Any, name: str, *, after: bool) -> None:
    original = getattr(owner, name)

    def step(*args: Any, **kwargs: Any) -> Any:
        if not after:
            die()
        result = original(*args, **kwargs)
        if after:
            die()
        return result

    setattr(owner, name, step)


def _fetching(owner: Any, die: _Countdown) -> None:
    original = owner.fetch

    def fetch(self: Any, limit: int, seen: Any = frozenset()) -> Iterator[Any]:
        for arrived in original(self, limit, seen):
            die()
            yield arrived

    owner.fetch = fetch
