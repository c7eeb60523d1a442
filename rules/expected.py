"""Lists that the council expects: from whom, and by which days; the days by which one should have come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LOOK_BACK = 800
"""Days: two years and some, so that the last two of a yearly day are found."""


class BadDay(ValueError):
    """A day of the calendar in a pack that cannot be read."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that comes again: of the year (`month` and `day`), of each month (`day` alone), or of the week."""

    month: int = 0
    day: int = 0
    weekday: int = -1

    def on(self, today: date) -> bool:
        if self.weekday >= 0:
            return today.weekday() == self.weekday
        return today.day == self.day and self.month in (0, today.month)


@dataclass(frozen=True, slots=True)
class ExpectedList:
    """A kind of list: what a mail calls it, whose it is by the policy, which roles may send it, and the days by which
    it is due. `once_come`: it is missed only after one has come."""

    name: str
    says: str
    cite: str
    senders: tuple[str, ...]
    due: tuple[Day, ...] = ()
    once_come: bool = False

    def last_two_due(self, today: date) -> tuple[date, date] | None:
        """The last day by which a list was due and that is over, and the one before; None for a list without days."""
        found = self._before(today)
        try:
            return next(found), next(found)
        except StopIteration:
            return None

    def _before(self, today: date) -> Iterator[date]:
        for back in range(1, _LOOK_BACK):
            day = today - timedelta(days=back)
            if any(due.on(day) for due in self.due):
                yield day

    def missed(self, today: date, came: date | None, since: date) -> date | None:
        """The day by which a list should have come and did not. `came` is when the last one did, `since` the register's
        first day: what was due before it is nobody's debt."""
        days = self.last_two_due(today)
        if days is None or (self.once_come and came is None) or since >= days[0]:
            return None
        last, before = days
        # One that came soon after an earlier day was that day's, late; it counts for the nearer of the two.
        return None if came is not None and came > before + (last - before) / 2 else last


def parse_day(text: str) -> Day:
    """`30 September`-like days are written `09-30`; a day of each month `10`; a weekday by its name. Raises BadDay."""
    if text.lower() in _WEEKDAYS:
        return Day(weekday=_WEEKDAYS.index(text.lower()))
    match = re.fullmatch(r"(?:(0[1-9]|1[0-2])-)?(0?[1-9]|[12]\d|3[01])", text)
    if match is None or (match[1] is None and int(match[2]) > 28):
        raise BadDay(f"cannot read the day {text!r}: write '09-30' (each year), '10' (each month, 1 to 28) or 'monday'")
    return Day(int(match[1] or 0), int(match[2]))
