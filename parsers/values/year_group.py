"""National curriculum years: 0 is Reception, 1 to 13 follow; below, N2 and N1."""

from __future__ import annotations

import re
from datetime import date

from parsers.values.parsed import BLANK, Parsed, one_line, says_nothing

_NUMBER = re.compile(r"(?:year|yr|y|ncy|group|class)?\W*(\d{1,2})\W*(?:[a-z]{0,3})?", re.I)
_RECEPTION = re.compile(r"(?:r|rec|reception|foundation(?: stage)?(?: 2)?|fs2|yr\s?r|year r)\W*", re.I)
_NURSERY = re.compile(r"(?:n|n1|n2|nursery|pre-?school|fs1)\W*", re.I)


def parse(raw: str) -> Parsed:
    """The number of the year as digits ("Year 6", "Y6", "6B" → "6"; Reception → "0"; nursery → "N")."""
    if says_nothing(raw):
        return BLANK
    text = one_line(raw)
    if found := _NUMBER.fullmatch(text):
        number = int(found[1])
        doubt = "" if number <= 13 else f"There is no year {number}"
        return Parsed(str(number), 0.6 if doubt else 1.0, doubt)
    if _RECEPTION.fullmatch(text):
        return Parsed("0")
    if _NURSERY.fullmatch(text):
        return Parsed("N")
    return Parsed(text, 0.6, f"“{text}” is not a year group")


def expected(born: date, on: date) -> int:
    """The year that a child born then is in on that day: the academic year begins on 1 September, and a child is
    counted with the year of birth that ended on 31 August."""
    academic = on.year if on.month >= 9 else on.year - 1
    cohort = born.year if born.month >= 9 else born.year - 1
    return academic - cohort - 5
