"""Facts from free text: found where they are plain, doubted where they are not, never made of one another."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.derived import country_of_address, derive

WRITTEN = date(2014, 11, 26)


def facts(text: str) -> dict[str, str | None]:
    return {name: f.value for name, f in derive(text, WRITTEN).items()}


def sure(text: str) -> dict[str, str | None]:
    return {name: f.value for name, f in derive(text, WRITTEN).items() if f.sure}


@pytest.mark.parametrize(
    "text",
    ["absent since 24 November", "First day of absence: 24/11/14", "Absence started on 24.11.2014",
     "first day of unexplained absence was Monday 24 November 2014", "Off school since Monday 24th November"],
)  # fmt: skip
def test_a_first_day_of_absence(text: str) -> None:
    assert sure(text)["absence.first_day"] == "2014-11-24"
    assert "attendance.last_day" not in facts(text)


@pytest.mark.parametrize(
    "text",
    ["Last attended 3 October 2014", "last day in school Friday 3 October", "Date last attended: 3/10/14",
     "Last date of attendance was 3rd Oct 2014.", "She was last in school on 3.10.14"],
)  # fmt: skip
def test_a_last_day_at_school(text: str) -> None:
    assert sure(text)["attendance.last_day"] == "2014-10-03"
    assert "absence.first_day" not in facts(text)


def test_both_in_one_text() -> None:
    told = sure("Last attended on 31st October; absent since 3 November.")
    assert (told["attendance.last_day"], told["absence.first_day"]) == ("2014-10-31", "2014-11-03")


@pytest.mark.parametrize(
    "text", ["Hasn't been in since Monday", "not seen in school since 24.11.14", "has not attended since 24 November"]
)
def test_not_in_since_is_a_doubt(text: str) -> None:
    assert facts(text)["absence.first_day"] == "2014-11-24"
    assert "absence.first_day" not in sure(text)


def test_a_date_of_another_thing_is_not_taken() -> None:
    assert "attendance.last_day" not in facts("Last attended well. Mother came in on 3 October 2014.")
    assert "absence.first_day" not in facts("She has been absent a lot. The letter went out on 24/11/14.")
    assert facts("Previous absences in June.") == {}


def test_a_day_in_the_future_is_doubted() -> None:
    assert "absence.first_day" not in sure("absent since 24/12/2014")


def test_who_was_to_come() -> None:
    told = sure("He was due to start with us on 10 November 2014 and did not arrive.")
    assert (told["expected.start"], told["referral.reason"]) == ("2014-11-10", "no-show")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("Permanently excluded on 3/11/14", "excluded"), ("The family has moved away", "leaving"),
     ("They have gone back to Lithuania", "abroad"), ("Unexplained absence since 3 November", "absent")],
)  # fmt: skip
def test_the_reason(text: str, reason: str) -> None:
    assert sure(text)["referral.reason"] == reason


def test_a_country_is_a_destination_only_where_they_go_there() -> None:
    assert sure("They have moved to the Republic of Ireland.")["destination.country"] == "Republic of Ireland"
    assert "destination.country" not in facts("The family is from Poland.")
    assert "destination.country" not in sure("Possible move to Poland, a passport was renewed.")
    found = country_of_address("3 Rue des Lilas, Lille, France")
    assert found is not None
    assert found.value == "France"
    assert country_of_address("4 Jordan Hill, Easthaven EX99 1ZZ") is None


def test_groups_at_risk_unless_denied() -> None:
    assert (
        facts("Looked after child with an EHCP; family are Travellers.")["risk.groups"]
        == "looked-after, gypsy-roma-traveller, sen"
    )
    assert "risk.groups" not in facts("There is no history of domestic violence, and he is not looked after.")


@pytest.mark.parametrize(
    "text",
    [
        "Mum and the children are in a refuge.",
        "Police advise us not to disclose the address.",
        "She fled domestic violence.",
        "The address is confidential",
    ],
)
def test_an_address_that_must_not_leave(text: str) -> None:
    assert sure(text)["address.protected"] == "yes"


def test_a_refugee_is_in_no_refuge() -> None:
    assert "address.protected" not in facts("The family are refugees from Syria.")
    assert "address.protected" not in facts("No known domestic violence.")


def test_the_evidence_is_quoted() -> None:
    assert (
        "Last attended 3 October 2014"
        in derive("Note. Last attended 3 October 2014.", WRITTEN)["attendance.last_day"].source
    )
