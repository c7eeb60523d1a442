"""Days and times as GOV.UK writes them, in the council's own time zone."""

from datetime import UTC, date, datetime

import pytest

from outbound.dates import clock, day, deadline, moment, parse
from tests.outbound.samples import at


def test_a_day_has_its_weekday_and_no_leading_nought() -> None:
    assert day(date(2014, 11, 6)) == "Thursday 6 November 2014"


def test_a_utc_moment_is_told_in_london_time() -> None:
    assert moment(datetime(2014, 7, 1, 23, 30, tzinfo=UTC)) == "12.30am on Wednesday 2 July 2014"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("16:00", "4pm"),
        ("09:00", "9am"),
        ("13:30", "1.30pm"),
        ("12:00", "midday"),
        ("00:00", "midnight"),
        ("12:05", "12.05pm"),
    ],
)
def test_times(written: str, said: str) -> None:
    assert clock(at(f"2014-11-13T{written}")) == said


def test_a_deadline_says_the_year_only_where_it_is_another() -> None:
    now = at("2014-12-01T09:00")
    assert deadline(at("2014-12-04T17:00"), now) == "5pm on Thursday 4 December"
    assert deadline(at("2015-01-06T17:00"), now) == "5pm on Tuesday 6 January 2015"


def test_iso_dates_and_moments_are_read() -> None:
    assert parse("2014-11-13") == date(2014, 11, 13)
    assert parse("2014-11-13T09:00:00+00:00") == datetime(2014, 11, 13, 9, tzinfo=UTC)
    with pytest.raises(ValueError, match="before Easter"):
        parse("before Easter")
