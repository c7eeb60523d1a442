"""Dates of birth as people mistype them: day and month the other way round, one digit off."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Literal

Agreement = Literal["same", "swapped", "digit", "unknown", "other"]


def agreement(one: date | None, other: date | None) -> Agreement:
    """How two dates of birth stand to each other. `digit`: one digit differs, or it is one day
    or one year out."""
    if one is None or other is None:
        return "unknown"
    if one == other:
        return "same"
    if (one.year, one.day, one.month) == (other.year, other.month, other.day):
        return "swapped"
    if _one_slip(one, other) or abs(one.toordinal() - other.toordinal()) == 1:
        return "digit"
    return "other"


def _one_slip(one: date, other: date) -> bool:
    """One of day, month and year differs, and by one digit; or the year by one (2019, 2020)."""
    if one.year != other.year:
        apart = abs(one.year - other.year)
        return (one.month, one.day) == (other.month, other.day) and (apart == 1 or _one_digit(one.year, other.year))
    if one.month != other.month:
        return one.day == other.day and _one_digit(one.month, other.month)
    return _one_digit(one.day, other.day)


def _one_digit(one: int, other: int) -> bool:
    return one // 10 == other // 10 or (one % 10 == other % 10 and one // 100 == other // 100)


def near(born: date) -> tuple[date, ...]:
    """All dates that `agreement` takes for this one mistyped, itself first: some thirty."""
    year, month, day = born.year, born.month, born.day
    parts = [(year, day, month), *((year, month, other) for other in _DAYS[day])]
    parts += [(year, other, day) for other in _MONTHS[month]]
    parts += [(other, month, day) for other in _years(year)]
    around = (born - _A_DAY, born + _A_DAY) if date.min < born < date.max else ()
    return tuple(dict.fromkeys((born, *around, *(date(*part) for part in parts if _is_a_day(*part)))))


def _is_a_day(year: int, month: int, day: int) -> bool:
    return month <= 12 and (day <= 28 or day <= monthrange(year, month)[1])


_DAYS = {day: tuple(other for other in range(1, 32) if _one_digit(day, other)) for day in range(1, 32)}
_MONTHS = {month: tuple(other for other in range(1, 13) if _one_digit(month, other)) for month in range(1, 13)}
_A_DAY = timedelta(1)


@cache
def _years(year: int) -> tuple[int, ...]:
    years = range(max(year - 10, date.min.year), min(year + 10, date.max.year) + 1)
    return tuple(other for other in years if abs(other - year) == 1 or _one_digit(year, other))
