"""A mail that was fetched and read, on its way into the register."""

from __future__ import annotations

from dataclasses import dataclass

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
