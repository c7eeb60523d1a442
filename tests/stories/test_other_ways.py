"""Rows B1, B3, B11, B12, B13: expected and not arrived, excluded, off roll, abroad (policy 3.4, 3.6, 3.8 to 3.11)."""

import pytest

from tests.stories.story import SCHOOL, Story, plain

CHILD = "Ottilie Tregenza, born 14 June 2003,"
INCLUSION, PEOPLE = "social.inclusion@council.example", "tracking-officer"


def told(story: Story, text: str, when: str = "2014-11-12 10:00", sender: str = SCHOOL) -> Story:
    return story.at(when).mails(sender, text, subject="A pupil of ours")


# B11: expected and not arrived.

NO_SHOW = f"{CHILD} was due to start with us on 3 November 2014 but has not arrived."


def test_b11_admissions_and_the_school_are_asked_and_it_is_diarised(story: Story) -> None:
    told(story, NO_SHOW)
    assert story.cases[0]["pathway"] == "no-show" and "no-show.reported" in story.events()
    story.bot_asks("school", "tried-parents")
    assert "has not arrived" in plain(story.bot_asks("admissions", "on-roll-elsewhere"))
    story.bot_asks_nothing("tracking-officer", "database-check")


def test_b11_a_school_that_says_it_has_rung_is_not_asked_if_it_has(story: Story) -> None:
    told(story, NO_SHOW + " We phoned the mother on 4 and 6 November and left messages.")
    story.bot_asks_nothing("school", "tried-parents")
    assert "parents.tried" in story.events()


def test_b11_halfway_the_school_is_asked_and_after_four_weeks_the_search_begins(story: Story) -> None:
    told(story, NO_SHOW).at("2014-11-13 10:00").reply("school", "We rang on 5 and 7 November.", "tried-parents")
    story.at("2014-11-13 11:00").reply("admissions", "Not on roll anywhere else.", "on-roll-elsewhere")
    story.until("2014-11-17 16:00").bot_asks_nothing("school", "arrival")
    story.until("2014-11-18 09:00").bot_asks("school", "arrival")
    story.until("2014-12-01 17:00")
    assert story.cases[0]["pathway"] == "no-show"
    story.until("2014-12-02 09:00").bot_tells("school", "started to search")
    story.bot_asks("tracking-officer", "database-check")
    assert story.cases[0]["pathway"] == "tracking" and len(story.cases) == 1


def test_b11_the_child_comes_late_and_the_officer_closes(story: Story) -> None:
    told(story, NO_SHOW).until("2014-11-18 09:00")
    story.at("2014-11-19 10:00").reply("school", "She started yesterday!", "arrival")
    story.bot_asks("tracking-officer", "conclude")
    assert story.cases[0]["state"] != "closed"
    story.at("2014-11-19 11:00").reply("tracking-officer", "1", "conclude")
    assert story.cases[0]["outcome"] == "returned"
    assert not story.until("2014-12-10 09:00", 24).asked("school", "arrival")


def test_b11_on_roll_elsewhere_needs_a_tap_and_the_school_hears_it(story: Story) -> None:
    told(story, NO_SHOW).at("2014-11-12 12:00").reply("admissions", "Yes, on roll at Ridgeway Junior School")
    assert "roll.elsewhere" not in story.events()
    story.at("2014-11-12 12:05").yes("admissions")
    story.bot_tells("school", "Ridgeway Junior School")
    story.bot_asks("tracking-officer", "conclude")


def test_b11_silent_over_christmas_the_clock_runs_all_the_same(story: Story) -> None:
    told(story, f"{CHILD} was expected here on 1 December 2014 and never arrived.", "2014-12-05 10:00")
    story.until("2014-12-19 17:00", 24).until("2014-12-30 09:00", 24)
    assert story.cases[0]["pathway"] == "tracking"  # Four weeks are over on 29 December, a working day.
    assert not story.to("school")  # In the holidays a school hears nothing.
    story.until("2015-01-06 08:00", 24).bot_tells("school", "started to search")


def test_b11_today_nobody_waits_four_weeks(story: Story) -> None:
    text = "Ottilie Tregenza, born 14 June 2017, was due to start with us on 2 November 2026 but has not arrived."
    told(story, text, "2026-11-09 10:00").at("2026-11-09 12:00").reply("admissions", "Not on roll elsewhere")
    assert story.cases[0]["pathway"] == "tracking"
    story.bot_tells("school", "started to search", "regulation 9")


def test_b11_an_absence_is_no_place_not_taken_up(story: Story) -> None:
    told(story, f"{CHILD} has not turned up today and nobody answers the phone.")
    assert story.cases[0]["pathway"] == "tracking" and "no-show.reported" not in story.events()


# B12: permanent exclusion.

EXCLUDED = f"{CHILD} was permanently excluded on 10 November 2014."


def test_b12_social_inclusion_hears_it_and_says_where_the_child_is_taught(story: Story) -> None:
    told(story, EXCLUDED)
    asked = story.bot_asks(INCLUSION, "provision")
    assert "10 November 2014" in plain(asked) and "Quarry" not in plain(asked)
    story.at("2014-11-14 10:00").reply(INCLUSION, "Nothing arranged yet, panel next week.", "provision")
    story.until("2014-11-28 17:00", 24)
    assert not story.asked(INCLUSION, "provision")
    story.until("2014-12-01 09:00").bot_asks(INCLUSION, "provision")
    story.at("2014-12-01 11:00").reply(INCLUSION, "Attending the PRU since 24 November 2014", "provision")
    story.bot_asks("tracking-officer", "conclude")
    assert story.cases[0]["state"] != "closed"


def test_b12_a_silent_team_is_reminded_from_the_sixth_school_day_on(story: Story) -> None:
    told(story, EXCLUDED).until("2014-11-17 17:00")
    assert not [m for m in story.to(INCLUSION) if "Reminder" in str(m["Subject"])]
    story.until("2014-11-18 09:00")
    assert [m for m in story.to(INCLUSION) if "Reminder" in str(m["Subject"])]


def test_b12_a_risk_of_exclusion_is_none(story: Story) -> None:
    told(story, f"{CHILD} is at risk of permanent exclusion and has stopped attending.")
    assert not story.to(INCLUSION) and story.cases[0]["pathway"] == "tracking"


def test_b12_an_agency_may_not_say_what_a_school_did(story: Story) -> None:
    told(story, EXCLUDED, sender="enquiries@housing-cherwell.example")
    assert not story.to(INCLUSION)
    story.bot_asks("tracking-officer", "letter-kind")


def test_b12_told_on_a_form_it_stays_a_referral_and_the_team_hears_it(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"information.other": "Permanently excluded on 3 October 2014."})
    story.bot_asks(INCLUSION, "provision")
    assert story.cases[0]["pathway"] == "tracking"


def test_b12_sent_in_error_the_officer_closes(story: Story) -> None:
    told(story, EXCLUDED)
    story.at("2014-11-12 12:00").mails(SCHOOL, "Sorry, wrong child, sent in error.", answers=story.last("school"))
    story.bot_asks("tracking-officer", "conclude")
    story.at("2014-11-12 13:00").reply("tracking-officer", "1", "conclude")
    assert story.cases[0]["outcome"] == "not-cme"
    story.bot_tells(INCLUSION, "nothing more")


# B13, B1: off roll.

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


# B3: abroad.

ABROAD = f"{CHILD} is moving to Portugal with her family on 28 November 2014. We have no address."


def test_b3_the_school_is_asked_where_and_does_not_know(story: Story) -> None:
    told(story, ABROAD)
    assert story.cases[0]["pathway"] == "tracking"
    asked = story.bot_asks("school", "abroad-details")
    assert "Portugal" in plain(asked)
    story.bot_asks("tracking-officer", "database-check")
    story.at("2014-11-12 14:00").reply("school", "Sorry, we don't know any more.", "abroad-details")
    assert "details.unavailable" in story.events()
    assert story.cases[0]["state"] == "waiting"


def test_b3_b14_the_code_is_mmm_mmmm(story: Story) -> None:
    told(story, ABROAD).at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    for role in ("police", "assessment-teams", "youth-offending", "health"):
        story.at("2014-11-13 10:00").reply(role, "No trace, sorry.")
    story.at("2014-11-14 10:00").reply("tracking-officer", "3 October 2014", "roll-date")
    mail = plain(story.bot_asks("school", "ctf-upload"))
    assert "MMM MMMM" in mail and "XXX" not in mail


def test_b3_a_school_abroad_is_named_and_the_officer_decides(story: Story) -> None:
    told(story, ABROAD).at("2014-11-13 10:00").reply(
        "school", "They are in Faro, Portugal, and she goes to Faro International School.", "abroad-details"
    )
    story.bot_asks("tracking-officer", "conclude")
    assert story.cases[0]["state"] != "closed"


def test_b3_on_the_memo_too_in_one_mail_with_what_is_missing(story: Story) -> None:
    story.at("2014-11-12 10:00").memo(
        {
            "child.date_of_birth": "",
            "information.other": "Last attended 3 October 2014. Family moving back to Portugal.",
        }
    )
    asked = [m for m in story.to("school") if m["X-CME-Question"]]
    assert len(asked) == 1 and set(str(asked[0]["X-CME-Question"]).split()) == {"missing-details", "abroad-details"}


def test_b3_a_holiday_is_none(story: Story) -> None:
    told(story, f"{CHILD} has gone to Portugal on holiday and has not returned. Nobody answers.")
    assert "abroad.reported" not in story.events()
    story.bot_asks_nothing("school", "abroad-details")


def test_b3_told_later_of_a_case_that_is_open(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    told(
        story,
        "Ottilie Tregenza, born 14 June 2003, has moved to Portugal, we hear from a friend's mother.",
        "2014-11-13 10:00",
    )
    assert len(story.cases) == 1
    story.bot_asks("school", "abroad-details")


def test_b3_abroad_with_no_country_is_asked_for_most_of_all(story: Story) -> None:
    text = "Ottilie Tregenza, born 14 June 2003, has gone abroad with her family. We do not know where."
    story.at("2014-11-12 10:00").mails(SCHOOL, text)
    assert "abroad.reported" in story.events()
    story.bot_asks("school", "abroad-details")
