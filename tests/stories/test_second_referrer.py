"""A stranger's form of a child who may have a case: agencies are not asked twice while an officer is asked whether it
is the same child, and no longer than that question's deadline (1.3, 4.1)."""

from __future__ import annotations

from tests.stories.story import PTO, Story, plain
from tests.stories.test_tracking import enquiring

STRANGER = "neighbour@somewhere.example"
THEIRS = {"address.last_known": "51 Castle Street, Banbury OX16 9ZY", "referrer.email": STRANGER}


def twice(story: Story, **fields: str) -> Story:
    """The child's case, with its enquiries; then a stranger's form of a child who is very likely the same."""
    enquiring(story)
    story.at("2014-11-13 10:00").memo({**THEIRS, **fields}, sender=STRANGER, believed=False)
    assert len(story.cases) == 2
    story.bot_asks("tracking-officer", "same-child")
    return story


def checked(story: Story, at: str) -> Story:
    return story.at(at).reply("tracking-officer", "Nothing on Capita.", "database-check")


def test_c3_agencies_are_not_asked_again_while_that_is_asked(story: Story) -> None:
    checked(twice(story), "2014-11-13 11:00")
    for role in ("police", "health", "housing", "assessment-teams"):
        story.bot_asks_nothing(role, "agency-enquiry")
    story.at("2014-11-13 12:00").reply("tracking-officer", "Yes, the same child", "same-child").yes("tracking-officer")
    assert not [m for m in story.sent if "Castle Street" in plain(m) and "agency-enquiry" in str(m["X-CME-Question"])]


def test_c3_another_child_and_they_are_asked_at_once(story: Story) -> None:
    checked(twice(story), "2014-11-13 11:00")
    story.at("2014-11-13 12:00").reply("tracking-officer", "A different child", "same-child")
    assert "Castle Street" in plain(story.bot_asks("police", "agency-enquiry"))


def test_c3_an_officers_silence_stops_no_enquiry(story: Story) -> None:
    checked(twice(story), "2014-11-13 11:00")
    assert "agencies are asked about this one too" in " ".join(plain(story.last(PTO, "same-child")).split())
    story.until("2014-11-14 16:00").bot_asks_nothing("police", "agency-enquiry")
    story.until("2014-11-17 09:30").bot_asks("police", "agency-enquiry")


def test_a2_an_alarm_is_never_held(story: Story) -> None:
    harm = {"information.other": "Last attended 3 October 2014. Her stepfather has been beating her."}
    twice(story, **harm)
    assert any(m["X-CME-Rule"] == "alarm" for m in story.to(PTO))
