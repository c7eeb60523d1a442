"""Telephone numbers of Great Britain, checked with `phonenumbers`."""

from __future__ import annotations

import re

import phonenumbers

from parsers.values.parsed import BLANK, Parsed, one_line, says_nothing

_NO_LINE = re.compile(r"ex[- ]?directory|withheld|no (?:land ?line|(?:tele)?phone|number|mobile|fax)\.?", re.I)

DIGITS = 9
"""Without the leading zero: fewer are a local number without its area, or half a number."""


def parse(raw: str) -> Parsed:
    """As written, in one line: people write two numbers, an extension, a name beside it, and all of it helps who
    rings. A number that could not be dialled is doubtful."""
    if says_nothing(raw) or _NO_LINE.fullmatch(raw.strip()):
        return BLANK
    text = one_line(raw).rstrip(" .,")
    matches = list(phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.POSSIBLE))
    if any(len(str(m.number.national_number)) >= DIGITS for m in matches):
        return Parsed(text)
    digits = re.sub(r"\D", "", text)
    if 9 <= len(digits) <= 15:
        return Parsed(text, 0.85)
    return Parsed(text, 0.6, f"“{text}” is not a telephone number that can be rung from here")
