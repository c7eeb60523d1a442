"""A mail above what one address may have in a day waits for a person: it is told of, and nobody is reminded of what he
never had."""

from __future__ import annotations

import pytest

from bot.config.settings import LimitSettings
from bot.outbox.limits import Limits
from bot.running.ticks import Rounds
from tests.stories.story import Story, plain

POLICE = "enquiries@police.example"


@pytest.fixture
def capped(story: Story, monkeypatch: pytest.MonkeyPatch) -> Story:
    """As with a real server, and one mail a day to anybody outside the council."""
    begin = Rounds.__post_init__

    def with_limits(self: Rounds) -> None:
        begin(self)
        outside = LimitSettings(domain_a_minute=1000, outside_a_day=1)
        self._limits = Limits(outside, lambda address: not address.endswith("police.example"))

    monkeypatch.setattr(Rounds, "__post_init__", with_limits)
    return story


def two_children_asked_about(story: Story) -> Story:
    for n, (surname, forename) in enumerate((("Tregenza", "Ottilie"), ("Boxgrove", "Hal"))):
        story.at(f"2014-11-12 1{n}:00").memo({"child.surname": surname, "child.forenames": forename})
        story.at(f"2014-11-12 1{n}:30").reply("tracking-officer", "Nothing on Capita.", "database-check")
    return story


def digests(story: Story) -> list[str]:
    return [" ".join(plain(m).split()) for m in story.out if m["X-CME-Rule"] == "digest"]


def test_what_is_above_the_cap_stands_in_the_digest_until_a_person_has_seen_to_it(capped: Story) -> None:
    two_children_asked_about(capped)
    assert len(capped.to("police", ever=True)) == 1
    second = capped.cases[1]["case"]
    for day in (13, 14):
        told = [one for one in digests(capped.at(f"2014-11-{day} 07:00").look()) if f"{POLICE} has had 1 mails" in one]
        assert len(told) == 2, "the tracking officer's and the designated officer's"
        assert all("Mail of ours that could not go out" in one and second in one for one in told)


def test_a_question_that_never_left_is_put_and_not_reminded_of(capped: Story) -> None:
    two_children_asked_about(capped)
    second = capped.cases[1]["case"]
    capped.at("2014-11-13 10:00").reply("police", "No trace on our systems.")  # No reminder takes the room.
    capped.until("2014-11-25 12:00", 24)
    mails = [m for m in capped.to("police") if second in str(m["Subject"])]
    assert mails, "the day after has room again"
    assert "Reminder" not in str(mails[0]["Subject"]) and "We first asked you" not in plain(mails[0])
    capped.until("2014-12-10 12:00", 24)
    later = [m for m in capped.to("police") if second in str(m["Subject"])]
    assert later and all("Reminder" in str(m["Subject"]) for m in later)


def test_an_alarm_is_never_above_it(capped: Story) -> None:
    two_children_asked_about(capped)
    capped.at("2014-11-12 15:00").mails(POLICE, "We fear that Ottilie Tregenza is being beaten at home.")
    assert "must contact" in plain(capped.last("police"))
