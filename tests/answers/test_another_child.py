"""Another child called by name in the thread about one: which of the two is asked, and nothing is applied."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from parsers.answers import AnswerContext, Says, understand
from parsers.reading import Understanding

CHILD = "Orla Finch"
PEOPLE = frozenset({"maud finch", "priya nand", "bardwell hill academy"})


def heard(says: Says, question: str, reply: str) -> Understanding:
    at = datetime(2016, 3, 10, 15, 30, tzinfo=ZoneInfo("Europe/London"))
    return understand((question,), reply, AnswerContext(at, "", CHILD, people=PEOPLE), says)


@pytest.mark.parametrize(
    ("question", "reply", "name"),
    [
        ("on-roll-elsewhere", "Wei Zhang is on no roll", "Wei Zhang"),
        ("on-roll-elsewhere", "Wei Zhang: not on roll anywhere", "Wei Zhang"),
        ("on-roll-elsewhere", "1 Wei Zhang is on no roll", "Wei Zhang"),
        ("on-roll-elsewhere", "Milo Finch is on no roll", "Milo Finch"),
        ("agency-enquiry", "No trace of Wei Zhang", "Wei Zhang"),
        ("agency-enquiry", "No record for Amina Yusuf on our systems", "Amina Yusuf"),
        ("known-to-social-care", "Wei Zhang was closed to us years back", "Wei Zhang"),
        ("s2s-message", "Posted for Wei Zhang", "Wei Zhang"),
        ("s2s-message", "Wei Zhang's message is posted", "Wei Zhang"),
        ("accept-referral", "I accept the referral of Wei Zhang", "Wei Zhang"),
        ("school-intervention", "Wei Zhang is back in school today", "Wei Zhang"),
        ("arrival", "Wei Zhang started with us on Monday", "Wei Zhang"),
        ("home-visit", "Wei Zhang was seen at home today with mum", "Wei Zhang"),
        ("roll-date", "Wei Zhang can come off on 1 June", "Wei Zhang"),
        ("conclude", "Traced, Wei Zhang is at Foxhill Academy", "Wei Zhang"),
    ],
)
def test_what_is_said_of_another_child_is_asked_about(says: Says, question: str, reply: str, name: str) -> None:
    found = heard(says, question, reply)
    assert (found.verdict, found.another) == ("ask", name)


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("on-roll-elsewhere", "Orla is on no roll"),
        ("on-roll-elsewhere", "Finch, Orla: not on roll at any other school"),
        ("on-roll-elsewhere", "Orlla Finch is not on roll anywhere"),
        ("on-roll-elsewhere", "Hi Jo Sandham, not on roll anywhere"),
        ("on-roll-elsewhere", "Not on roll anywhere\nJo Sandham"),
        ("agency-enquiry", "Milton Keynes has no record of her"),
        ("agency-enquiry", "Checked with Jo Sandham, no trace"),
        ("known-to-social-care", "Open, social worker is Jo Sandham"),
        ("home-visit", "Dev Rawal visited today, no reply, card left, neighbours not seen them"),
        ("home-visit", "Saw Orla at home with Maud Finch today"),
        ("allocate-worker", "Jo Sandham has this one"),
        ("s2s-message", "Posted by Jo Sandham today"),
        ("database-check", "She is now at Foxhill Academy"),
        ("safeguarding-discussion", "Discussed with Jo Sandham at MASH. Keep trying. Not safeguarding."),
        ("cme-referral", "Mum rang Jo Sandham today, they are in Leeds"),
    ],
)
def test_staff_carers_places_and_the_child_itself_are_no_other_child(says: Says, question: str, reply: str) -> None:
    found = heard(says, question, reply)
    assert (found.verdict != "ask", found.another) == (True, "")


def test_of_no_child_in_particular_there_is_no_other(says: Says) -> None:
    at = datetime(2016, 3, 10, 15, 30, tzinfo=ZoneInfo("Europe/London"))
    assert understand(("agency-enquiry",), "No trace of Wei Zhang", AnswerContext(at), says).verdict == "understood"
