"""Mails a few at a time: what is read and committed together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.mailboxes.port import Arrived


def batched_mails(mails: Iterable[Arrived], size: int) -> Iterator[list[Arrived]]:
    batch: list[Arrived] = []
    for mail in mails:
        batch.append(mail)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
