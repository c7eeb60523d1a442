"""Days as people write them in a reply, day first, resolved against the day of writing.

A weekday or a day without a year points to the past in a report ("visited Monday") and to the future in a promise
("will be done by Monday"); so a day found is kept as what it may mean, and resolved when its sentence is understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Direction = Literal["past", "future"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple of": 2, "a couple of": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "fourteen": 14,
}  # fmt: skip

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday|nesdy)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|saturday|sunday)\b\.?"
)
_COUNT = r"(?:a couple of|couple of|fourteen|three|seven|eight|four|five|nine|one|two|six|ten|an|a|\d{1,2})"
_PART = r"(?:morning|afternoon|evening|night|lunchtime|am|pm|teatime|first thing|a\.m\.?|p\.m\.?)"
_TOMORROW = r"(?:tomorrow|tomorow|tommorow|tommorrow|tomoz|tmrw|tmw|2moro)"
_YESTERDAY = r"(?:yesterday|yest|yday|ystdy)"
_TAIL = rf"(?:\s+{_PART}\b)?"


@dataclass(frozen=True, slots=True)
class Day:
    """A day as found at [start, end) of the text. `firm`: the same in the past and the future."""

    start: int
    end: int
    past: date
    future: date

    def towards(self, direction: Direction) -> date:
        return self.past if direction == "past" else self.future


def find_days(text: str, written: date) -> list[Day]:
    """Every day that the text names, in its order; nothing that is no day of the calendar (31/02)."""
    found: list[Day] = []
    for expression, read in _READERS:
        for match in expression.finditer(text):
            if any(d.start < match.end() and match.start() < d.end for d in found):
                continue
            pair = read(match, written)
            if pair:
                found.append(Day(match.start(), match.end() - match[0].endswith("."), *pair))
    return sorted(found, key=lambda d: d.start)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _both(day: date | None) -> tuple[date, date] | None:
    return (day, day) if day else None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if year < 60 else 1900 + year


def _without_year(month: int, day: int, written: date) -> tuple[date, date] | None:
    """The last such day up to the day of writing, and the next from it on."""
    years = (_day(y, month, day) for y in range(written.year - 4, written.year + 5))
    days = [d for d in years if d]
    past = [d for d in days if d <= written]
    future = [d for d in days if d >= written]
    return (past[-1], future[0]) if past and future else None


def _iso(m: re.Match[str], written: date) -> tuple[date, date] | None:
    return _both(_day(int(m[1]), int(m[2]), int(m[3])))


def _numeric(m: re.Match[str], written: date) -> tuple[date, date] | None:
    day, month = int(m["d"]), int(m["m"])
    if m["y"]:
        return _both(_day(_full_year(m["y"]), month, day))
    return _without_year(month, day, written) if 1 <= month <= 12 else None


def _named_month(m: re.Match[str], written: date) -> tuple[date, date] | None:
    month = _MONTHS.index(m["m"][:3].lower()) + 1
    if m["y"]:
        return _both(_day(_full_year(m["y"]), month, int(m["d"])))
    return _without_year(month, int(m["d"]), written)


def _day_of_month(m: re.Match[str], written: date) -> tuple[date, date] | None:
    """ "the 3rd": of this month, the last or the next."""
    day = int(m["d"])
    near = [written.replace(day=1) + timedelta(days=n) for n in (-15, 0, 45)]
    days = [d for d in (_day(n.year, n.month, day) for n in near) if d]
    past = [d for d in days if d <= written]
    future = [d for d in days if d >= written]
    return (past[-1], future[0]) if past and future else None


def _weekday(m: re.Match[str], written: date) -> tuple[date, date] | None:
    wanted = _WEEKDAYS.index(m["w"][:3].lower())
    back = (written.weekday() - wanted) % 7
    ahead = (wanted - written.weekday()) % 7
    word = (m["which"] or "").lower()
    past, future = written - timedelta(days=back), written + timedelta(days=ahead or 7)
    if word.startswith("last") or (m["after"] or "").lower() in ("last", "gone", "just gone"):
        past = written - timedelta(days=back or 7)
        return past, past
    if word.startswith("next"):
        monday = written - timedelta(days=written.weekday())
        following = monday + timedelta(days=7 + wanted)
        return following, following
    if (m["after"] or "").lower() == "week" or word.startswith("a week"):
        later = future + timedelta(days=7)
        return later, later
    return past, future


def _shift(m: re.Match[str], written: date) -> tuple[date, date] | None:
    count = _NUMBERS.get(m["n"].lower()) or int(m["n"])
    days = timedelta(days=count * {"d": 1, "w": 7, "f": 14}[m["unit"][0].lower()])
    return _both(written - days if m["ago"] else written + days)


def _week_before(m: re.Match[str], written: date) -> tuple[date, date] | None:
    """ "A week ago yesterday", "two weeks ago today"."""
    weeks = _NUMBERS.get(m["n"].lower()) or int(m["n"])
    return _both(written - timedelta(days=weeks * 7 + (0 if m["from"].lower() == "today" else 1)))


def _fixed(days: int) -> Callable[[re.Match[str], date], tuple[date, date] | None]:
    return lambda m, written: _both(written + timedelta(days=days))


def _friday(m: re.Match[str], written: date) -> tuple[date, date] | None:
    ahead = (4 - written.weekday()) % 7
    return _both(written + timedelta(days=ahead + (7 if m["next"] else 0)))


def _last_of_month(m: re.Match[str], written: date) -> tuple[date, date] | None:
    following = (written.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _both(following - timedelta(days=1))


_Reader = Callable[[re.Match[str], date], tuple[date, date] | None]


def _compile(expression: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/]){expression}", re.IGNORECASE)


_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)"), _iso),
    (
        _compile(
            rf"(?:{_WEEKDAY},?\s+)?(?P<d>\d{{1,2}})([/.-])(?P<m>\d{{1,2}})\2"
            rf"(?P<y>\d{{4}}|\d{{2}})(?![\w/])"
        ),
        _numeric,
    ),
    (_compile(rf"(?:{_WEEKDAY},?\s+)?(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?P<y>)(?![\w/])"), _numeric),
    (_compile(
        rf"(?:{_WEEKDAY},?\s+)?(?:the\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]*(?:of\s+)?(?P<m>{_MONTH})"
        rf"(?:,?[\s-]*(?P<y>\d{{4}}|\d{{2}}(?![:.]?\d)(?!\s*[ap]m)(?!\s+[A-Za-z]+\s+(?:road|street|lane"
        rf"|close|avenue|drive|path))))?(?!\w)"
    ), _named_month),
    (_compile(
        rf"(?:{_WEEKDAY},?\s+)?(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"(?:,?\s+(?P<y>\d{{4}}))?(?![\w:/.])"
    ), _named_month),
    (_compile(rf"(?:{_WEEKDAY},?\s+)?(?:the\s+)(?P<d>\d{{1,2}})(?:st|nd|rd|th)\b"), _day_of_month),
    (_compile(rf"{_WEEKDAY}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)\b"), _day_of_month),
    (_compile(r"(?:on\s+|by\s+|until\s+|till?\s+|from\s+)(?P<d>\d{1,2})(?:st|nd|rd|th)\b"), _day_of_month),
    (_compile(r"(?<=\d(?:st|nd|rd|th) and )(?P<d>\d{1,2})(?:st|nd|rd|th)\b(?! time)"), _day_of_month),
    (_compile(rf"(?P<n>{_COUNT})\s+(?:weeks?|wks?)\s+(?:ago\s+)?(?P<from>{_YESTERDAY}|today)\b"), _week_before),
    (_compile(r"(?:the\s+)?day\s+before\s+yesterday\b"), _fixed(-2)),
    (_compile(rf"(?:the\s+)?day\s+after\s+{_TOMORROW}\b"), _fixed(2)),
    (_compile(rf"(?:late\s+|early\s+)?{_YESTERDAY}\b{_TAIL}|last\s+night\b|yesterday'?s\b"), _fixed(-1)),
    (_compile(
        rf"(?:end\s+of\s+|later\s+|first\s+thing\s+)?{_TOMORROW}\b{_TAIL}"
        rf"|first\s+thing\s+in\s+the\s+morning\b"
    ), _fixed(1)),
    (_compile(r"in\s+the\s+morning\b"), lambda m, written: (written, written + timedelta(days=1))),
    (_compile(
        r"(?:(?:by\s+|the\s+)*(?:end|close)\s+of\s+(?:the\s+)?(?:day|play|business)|c\.?o\.?p\b"
        r"|c\.?o\.?b\b|e\.?o\.?d\b)(?:\s+today)?(?!\s+(?:on\s+)?(?:mon|tue|wed|thu|fri|tomorrow))"
    ), _fixed(0)),
    (_compile(
        rf"(?:later\s+|earlier\s+)?(?:today|tonight)\b{_TAIL}|(?:earlier\s+|later\s+)?this\s+(?:morning"
        rf"|afternoon|evening|lunchtime|pm|am|aft)\b|at\s+lunchtime\b|just\s+now\b|a\s+few\s+minutes\s+ago\b|"
        rf"(?:half\s+)?an?\s+(?:half\s+)?hour\s+(?:or\s+so\s+)?ago\b|an?\s+hour\s+and\s+a\s+half\s+ago\b"
    ), _fixed(0)),
    (_compile(
        r"(?:the\s+)?end\s+of\s+(?:this\s+|the\s+)?(?P<next>next\s+)?week\b|later\s+"
        r"(?:on\s+)?this\s+week\b(?P<x>)"
    ), _friday),
    (_compile(r"(?:the\s+)?end\s+of\s+(?:this\s+|the\s+)?month\b"), _last_of_month),
    (_compile(
        rf"(?P<which>a\s+week\s+(?:on\s+)?|last\s+|next\s+|this\s+(?:coming\s+)?)?(?P<w>{_WEEKDAY}"
        rf"|(?<=on )sat\b|(?<=on )sun\b|(?-i:Sat)\b(?=\s|[.,])|(?<=last )sat\b|(?<=last )sun\b)"
        rf"(?:\s+(?P<after>last|just gone|gone|week)\b)?{_TAIL}"
    ), _weekday),
    (_compile(rf"(?P<n>{_COUNT})\s+(?P<unit>days?|weeks?|wks?|fortnights?)\s+(?P<ago>ago|back)\b"), _shift),
    (_compile(
        rf"(?:in|within)\s+(?:the\s+next\s+)?(?P<n>{_COUNT})\s+(?:working\s+)?(?P<unit>days?|weeks?|wks?"
        rf"|fortnights?)(?P<ago>)\b"
    ), _shift),
    (_compile(r"(?P<n>a|one)\s+(?P<unit>week|fortnight)(?P<ago>)(?:'s)?\s+time\b"), _shift),
)  # fmt: skip
