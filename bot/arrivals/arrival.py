"""A mail that was fetched and read, on its way into the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.mailboxes.port import Arrived
from parsers.reading import MailReading, Referral


@dataclass(frozen=True, slots=True)
class Arrival:
    """The bytes with where they lie, what was read in them, and the address of the mailbox."""

    arrived: Arrived
    reading: MailReading
    mailbox: str

    @property
    def filled(self) -> list[Referral]:
        """The forms with something in them."""
        return [r for r in self.reading.referrals if not r.empty]


def thread_of(arrival: Arrival) -> dict[str, Any]:
    """The headers that put an answer below the mail it answers (RFC 5322, 3.6.4)."""
    reading = arrival.reading
    before = tuple(reversed(reading.thread.message_ids))
    return {"in_reply_to": reading.message_id, "references": (*before[-9:], reading.message_id)}
