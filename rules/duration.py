"""Spans of time, each unit a type of its own: school days, working days and elapsed hours are never mixed.

A pack writes them as `2 working days`, `48 hours`, `2 school days from referral.received`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Days on which the council works: Monday to Friday, bank holidays out."""

    n: int


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """Days on which the school concerned has pupils: its terms, INSET days out."""

    n: int


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Days of the calendar, weekends and holidays in (`four weeks` of policy 2.2 is 28 of them)."""

    n: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Elapsed hours, nights and weekends in (the 48 hours of the pathway, the 72 of policy 8.1)."""

    n: int


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Hours between 9am and 5pm on working days."""

    n: int


Duration = WorkingDays | SchoolDays | CalendarDays | Hours | WorkingHours


class BadDuration(ValueError):
    """A span of time in a pack that cannot be read."""


@dataclass(frozen=True, slots=True)
class Span:
    """A duration and the fact it is counted from; "" counts from the event that triggered."""

    duration: Duration
    origin: str = ""


_UNITS: dict[str, Callable[[int], Duration]] = {
    "working day": WorkingDays,
    "school day": SchoolDays,
    "day": CalendarDays,
    "hour": Hours,
    "working hour": WorkingHours,
}
_NEXT = re.compile(r"next working day(?: from (\S+))?")
_SPAN = re.compile(r"(\d+) (working day|school day|working hour|day|hour|week)s?(?: from (\S+))?")


def parse_span(text: str) -> Span:
    """`2 working days from visit.date` as a Span. Raises BadDuration."""
    if next_day := _NEXT.fullmatch(text.strip()):
        return Span(WorkingDays(0), next_day[1] or "")
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise BadDuration(
            f"cannot read the time {text!r}: write a number and a unit, such as '2 working days', '5 school days', "
            "'48 hours', '4 working hours', '28 days', '4 weeks' or 'next working day', "
            "and 'from FACT' where it is not the trigger"
        )
    count, unit, origin = int(match[1]), match[2], match[3] or ""
    if unit == "week":
        return Span(CalendarDays(7 * count), origin)
    return Span(_UNITS[unit](count), origin)
