"""What the calendar alone brings about, for no child in particular: reports and reminders (policy 4.5, 4.8, 9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from rules.calendar import Calendar
from rules.dated import Dated

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WORKING_DAY = re.compile(r"first working day of (.+)")
_BREAK = timedelta(days=11)
"""A half-term lasts ten days from Friday to Monday; a longer break ends with a new term."""
_LOOK_BACK = 800


class BadOccasion(ValueError):
    """A day of the almanac that cannot be read."""


@dataclass(frozen=True, slots=True)
class When:
    """The first working day of these months (1 to 12), or the first school day of each term."""

    months: frozenset[int] = frozenset()

    def on(self, day: date, calendar: Calendar) -> bool:
        if not self.months:
            days = calendar.school_days()
            return day in days and days.between(day - _BREAK, day) == 1
        first = calendar.working_days.on_or_after(day.replace(day=1))
        return day == first and day.month in self.months


@dataclass(frozen=True, slots=True)
class Occasion:
    """A mail that a day of the year brings. `tell`: roles, or `every-school` and `every-body`. `document`: the report
    that goes with it; "" for none."""

    id: str
    cite: str
    when: When
    tell: tuple[str, ...]
    wording: str
    source: str
    document: Literal["", "cases", "figures", "year"] = ""
    in_force: Dated = field(default_factory=Dated)

    def last(self, today: date, calendar: Calendar) -> date | None:
        """The last day up to today on which it fell."""
        days = (today - timedelta(days=back) for back in range(_LOOK_BACK))
        return next((day for day in days if self.when.on(day, calendar)), None)


def parse_when(text: str) -> When:
    """`first working day of january, april`, `first working day of the month`, `first school day of term`. Raises
    BadOccasion."""
    said = text.strip().lower()
    if said == "first school day of term":
        return When()
    match = _WORKING_DAY.fullmatch(said)
    names = re.split(r"\s*,\s*|\s+and\s+", match[1]) if match else []
    if names in (["the month"], ["each month"], ["every month"]):
        return When(frozenset(range(1, 13)))
    if not names or not all(name in _MONTHS for name in names):
        raise BadOccasion(
            f"cannot read the day {text!r}: write 'first working day of the month', 'first working day of october, "
            "january' or 'first school day of term'"
        )
    return When(frozenset(_MONTHS.index(name) + 1 for name in names))
