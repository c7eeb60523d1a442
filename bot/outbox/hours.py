"""A question or a notice leaves in its reader's working time, also when the way out, or the bot, was shut for hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.council.office import Office
from bot.register.rows import OutboxRow
from bot.register.unit import Unit
from rules.parties import SCHOOLS

_KINDS = frozenset({"ask", "chase", "notice"})
"""An alarm, a digest and the answer to a mail just received leave at their own time."""
_GRACE = timedelta(minutes=30)
"""What was written a minute before five leaves a minute after, and not on the next day."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Of the readers that the directory knows."""

    office: Office

    def opens(self, row: OutboxRow, moment: datetime) -> datetime:
        """The first moment, from `moment` on, at which that mail may leave."""
        if row.kind not in _KINDS or self._at_any_time(row):
            return moment
        reader = self.office.directory.who_is(row.address)
        school = reader.which if reader is not None and reader.role == "school" else ""
        return self.office.pack.calendar.leaves(moment, to_school=row.role in SCHOOLS, school=school)

    def open_now(self, unit: Unit, rows: list[OutboxRow], now: datetime) -> list[OutboxRow]:
        """Those that may leave now; the others wait for their reader's morning."""
        return [row for row in rows if now <= row.created + _GRACE or self._open(unit, row, now)]

    def _open(self, unit: Unit, row: OutboxRow, now: datetime) -> bool:
        opens = self.opens(row, now)
        if opens > now:
            unit.postpone(row.key, "waits for its reader's working time", opens)
        return opens <= now

    def _at_any_time(self, row: OutboxRow) -> bool:
        rule = self.office.pack.rule(row.rule)
        return row.kind != "chase" and rule is not None and rule.at_once
