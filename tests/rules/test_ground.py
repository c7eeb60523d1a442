"""A corrected fact takes back the questions that rested on it, and no others."""

from __future__ import annotations

from tests.rules.tale import Tale, hub_tale

AGENCIES = ["police", "assessment-teams", "housing", "health"]


def searched_for() -> Tale:
    """A child of eleven whose address nobody knows: the agencies are asked, youth offending among them."""
    tale = hub_tale()
    tale.tell("2014-11-26T11:00", "visit.left-address", "hub-worker", **{"visit.date": "2014-11-26"})
    tale.answer("2014-11-26T12:00", "database-check", "database.nothing")
    assert "youth-offending" in waiting(tale)
    return tale


def waiting(tale: Tale) -> list[str]:
    return sorted(ask.party.role for ask in tale.case.open_asks("agency-enquiry"))


def corrected(tale: Tale, when: str, field: str, was: str, to: str) -> None:
    tale.tell(when, "fact.corrected", "tracking-officer", field=field, to=to, **{"from": was})


def test_who_is_not_asked_about_a_child_of_nine_hears_that_nothing_more_is_needed() -> None:
    tale = searched_for()
    corrected(tale, "2014-11-27T10:00", "child.date_of_birth", "2003-05-03", "2005-05-03")
    assert waiting(tale) == sorted(AGENCIES)
    told = [(mail.wording, mail.to.role) for _, mail in tale.sent[-1:]]
    assert told == [("nothing-more", "youth-offending")]


def test_corrected_back_it_is_asked_anew() -> None:
    tale = searched_for()
    corrected(tale, "2014-11-27T10:00", "child.date_of_birth", "2003-05-03", "2005-05-03")
    corrected(tale, "2014-11-28T10:00", "child.date_of_birth", "2005-05-03", "2003-05-03")
    assert "youth-offending" in waiting(tale)
    assert len(tale.asked("agency-enquiry", "youth-offending")) == 2


def test_the_last_that_was_waited_for_ends_the_round() -> None:
    tale = searched_for()
    for role in AGENCIES:
        tale.answer("2014-11-27T09:00", "agency-enquiry", "agency.no-trace", role)
    assert waiting(tale) == ["youth-offending"] and not tale.asked("s2s-message")
    corrected(tale, "2014-11-27T10:00", "child.date_of_birth", "2003-05-03", "2005-05-03")
    assert tale.asked("s2s-message") == ["Thu 27 Nov 10:00"]


def test_another_birthday_of_the_same_age_changes_nothing() -> None:
    tale = searched_for()
    before = len(tale.sent)
    corrected(tale, "2014-11-27T10:00", "child.date_of_birth", "2003-05-03", "2003-05-30")
    assert len(tale.sent) == before and "youth-offending" in waiting(tale)


def test_that_an_address_is_protected_ends_no_search() -> None:
    tale = searched_for()
    corrected(tale, "2014-11-27T10:00", "address.protected", "", "yes")
    assert waiting(tale) == sorted([*AGENCIES, "youth-offending"])
