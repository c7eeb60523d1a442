"""The port: what intake knows of a mailbox. The folder is the queue: what lies in it is to be read, opened or not."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.register.lease import Lease, LeaseTaken
from bot.register.rows import Place, Target

Seen = Container[tuple[int, str]]
"""Mails by UIDVALIDITY and UID."""


class MailboxError(Exception):
    """A mailbox that cannot be read or moved in; the message says what to mend. What was fetched before is good."""


class MailboxBusy(MailboxError):
    """Another poll of the same mailbox is under way."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail as it lies there, byte for byte. `received` is the server's arrival (IMAP's INTERNALDATE, RFC 3501 2.3.3),
    or None where there is no server: then it is the moment at which it is read."""

    place: Place
    raw: bytes
    received: datetime | None


class Mailbox(Protocol):
    """Fetch, write down, then finish: a mail that was not written down is there again at the next fetch."""

    @property
    def name(self) -> str:
        """What the configuration calls it; `Place.mailbox`."""

    @property
    def address(self) -> str:
        """The address that people write to (not the login)."""

    def fetch(self, limit: int, seen: Seen = frozenset()) -> Iterator[Arrived]:
        """At most `limit` mails, the oldest arrival first, one after the other. Those in `seen` are passed over, and
        take nobody's place. What lies there is listed once, at the beginning; what vanishes meanwhile is passed over.
        Raises MailboxError."""

    def heads(self, limit: int, size: int, seen: Seen = frozenset()) -> Iterator[Arrived]:
        """As `fetch`, of each mail its first `size` bytes only, or what the server tells of subject and text: a look
        along a queue, before it is worked off. Those in `seen` are not asked for."""

    def fetch_these(self, places: Sequence[Place]) -> Iterator[Arrived]:
        """The mails at these places whole, in their order; what is no longer there is passed over."""

    def finish(self, place: Place, target: Target) -> None:
        """Moves a mail to the done or the quarantine folder. Doing it twice is doing it once; a mail that is no longer
        there (a person moved it, the server numbered anew) is finished too. Raises MailboxError."""

    def finish_all(self, places: Sequence[Place], target: Target) -> None:
        """`finish` for many, in few round trips."""

    def close(self) -> None:
        """Gives up connection and lease."""


def lease_mailbox(path: Path, name: str) -> Lease:
    """One poll of a mailbox at a time, also across processes: overlapping ones import everything twice."""
    try:
        return Lease(path)
    except LeaseTaken as taken:
        raise MailboxBusy(
            f"The mailbox {name} is being read by process {taken.holder or 'unknown'}. "
            "Let it end, or stop it, before another one reads."
        ) from taken
