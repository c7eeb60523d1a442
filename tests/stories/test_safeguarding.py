"""Rows A2 and B8: what a worker has agreed with Children's Social Care reaches both officers of paragraph 1.4."""

from tests.stories.story import Story, plain
from tests.stories.test_hub import visiting

YES = "Spoke to Gill at the MASH, strategy meeting on Thursday. Yes, this is a safeguarding matter."


def no_contact(story: Story) -> None:
    """Two working days after the visit the worker is asked for the referral and the discussion."""
    visiting(story).at("2014-11-27 15:30").reply("hub-worker", "No response. Card left, neighbours asked.")
    story.until("2014-12-02 09:00")


def told(story: Story) -> list[str]:
    return [str(m["To"]) for m in story.out if m["X-CME-Rule"] == "safeguarding.agreed"]


def test_b8_a_safeguarding_matter_is_told_to_both_officers(story: Story) -> None:
    no_contact(story)
    story.at("2014-12-02 11:00").reply("hub-worker", YES, "safeguarding-discussion")
    assert "safeguarding.agreed" in story.events() and story.cases[0]["concern"] is True
    for officer in ("tracking-officer", "designated-officer"):
        mail = story.bot_tells(officer, "safeguarding matter", "strategy meeting")
        assert "Tregenza" not in str(mail["Subject"]) and "MASH" in plain(mail)
    assert "concern.raised" not in story.events()
    assert not told(story.at("2014-12-02 12:00").look())


def test_b8_no_safeguarding_matter_troubles_neither(story: Story) -> None:
    no_contact(story)
    words = "Spoke to the MASH, they will ring the aunt. Not a safeguarding matter."
    story.at("2014-12-02 11:00").reply("hub-worker", words, "safeguarding-discussion")
    assert "safeguarding.agreed" in story.events() and story.cases[0]["concern"] is False
    assert not told(story)


def test_b8_the_yes_is_told_also_when_the_case_has_gone_on_to_tracking(story: Story) -> None:
    no_contact(story)
    story.at("2014-12-02 10:00").reply("hub-worker", "Please take this as my CME referral.", "cme-referral")
    assert story.cases[0]["pathway"] == "tracking"
    story.at("2014-12-02 11:00").reply("hub-worker", YES, "safeguarding-discussion")
    assert len(told(story)) == 2


def test_b8_the_tracking_officer_has_what_the_hub_knew(story: Story) -> None:
    no_contact(story)
    words = "Please take this as my CME referral. Spoke to the MASH: not a safeguarding matter."
    story.at("2014-12-02 11:00").reply("hub-worker", words, "cme-referral")
    mail = plain(story.bot_asks("tracking-officer", "database-check"))
    for known in ("Date of the visit:", "Thursday 27 November 2014", "Card left:", "Neighbours asked:"):
        assert known in mail
