"""`cmebot run`: APScheduler as a heartbeat in memory; the register alone decides what is due.

No job store, and no local time in a trigger: intervals are untouched by the two changes of the clock.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import FrameType

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from bot.running.connect import open_bells
from bot.running.logs import set_up
from bot.running.opening import open_rounds
from bot.running.startup import office_of
from bot.running.ticks import Rounds

log = structlog.get_logger()

DUE_SECONDS = 20
SEND_SECONDS = 5
DIGEST_SECONDS = 60
LIST_SECONDS = 1
"""A batch of a list's rows each: polls, alarms and answers come between."""
RINGS_AT_MOST = 3
"""Polls in a row because of what arrived meanwhile; the other ticks have their turn, too."""


def run_daemon(path: Path) -> None:
    """Works until SIGTERM or SIGINT; the mail in hand is finished first."""
    set_up(chatty=True)
    office = office_of(path)
    ending = threading.Event()
    _listen(ending)
    with ExitStack() as stack:
        rounds = open_rounds(office, stack, inline=False)
        office.warm()
        rounds.start(datetime.now(UTC))
        poll = EarlyPoll(rounds.poll)
        scheduler = heartbeat(rounds, poll, office.config.poll_seconds, ending)
        poll.wake = partial(_at_once, scheduler, "poll")
        for bell in open_bells(office.config, poll.ring):
            stack.callback(bell.close)
            bell.start()
        log.info("started", mailboxes=len(rounds.mailboxes))
        scheduler.start()
        ending.wait()
        scheduler.shutdown(wait=True)
    log.info("ended")


def heartbeat(
    rounds: Rounds, poll: Callable[[datetime], int], poll_seconds: int, ending: threading.Event
) -> BackgroundScheduler:
    """One thread, so that the ticks follow one another; a tick that is late is done once, not as often as missed."""
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=UTC,
    )
    ticks: tuple[tuple[str, Callable[[datetime], int], int], ...] = (
        ("poll", poll, poll_seconds),
        ("lists", rounds.lists, LIST_SECONDS),
        ("due", rounds.due, DUE_SECONDS),
        ("send", rounds.send, SEND_SECONDS),
        ("digest", rounds.digest, DIGEST_SECONDS),
    )
    now = datetime.now(UTC)
    for name, tick, seconds in ticks:
        job = _guarded(name, tick, ending)
        scheduler.add_job(job, "interval", seconds=seconds, id=name, next_run_time=now)
    return scheduler


def _at_once(scheduler: BackgroundScheduler, name: str) -> None:
    with suppress(JobLookupError):  # The daemon is ending.
        scheduler.modify_job(name, next_run_time=datetime.now(UTC))


class EarlyPoll:
    """The poll, and what brings it forward: something may have arrived. A ring amid a poll is not lost: there is
    another one after it."""

    def __init__(self, poll: Callable[[datetime], int]) -> None:
        self._poll = poll
        self._rung = threading.Event()
        self.wake: Callable[[], object] = lambda: None

    def ring(self) -> None:
        self._rung.set()
        self.wake()

    def __call__(self, now: datetime) -> int:
        done = 0
        for _ in range(RINGS_AT_MOST):
            self._rung.clear()
            done += self._poll(now)
            if not self._rung.is_set():
                break
            now = datetime.now(UTC)
        return done


def _guarded(name: str, tick: Callable[[datetime], int], ending: threading.Event) -> Callable[[], None]:
    """A tick that fails is told of and comes again; the others go on."""

    def job() -> None:
        if ending.is_set():
            return
        try:
            done = tick(datetime.now(UTC))
        except Exception as problem:  # the daemon must not die of one tick: the log and the next tick tell
            log.exception("tick failed", tick=name, error=type(problem).__name__)
            return
        if done:
            log.info("tick", tick=name, done=done)

    return job


def _listen(ending: threading.Event) -> None:
    def end(number: int, frame: FrameType | None) -> None:
        ending.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
