"""A letter becomes a row of the outbox: written, and held for a person where it cannot leave as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.council.directory import Contact
from bot.council.office import Office
from bot.outbox.unreachable import is_dead
from bot.register.rows import OutboxRow
from bot.register.unit import Snapshot, Unit
from outbound.compose import compose
from outbound.disclosure import UnknownRole
from outbound.errors import CannotRender
from outbound.letter import Letter
from outbound.message import BadHeader
from rules import Party

ALARM, SOON, DIGEST, USUAL = 0, 3, 4, 5
"""The order in which mails leave: alarms, answers to a mail just received, digests, everything else."""


class Posting:
    """Of one unit of work (or of a snapshot, to see what would be written), at `now`."""

    def __init__(self, office: Office, unit: Snapshot | Unit, now: datetime) -> None:
        self.office, self.unit, self.now = office, unit, now

    def row(
        self,
        letter: Letter,
        write: Callable[[], bytes] | None = None,
        *,
        ref: str = "",
        asks: Sequence[str] = (),
        priority: int = USUAL,
        not_before: datetime | None = None,
    ) -> OutboxRow:
        """`write` makes the bytes of what is no mail in the pack's words (a digest)."""
        raw, why = b"", f"nobody holds the role {letter.role}: name somebody in the directory"
        if letter.to_address:
            raw, unwritten = _written(write or (lambda: compose(letter, self.office.wording)))
            why = self._unreachable(letter) or unwritten
        return OutboxRow(
            key=letter.key,
            ref=ref,
            role=letter.role,
            address=letter.to_address,
            kind=letter.kind,
            created=self.now,
            not_before=not_before or self.now,
            raw=raw,
            message_id=letter.message_id,
            code=letter.code or None,
            rule=letter.rule,
            questions=letter.questions,
            state="held" if why else "waiting",
            why=why,
            priority=priority,
            subject=letter.wording,
            asks=tuple(asks),
            mailbox=letter.from_address,
        )

    def _unreachable(self, letter: Letter) -> str:
        """Why it cannot leave to that address. It is written all the same, so that a person may send it after all."""
        address = letter.to_address
        if is_dead(self.unit, address, self.now):
            return f"mail to {address} comes back: name another address for {letter.role} in the directory"
        if self.office.own(address):
            return f"{address} is a mailbox that the bot itself reads: name another address in the directory"
        return ""

    def holder(self, to: Party) -> Contact | None:
        """Who holds a role; the deputy where mail to the holder comes back."""
        holder = self.office.directory.holder(to)
        if holder is not None and is_dead(self.unit, holder.address, self.now):
            deputy = self.office.directory.deputy(to)
            return deputy if deputy and not is_dead(self.unit, deputy.address, self.now) else holder
        return holder


def _written(write: Callable[[], bytes]) -> tuple[bytes, str]:
    """The bytes, or why there are none."""
    try:
        return write(), ""
    except (BadHeader, CannotRender, UnknownRole) as problem:
        return b"", str(problem)
