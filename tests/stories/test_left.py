"""Who has left the directory since is told of no child any more, and answers for none; the question goes on."""

from __future__ import annotations

from tests.stories.story import HUB, WHO, Story, plain

WORKER = WHO["hub-worker"]


def leaves(story: Story, address: str) -> None:
    people = story.folder / "directory" / "people.csv"
    lines = people.read_text("utf-8").splitlines()
    people.write_text("\n".join(line for line in lines if f",{address}," not in line) + "\n", "utf-8")


def visited(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 11:00").reply("admissions", "Not on roll at any other school.", "on-roll-elsewhere")
    story.at("2014-11-26 12:00").reply("hub-manager", f"Allocate to {WORKER}", "allocate-worker")
    story.bot_asks("hub-worker", "home-visit")


def test_a_worker_who_has_left_is_not_reminded_and_the_manager_hears_it(story: Story) -> None:
    visited(story)
    leaves(story, WORKER)
    story.at("2014-11-26 12:30").until("2014-12-02 12:00")
    assert story.to(WORKER) == []
    story.bot_asks("hub-manager", "allocate-worker")


def test_nor_told_that_nothing_more_is_needed(story: Story) -> None:
    visited(story)
    leaves(story, WORKER)
    news = f"{HUB['child.forenames']} Tregenza is back at school."
    story.at("2014-11-27 10:00").mails(WHO["school"], news, "hub.north")
    assert "child.returned" in story.events() and story.to(WORKER) == []


def test_a_late_word_about_a_closed_case_is_not_told_that_nothing_is_needed(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    receipt, ref = story.last("school"), story.cases[0]["case"]
    story.at("2014-11-13 10:00").mails(WHO["tracking-officer"], f"close {ref} as duplicate").yes("tracking-officer")
    story.at("2014-12-01 10:00").mails(WHO["school"], "She has not been in school since Monday.", answers=receipt)
    said = plain(story.bot_tells("school", "new referral", "an officer will read it"))
    assert "Nothing more is needed" not in said
    assert any("closed case" in why for why in story.quarantine)
