"""A form that only bears a school's address: the school is told the reference and what is missing by name, and no
value, until somebody who is believed has answered (design, who is believed)."""

from tests.stories.story import PTO, SCHOOL, Story, plain

VALUES = ("Tregenza", "Ottilie", "14 June", "Quarry Steps")


def values_told(story: Story) -> list[str]:
    mails = [m for m in story.sent if str(m["To"]).endswith(f"<{SCHOOL}>")]
    return [value for value in VALUES for mail in mails if value in mail.as_string()]


def test_a_form_that_nobody_proves_is_the_schools_tells_it_no_value(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": "", "child.upn": ""}, believed=False)
    asked = story.bot_asks("school", "missing-details")
    assert "date of birth" in plain(asked) and story.cases[0]["case"] in plain(asked)
    story.at("2014-11-12 12:00").until("2014-11-20 12:00")
    assert len(story.asked("school", "missing-details", ever=True)) > 1
    assert not values_told(story)


def test_once_the_school_has_answered_itself_it_is_told_as_ever(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": "", "address.last_known": ""}, believed=False)
    story.at("2014-11-13 10:00").reply("school", "She was born on 14 June 2003", "missing-details")
    assert "2003-06-14" in str(story.case())
    story.at("2014-11-13 11:00").reply("tracking-officer", "Nothing on the database", "database-check")
    story.at("2014-11-13 12:00").until("2014-11-20 12:00")
    assert "Ottilie" in plain(story.last("school"))


def test_an_officer_still_reads_all_of_it(story: Story) -> None:
    story.at("2014-11-12 10:00").memo(believed=False)
    assert "Ottilie" in plain(story.last(PTO, "database-check"))
