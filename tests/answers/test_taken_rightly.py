"""What stands around the words of an answer: a promise, a correction, a source, somebody else's doing."""

from __future__ import annotations

import pytest

from parsers.answers.openings import without_openings
from tests.answers.conftest import Ask

CHILD = "Orla Finch"


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("confirm", "right, will do"),
        ("confirm", "Agreed, leave it with me"),
        ("home-visit", "no one there knew them"),
        ("home-visit", "Nobody at the house knows the family"),
        ("allocate-worker", "Tess Ryle, Jo Bale and Ned are all full up"),
        ("allocate-worker", "Tess Ryle is at capacity"),
        ("ctf-upload", "Refused by the system again"),
        ("arrival", "She started to settle then stopped coming"),
        ("tried-parents", "mum rang us on 8 March"),
        ("s2s-message", "Police posted something"),
        ("school-intervention", "The welfare officer rang home on 8 March"),
        ("database-check", "There's a new address for the father, 14 Quarry Lane, Witney OX28 9ZZ"),
    ],
)
def test_what_is_no_answer_is_asked_again(ask: Ask, question: str, reply: str) -> None:
    found = ask(question, reply, child=CHILD)
    assert found.verdict == "ask" or {a.event for a in found.answers} <= {"acknowledged", "query", "need-time"}, found


@pytest.mark.parametrize(
    ("question", "reply", "event"),
    [
        ("confirm", "Right, thanks", "confirmed"),
        ("tried-parents", "Mum was rung on 8 March, no answer", "parents.tried"),
        ("visit-risk", "Please do not visit, police say it isn't safe", "visit.refused"),
        ("home-visit", "No reply, left a card, nobody next door knows them", "visit.no-response"),
        ("home-visit", "I'm not on this case any more, it's with Tess Ryle now", "not-mine"),
        ("pending-application", "We have one for Meadowbank Primary", "application.pending"),
        ("database-check", "According to Capita she is at Meadowbank Primary", "database.new-school"),
        ("agency-enquiry", "As per our records, not known", "agency.no-trace"),
        ("database-check", "Correction: nothing on Capita", "database.nothing"),
        ("roll-date", "Sorry, correction: 1 June", "roll.date"),
    ],
)
def test_what_leaves_an_answer_as_it_is(ask: Ask, question: str, reply: str, event: str) -> None:
    found = ask(question, reply, child=CHILD)
    assert (found.verdict, [a.event for a in found.answers if a.event != "concern.raised"]) == ("understood", [event])


def test_amid_a_reply_a_correction_takes_back_what_stands_before_it(ask: Ask) -> None:
    assert ask("database-check", "Nothing on Capita. Correction: I have not looked yet").verdict == "ask"


def test_only_the_own_books_are_no_source(ask: Ask) -> None:
    assert without_openings("According to the school she is here") == "According to the school she is here"
    assert ask("on-roll-elsewhere", "According to the school she is not on roll", child=CHILD).verdict == "ask"
    assert without_openings("Removed from the register on 4 May") == "Removed from the register on 4 May"


@pytest.mark.parametrize(
    ("question", "reply", "events"),
    [
        ("home-visit", "No response, card left. New referral attached for another family.", ["visit.no-response"]),
        ("home-visit", "Visited today, spoke to Mr Khan at no 8, they moved to Leicester", ["visit.left-address"]),
        ("home-visit", "been to the Sallows, no reply, posted a card", ["visit.no-response"]),
        ("removal-details", "The number is 886/2345. House move.", ["removal.details"]),
        ("agency-enquiry", "known at 9 Fosse Lane, Leicester LE3 9ZZ", ["agency.trace"]),
    ],
)
def test_what_stands_beside_it_is_no_other_answer(ask: Ask, question: str, reply: str, events: list[str]) -> None:
    found = ask(question, reply, role="hub-worker", child="Imogen Sallow" if "Sallows" in reply else CHILD)
    assert (found.verdict, [a.event for a in found.answers]) == ("understood", events), found


def test_a_brothers_return_is_not_hers(ask: Ask) -> None:
    assert ask("school-intervention", "Orla's brother Ewan Finch is back at school", child=CHILD).verdict == "ask"
