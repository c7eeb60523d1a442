"""Rows B1, B13: off roll (policy 3.4, 3.10, 3.11)."""

import pytest

from tests.stories.story import SCHOOL, Story, plain
from tests.stories.test_other_ways import CHILD, told

REMOVED = f"We removed {CHILD} from our roll on 3 October 2014."


def test_b13_b1_what_is_missing_is_asked_and_the_school_is_reminded(story: Story) -> None:
    told(story, REMOVED)
    assert story.cases[0]["pathway"] == "removal"
    asked = plain(story.bot_asks("school", "removal-details"))
    assert "reason" in asked and "seven-digit number" in asked and "date off roll" not in asked.split("Details")[0]
    story.bot_tells("school", "do not take", "until the new school is confirmed")


def test_b13_the_whole_answer_and_the_officer_concludes(story: Story) -> None:
    told(story, REMOVED).at("2014-11-12 14:00").reply(
        "school", "Reason: family moved house. She went to Fosse Lane Primary School, 856/2345.", "removal-details"
    )
    assert "removal.details" in story.events()
    story.bot_asks("tracking-officer", "conclude")
    story.at("2014-11-12 15:00").reply("tracking-officer", "1", "conclude")
    assert story.cases[0]["outcome"] == "on-roll-elsewhere"


def test_b13_half_an_answer_is_asked_after(story: Story) -> None:
    told(story, REMOVED).at("2014-11-12 14:00").reply("school", "Reason: family moved house.", "removal-details")
    asked = plain(story.bot_asks("school", "removal-details"))
    assert "new school" in asked and "the reason," not in asked


def test_b13_nobody_knows_where_and_the_search_begins(story: Story) -> None:
    told(story, REMOVED).at("2014-11-12 14:00").reply(
        "school", "Reason: family moved. We do not know which school.", "removal-details"
    )
    assert story.cases[0]["pathway"] == "tracking"
    story.bot_asks("tracking-officer", "database-check")


def test_b13_a_school_that_stays_silent_over_half_term(story: Story) -> None:
    told(story, f"We removed {CHILD} from our roll on 17 October 2014.", "2014-10-22 10:00")
    story.until("2014-10-31 17:00", 24)
    assert not [m for m in story.to("school") if m["X-CME-Question"]]  # Half term: schools are not chased.
    story.until("2014-11-03 08:00")
    assert [m for m in story.to("school") if "Reminder" in str(m["Subject"])]
    story.until("2014-11-14 09:00", 12)
    assert story.cases[0]["pathway"] == "tracking"


def test_b13_not_removed_after_all(story: Story) -> None:
    told(story, REMOVED).at("2014-11-12 14:00").reply("school", "Sorry, she has not been removed.", "removal-details")
    story.bot_asks("tracking-officer", "conclude")


def test_b13_today_the_deletion_return_is_asked_for(story: Story) -> None:
    told(story, "We removed Ottilie Tregenza, born 14 June 2017, from our roll on 6 November 2026.", "2026-11-09 10:00")
    asked = plain(story.bot_asks("school", "removal-details"))
    assert "regulation 9(1)" in asked and "emergency phone" in asked and "regulation 13(4)" in asked
    assert "UPN" not in asked
    story.bot_tells("school", "regulation 9", "never be backdated")


def test_b13_today_a_backdated_removal_is_told(story: Story) -> None:
    text = "We removed Ottilie Tregenza, born 14 June 2017, from our roll, backdated to her last day on 2 October 2026."
    told(story, text, "2026-11-09 10:00")
    story.bot_tells("school", "backdated", "the law does not allow")
    story.bot_tells("tracking-officer", "backdated")


def test_b13_today_the_ground_is_the_reason_and_a_known_school_goes_to_the_officer(story: Story) -> None:
    text = (
        "Ottilie Tregenza, born 14 June 2017, was removed from our register on 6 November 2026, ground 9(1)(a). She is"
        " now at Fosse Lane Primary School in Leicester."
    )
    told(story, text, "2026-11-09 10:00").at("2026-11-10 10:00").reply("school", "856/2345", "removal-details")
    assert "removal.details" in story.events()
    story.bot_asks("tracking-officer", "conclude")
    assert "the reason" not in plain(story.bot_asks("school", "removal-details"))


@pytest.mark.parametrize(
    "words",
    [
        "was removed from our register on 6 November 2026, ground 9(1)(k).",
        "sadly died on 5 November 2026. We removed her from our register on 6 November 2026.",
    ],
)
def test_b13_a_child_who_has_died_is_searched_for_by_nobody(story: Story, words: str) -> None:
    told(story, f"Ottilie Tregenza, born 14 June 2017, {words}", "2026-11-09 10:00")
    asked = plain(story.bot_asks("tracking-officer", "conclude"))
    assert "has died" in asked and "make sure of it" in asked
    story.until("2026-11-23 10:00", 24)
    assert not story.asked("school", "removal-details", ever=True) and not story.to("police", ever=True)
    assert not [mail for mail in story.sent if "until the new school is confirmed" in plain(mail)]
    story.reply("tracking-officer", "close as died", "conclude").reply("tracking-officer", "yes")
    assert story.cases[0]["outcome"] == "died"


@pytest.mark.parametrize("words", ["She died last month.", "Ottilie has sadly passed away.", "She died on 2 November."])
def test_b13_a_death_told_in_the_answer_asks_the_school_nothing_more(story: Story, words: str) -> None:
    text = "We removed Ottilie Tregenza, born 14 June 2017, from our roll on 6 November 2026."
    told(story, text, "2026-11-09 10:00").at("2026-11-10 10:00").reply("school", words, "removal-details")
    asked = plain(story.bot_asks("tracking-officer", "conclude"))
    assert "close it as died" in asked.lower() and "Traced" not in asked
    story.until("2026-11-16 10:00", 24)
    assert len(story.asked("school", "removal-details", ever=True)) == 1
    assert not [m for m in story.sent if "Still needed" in plain(m) or "whereabouts" in plain(m)]
    story.reply("tracking-officer", "1", "conclude")
    assert story.cases[0]["outcome"] == "died"


def test_b13_a_death_in_the_family_is_not_the_childs(story: Story) -> None:
    text = f"We removed {CHILD} from our roll on 3 October 2014. Her father died in September and they moved away."
    told(story, text)
    assert story.asked("school", "removal-details")


def test_b13_the_same_in_2014_is_the_policy(story: Story) -> None:
    told(story, f"We removed {CHILD} from our roll, backdated to her last day on 3 October 2014.")
    assert not [m for m in story.to("school") if "the law does not allow" in plain(m)]


def test_b13_today_the_ground_of_twenty_days_needs_twenty_days_and_joint_enquiries(story: Story) -> None:
    text = (
        "We removed Ottilie Tregenza, born 14 June 2017, from our roll on 6 November 2026 on ground (i). Her first day "
        "of absence was 16 October 2026."
    )
    told(story, text, "2026-11-09 10:00")
    story.bot_tells("school", "20 school days")
    story.bot_tells("school", "joint", "not concluded")
    assert story.cases[0]["pathway"] == "tracking"
    assert not [m for m in story.out if "you may delete" in plain(m).lower()]


def test_b13_today_a_leave_nobody_came_back_from_needs_ten_school_days(story: Story) -> None:
    """From Monday 2 November, when the leave was over: nine school days lie before Friday 13, ten before Monday 16."""
    off = "We removed {}, born 14 June 2017, from our roll on {} November 2026 on ground (h). Her first day of "
    off += "absence was 2 November 2026."
    told(story, off.format("Ottilie Tregenza", 13), "2026-11-17 10:00")
    story.bot_tells("school", "10 school days", "not been long enough")
    story.bot_tells("school", "joint", "not concluded")
    story.at("2026-11-17 11:00").mails(SCHOOL, off.format("Wilmot Carbis", 16), subject="Another pupil")
    assert not [mail for mail in story.to("school") if "not been long enough" in plain(mail)]
    story.bot_tells("school", "joint", "not concluded")


@pytest.mark.parametrize(
    ("year", "written", "unwritten"),
    [(2014, "should not come off your roll yet", "comes off at once"),
     (2026, "comes off at once", "should not come off")],
)  # fmt: skip
def test_b1_the_reminder_says_what_the_law_of_the_day_wants(
    story: Story, year: int, written: str, unwritten: str
) -> None:
    """Since 19 August 2024 a name stays until a ground of regulation 9(1) is met, and may not stay after."""
    told(story, f"We removed {CHILD} from our roll on 3 November {year}.", f"{year}-11-12 10:00")
    story.bot_tells("school", written)
    assert not [mail for mail in story.to("school") if unwritten in plain(mail)]
