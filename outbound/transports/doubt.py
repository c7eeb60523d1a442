"""Mails of which nobody can say whether they left: before they are sent again, the Sent folder is looked into."""

from __future__ import annotations

from datetime import UTC, datetime

from outbound.transports.head import head, mark, written


class Doubts:
    """A mail is doubtful when the line broke while it was handed over; and when it was written before this process
    began, for the last one may have died between handing it over and writing that down."""

    def __init__(self) -> None:
        self._began = datetime.now(UTC)
        self._keys: set[str] = set()

    def about(self, raw: bytes) -> bool:
        date = written(head(raw))
        return date is None or date <= self._began or mark(raw) in self._keys

    def note(self, raw: bytes) -> None:
        self._keys.add(mark(raw))

    def settle(self, raw: bytes) -> None:
        self._keys.discard(mark(raw))
