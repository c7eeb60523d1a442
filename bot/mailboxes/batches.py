"""A few at a time: mails that are read and committed together, ids that are asked for together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from bot.mailboxes.port import Arrived

T = TypeVar("T")


def batched_mails(mails: Iterable[Arrived], size: int) -> Iterator[list[Arrived]]:
    batch: list[Arrived] = []
    for mail in mails:
        batch.append(mail)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def chunks(items: Sequence[T], size: int) -> Iterator[list[T]]:
    left = iter(items)
    while some := list(islice(left, size)):
        yield some
