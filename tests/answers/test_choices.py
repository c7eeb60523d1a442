"""Answers by number, or by the choice's own line."""

from __future__ import annotations

import pytest

from tests.answers.conftest import Ask


@pytest.mark.parametrize(
    "reply",
    ["2", "2.", "option 2", "#2 please", "(2)", "Number 2, thanks", "two", "2: The family has left the address"],
)
def test_a_number_is_an_answer(ask: Ask, reply: str) -> None:
    found = ask("home-visit", reply)
    assert [a.event for a in found.answers] == ["visit.left-address"]
    assert found.verdict == "understood"


def test_an_ending_answer_by_its_number_counts_at_once(ask: Ask) -> None:
    assert ask("home-visit", "3").verdict == "understood"


def test_an_ending_answer_in_free_text_is_shown_back(ask: Ask) -> None:
    assert ask("home-visit", "I saw her at home").verdict == "confirm"


def test_the_choice_copied_from_the_mail(ask: Ask) -> None:
    found = ask("home-visit", "Hi,\nThe child was seen at the address\nThanks, Del")
    assert (found.verdict, found.answers[0].event) == ("understood", "visit.at-address")


def test_the_mail_numbers_its_choices_as_it_likes(ask: Ask) -> None:
    found = ask("home-visit", "1", choices=("visit.not-made", "visit.no-response"))
    assert found.answers[0].event == "visit.not-made"


def test_the_numbers_run_through_all_the_mails_questions(ask: Ask) -> None:
    found = ask("cme-referral safeguarding-discussion", "1")
    assert found.answers[0].event == "hub.referred"
    assert ask("accept-referral database-check", "3").answers[0].event == "database.nothing"


def test_a_choice_and_what_it_says_besides(ask: Ask) -> None:
    found = ask("home-visit", "1 - left a card, neighbours have not seen them")
    assert found.answers[0].values == {"card-left": "yes", "neighbours": "yes"}
    assert found.missing == ("visit.date",)


@pytest.mark.parametrize(
    "reply", ["2 children live there", "9", "2 or 3", "2? not sure", "option 2 I think", "1 and 2"]
)
def test_a_number_that_is_no_choice(ask: Ask, reply: str) -> None:
    assert ask("home-visit", reply).verdict == "ask"


def test_a_choice_and_words_that_say_another(ask: Ask) -> None:
    assert ask("home-visit", "1\nNo wait, the house is empty, they moved out in January").verdict == "ask"


def test_a_choice_without_the_thing_itself(ask: Ask) -> None:
    assert ask("on-roll-elsewhere", "2").verdict == "ask"
    assert ask("on-roll-elsewhere", "2: Foxhill Academy").answers[0].values["school"] == "Foxhill Academy"


def test_a_number_and_words_that_say_the_same(ask: Ask) -> None:
    assert ask("home-visit", "3 seen w mum").verdict == "understood"
    assert ask("visit-risk", "1 in pairs only").answers[0].values == {"conditions": "in pairs only"}


def test_a_number_and_a_value_that_it_takes(ask: Ask) -> None:
    assert ask("home-visit", "2 31 Quarry Rd SN3 4XX").answers[0].values == {"new-address": "31 Quarry Rd SN3 4XX"}
    assert ask("roll-date", "1, 1 March 2016").answers[0].values == {"date": "2016-03-01"}


@pytest.mark.parametrize("reply", ["2 no answer", "1 child at home", "3 children there, no answer"])
def test_a_number_against_its_words(ask: Ask, reply: str) -> None:
    assert ask("home-visit", reply).verdict == "ask"


def test_a_choices_line_under_anothers_number(ask: Ask) -> None:
    assert ask("agency-enquiry", "2 No trace").verdict == "ask"


@pytest.mark.parametrize("reply", ["3 - well, I saw someone who might be her", "3, or was it 1"])
def test_a_choice_that_wavers(ask: Ask, reply: str) -> None:
    assert ask("home-visit", reply).verdict == "ask"
