"""Days are counted whole, after the day itself; hours are hours; the three units never mix."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import holidays as published
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import load_pack
from rules.calendar import LONDON, Calendar, OutsideCalendar, Terms
from rules.duration import CalendarDays, Hours, SchoolDays, WorkingDays, WorkingHours

CALENDAR = load_pack("oxfordshire").calendar


MOMENTS = st.integers(0, 13 * 365 * 24 * 60).map(lambda n: datetime(2014, 1, 1, tzinfo=LONDON) + timedelta(minutes=n))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_two_working_days_after_a_thursday_visit_are_over_on_tuesday_morning() -> None:
    assert CALENDAR.over(date(2014, 11, 27), WorkingDays(2)) == at("2014-12-02T09:00")


def test_an_ask_of_wednesday_due_in_a_working_day_is_due_thursday_at_five() -> None:
    assert CALENDAR.due(at("2014-11-26T10:00"), WorkingDays(1)) == at("2014-11-27T17:00")
    assert CALENDAR.over(at("2014-11-26T10:00"), WorkingDays(1)) == at("2014-11-28T09:00")


def test_easter_is_no_working_day() -> None:
    assert CALENDAR.over(date(2015, 4, 2), WorkingDays(1)) == at("2015-04-08T09:00")


def test_school_days_pass_over_half_term() -> None:
    assert CALENDAR.due(at("2014-10-24T09:00"), SchoolDays(2)) == at("2014-11-04T16:00")


def test_twenty_school_days_after_16_october_2026() -> None:
    """The example of the notes on today's law: half term lies between."""
    assert CALENDAR.school_days().after(date(2026, 10, 16), 20) == date(2026, 11, 20)


def test_a_schools_own_terms_go_before_the_countys() -> None:
    own = Calendar(CALENDAR.holidays, {**CALENDAR.terms, "931/9006": Terms(((date(2014, 9, 2), date(2014, 10, 17)),))})
    assert date(2014, 10, 20) in own.school_days() and date(2014, 10, 20) not in own.school_days("931/9006")


def test_inset_days_are_no_school_days() -> None:
    terms = Terms(((date(2014, 9, 2), date(2014, 10, 24)),), frozenset({date(2014, 9, 8)}))
    assert Calendar(frozenset(), {"": terms}).school_days().after(date(2014, 9, 5), 1) == date(2014, 9, 9)


def test_a_year_without_terms_has_no_school_in_summer() -> None:
    days = CALENDAR.school_days()
    assert date(2019, 7, 19) in days and date(2019, 8, 7) not in days and date(2019, 9, 2) in days


@pytest.mark.parametrize(
    ("start", "end"),
    [("2015-03-28T12:00", "2015-03-30T13:00"), ("2014-10-25T12:00", "2014-10-27T11:00")],
    ids=["spring", "autumn"],
)
def test_forty_eight_hours_are_forty_eight_hours_across_the_change_of_the_clock(start: str, end: str) -> None:
    assert CALENDAR.due(at(start), Hours(48)) == at(end)


def test_working_hours_end_at_five_and_go_on_at_nine() -> None:
    assert CALENDAR.due(at("2014-11-28T15:00"), WorkingHours(4)) == at("2014-12-01T11:00")


def test_four_weeks_are_twenty_eight_days() -> None:
    assert CALENDAR.over(date(2014, 11, 3), CalendarDays(28)) == at("2014-12-02T09:00")


@pytest.mark.parametrize(
    ("when", "to_school", "leaves"),
    [
        ("2014-11-26T10:00", False, "2014-11-26T10:00"),
        ("2014-11-26T17:00", False, "2014-11-26T17:00"),
        ("2014-11-26T17:01", False, "2014-11-27T09:00"),
        ("2014-11-26T07:00", True, "2014-11-26T08:00"),
        ("2014-11-29T12:00", False, "2014-12-01T09:00"),
        ("2014-10-24T16:30", True, "2014-11-03T08:00"),
        ("2014-12-24T17:30", False, "2014-12-29T09:00"),
    ],
)
def test_mail_leaves_in_working_time(when: str, to_school: bool, leaves: str) -> None:
    assert CALENDAR.leaves(at(when), to_school=to_school) == at(leaves)


def test_no_chase_reaches_a_school_in_august() -> None:
    assert CALENDAR.leaves(at("2015-08-05T10:00"), to_school=True) == at("2015-09-02T08:00")


def test_lesson_21_bank_holidays_are_those_that_are_published() -> None:
    official = published.country_holidays("GB", subdiv="ENG", years=range(2012, 2029))
    assert {d for d in official if d.weekday() < 5} == {d for d in CALENDAR.holidays if 2012 <= d.year <= 2028}


def test_a_date_beyond_the_calendar_is_said() -> None:
    with pytest.raises(OutsideCalendar, match="outside the calendar"):
        CALENDAR.working_days.after(date(2039, 8, 31), 1)


@given(st.dates(date(2010, 1, 1), date(2036, 1, 1)), st.integers(1, 60))
def test_the_table_counts_as_a_finger_on_the_wall_calendar_does(day: date, n: int) -> None:
    walked, left = day, n
    while left:
        walked += timedelta(1)
        left -= walked.weekday() < 5 and walked not in CALENDAR.holidays
    assert CALENDAR.working_days.after(day, n) == walked


@given(MOMENTS, st.booleans())
def test_leaving_is_never_earlier_and_asked_again_says_the_same(when: datetime, to_school: bool) -> None:
    leaves = CALENDAR.leaves(when, to_school=to_school)
    assert leaves >= when and CALENDAR.leaves(leaves, to_school=to_school) == leaves


@given(MOMENTS, st.integers(1, 30))
def test_more_time_is_never_over_sooner(when: datetime, n: int) -> None:
    for unit in (WorkingDays, SchoolDays, CalendarDays, Hours, WorkingHours):
        times = [CALENDAR.over(when, unit(k)) for k in (n, n + 1)]
        assert all(a <= b for a, b in pairwise(times))
