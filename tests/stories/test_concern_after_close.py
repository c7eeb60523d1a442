"""Row A2: a concern about the child of a closed case opens it again, and no silence ends it."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from tests.stories.story import PTO, Story, plain

FEAR = "Her aunt has just rung us: Ottilie's stepfather hits her with a belt and she is terrified of going home."


def closed(story: Story) -> EmailMessage:
    """Closed by the officer, as not a case for us. The mail that the school had from us before."""
    story.at("2014-11-12 10:00").memo()
    before = story.last("school")
    story.at("2014-11-12 11:00").mails(PTO, f"close {story.cases[0]['case']} not-cme, moved to Wales with a place")
    story.at("2014-11-12 11:05").yes("tracking-officer")
    assert story.cases[0]["state"] == "closed"
    return before


def test_a2_a_concern_in_a_reply_to_a_closed_case_opens_it_and_asks_the_officer(story: Story) -> None:
    before = closed(story)
    story.at("2014-11-13 10:00").mails("office@bardwell-hill.example", FEAR, answers=before)
    for officer in ("tracking-officer", "designated-officer"):
        story.bot_tells(officer, "belt", "read this now")
    case = story.cases[0]
    assert (case["state"], case["concern"]) == ("waiting", True) and len(story.cases) == 1
    asked = plain(story.bot_asks("tracking-officer", "conclude"))
    assert "It was closed" in asked and "opened it again" in asked
    story.bot_tells("school", "must contact")
    assert not [m for m in story.to("school") if "case is closed" in plain(m)]


def test_a2_no_silence_of_the_officer_ends_it(story: Story) -> None:
    before = closed(story)
    story.at("2014-11-13 10:00").mails("office@bardwell-hill.example", FEAR, answers=before)
    story.until("2014-12-16 12:00", hours=8)
    chased = [m for m in story.asked("tracking-officer", "conclude") if m["X-CME-Question"]]
    assert len(chased) >= 3, story.shown()
    assert len(story.asked("designated-officer", "conclude")) >= 2
    assert story.cases[0]["state"] == "waiting"


def test_a2_one_answer_closes_it_again_or_keeps_it_open(story: Story) -> None:
    before = closed(story)
    story.at("2014-11-13 10:00").mails("office@bardwell-hill.example", FEAR, answers=before)
    story.at("2014-11-13 11:00").reply("tracking-officer", "No: keep the case open", "conclude")
    assert story.cases[0]["state"] != "closed" and story.cases[0]["next_due"]
    story.at("2014-11-13 12:00").mails(PTO, f"close {story.cases[0]['case']} not-cme, with social care now")
    story.at("2014-11-13 12:05").yes("tracking-officer")
    assert story.cases[0]["state"] == "closed"


@pytest.mark.parametrize("said", ["Thank you, all noted.", "He told us his hamster died."])
def test_a_late_reply_without_a_concern_opens_nothing(story: Story, said: str) -> None:
    before = closed(story)
    story.at("2014-11-13 10:00").mails("office@bardwell-hill.example", said, answers=before)
    assert story.cases[0]["state"] == "closed" and not story.asked("tracking-officer", "conclude")
    story.bot_tells("school", "the case is closed")
