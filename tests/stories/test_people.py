"""People as they are: half a form, one word from a phone, a reply that is only a signature, a father who is angry, the
wrong person, second thoughts."""

from __future__ import annotations

import pytest

from tests.stories.story import PTO, SCHOOL, Story, plain, to
from tests.stories.test_hub import visiting
from tests.stories.test_taps import found
from tests.stories.test_tracking import tracked

FATHER = "WHERE IS MY DAUGHTER Ottilie Tregenza? I have a court order. Tell me her address NOW. D. Tregenza"
SIGNATURE = "\n\nKind regards\nMrs P Lovegrove\nSchool Secretary\nBardwell Hill Academy\n01632 960417"
SECRET = ("quarry", "ox16", "07700", "maud", "14 june", "admissions", "police", "visit")


# Second thoughts, after the case was closed.


def test_that_was_wrong_opens_the_case_again_and_the_search_goes_on(story: Story) -> None:
    """Said by the one who closed it: a child taken for her sister must not stay closed."""
    visiting(story)
    story.at("2014-11-26 12:00").mails(PTO, f"traced: Ridgeway Junior School {story.cases[0]['case']}")
    story.at("2014-11-26 12:05").yes("tracking-officer")
    assert story.cases[0]["state"] == "closed"
    story.at("2014-11-26 14:00").reply("tracking-officer", "That's wrong, it was her sister.")
    assert "open again" in plain(story.bot_tells("tracking-officer", "open again"))
    assert story.cases[0]["state"] != "closed"
    story.bot_asks("hub-worker", "home-visit")
    story.until("2014-12-03 12:00", 24)
    assert not [m for m in story.asked("tracking-officer", "confirm", ever=True)[1:] if "Reminder" in str(m["Subject"])]


@pytest.mark.parametrize("said", ["1", "She is at Ridgeway Junior School now."])
def test_the_same_where_we_had_asked_whether_to_close(story: Story, said: str) -> None:
    found(story)
    story.at("2014-11-12 13:00").reply("tracking-officer", said, "conclude")
    if said != "1":
        story.yes("tracking-officer")
    assert story.cases[0]["state"] == "closed"
    story.at("2014-11-12 14:00").reply("tracking-officer", "That was a mistake, not her.")
    assert story.cases[0]["state"] != "closed" and story.case()["next"]
    waits = [ask["key"] for ask in story.case()["asks"] if ask["state"] in ("open", "overdue")]
    assert waits and not [key for key in waits if key.startswith(("confirm", "tracking.conclude"))], waits


def test_of_anybody_else_a_person_reads_it(story: Story) -> None:
    visiting(story)
    story.at("2014-11-26 12:00").mails(PTO, f"traced: Ridgeway Junior School {story.cases[0]['case']}")
    story.at("2014-11-26 12:05").yes("tracking-officer")
    story.at("2014-11-26 14:00").reply("hub-manager", "That's wrong, she is not there.", "allocate-worker")
    assert story.cases[0]["state"] == "closed"
    assert any("closed case" in why for why in story.quarantine)


# Somebody who may not know.


@pytest.mark.parametrize("thread", [True, False])
@pytest.mark.parametrize("claims", [SCHOOL, PTO, "enquiries@police.example", "dave.t@mail.example"])
def test_a_father_who_writes_as_somebody_else_is_told_nothing(story: Story, claims: str, thread: bool) -> None:
    """Neither where the child is, nor that there is a case; and a person sees that he asked."""
    visiting(story)
    answers = story.last("school") if thread else None
    story.at("2014-11-26 13:00").mails(claims, FATHER, believed=False, answers=answers)
    for mail in story.out:
        words = plain(mail).lower()
        assert not [word for word in SECRET if word in words.replace("police and ambulance", "")], words
        assert "CME-" not in str(mail["Subject"]) + words
    assert story.quarantine


def test_the_wrong_person_with_the_right_code_changes_nothing(story: Story) -> None:
    visiting(story)
    asked = story.last("hub-worker", "home-visit")
    story.at("2014-11-26 13:00").mails("enquiries@police.example", "1", "hub.north", answers=asked)
    assert "visit.no-response" not in story.events()
    told = plain(story.bot_tells("police", "we asked someone else"))
    assert "Tregenza" not in told and story.quarantine


# From a phone, in a hurry.


def test_a_reply_that_is_only_a_signature_is_asked_again_and_says_so(story: Story) -> None:
    tracked(story, **{"child.date_of_birth": ""}).at("2014-11-12 11:00").reply("school", SIGNATURE, "missing-details")
    assert "no words of yours" in plain(story.bot_tells("school", "please answer again"))
    assert {a["state"] for a in story.case()["asks"] if a["question"] == "missing-details"} == {"open"}


def test_a_form_half_filled_is_asked_after_in_one_mail_and_half_an_answer_is_taken(story: Story) -> None:
    lacks = {
        "child.date_of_birth": "", "intervention.contacted_parents": "", "intervention.contacted_parents_dates": "",
        "intervention.phoned_named_contacts": "", "intervention.phoned_named_contacts_dates": "",
    }  # fmt: skip
    story.at("2014-11-26 10:00").hub_referral(lacks)
    asked = [mail for mail in story.out if to(mail) == SCHOOL]
    assert len(asked) == 1 and "date of birth" in plain(asked[0])
    story.at("2014-11-26 11:00").reply("school", "dont know the dob sorry, rang mum on 21 and 24 nov")
    noted = plain(story.bot_tells("school", "noted"))
    assert "Friday 21 November 2014 and Monday 24 November 2014" in noted and "2014-11-21" not in noted
    story.bot_asks("admissions", "on-roll-elsewhere")
