"""A day with its hour, as police lists have them: "10/11/2014 23:40", "11 Nov at 7.30am", "12/11/14 0715hrs"."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from parsers.values import dates
from parsers.values.parsed import BLANK, Parsed, one_line, says_nothing

_LONDON = ZoneInfo("Europe/London")
_CLOCK = re.compile(
    r"(?<![\d/.-])(?P<h>[01]?\d|2[0-3])(?:[:.h](?P<m>[0-5]\d)(?::[0-5]\d)?\s*(?P<ap>[ap]\.?m\.?)?|\s*(?P<ap2>[ap]\.?m\.?))(?![\d/])"
    r"|(?<![\d/.:-])(?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)\s*(?:hrs?|hours|h)?(?![\d/.-])",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"(?:still )?(?:outstanding|missing|no|not (?:yet )?(?:returned|found)|ongoing|open)\W*",
    re.IGNORECASE,
)


def moment(raw: str, written: date) -> Parsed:
    """`2014-11-11T07:30+00:00` where the hour is given, else the day alone; None for "still missing"."""
    if says_nothing(raw) or _NOT_YET.fullmatch(raw.strip()):
        return BLANK
    text = one_line(raw)
    found = list(dates.find(text, written))
    if not found:
        return Parsed(text, 0.6, f"“{text}” is not a date")
    first = found[0]
    beside = f"{text[: first.start]} {text[first.end :]}"
    clock = _clock(beside)
    if clock is None:
        return Parsed(first.day.isoformat(), first.confidence, first.doubt)
    at = datetime.combine(first.day, clock, _LONDON)
    return Parsed(at.isoformat(timespec="minutes"), first.confidence, first.doubt)


def _clock(text: str) -> time | None:
    found = _CLOCK.search(text)
    if not found:
        return None
    hour, minute = int(found["h"] or found["h4"]), int(found["m"] or found["m4"] or 0)
    half = (found["ap"] or found["ap2"] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)
