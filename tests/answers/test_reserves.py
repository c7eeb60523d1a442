"""What stands beside an answer and keeps it from being taken: each reserve in one reply, and the same reply without."""

from __future__ import annotations

import pytest

from parsers.answers import BadSays, load_says
from parsers.answers.reserve import RESERVES
from parsers.answers.says import RESERVE_NAMES
from tests.answers.conftest import Ask

CHILD = "Orla Finch"


def verdict(ask: Ask, question: str, reply: str) -> str:
    return ask(question, reply, child=CHILD).verdict


@pytest.mark.parametrize(
    ("question", "taken", "asked"),
    [
        ("ehe-registration", "Registered on 2 March", "Registered her brother on 2 March"),
        ("ehe-registration", "She is on our list, registered", "There is an Orla on our list, registered"),
        ("accept-referral", "Accepted", "Accepted as long as the form is completed"),
        ("waive-evidence", "Happy to waive it", "Normally happy to waive it"),
        ("s2s-message", "Posted", "Asked Femi to have it posted"),
        ("s2s-message", "Posted for Orla", "Posted, not for Orla"),
        ("roll-date", "Off roll from 7 March", "School says off roll from 7 March"),
        ("arrival", "She started on 7 March", "She had started on 7 March, left again"),
        ("agency-enquiry", "No trace", "No trace, lots of hits in Luton"),
        ("agency-enquiry", "No trace of the family", "No trace of the family since 2013"),
        ("place-confirmed", "Offered Foxhill Academy", "Offered Foxhill Academy, then withdrawn"),
        ("database-check", "She is at Foxhill Academy now", "Foxhill Academy sent a bill for her now"),
        ("allocate-worker", "Tess Ryle to visit", "Tess Ryle or Jo Bale to visit"),
        ("home-visit", "The family moved out in May", 'My colleague wrote "moved out in May"'),
        ("ctf-upload", "Uploaded today", "Uploaded today, but the wrong file"),
        ("school-intervention", "Back in today", "Back in on Monday"),
        ("parents-letter", "We hold a letter dated 1 March", "We hold a letter dated 1 March, rest to follow"),
    ],
)
def test_what_is_said_beside_it_keeps_an_answer_from_being_taken(
    ask: Ask, question: str, taken: str, asked: str
) -> None:
    assert (verdict(ask, question, taken) != "ask", verdict(ask, question, asked)) == (True, "ask")


@pytest.mark.parametrize(
    ("question", "reply", "event"),
    [
        ("roll-date", "No, stays on roll until the police have answered", "roll.stays"),
        ("confirm", "No, that was her sister", "not-so"),
        ("visit-risk", "Yes, as long as two of you go", "visit.authorised"),
        ("home-visit", "No reply at the door, but next door thinks that they are away", "visit.no-response"),
    ],
)
def test_an_answer_bears_what_leaves_it_as_it_is(ask: Ask, question: str, reply: str, event: str) -> None:
    found = ask(question, reply, child=CHILD)
    assert [a.event for a in found.answers if a.event != "concern.raised"] == [event]
    assert found.verdict != "ask"


def test_what_a_pack_says_of_reserves_is_checked() -> None:
    assert frozenset(RESERVES) == RESERVE_NAMES
    with pytest.raises(BadSays, match="there is no such reserve"):
        load_says([{"answer": {"x.y": {"says": ["x"], "despite": ["brothers"]}}}])


def test_a_word_that_a_council_adds_is_known_from_then_on(ask: Ask) -> None:
    assert verdict(ask, "s2s-message", "Posted this morning") == "understood"
    assert verdict(ask, "s2s-message", "Posted the leaflets this morning") == "ask"
