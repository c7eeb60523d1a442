"""A case whose reminders an officer holds until a day (card): it says that it is on hold, and nobody is asked twice on
the morning on which all the waiting is over."""

from tests.stories.story import PTO, Story

LAST = "designated-officer"


def held(story: Story) -> None:
    story.at("2026-11-10 10:00").memo({"referral.date": "10 November 2026", "child.date_of_birth": "14 June 2015"})
    story.at("2026-11-10 11:00").mails(PTO, f"hold {story.cases[0]['case']} until 23 November")


def test_a_held_case_is_on_hold_until_its_morning(story: Story) -> None:
    held(story)
    assert story.cases[0]["state"] == "on-hold"
    story.at("2026-11-23 08:59").look()
    assert story.cases[0]["state"] == "on-hold"
    story.at("2026-11-23 09:00").look()
    assert story.cases[0]["state"] == "waiting"


def test_a_hold_that_is_taken_back_is_over(story: Story) -> None:
    held(story)
    story.at("2026-11-10 12:00").mails(PTO, f"undo {story.cases[0]['case']}")
    assert story.cases[0]["state"] == "waiting"


def test_officer_and_deputy_silent_on_one_morning_are_one_question_to_the_next(story: Story) -> None:
    held(story)
    story.at("2026-11-10 12:00").until("2026-11-26 12:00")
    assert len(story.asked(LAST, "database-check", ever=True)) == 1
    story.at("2026-11-26 13:00").reply(LAST, "Nothing on the database", "database-check")
    assert "database.nothing" in story.events()
    states = {ask["state"] for ask in story.case()["asks"] if ask["question"] == "database-check"}
    assert states == {"answered"}
