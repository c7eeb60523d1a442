"""Answers in plain words that were asked again once: each stands for a general cause, in the words of other people."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from parsers.answers import AnswerContext, Says, understand
from parsers.answers.openings import without_openings
from tests.answers.conftest import THURSDAY, Ask

CHILD = "Orla Finch"


@pytest.mark.parametrize(
    ("question", "reply", "event"),
    [
        ("why-early", "No particular reason, we just thought it was time", "early.no-reason"),
        ("why-early", "Gran rang on Monday to say that they had flown to Chile", "early.explained"),
        ("on-roll-elsewhere", "Not on roll but there is an application in for Foxhill Academy", "application.pending"),
        (
            "on-roll-elsewhere",
            "Not on any roll, though mum has put in a form for Foxhill Academy",
            "application.pending",
        ),
        ("abroad-details", "Sorry, I don't know any more than that", "details.unavailable"),
        ("abroad-details", "That is all we were told", "details.unavailable"),
        ("home-visit", "The tenants have left the address.", "visit.left-address"),
        ("ask-previous-school", "Spoke to Mrs Adeyemi who says they have gone", "previous-school.spoken"),
        ("removal-details", "The number is 856/2345. Family move.", "removal.details"),
        ("removal-details", "Orla died last week", "removal.details"),
        ("conclude", "not concluded, we are still waiting for Luton", "not-so"),
        ("roll-date", "Needs to stay on our roll, Luton are looking", "roll.stays"),
        ("roll-date", "Tell the school she can come off roll from 14 March", "roll.date"),
        ("visit-risk", "Not authorising this, the dog is loose", "visit.refused"),
        ("cme-referral", "Mum has just rung us", "parents.made-contact"),
        ("cme-referral", "Dad has just phoned", "parents.made-contact"),
        ("ctf-upload", "S2S rejects the file", "query"),
        ("ctf-upload", "The system will not accept it", "query"),
        ("ctf-upload", "I keep getting an error when I upload it", "query"),
        ("ctf-upload", "We refuse, she is still on our roll", "ctf.refused"),
        ("arrival", "Started on 2 March as planned, school 866/2001", "child.arrived"),
        ("home-visit", "Spoke to Mr Khan who says they moved", "visit.left-address"),
    ],
)
def test_what_is_said_plainly_is_taken(ask: Ask, question: str, reply: str, event: str) -> None:
    found = ask(question, reply, child=CHILD)
    assert (found.verdict, [a.event for a in found.answers]) == ("understood", [event])


@pytest.mark.parametrize(
    "reply",
    [
        "I write to confirm that the above named child is not on roll at any other school.",
        "We have searched all our systems and can confirm that she is not on roll elsewhere",
        "OFFICIAL-SENSITIVE\nPlease note that she is not on roll elsewhere",
        "Further to your email of 3 March, she is not on roll elsewhere",
        "This is to advise you that Orla is not on roll elsewhere",
    ],
)
def test_the_forms_of_an_office_say_nothing_of_their_own(ask: Ask, reply: str) -> None:
    found = ask("on-roll-elsewhere", reply, child=CHILD)
    assert (found.verdict, [a.event for a in found.answers]) == ("understood", ["roll.nowhere"])


@pytest.mark.parametrize(
    "reply",
    [
        "I cannot confirm that she is on roll",
        "We can confirm that on Monday",
        "I can confirm that we received your mail",
    ],
)
def test_what_is_not_confirmed_or_not_yet_stays_so(reply: str) -> None:
    assert without_openings(reply) == reply


def test_a_number_above_an_answer_is_no_receipt_of_it(ask: Ask) -> None:
    """The clock would run on, and nobody would read what is told beneath it."""
    told = "Reference 4410/16. The records of this body give a place that we may not name in open mail."
    assert ask("agency-enquiry", told).verdict == "ask"
    receipt = ask("agency-enquiry", "Reference 4410/16. We aim to respond within ten working days.")
    assert {a.event for a in receipt.answers} <= {"acknowledged", "need-time"} and receipt.verdict == "understood"


def test_the_sum_of_the_words_does_not_doubt_a_clause_with_nothing_else(ask: Ask) -> None:
    assert ask("home-visit", "They have left the address").verdict == "understood"
    assert ask("home-visit", "They have left the address book").verdict == "ask"


@pytest.mark.parametrize("reply", ["4th Nov", "It was the 4th of November", "4/11"])
def test_a_bare_day_is_the_one_day_that_was_asked_for(says: Says, reply: str) -> None:
    assert _given(says, reply, "absence.first_day") == {"absence.first_day": "2015-11-04"}
    assert _given(says, reply, "absence.first_day", "attendance.last_day") == {}
    assert _given(says, reply) == {}


@pytest.mark.parametrize("reply", ["Sent on 4 Nov", "Is it 4 Nov?", "4 Nov or 5 Nov", "Her brother's was 4 Nov"])
def test_a_day_in_other_words_is_not(says: Says, reply: str) -> None:
    assert _given(says, reply, "absence.first_day") == {}


def test_a_birthday_needs_its_year(says: Says) -> None:
    assert _given(says, "4 Nov", "child.date_of_birth") == {}
    assert _given(says, "4 Nov 2009", "child.date_of_birth") == {"child.date_of_birth": "2009-11-04"}


def _given(says: Says, reply: str, *lacking: str) -> object:
    context = AnswerContext(THURSDAY, "school", CHILD, lacking=frozenset(lacking))
    heard = understand(("missing-details",), reply, context, says)
    given = [a.values.get("fields") for a in heard.answers if a.event == "details.given"]
    return given[0] if heard.verdict == "understood" and given and given[0] else {}


def test_the_day_of_a_death_is_no_removals(ask: Ask) -> None:
    (died,) = ask("removal-details", "She died on 2 March.", child=CHILD).answers
    assert died.values == {"ground": "k"}
    (both,) = ask("removal-details", "She died on 2 March. We took her off on 7 March.", child=CHILD).answers
    assert both.values == {"ground": "k", "removal.date": "2016-03-07"}


@pytest.mark.parametrize(
    "reply", ["Her father died last month", "Gran passed away on 2 March", "She nearly died of shame"]
)
def test_who_else_has_died_is_no_ground(ask: Ask, reply: str) -> None:
    assert not any(a.values.get("ground") for a in ask("removal-details", reply, child=CHILD).answers)


def test_a_town_abroad_is_no_school(ask: Ask) -> None:
    (one,) = ask("abroad-details", "Gone to Faro in Portugal, attends Escola Primaria").answers
    assert (one.values["country"], one.values["school"]) == ("Portugal", "Escola Primaria")
    (two,) = ask("abroad-details", "Gone to Faro in Portugal. School in Faro.").answers
    assert "school" not in two.values


def test_a_day_that_is_over_asks_for_no_time(ask: Ask) -> None:
    (later,) = ask("home-visit", "Not been yet, off sick since Monday").answers
    assert (later.event, later.values) == ("need-time", {})


def test_a_school_whose_pupil_turned_up_says_so_whatever_was_asked(says: Says) -> None:
    at = datetime(2016, 3, 10, 9, 30, tzinfo=ZoneInfo("Europe/London"))
    heard = understand(("missing-details",), "Orla turned up today, all good", AnswerContext(at, "school", CHILD), says)
    assert (heard.verdict, [a.event for a in heard.answers]) == ("understood", ["child.returned"])


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("cme-referral", "Mum had rung the school last term"),
        ("cme-referral", "Mum has just rung off on me twice"),
        ("allocate-worker", "Mum has just rung and put the phone down on us"),
        ("arrival", "Did not start on 2 March as planned"),
        ("place-confirmed", "Expected to have started on 2 March, school 866/2001"),
        ("home-visit", "Spoke to Mr Khan who says they moved the bins"),
        ("home-visit", "Spoke to Mr Khan who thinks they moved"),
        ("home-visit", "Spoke to Mr Khan who says they have not moved"),
        ("home-visit", "Mr Khan says they moved in"),
    ],
)
def test_what_only_sounds_like_it_is_asked_again(ask: Ask, question: str, reply: str) -> None:
    assert ask(question, reply, child=CHILD).verdict == "ask"


def test_an_officer_who_says_where_the_child_started_concludes(ask: Ask) -> None:
    found = ask("conclude", "Started at Foxhill Academy on 2 March", role="tracking-officer", child=CHILD)
    assert (found.verdict, [(a.event, a.values["where"]) for a in found.answers]) == (
        "confirm", [("child.traced", "Foxhill Academy")]
    )  # fmt: skip


def test_the_day_of_a_start_elsewhere_is_no_removals(ask: Ask) -> None:
    (both,) = ask("removal-details", "Started at Foxhill Academy on 7 March, removed 2 March", child=CHILD).answers
    assert both.values["removal.date"] == "2016-03-02"
    (one,) = ask("removal-details", "Moved house, started at Foxhill Academy on 7 March", child=CHILD).answers
    assert "removal.date" not in one.values


def test_two_days_of_one_month_are_two(ask: Ask) -> None:
    (tried,) = ask("tried-parents", "Called both numbers on the 7th and 8th, no answer", role="school").answers
    assert tried.values["dates"] == ["2016-03-07", "2016-03-08"]


def test_who_lives_at_a_number_is_a_neighbour(ask: Ask) -> None:
    told = "No reply, card left. The lady at no 9 hasn't seen them."
    assert ask("home-visit", told).answers[0].values["neighbours"] == "yes"


def test_a_day_just_gone_asks_for_no_eleven_months(ask: Ask) -> None:
    (later,) = ask("arrival", "Started ringing round on 8 March, not done yet", role="school").answers
    assert (later.event, later.values) == ("need-time", {})
