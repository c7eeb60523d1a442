"""The digest of 7am: what is late, whoever owes it; what waits for its reader; nothing twice."""

import re
from pathlib import Path

import pytest

from tests.stories.story import PTO, WHO, Story, plain, to

NORTH = WHO["hub-manager"]
CITY = "hub.manager.city@council.example"
OFFICER = WHO["designated-officer"]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "county")


def digest(story: Story, reader: str) -> dict[str, list[str]]:
    """The lines of each section, of the last digest that left for that reader; under "" its subject."""
    mail = [m for m in story.out if m["X-CME-Rule"] == "digest" and to(m) == reader][-1]
    sections: dict[str, list[str]] = {"": [str(mail["Subject"])]}
    heading = ""
    for line in plain(mail).replace("\r", "").splitlines():
        if found := re.fullmatch(r"(.+) \(\d+\)", line):
            heading = found[1]
        elif line.startswith("* "):
            sections.setdefault(heading, []).append(line)
    return sections


def tracked(story: Story) -> Story:
    return story.at("2014-11-12 10:00").memo()


def enquiring(story: Story) -> Story:
    return tracked(story).at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")


def moved_to_leicester(story: Story) -> Story:
    said = "They have moved to 14 Tolmers Row, Leicester LE2 9ZZ."
    return tracked(story).at("2014-11-12 12:00").reply("tracking-officer", said, "database-check")


def visited_from_tracking(story: Story) -> Story:
    said = "New address on Capita: 21 Tanner's Yard, Banbury OX16 9YY."
    tracked(story).at("2014-11-12 12:00").reply("tracking-officer", said, "database-check")
    story.at("2014-11-13 10:00").reply("admissions", "No application at all.", "pending-application")
    story.bot_asks("hub-manager", "allocate-worker")
    return story


def test_what_was_due_at_five_yesterday_is_late_at_seven(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    assert "Late" not in digest(story.at("2014-11-27 07:00").look(), NORTH)
    told = digest(story.at("2014-11-28 07:00").look(), NORTH)
    assert len(told["Late"]) == 1 and "Admissions: Is this child on roll elsewhere?" in told["Late"][0]
    assert "1 late" in told[""][0]
    assert "Waiting for an answer" not in told


def test_what_the_reader_owes_is_late_rather_than_for_the_reader(story: Story) -> None:
    tracked(story)
    in_time = digest(story.at("2014-11-13 07:00").look(), PTO)
    assert len(in_time["Waiting for you"]) == 1 and "Late" not in in_time
    told = digest(story.at("2014-11-14 07:00").look(), PTO)
    assert len(told["Late"]) == 1 and "Waiting for you" not in told


def test_a_deputy_who_is_late_too_stands_beside_the_officer(story: Story) -> None:
    tracked(story).at("2014-11-14 07:00").look().at("2014-11-14 09:00").look()
    story.bot_asks("deputy.tracking.officer@council.example", "database-check")
    waits = digest(story.at("2014-11-17 07:00").look(), OFFICER)
    assert "Deputy" in waits["Passed to the next person"][0] and "Deputy" not in waits["Late"][0]
    told = digest(story.until("2014-11-18 07:00"), OFFICER)
    assert len(told["Late"]) == 1 and "Tracking Officer, Deputy" in told["Late"][0]
    assert "Passed to the next person" not in told


def test_an_escalation_that_nobody_answers_is_late(story: Story) -> None:
    """Three reminders to School Admissions, then the tracking officer is asked, who stays silent as well."""
    story.at("2014-11-12 10:00").hub_referral()
    story.until("2014-11-20 12:00")
    story.bot_asks("tracking-officer", "on-roll-elsewhere")
    told = digest(story.until("2014-11-24 07:00"), NORTH)
    assert any("on roll elsewhere?" in line and "Tracking Officer" in line for line in told["Late"])


def test_a_hub_manager_sees_of_a_tracking_case_what_the_hub_owes(story: Story) -> None:
    told = digest(visited_from_tracking(story).at("2014-11-14 07:00").look(), NORTH)
    ref = story.cases[0]["case"]
    assert len(told["Waiting for you"]) == 1 and ref in told["Waiting for you"][0]
    assert "choose a Hub worker" in told["Waiting for you"][0]
    assert not any(ref in line for lines in digest(story, CITY).values() for line in lines)


def test_and_the_visit_that_its_worker_then_owes(story: Story) -> None:
    visited_from_tracking(story).at("2014-11-13 14:00").reply("hub-manager", "hub.worker.north@council.example")
    story.bot_asks("hub-worker", "home-visit")
    assert "Home visit needed" in digest(story.at("2014-11-14 07:00").look(), NORTH)["Waiting for an answer"][0]
    assert "Home visit needed" in digest(story.until("2014-11-18 07:00"), NORTH)["Late"][0]


def test_whoever_was_asked_by_address_goes_by_the_name_in_the_directory(story: Story) -> None:
    moved_to_leicester(story)
    story.at("2014-11-13 10:00").reply("other-authority", "He has a place at Tolmers School from 1 December.")
    story.bot_asks("other-authority", "confirm")
    told = digest(story.at("2014-11-14 07:00").look(), OFFICER)
    line = next(line for line in told["Waiting for an answer"] if "confirm" in line)
    assert "Leicester" in line and "nobody" not in line and "@" not in line


def test_five_agencies_are_one_line(story: Story) -> None:
    told = digest(enquiring(story).at("2014-11-13 07:00").look(), PTO)
    assert len(told["Waiting for an answer"]) == 1
    assert told["Waiting for an answer"][0].count("police") + told["Waiting for an answer"][0].count("Police") == 1
    late = digest(story.until("2014-11-20 07:00"), PTO)
    assert len(late["Late"]) == 1 and "Waiting for an answer" not in late


def test_no_line_stands_twice_under_a_heading(story: Story) -> None:
    enquiring(story)
    story.at("2014-11-26 10:00").hub_referral()
    for lines in digest(story.until("2014-11-28 07:00"), OFFICER).values():
        assert len(lines) == len(set(lines))
