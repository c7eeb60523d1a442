"""The days of the year that bring a mail."""

from datetime import date

import pytest

from rules import load_pack
from rules.almanac import BadOccasion, Occasion, parse_when

CALENDAR = load_pack("oxfordshire").calendar


def last(on: str, today: str) -> str:
    day = Occasion("x", "9", parse_when(on), ("board",), "x", "here").last(date.fromisoformat(today), CALENDAR)
    return str(day)


@pytest.mark.parametrize(
    ("on", "today", "day"),
    [
        ("first working day of the month", "2014-11-30", "2014-11-03"),  # 1 November was a Saturday.
        ("first working day of the month", "2015-01-01", "2014-12-01"),  # A bank holiday.
        ("first working day of the month", "2015-01-02", "2015-01-02"),
        ("first working day of october", "2015-09-30", "2014-10-01"),
        ("first working day of january, april", "2015-04-07", "2015-04-01"),
        ("first school day of term", "2014-11-03", "2014-09-02"),  # Half term begins no term.
        ("first school day of term", "2015-01-06", "2015-01-06"),
        ("first school day of term", "2015-04-13", "2015-04-13"),
        ("first school day of term", "2015-06-01", "2015-04-13"),
    ],
)
def test_the_last_day_up_to_today(on: str, today: str, day: str) -> None:
    assert last(on, today) == day


def test_a_day_that_cannot_be_read_says_how_to_write_one() -> None:
    with pytest.raises(BadOccasion, match="first working day of the month"):
        parse_when("every second Tuesday")
