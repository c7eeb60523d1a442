"""What a no does: a reply about another child is asked about; "keep the case open" sets the search going again."""

from __future__ import annotations

import pytest

from tests.stories.story import Story, plain
from tests.stories.test_tracking import tracked


def test_what_is_said_of_another_child_is_asked_about_and_not_applied(story: Story) -> None:
    """Ottilie's thread."""
    tracked(story).at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    story.at("2014-11-13 10:00").reply("police", "No trace of Wei Zhang on our systems.", "agency-enquiry")
    asked = plain(story.last("police"))
    assert "Which child" in str(story.last("police")["Subject"]) and "Your reply names Wei Zhang" in asked
    assert "agency.no-trace" not in story.events()
    story.at("2014-11-13 11:00").reply("police", "Sorry, I meant Ottilie. No trace.", "agency-enquiry")
    assert "agency.no-trace" in story.events()


@pytest.mark.parametrize("said", ["No trace, Maud Tregenza neither.", "No trace. Checked with Arun Pell."])
def test_a_carer_or_a_colleague_is_no_other_child(story: Story, said: str) -> None:
    tracked(story).at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    story.at("2014-11-13 10:00").reply("police", said, "agency-enquiry")
    assert "which child" not in str(story.last("police")["Subject"]).lower()
