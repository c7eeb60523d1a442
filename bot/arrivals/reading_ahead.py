"""While one batch of mails is written down, the readers have the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from bot.arrivals.workers import Readers
from bot.mailboxes.port import Arrived, MailboxError
from parsers.reading import MailReading


def read_ahead(
    readers: Readers, batches: Iterable[list[Arrived]], now: datetime
) -> Iterator[tuple[list[Arrived], list[MailReading]]]:
    """Each batch with its readings. Where the mailbox fails on the way, what it gave before is worked first."""
    with ThreadPoolExecutor(1, "reading") as ahead:
        waiting: tuple[list[Arrived], Future[list[MailReading]]] | None = None
        trouble: MailboxError | None = None
        try:
            for batch in batches:
                reading = ahead.submit(readers.read, [(a.raw, a.received or now) for a in batch])
                if waiting is not None:
                    yield waiting[0], waiting[1].result()
                waiting = batch, reading
        except MailboxError as problem:
            trouble = problem
        if waiting is not None:
            yield waiting[0], waiting[1].result()
        if trouble is not None:
            raise trouble
