"""Turns that cases take beside the straight way: told elsewhere, by halves, in words that nobody asked for."""

from __future__ import annotations

import pytest

from tests.stories.story import SCHOOL, Story, plain
from tests.stories.test_hub import visiting

NORTH_MANAGER = "hub.manager.north@council.example"


def test_b6_a_worker_assigned_out_of_the_blue_answers_the_question_for_one(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 11:00").reply("admissions", "Not on roll anywhere else.")
    story.bot_asks("hub-manager", "allocate-worker")
    order = f"{story.cases[0]['case']} assign hub.worker2.north@council.example"
    story.at("2014-11-26 12:00").mails(NORTH_MANAGER, order, "hub.north")
    assert story.asked("hub.worker2.north@council.example", "home-visit")
    story.until("2014-11-28 11:00")
    story.bot_asks_nothing("hub-manager", "allocate-worker")


@pytest.mark.parametrize(
    ("said", "event"),
    [
        (
            "Ottilie Tregenza (14/06/2003): her mum rang us this morning, they are all in hospital.",
            "parents.made-contact",
        ),
        ("Please ignore our referral for Ottilie Tregenza, it was sent in error.", "referral.withdrawn"),
        ("Ottilie Tregenza came back to school today.", "child.returned"),
    ],
)
def test_b15_news_in_a_new_mail_that_says_no_more_than_the_name(story: Story, said: str, event: str) -> None:
    visiting(story)
    story.at("2014-11-27 10:00").mails(SCHOOL, said)
    assert event in story.events() and len(story.cases) == 1
    story.bot_asks("hub-manager", "conclude")


def test_b2_half_an_answer_is_taken_and_the_rest_asked_for(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": "", "address.last_known": ""})
    story.at("2014-11-12 14:00").reply("school", "She was born on 14 June 2003.", "missing-details")
    assert story.cases[0]["child"]["date_of_birth"] == "2003-06-14"
    rest = plain(story.bot_asks("school", "missing-details"))
    assert "last known address" in rest and "date of birth for" not in rest
    story.at("2014-11-13 09:00").reply("school", "8 Quarry Steps, Banbury OX16 9ZZ", "missing-details")
    story.bot_asks_nothing("school", "missing-details")


def test_b2_what_the_school_does_not_know_is_not_asked_again(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": "", "address.last_known": ""})
    said = "She was born on 14 June 2003. We do not know the address."
    story.at("2014-11-12 14:00").reply("school", said, "missing-details")
    assert {"details.given", "details.unavailable"} <= set(story.events())
    story.bot_asks_nothing("school", "missing-details")


def test_b4_what_a_hub_referral_still_lacks_is_asked_for_again(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral(
        {"child.date_of_birth": "", "address.last_known": "", "address.postcode": ""}
    )
    story.at("2014-11-26 12:00").reply("school", "She was born on 14 June 2003.", "missing-details")
    assert "last known address" in plain(story.bot_asks("school", "missing-details"))


def test_b9_the_address_that_a_neighbour_gave_is_in_the_officers_mail(story: Story) -> None:
    visiting(story)
    said = "They moved away two weeks ago. A neighbour gave me their new address: 16 Orchard Row, Leicester LE3 0ZZ."
    story.at("2014-11-27 15:30").reply("hub-worker", said, "home-visit")
    assert story.cases[0]["pathway"] == "tracking"
    assert "16 Orchard Row" in plain(story.bot_asks("tracking-officer", "database-check"))


def test_b11_not_arrived_as_expected_and_then_it_came_in_a_new_mail(story: Story) -> None:
    said = "Ottilie Tregenza (born 14 June 2003) did not arrive on 10 November as expected. We rang home twice."
    story.at("2014-11-12 10:00").mails(SCHOOL, said)
    assert story.cases[0]["pathway"] == "no-show"
    story.at("2014-11-14 10:00").mails(SCHOOL, "Ottilie Tregenza turned up today! She started this morning.")
    assert "child.arrived" in story.events() and len(story.cases) == 1
    story.bot_asks("tracking-officer", "conclude")


def test_b11_not_back_after_a_holiday_is_no_place_not_taken_up(story: Story) -> None:
    said = "Ottilie Tregenza (born 14 June 2003) did not come back after half term as expected."
    story.at("2014-11-12 10:00").mails(SCHOOL, said)
    assert "no-show.reported" not in story.events()


@pytest.mark.parametrize("writer", ["cme@swindon.example", "enquiries@housing-cherwell.example"])
def test_d1_an_address_of_ours_says_that_the_child_moved_in(story: Story, writer: str) -> None:
    """Another authority tells of it (5.1); of anybody else the officer says that it is that."""
    said = "Ottilie Tregenza (DOB 14.06.2003) has moved from Swindon to 22 Spinney Drive, Didcot OX11 7ZZ."
    story.at("2014-11-12 10:00").mails(writer, said)
    if writer.startswith("cme@"):
        assert story.cases[0]["pathway"] == "moved-in"
        story.bot_asks("admissions", "pending-application")
    else:
        story.bot_asks("tracking-officer", "letter-kind")


def test_d1_a_school_that_tells_whereto_its_pupil_went_tells_of_no_child_moved_in(story: Story) -> None:
    said = "Ottilie Tregenza (DOB 14.06.2003) has left us and moved to 22 Spinney Drive, Didcot OX11 7ZZ."
    story.at("2014-11-12 10:00").mails(SCHOOL, said)
    assert "moved-in.reported" not in story.events()


def test_d2_the_parents_of_a_child_wish_to_home_educate(story: Story) -> None:
    story.at("2014-11-12 10:00").mails(
        SCHOOL, "The parents of Ottilie Tregenza (14 June 2003) wish to home educate her."
    )
    assert story.cases[0]["pathway"] == "home-education"
    assert story.cases[0]["child"]["date_of_birth"] == "2003-06-14"
    story.bot_asks("school", "parents-letter")


def test_c4_an_apology_before_no_trace_is_no_doubt(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    story.at("2014-12-01 10:00").reply("housing", "Sorry so late. No trace with us.", "agency-enquiry")
    assert "agency.no-trace" in story.events()


@pytest.mark.parametrize(("where", "abroad"), [("Cardiff in Wales", False), ("Cork in Ireland", True)])
def test_b3_abroad_is_out_of_england_and_wales(story: Story, where: str, abroad: bool) -> None:
    said = f"Ottilie Tregenza (dob 14 June 2003) left us on 7 November, the family has moved to {where}."
    story.at("2014-11-12 10:00").mails(SCHOOL, said)
    assert ("abroad.reported" in story.events()) is abroad
    assert story.cases[0]["pathway"] == "tracking"


def test_c4_more_words_after_an_answer_are_passed_to_an_officer(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    story.at("2014-11-14 10:00").reply("housing", "No trace with us.", "agency-enquiry")
    story.at("2014-11-17 10:00").reply("housing", "Hold on, a colleague remembers a Dutch uncle.", "agency-enquiry")
    assert "Dutch uncle" in story.bot_tells("tracking-officer", "Dutch uncle").as_string()
    assert "reply.unclear" not in story.events()
