"""What a no does: a reply about another child is asked about; "keep the case open" sets the search going again."""

from __future__ import annotations

import pytest

from tests.stories.story import PTO, Story, plain
from tests.stories.test_taps import found
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


def asked_of(story: Story, role: str) -> list[str]:
    """What has been asked of that role, and when."""
    return [f"{m['Date']} {m['X-CME-Question']}" for m in story.to(role, ever=True) if m["X-CME-Question"]]


def test_c1_c3_no_keep_the_case_open_and_the_search_goes_on(story: Story) -> None:
    """The school found in the database is not the one: nothing has been found. The officer is asked to look again, and
    if nothing comes, the enquiries start as they would have (C1, silence)."""
    found(story)
    story.at("2014-11-12 13:00").reply("tracking-officer", "2: No: keep the case open", "conclude")
    receipt = " ".join(plain(story.last("tracking-officer")).split())
    assert "We wait for the Pupil Tracking Officer (please check the pupil database)." in receipt
    assert "If we hear nothing, we ask the police" in receipt and "on Monday 17 November" in receipt
    assert not [m for m in story.to("tracking-officer") if m["X-CME-Rule"] == "next-step"]
    story.until("2014-11-17 12:00")
    assert [when[:16] for when in asked_of(story, "police")] == ["Mon, 17 Nov 2014"]


def test_c1_the_officer_looks_again_and_the_answer_counts(story: Story) -> None:
    found(story)
    story.at("2014-11-12 13:00").reply("tracking-officer", "No: keep the case open", "conclude")
    story.at("2014-11-12 14:00").reply("tracking-officer", "Nothing on Capita after all.", "database-check")
    story.bot_asks("police", "agency-enquiry")


def test_c2_a_place_that_the_officer_holds_wrong_is_none_and_enquiries_begin(story: Story) -> None:
    tracked(story).at("2014-11-12 12:00").reply(
        "tracking-officer", "New address: 3 Abbey Park Road, Leicester LE4 5ZZ", "database-check"
    )
    story.at("2014-11-14 10:00").reply("other-authority", "She started at Fosse Lane Primary on 10 November.").yes(
        "other-authority"
    )
    story.at("2014-11-14 11:00").reply("tracking-officer", "No: keep the case open", "conclude")
    story.bot_asks("police", "agency-enquiry")
    assert "We wait for the police" in plain(story.last("tracking-officer"))


def test_a_case_that_is_opened_again_by_order_is_looked_up_again(story: Story) -> None:
    found(story)
    story.at("2014-11-12 13:00").reply("tracking-officer", "1", "conclude")
    ref = story.cases[0]["case"]
    story.at("2014-11-13 10:00").mails(PTO, f"Reopen {ref}")
    asked = story.bot_asks("tracking-officer", "database-check")
    assert "please check the pupil database" in plain(asked).lower() or "look up" in plain(asked)
    assert "We wait for the Pupil Tracking Officer" in " ".join(plain(m) for m in story.to("tracking-officer"))


def test_a_case_closed_by_mistake_is_searched_for_again(story: Story) -> None:
    found(story)
    story.at("2014-11-12 13:00").reply("tracking-officer", "1", "conclude")
    story.at("2014-11-12 14:00").reply("tracking-officer", "That was a mistake, not her.")
    assert "We wait for the Pupil Tracking Officer" in plain(story.last("tracking-officer"))
    story.until("2014-11-17 12:00")
    assert asked_of(story, "police")


def test_b5_on_no_roll_after_all_and_a_worker_is_asked_for(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 11:00").reply("admissions", "On roll at Ridgeway Junior School.").yes("admissions")
    story.at("2014-11-26 12:00").reply("hub-manager", "No: keep the case open", "conclude")
    story.until("2014-12-01 12:00")
    assert story.asked("hub-manager", "allocate-worker", ever=True)
