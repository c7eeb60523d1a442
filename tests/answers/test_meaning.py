"""What is no fact: the denied, the guessed, the planned, the asked, the taken back; and what two questions get."""

from __future__ import annotations

import pytest

from parsers.answers import Says
from tests.answers.conftest import Ask


def test_not_seen_at_home_is_not_seen_at_home(ask: Ask) -> None:
    assert [a.event for a in ask("home-visit", "Not seen at home").answers] == ["visit.no-response"]


@pytest.mark.parametrize(
    "reply",
    [
        "I would have thought no trace",
        "No trace, but the mother is at 5 Tannery Road",
        "No trace unless they changed their name, which I think they did",
        "No trace, lol, as if",
        "no trace at first look",
        "Possibly no trace",
    ],
)
def test_an_agency_in_doubt_is_asked_again(ask: Ask, reply: str) -> None:
    assert ask("agency-enquiry", reply).verdict == "ask"


def test_the_second_best_is_listed_with_low_confidence(ask: Ask) -> None:
    found = ask("agency-enquiry", "No trace, but the mother is at 5 Tannery Road")
    assert {a.event for a in found.answers} == {"agency.no-trace", "agency.trace"}
    assert all(a.confidence < 0.5 for a in found.answers)


def test_words_that_follow_a_yes(ask: Ask) -> None:
    assert ask("confirm", "Yes").answers[0].event == "confirmed"
    assert ask("confirm", "yes, but he was at his gran's").verdict == "ask"


@pytest.mark.parametrize(
    ("reply", "until"),
    [("Will visit on Monday", "2016-03-14"), ("going round if I get a minute, otherwise Friday", "2016-03-11")],
)
def test_what_is_to_come_is_more_time(ask: Ask, reply: str, until: str) -> None:
    found = ask("home-visit", reply)
    assert [(a.event, a.values) for a in found.answers] == [("need-time", {"until": until})]


def test_a_question_back_goes_to_a_person(ask: Ask) -> None:
    found = ask("home-visit", "Did you mean Milo or Myles?")
    assert [(a.event, a.values["text"]) for a in found.answers] == [("query", "Did you mean Milo or Myles?")]


def test_one_reply_to_two_questions(ask: Ask) -> None:
    found = ask(
        "cme-referral safeguarding-discussion",
        "Please treat this as the CME referral. Discussed with the duty social worker: not a safeguarding matter.",
    )
    assert [a.event for a in found.answers] == ["hub.referred", "safeguarding.agreed"]
    assert found.answers[1].values["is-safeguarding"] == "no"
    assert found.missing == ("action",)


def test_a_bare_yes_to_two_questions_is_asked_again(ask: Ask) -> None:
    assert ask("accept-referral database-check", "Yes").verdict == "ask"


def test_a_school_is_believed_when_its_pupil_is_back_an_officer_confirms(ask: Ask) -> None:
    assert ask("ctf-upload", "He is back in school today", role="school").verdict == "understood"
    assert ask("roll-date", "He is back in school today", role="tracking-officer").verdict == "confirm"


def test_a_colleagues_answer_below_is_confirmed(ask: Ask) -> None:
    found = ask(
        "agency-enquiry", "Please see below.\n\nFrom: Lena Hart <lena@records.example>\nNo trace on our system."
    )
    assert found.verdict == "confirm"
    assert (found.answers[0].event, found.answers[0].values["colleague"]) == ("agency.no-trace", "Lena Hart")


def test_a_concern_is_heard_whatever_else_is_said(ask: Ask) -> None:
    found = ask(
        "home-visit", "No answer, card left. The neighbour says he has bruises and is frightened of his stepdad."
    )
    assert found.verdict == "understood"
    assert [a.event for a in found.answers][-1] == "concern.raised"


def test_nothing_is_closed_beside_a_concern(ask: Ask) -> None:
    assert ask("conclude", "Traced to Foxhill Academy. He had bruises on both arms.").verdict == "ask"


def test_wrapped_lines_are_one_sentence(ask: Ask) -> None:
    found = ask(
        "home-visit",
        "I went round to the address this afternoon and there was\nno reply. I left a card in the\nletterbox.",
    )
    assert found.answers[0].values == {"visit.date": "2016-03-10", "card-left": "yes"}


def test_each_leaver_has_its_own_answer(ask: Ask) -> None:
    found = ask("leaver-destination", "Bram Otter has gone to Foxhill Academy.\nJory Penn: no idea, sorry.")
    assert [(a.event, a.values) for a in found.answers] == [
        ("destination.known", {"school": "Foxhill Academy", "child": "Bram Otter"}),
        ("destination.unknown", {"child": "Jory Penn"}),
    ]


def test_who_says_ask_again_names_nobody_else(ask: Ask) -> None:
    found = ask("place-confirmed", "Not yet. Please ask again on 1 December.")
    assert [a.event for a in found.answers] == ["need-time"]


@pytest.mark.parametrize(
    ("question", "granted", "asked"),
    [
        ("visit-risk", "Yes", "Yes, there is a dog"),
        ("visit-risk", "Yes, two of you please", "Yes, I know about the risk"),
        ("waive-evidence", "Yes please", "Yes, we have the evidence"),
        ("cme-referral", "Yes, thanks, Kath", "Yes, the school wrote too"),
        ("agency-enquiry", "No, nothing", "No, wrong force"),
    ],
)
def test_a_yes_is_one_to_what_was_asked(ask: Ask, question: str, granted: str, asked: str) -> None:
    assert (ask(question, granted).verdict, ask(question, asked).verdict) == ("understood", "ask")


def test_of_one_who_writes_without_a_verb_the_day_says_whether_it_has_been(ask: Ask) -> None:
    assert [a.event for a in ask("school-intervention", "Back in today", role="school").answers] == ["child.returned"]
    assert ask("school-intervention", "Back in on Monday", role="school").verdict == "ask"
    assert [a.event for a in ask("ctf-upload", "I am back on Monday", role="school").answers] == ["need-time"]


def test_an_answer_and_its_opposite_in_another_clause(ask: Ask) -> None:
    assert ask("removal-details", "Not removed on the 3rd, removed on the 7th").verdict == "ask"


def test_a_word_of_english_is_no_typo_of_another(says: Says) -> None:
    assert [says.lexicon.mended(w) for w in ("naked", "deferred", "older", "responce")] == [
        "naked", "deferred", "older", "response"
    ]  # fmt: skip


@pytest.mark.parametrize("slip", ["DOB 3 May 2033", "Her date of birth is 3 May 1973."])
def test_a_birthday_that_no_child_can_have_is_no_answer(ask: Ask, slip: str) -> None:
    found = ask("missing-details", slip, role="school")
    assert not any("child.date_of_birth" in a.values.get("fields", a.values) for a in found.answers)
    assert found.verdict == "ask"
