"""Days and times as GOV.UK writes them: "Thursday 13 November 2014", "4pm", "5pm on Thursday 4 December"."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

# strftime would follow the server's locale, and its day without a nought is a matter of the platform.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day(when: date, *, year: bool = True, weekday: bool = True) -> str:
    """`when` as a day in England, an aware datetime in its London day: "Thursday 13 November 2014"."""
    if isinstance(when, datetime):
        when = _london(when).date()
    parts = [_DAYS[when.weekday()]] if weekday else []
    parts += [str(when.day), _MONTHS[when.month - 1]]
    return " ".join(parts + ([str(when.year)] if year else []))


def clock(when: datetime) -> str:
    """The time in London: "4pm", "1.30pm", "midday", "midnight" (GOV.UK style guide, "Times")."""
    local = _london(when)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f".{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def moment(when: datetime, *, year: bool = True) -> str:
    """A time and its day: "4pm on Thursday 13 November 2014"."""
    return f"{clock(when)} on {day(when, year=year)}"


def deadline(due: datetime, now: datetime) -> str:
    """As `moment`, the year said only where it is another: "5pm on Thursday 4 December"."""
    return moment(due, year=_london(due).year != _london(now).year)


def parse(value: str | date) -> date | datetime:
    """An ISO 8601 date or moment. Raises ValueError."""
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)


def _london(when: datetime) -> datetime:
    """A naive datetime is taken to be London's, as `--at` without a zone is."""
    return when.astimezone(LONDON) if when.tzinfo else when.replace(tzinfo=LONDON)
