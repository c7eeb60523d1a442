"""When time is over, and when a mail may leave: working days, school days and hours, in Europe/London.

Everything is counted on ordinal tables built once, so that a question costs a look-up and no loop over days.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from rules.duration import CalendarDays, Duration, Hours, SchoolDays, WorkingDays, WorkingHours

LONDON = ZoneInfo("Europe/London")
FIRST, LAST = date(2009, 9, 1), date(2039, 8, 31)
_FIRST, _LAST = FIRST.toordinal(), LAST.toordinal()


class OutsideCalendar(ValueError):
    """A date that no calendar of ours covers."""


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of a day in which somebody reads mail, both ends included."""

    opens: time
    closes: time


COUNCIL = Window(time(9), time(17))
SCHOOL = Window(time(8), time(16))


class Days:
    """An ordinal table of the days that count: the nth after a day is one look-up."""

    def __init__(self, days: Iterable[date]) -> None:
        self._dates = sorted(days)
        self._set = frozenset(self._dates)
        counted = {day.toordinal() for day in self._dates}
        self._passed = array("H", accumulate(day in counted for day in range(_FIRST, _LAST + 1)))
        """How many of them have passed at the end of each day of the calendar."""

    def __contains__(self, day: date) -> bool:
        return day in self._set

    def after(self, day: date, n: int) -> date:
        """The nth of them after `day` (n >= 1); with n = 0 the day itself. Raises OutsideCalendar."""
        if n == 0:
            return day
        ordinal = day.toordinal()
        passed = self._passed[ordinal - _FIRST] if _FIRST <= ordinal <= _LAST else 0
        if passed and passed + n <= len(self._dates):  # None has passed before the calendar begins.
            return self._dates[passed + n - 1]
        raise OutsideCalendar(f"{day:%d %B %Y} is outside the calendar ({FIRST:%Y} to {LAST:%Y})")

    def on_or_after(self, day: date) -> date:
        return day if day in self._set else self.after(day, 1)

    def between(self, start: date, end: date) -> int:
        """How many of them lie after `start`, up to and with `end`."""
        return bisect_right(self._dates, end) - bisect_right(self._dates, start)


def _weekdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def _summer(day: date) -> bool:
    """22 July to 1 September: no school where a year's terms are not known."""
    return (7, 22) <= (day.month, day.day) <= (9, 1)


def school_year(day: date) -> int:
    """The year in which that day's school year began: 2026 for 2026/27. It turns on 1 August, between two summers."""
    return day.year if day.month >= 8 else day.year - 1


@dataclass(frozen=True)
class Terms:
    """The days on which a school has pupils: terms as pairs of first and last day, INSET days taken out."""

    terms: tuple[tuple[date, date], ...] = ()
    inset: frozenset[date] = frozenset()

    @property
    def years(self) -> frozenset[int]:
        """The school years whose terms are known."""
        return frozenset(school_year(first) for first, _ in self.terms)

    def over(self, default: Terms) -> Terms:
        """These, and the default's for the school years of which these say nothing: terms and INSET days each by
        themselves, for a school that keeps the council's terms has INSET days of its own."""
        terms = (t for t in default.terms if school_year(t[0]) not in self.years)
        known = {school_year(day) for day in self.inset}
        inset = {day for day in default.inset if school_year(day) not in known}
        return Terms((*self.terms, *terms), self.inset | inset)


@dataclass(frozen=True)
class Calendar:
    """The council's calendar. `holidays` are bank holidays of England and Wales; `terms` by LAESTAB, "" the default."""

    holidays: frozenset[date]
    terms: Mapping[str, Terms] = field(default_factory=dict)
    council: Window = COUNCIL
    school: Window = SCHOOL
    _working: Days = field(init=False, repr=False, compare=False)
    _school: dict[str, Days] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        working = [day for day in _weekdays(FIRST, LAST) if day not in self.holidays]
        object.__setattr__(self, "_working", Days(working))
        default = self.terms.get("", Terms())
        tables = {school: Days(_school_days(working, own.over(default))) for school, own in self.terms.items()}
        tables.setdefault("", Days(_school_days(working, default)))
        object.__setattr__(self, "_school", tables)

    @property
    def working_days(self) -> Days:
        return self._working

    def school_days(self, school: str = "") -> Days:
        return self._school.get(school) or self._school[""]

    def known_until(self) -> date:
        """The last bank holiday that we know of: beyond it, dates are a guess."""
        return max(self.holidays)

    def due(self, start: datetime | date, span: Duration, school: str = "") -> datetime:
        """The moment by which what is asked for `span` from `start` is to be answered: 5pm (4pm at a school) of the
        last day, or the hour itself."""
        match span:
            case WorkingDays(n):
                return _at(self._working.after(_day(start), n), self.council.closes)
            case SchoolDays(n):
                return _at(self.school_days(school).after(_day(start), n), self.school.closes)
            case CalendarDays(n):
                return _at(_days_on(_day(start), n), self.council.closes)
            case Hours(n):
                return _instant(start) + timedelta(hours=n)
            case WorkingHours(n):
                return self._working_hours(_instant(start), n)

    def over(self, start: datetime | date, span: Duration, school: str = "") -> datetime:
        """The moment at which `span` from `start` is over and what follows may happen: 9am of the working day after
        the last (8am of the school day, for school days), or the hour itself."""
        match span:
            case WorkingDays(n):
                return _at(self._working.after(self._working.after(_day(start), n), 1), self.council.opens)
            case SchoolDays(n):
                days = self.school_days(school)
                return _at(days.after(days.after(_day(start), n), 1), self.school.opens)
            case CalendarDays(n):
                return _at(self._working.after(_days_on(_day(start), n), 1), self.council.opens)
            case Hours() | WorkingHours():
                return self.due(start, span, school)

    def later(self, moment: datetime, span: Duration, school: str = "") -> datetime:
        """The beginning of the nth such day after `moment`: the cadence of chases (`every = "1 working day"` is every
        working morning)."""
        # Each reminder asks twice: three `isinstance` cost a quarter of a `match`.
        if isinstance(span, WorkingDays):
            return _at(self._working.after(_day(moment), span.n), self.council.opens)
        if isinstance(span, CalendarDays):
            return _at(self._working.on_or_after(_days_on(_day(moment), span.n)), self.council.opens)
        if isinstance(span, SchoolDays):
            return _at(self.school_days(school).after(_day(moment), span.n), self.school.opens)
        return self.due(moment, span, school)

    def leaves(self, moment: datetime, *, to_school: bool, school: str = "") -> datetime:
        """The first moment, from `moment` on, in the recipient's working time."""
        days, window = (self.school_days(school), self.school) if to_school else (self._working, self.council)
        local = _local(moment)
        day, clock = local.date(), local.time()
        if day in days and clock <= window.closes:
            return moment if clock >= window.opens else _at(day, window.opens)
        return _at(days.after(day, 1), window.opens)

    def _working_hours(self, start: datetime, hours: int) -> datetime:
        left, at = timedelta(hours=hours), self.leaves(start, to_school=False)
        while True:
            closing = _at(_day(at), self.council.closes)
            if closing - at >= left:
                return at + left
            left -= closing - at
            at = _at(self._working.after(_day(at), 1), self.council.opens)


def _school_days(working: list[date], terms: Terms) -> list[date]:
    """Of the working days, those in term; a year without terms: every working day outside the summer."""
    years = terms.years

    def in_term(day: date) -> bool:
        if school_year(day) not in years:
            return not _summer(day)
        return any(first <= day <= last for first, last in terms.terms)

    return [day for day in working if day not in terms.inset and in_term(day)]


def _day(moment: datetime | date) -> date:
    return _local(moment).date() if isinstance(moment, datetime) else moment


def _days_on(day: date, n: int) -> date:
    return date.fromordinal(day.toordinal() + n)


def _local(moment: datetime) -> datetime:
    return moment if moment.tzinfo is LONDON else moment.astimezone(LONDON)


@lru_cache(maxsize=20_000)
def _at(day: date, clock: time) -> datetime:
    """The same mornings come again and again."""
    return datetime.combine(day, clock, LONDON)


def _instant(moment: datetime | date) -> datetime:
    """As UTC, because adding hours to a local time would lose or gain one at a clock change."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    return _at(moment, time(9)).astimezone(UTC)
