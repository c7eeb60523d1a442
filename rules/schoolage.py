"""Compulsory school age in England (Education Act 1996, section 8; the School Leaving Date Order 1997)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Standing = Literal["under", "of", "over"]

_PRESCRIBED = ((3, 31), (8, 31), (12, 31))
"""The days on which a child that has turned five comes of age (section 8(2), (4))."""


@lru_cache(maxsize=4096)
def begins(born: date) -> date:
    """The first day of compulsory school age: the prescribed day on or next after the fifth birthday."""
    fifth = birthday(born, 5)
    days = [date(year, *day) for year in (fifth.year, fifth.year + 1) for day in _PRESCRIBED]
    return next(day for day in days if day >= fifth)


@lru_cache(maxsize=4096)
def ends(born: date) -> date:
    """The last day of compulsory school age: the last Friday in June of the school year (1 September to 31 August) in
    which the child turns sixteen."""
    sixteenth = birthday(born, 16)
    june = date(sixteenth.year + (sixteenth.month >= 9), 6, 30)
    return june - timedelta((june.weekday() - 4) % 7)


def standing(born: date, day: date) -> Standing:
    """Where a child born then stands on that day; its last day of compulsory school age is one still."""
    if day < begins(born):
        return "under"
    return "of" if day <= ends(born) else "over"


def birthday(born: date, age: int) -> date:
    """The day on which the child comes to that age. Who is born on 29 February has, for this, the birthday on 1 March
    of a common year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
