"""Dates as schools write them: the day first, two-digit years, month names, weekdays; never the American order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from parsers.values.parsed import BLANK, Parsed, one_line, says_nothing

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = (
    r"(?:(?P<weekday>mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thur?s?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
    r"\.?,?\s+(?:the\s+)?)?"
)
_NUMBERS = r"(?P<d1>\d{1,2})\s?(?P<sep>[./-]|\s)\s?(?P<m1>\d{1,2})\s?(?P=sep)\s?(?P<y1>\d{4}|\d{2})"
_DAY_MONTH = (
    r"(?P<d2>\d{1,2})\s?(?:st|nd|rd|th)?\.?\s?(?:of\s)?[\s./-]?\s?"
    + _MONTH.format("m2")
    + r"\.?,?(?:[\s./-]?\s?(?P<y2>\d{4}|['’]?\d{2}(?!\s?[:.]?\d)))?"
)
_MONTH_DAY = _MONTH.format("m3") + r"\.?\s+(?P<d3>\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y3>\d{4}))?"
_ISO = r"(?P<y4>(?:19|20)\d{2})(?P<iso>[-/.])(?P<m4>\d{2})(?P=iso)(?P<d4>\d{2})"
_SHORT = r"(?P<d5>\d{1,2})[/.](?P<m5>\d{1,2})(?![/.]?\d)"
_COMPACT = r"(?P<d6>\d{2})(?P<m6>\d{2})(?P<y6>(?:19|20)\d{2})"
_FIND = re.compile(
    rf"(?<![\w/.]){_WEEKDAY}(?:{_ISO}|{_NUMBERS}|{_DAY_MONTH}|{_MONTH_DAY}|{_COMPACT}|{_SHORT})(?![\w/])", re.I
)
_LONE_WEEKDAY = re.compile(
    r"\b(?:(?P<last>last|this|on)\s+)?(?P<day>monday|tuesday|wednesday|thursday|friday|yesterday|today)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, at `start`..`end`; `doubt` says why it is not certain, or ""."""

    day: date
    start: int
    end: int
    confidence: float = 1.0
    doubt: str = ""
    has_year: bool = True


def parse(raw: str, written: date, *, birth: bool = False) -> Parsed:
    """The one date in a box, in ISO 8601; `written` is the day of the mail, against which what is left out is
    resolved. Text beside the date costs a little confidence, a second date much."""
    if says_nothing(raw):
        return BLANK
    text = one_line(raw)
    found = list(find(text, written, birth=birth))
    if not found:
        return Parsed(text, 0.6, f"“{text}” is not a date")
    first = found[0]
    if any(other.day != first.day for other in found[1:]):
        return Parsed(first.day.isoformat(), 0.6, f"More than one date stands here: “{text}”")
    beside = (text[: first.start] + text[first.end :]).strip(" .,;()")
    if not first.has_year and (birth or text[first.end :].lstrip(" .,;'’-/")[:1].isdigit()):
        return Parsed(first.day.isoformat(), 0.6, f"Of “{text}” the year cannot be told")
    return Parsed(first.day.isoformat(), min(first.confidence, 0.9 if beside else 1.0), first.doubt)


def find(text: str, written: date, *, birth: bool = False) -> Iterator[Found]:
    """Every date in a text that names a day and a month, in order."""
    for match in _FIND.finditer(text):
        if found := _resolve(match, written, birth):
            yield found


def find_weekday(text: str, written: date) -> Found | None:
    """ "since Monday": the latest such day before the day of writing. Said a week ago it would mean another, so it
    is a doubt."""
    if not (match := _LONE_WEEKDAY.search(text)):
        return None
    word = match["day"].lower()
    if word in ("today", "yesterday"):
        return Found(written - timedelta(days=word == "yesterday"), *match.span(), 0.75, "")
    back = (written.weekday() - WEEKDAYS.index(word[:3])) % 7 or 7
    return Found(written - timedelta(days=back), *match.span(), 0.7, f"“{match[0]}” was taken for the last one")


def _resolve(match: re.Match[str], written: date, birth: bool) -> Found | None:
    parts = match.groupdict()
    kind = next(n for n in "123456" if parts.get(f"d{n}"))
    day, month = int(parts[f"d{kind}"]), parts[f"m{kind}"]
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    year = (parts.get(f"y{kind}") or "").lstrip("'’")
    weekday = WEEKDAYS.index(parts["weekday"][:3].lower()) if parts["weekday"] else None
    doubt, confidence = "", 1.0
    if kind == "1" and number > 12 >= day:
        day, number, confidence = number, day, 0.6
        doubt = f"“{match[0]}” puts the month before the day"
    if year:
        resolved = _day(_century(int(year), written, birth) if len(year) == 2 else int(year), number, day)
    else:
        resolved, confidence = _nearest(day, number, weekday, written)
    if resolved is None:
        return None
    if weekday is not None and year and resolved.weekday() != weekday:
        confidence, doubt = 0.7, f"{resolved:%-d %B %Y} was a {resolved:%A}, not as “{match[0].strip()}” says"
    return Found(resolved, *match.span(), confidence, doubt, bool(year))


def _century(year: int, written: date, birth: bool) -> int:
    """A birth lies in the past, within a hundred years; other dates lie near the day of writing."""
    century = written.year - written.year % 100
    if birth:
        return century + year if century + year <= written.year else century - 100 + year
    return min((century - 100 + year, century + year, century + 100 + year), key=lambda y: abs(y - written.year))


def _nearest(day: int, month: int, weekday: int | None, written: date) -> tuple[date | None, float]:
    """A date without its year: the latest on or before the day of writing, unless the next one is much nearer. A
    weekday that agrees makes it certain."""
    years = (written.year, written.year - 1, written.year + 1)
    near = [d for y in years if (d := _day(y, month, day)) is not None]
    if not near:
        return None, 0.0
    if weekday is not None and (fit := [d for d in near if d.weekday() == weekday]):
        return min(fit, key=lambda d: abs((d - written).days)), 0.95
    past = [d for d in near if d <= written and (written - d).days <= 200]
    chosen = max(past) if past else min(near, key=lambda d: abs((d - written).days))
    return chosen, 0.7 if weekday is not None else 0.9


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
