"""Unique pupil numbers (DfE, govtalk UniquePupilNumber-2-0): a check letter, three digits for the authority, four for
the school, two for the year, three of serial; a temporary one ends in a letter."""

from __future__ import annotations

import re

from parsers.values.parsed import BLANK, Parsed, one_line, says_nothing

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The check letters by remainder 0..22; I, O and S are not used."""

SHAPE = re.compile(rf"[{LETTERS}]\d{{11}}[\d{LETTERS}]")
_AUTHORITIES = range(201, 943 + 1)
_FURTHER = frozenset((*range(1, 6), *range(660, 682), *range(701, 709)))
"""Pseudo and Welsh codes that the school census allows besides the English authorities."""


def check_letter(tail: str) -> str:
    """The letter that belongs before `tail` (twelve characters): the sum of each digit by its position (2..13),
    a final letter by its index, modulo 23."""
    digits = (LETTERS.index(c) if c in LETTERS else int(c) for c in tail)
    return LETTERS[sum(place * digit for place, digit in enumerate(digits, 2)) % 23]


def parse(raw: str) -> Parsed:
    """A number without blanks, in capitals. A wrong check letter is a problem, and the number stays as written."""
    if says_nothing(raw):
        return BLANK
    if not any(c.isdigit() for c in raw):
        text = one_line(raw)
        return Parsed(text, 0.6, f"“{text}” is no UPN")
    number = re.sub(r"[\s.\-]", "", raw).upper()
    if not SHAPE.fullmatch(number):
        return Parsed(number, 0.6, f"“{number}” does not have the shape of a UPN (a letter, then 12 digits)")
    if check_letter(number[1:]) != number[0]:
        return Parsed(
            number, 0.6, f"The first letter of this UPN should be {check_letter(number[1:])}: a character is wrong"
        )
    authority = int(number[1:4])
    if authority not in _AUTHORITIES and authority not in _FURTHER:
        return Parsed(number, 0.7, f"No authority has the number {number[1:4]} that this UPN names")
    return Parsed(number)


def is_temporary(number: str) -> bool:
    return number[-1:].isalpha()
