"""While one batch of mails is written down, the readers have the next, and the mailbox gives the one after it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import datetime

from bot.arrivals.workers import Readers
from bot.mailboxes.port import Arrived
from parsers.reading import MailReading

Read = tuple[list[Arrived], list[MailReading]]

_AHEAD = 2
"""Batches fetched or read that wait to be written down."""


def read_ahead(readers: Readers, speaking: Executor, batches: Iterable[list[Arrived]], now: datetime) -> Iterator[Read]:
    """Each batch with its readings, in order. `batches` are fetched by `speaking`, the one thread that speaks with the
    mailbox. Where the mailbox fails on the way, what it gave before is worked first."""
    coming = iter(batches)

    def read(fetched: Future[list[Arrived] | None]) -> Read | None:
        batch = fetched.result()
        return None if batch is None else (batch, readers.read([(a.raw, a.received or now) for a in batch]))

    with ThreadPoolExecutor(1, "reading") as reading:
        waiting = deque[Future[Read | None]]()
        while True:
            while len(waiting) < _AHEAD:
                waiting.append(reading.submit(read, speaking.submit(next, coming, None)))
            done = waiting.popleft().result()
            if done is None:
                return
            yield done
