"""A few at a time: mails that are read and committed together, ids that are asked for together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from bot.mailboxes.port import MailboxError

T = TypeVar("T")


def chunks(
    items: Iterable[T], size: int, *, weigh: Callable[[T], int] = lambda item: 0, weight: int = 1
) -> Iterator[list[T]]:
    """So many at a time, or as few as weigh so much. Where a mailbox fails on the way, what it gave before comes first,
    and then its failure."""
    some: list[T] = []
    held = 0
    trouble: MailboxError | None = None
    try:
        for item in items:
            some.append(item)
            held += weigh(item)
            if len(some) == size or held >= weight:
                yield some
                some, held = [], 0
    except MailboxError as problem:
        trouble = problem
    if some:
        yield some
    if trouble is not None:
        raise trouble


def by_weight(weighed: Iterable[tuple[T, int]], most: int, weight: int) -> Iterator[list[T]]:
    """So many at once as may be held in memory: `most` in number, `weight` bytes together, or one that is heavier."""
    batch: list[T] = []
    octets = 0
    for item, size in weighed:
        if batch and (len(batch) == most or octets + size > weight):
            yield batch
            batch, octets = [], 0
        batch.append(item)
        octets += size
    if batch:
        yield batch
