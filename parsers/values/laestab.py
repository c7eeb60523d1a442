"""School numbers: three digits of the authority and four of the school, written 931/4000, 931-4000 or 9314000. They
have no check digit, so only a list of schools can say that one is right."""

from __future__ import annotations

import re

from parsers.values.parsed import BLANK, Parsed, one_line, says_nothing

FIND = re.compile(r"(?<![\d/])([1-9]\d{2})\s?[/-]?\s?(\d{4})(?![\d/])")


def parse(raw: str) -> Parsed:
    """`931/4000`, or the text as written and a problem."""
    if says_nothing(raw):
        return BLANK
    if found := FIND.fullmatch(raw.strip()):
        return Parsed(f"{found[1]}/{found[2]}")
    text = one_line(raw)
    return Parsed(text, 0.6, f"“{text}” is not a seven-digit school number such as 931/4000")
