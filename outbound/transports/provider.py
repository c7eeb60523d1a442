"""Ways out through a provider that keeps a Sent folder: on doubt it is looked into before a mail is sent again."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from outbound.providers.trouble import Trouble
from outbound.transports.doubt import Doubts
from outbound.transports.head import field, head, written
from outbound.transports.port import Delivery

_EARLIER = timedelta(minutes=5)
"""Our clock and the server's may differ by so much."""
_BARRED = frozenset({403, 404})
"""The mailbox that it was to leave from is closed to us, or not there: no fault of this mail."""
_BROKEN = frozenset({429, 502, 503, 504})
"""It is the provider that has no time, or is not there."""


@dataclass(frozen=True, slots=True)
class Sending:
    """`address` is a mailbox that mails leave from. `largest` in octets of the whole mail. `read_back` in seconds: so
    long we wait for the copy in Sent, to learn its Message-ID. `rest` in seconds for which a provider that let us not
    in, or could not be reached, is left alone."""

    address: str
    largest: int
    read_back: float = 3.0
    rest: float = 60.0


class ProviderTransport(ABC):
    """Each mail leaves from its sender's mailbox, and lies in that mailbox's Sent folder."""

    provider: ClassVar[str]

    def __init__(self, sending: Sending) -> None:
        self._sending = sending
        self._doubts = Doubts()
        self._resting = Delivery("later")
        self._rests_until = 0.0

    @abstractmethod
    def _hand_over(self, raw: bytes, sender: str) -> str:
        """Sends it, once; what the provider said if that was no promise, else "". Raises Trouble."""

    @abstractmethod
    def _copy(self, raw: bytes, sender: str) -> str | None:
        """The Message-ID that the mail bears in Sent, or None where it does not lie there. Raises Trouble."""

    @abstractmethod
    def _look(self) -> None:
        """Looks into the Sent folder of `address`, as for sending. Raises Trouble."""

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        """`later` after a broken line, and then the Sent folder is asked before it is sent again."""
        if len(raw) > self._sending.largest:
            most = self._sending.largest
            return Delivery("refused", f"The mail has {len(raw)} bytes, and {self.provider} sends no more than {most}.")
        if time.monotonic() < self._rests_until:
            return self._resting
        try:
            return self._unless_sent(raw, sender)
        except Trouble as trouble:
            return self._troubled(raw, trouble)
        except (AttributeError, KeyError, TypeError, ValueError) as odd:
            what = f"{self.provider} answered what cannot be read ({type(odd).__name__})"
            return self._troubled(raw, Trouble(what, doubtful=True))

    def _unless_sent(self, raw: bytes, sender: str) -> Delivery:
        if self._doubts.about(raw) and (before := self._copy(raw, sender)) is not None:
            self._doubts.settle(raw)
            return _sent(raw, before, "It had left before: its copy lies in Sent.")
        odd = self._hand_over(raw, sender)
        if not odd:
            self._doubts.settle(raw)
            return _sent(raw, self._awaited(raw, sender), f"taken by {self.provider}")
        self._doubts.note(raw)
        copy = self._awaited(raw, sender)
        if copy is not None:
            return _sent(raw, copy, f"{odd}, and its copy lies in Sent.")
        return Delivery("refused", f"{odd}, and no copy lies in Sent.")

    def _troubled(self, raw: bytes, trouble: Trouble) -> Delivery:
        if trouble.refused:
            return Delivery("refused", str(trouble), unwanted=trouble.unwanted)
        if trouble.doubtful:
            self._doubts.note(raw)
        rests = trouble.login or trouble.after > 0 or not trouble.status or trouble.status in _BROKEN
        delivery = Delivery("later", str(trouble), shut=rests or trouble.status in _BARRED)
        if rests:
            rest = trouble.after or self._sending.rest
            self._resting, self._rests_until = delivery, time.monotonic() + rest
        return delivery

    def _awaited(self, raw: bytes, sender: str) -> str | None:
        """The copy, which may appear a moment after the mail was taken. None when it does not, or cannot be read."""
        ends = time.monotonic() + self._sending.read_back
        pause = self._sending.read_back / 8
        try:
            while (copy := self._copy(raw, sender)) is None and time.monotonic() + pause < ends:
                time.sleep(pause)
                pause *= 2
        except Trouble:
            return None  # The mail has left; only its new name is not known.
        return copy

    def check(self) -> str:
        try:
            self._look()
        except Trouble as trouble:
            return str(trouble)
        return ""


def sent_since(raw: bytes) -> datetime:
    """From when on its copy may lie in Sent, in UTC: since it was written."""
    return (written(head(raw)) or datetime.now(UTC)).astimezone(UTC) - _EARLIER


def _sent(raw: bytes, copy: str | None, detail: str) -> Delivery:
    ours = field(head(raw), "Message-ID")
    return Delivery("sent", detail, copy if copy and copy != ours else None)
