"""Whom to ring: the number that serves at that moment (policy 1.4)."""

import pytest

from outbound.numbers import serving
from tests.outbound.samples import at, wording


def now(moment: str, area: str = "", *, working_day: bool = True) -> list[str]:
    served = serving(wording().numbers, at(moment), area, working_day=working_day)
    return [number.number for number in served.now]


def test_in_office_hours_of_2014_the_access_team_and_the_areas_own() -> None:
    assert now("2014-11-12T10:00", "north") == ["0845 050 7666", "01865 816670", "999"]
    assert now("2014-11-12T10:00", "city") == ["0845 050 7666", "01865 323048", "999"]
    assert "01865 897983" in now("2014-11-12T10:00", "south")


def test_with_no_area_known_all_three_teams_are_named() -> None:
    assert len(now("2014-11-12T10:00")) == 5


@pytest.mark.parametrize("moment", ["2014-11-12T20:30", "2014-11-15T11:00", "2014-11-12T17:00", "2026-11-27T16:30"])
def test_at_night_at_weekends_and_from_closing_time_the_emergency_team(moment: str) -> None:
    assert now(moment) == ["0800 833 408", "999"]


def test_on_a_bank_holiday_no_office_answers() -> None:
    assert now("2014-12-26T11:00", working_day=False) == ["0800 833 408", "999"]


def test_since_2018_the_safeguarding_hub_till_four_on_fridays() -> None:
    assert now("2026-11-26T16:30")[0] == "0345 050 7666"
    assert now("2026-11-27T15:59")[0] == "0345 050 7666"
    assert now("2017-12-29T10:00", "north")[0] == "0845 050 7666"


def test_the_other_numbers_are_named_with_their_hours() -> None:
    otherwise = serving(wording().numbers, at("2026-11-26T20:00")).otherwise
    assert [(n.number, n.said) for n in otherwise] == [
        ("0345 050 7666", "Monday to Thursday, 8.30am to 5pm, and Friday, 8.30am to 4pm")
    ]
