"""Dates of birth as people mistype them: day and month the other way round, one digit off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
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


@lru_cache(maxsize=4000)
def near(born: date) -> tuple[date, ...]:
    """All dates that `agreement` takes for this one mistyped, itself first: some forty."""
    alike = (other for other in _mistyped(born) if agreement(born, other) != "other")
    return tuple(dict.fromkeys((born, *alike)))


def _mistyped(born: date) -> Iterator[date]:
    parts = [(born.year, born.day, born.month)]
    parts += [(born.year, born.month, day) for day in range(1, 32)]
    parts += [(born.year, month, born.day) for month in range(1, 13)]
    parts += [(year, born.month, born.day) for year in range(born.year - 9, born.year + 10)]
    parts += [(born.year + decade, born.month, born.day) for decade in (-10, 10)]
    yield born - timedelta(1)
    yield born + timedelta(1)
    for year, month, day in parts:
        try:
            yield date(year, month, day)
        except ValueError:  # There is no such day.
            continue
