"""While one batch is written down, the next are read and fetched: in their order, by one thread at the mailbox."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.arrivals.reading_ahead import read_ahead
from bot.arrivals.workers import Readers
from bot.mailboxes.batches import chunks
from bot.mailboxes.maildir import MaildirMailbox
from bot.mailboxes.port import Arrived, MailboxError
from bot.register.rows import Place
from bot.running import screening, ticks
from tests.stories.story import SCHOOL, Story

NOW = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)


def arrived(number: int, size: int = 0) -> Arrived:
    raw = f"From: a@school.example\nSubject: {number}\n\nHello\n".encode().ljust(size)
    return Arrived(Place("box", "INBOX", 1, str(number)), raw, NOW)


def failing_after(many: int) -> Iterator[list[Arrived]]:
    for number in range(many):
        yield [arrived(number)]
    raise MailboxError("the line is cut")


def test_each_batch_has_its_readings_in_order_and_a_failure_comes_last() -> None:
    told: list[str] = []
    readers = Readers(inline=True)
    with ThreadPoolExecutor(1) as speaking, pytest.raises(MailboxError, match="cut"):
        for batch, readings in read_ahead(readers, speaking, failing_after(9), NOW):
            assert [reading.subject for reading in readings] == [one.place.uid for one in batch]
            told += [one.place.uid for one in batch]
    assert told == [str(number) for number in range(9)]


def test_few_batches_are_held_at_once() -> None:
    given: list[int] = []

    def batches() -> Iterator[list[Arrived]]:
        for number in range(50):
            given.append(number)
            yield [arrived(number)]

    with ThreadPoolExecutor(1) as speaking:
        for done, _ in enumerate(read_ahead(Readers(inline=True), speaking, batches(), NOW)):
            assert len(given) - done <= 3


def test_heavy_mails_are_fewer_in_a_batch() -> None:
    mails = [arrived(number, size) for number, size in enumerate((10, 10, 900, 10, 2000, 10))]
    held = [[len(one.raw) > 500 for one in some] for some in chunks(mails, 4, weigh=lambda a: len(a.raw), weight=900)]
    assert held == [[False, False, True], [False, True], [False]]


def alone(busy: threading.Lock, real: Callable[..., Any]) -> Callable[..., Any]:
    def only(self: MaildirMailbox, *given: Any) -> Any:
        assert busy.acquire(blocking=False), "two threads speak with the mailbox"
        try:
            threading.Event().wait(0.01)
            return real(self, *given)
        finally:
            busy.release()

    return only


def alone_at_each(busy: threading.Lock, real: Callable[..., Iterator[Arrived]]) -> Callable[..., Iterator[Arrived]]:
    """A generator speaks with the mailbox whenever it is asked for the next."""

    def only(self: MaildirMailbox, *given: Any) -> Iterator[Arrived]:
        step = alone(busy, lambda self, mails: next(mails, None))
        mails = real(self, *given)
        while (mail := step(self, mails)) is not None:
            yield mail

    return only


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> threading.Lock:
    lock = threading.Lock()
    for name in ("fetch", "heads", "fetch_these"):
        monkeypatch.setattr(MaildirMailbox, name, alone_at_each(lock, getattr(MaildirMailbox, name)))
    monkeypatch.setattr(MaildirMailbox, "finish_all", alone(lock, MaildirMailbox.finish_all))
    return lock


def test_one_thread_at_a_time_speaks_with_a_mailbox(
    tmp_path: Path, busy: threading.Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screening, "LONG_WAIT", 0.0)
    monkeypatch.setattr(ticks, "BATCH", 5)
    story = Story(tmp_path / "county")
    inbox = story.folder / "mail" / "missing.pupils" / "new"
    for number in range(40):
        words = "We fear that she is being beaten at home." if number in (17, 38) else "has not been in school."
        letter = f"From: {SCHOOL}\nMessage-ID: <{number}@x.example>\nSubject: x\n\nOur pupil number {number} {words}\n"
        (inbox / f"{number:02d}").write_text(letter, "utf-8")
        os.utime(inbox / f"{number:02d}", (number, number))
    story.at("2014-11-26 10:00").look()
    assert len(story.cases) == 40 and not list(inbox.iterdir()) and not busy.locked()
