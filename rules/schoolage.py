"""Compulsory school age, and the year group, from the date of birth (Education Act 1996, section 8, and the Education
(Start of Compulsory School Age) Order 1998; the leaving date: the School Leaving Date Order 1997)."""

from __future__ import annotations

from datetime import date, timedelta

_STARTS = ((3, 31), (8, 31), (12, 31))


def begins(born: date) -> date:
    """The day on which a child born then reaches compulsory school age: 31 March, 31 August or 31 December on or next
    after the fifth birthday."""
    fifth = _birthday(born, 5)
    days = [date(year, month, day) for year in (fifth.year, fifth.year + 1) for month, day in _STARTS]
    return next(day for day in days if day >= fifth)


def ends(born: date) -> date:
    """The last day of compulsory school age: the last Friday in June of the school year in which the child is 16, a
    birthday before the next school year begins counted in."""
    sixteenth = _birthday(born, 16)
    year = sixteenth.year if sixteenth < date(sixteenth.year, 9, 1) else sixteenth.year + 1
    last = date(year, 6, 30)
    return last - timedelta(days=(last.weekday() - 4) % 7)


def _birthday(born: date, age: int) -> date:
    """One born on 29 February is a year older on 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
