"""Rows B9, C2 and C2b: a new address that is told at the home visit is followed up like any other (3.7, 4.1)."""

from __future__ import annotations

from tests.stories.story import Story, plain
from tests.stories.test_hub import visiting

AWAY = "The family has left. Next door says they moved to 3 Abbey Park Road, Leicester LE4 5ZZ."
HERE = "The family has left. Next door says they moved to 12 Mill Lane, Witney OX28 4ZZ."
NOWHERE = "The family has left the address. Nobody there knows where they went."


def left(story: Story, said: str) -> Story:
    return visiting(story).at("2014-11-27 15:30").reply("hub-worker", said, "home-visit")


def test_b9_outside_the_county_its_authority_is_asked(story: Story) -> None:
    left(story, AWAY)
    asked = plain(story.bot_asks("other-authority", "place-confirmed"))
    assert "3 Abbey Park Road" in asked
    story.bot_asks("assessment-teams", "known-to-social-care")
    assert story.cases[0]["pathway"] == "tracking"
    assert "3 Abbey Park Road" in plain(story.bot_asks("tracking-officer", "database-check"))
    story.bot_asks_nothing("housing", "agency-enquiry")
    story.until("2014-12-16 12:00")
    assert story.asked("other-authority", "place-confirmed"), "it is chased"


def test_b9_what_the_authority_says_counts(story: Story) -> None:
    left(story, AWAY)
    story.at("2014-11-28 10:00").reply("other-authority", "We have no record of this family.", "place-confirmed")
    story.bot_asks("housing", "agency-enquiry")


def test_b9_inside_the_county_admissions_and_then_a_visit_there(story: Story) -> None:
    left(story, HERE)
    story.bot_asks("admissions", "pending-application")
    story.bot_asks_nothing("other-authority", "place-confirmed")
    story.at("2014-11-28 10:00").reply("admissions", "No application from them.", "pending-application")
    asked = story.bot_asks("hub.manager.city@council.example", "allocate-worker")
    assert "12 Mill Lane" in plain(asked)


def test_b9_where_nobody_knows_the_officer_looks_and_agencies_follow(story: Story) -> None:
    left(story, NOWHERE)
    story.bot_asks_nothing("other-authority", "place-confirmed")
    story.bot_asks_nothing("admissions", "pending-application")
    story.at("2014-11-28 10:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    story.bot_asks("housing", "agency-enquiry")


def test_b9_a_visit_while_tracking_asks_the_authority_and_not_the_agencies(story: Story) -> None:
    left(story, HERE).at("2014-11-28 10:00").reply("admissions", "No application from them.", "pending-application")
    manager = "hub.manager.city@council.example"
    story.at("2014-11-28 11:00").reply(manager, "hub.worker.city@council.example", "allocate-worker")
    story.at("2014-12-01 11:00").reply("hub.worker.city@council.example", AWAY, "home-visit")
    story.bot_asks("other-authority", "place-confirmed")
    story.bot_asks_nothing("housing", "agency-enquiry")
