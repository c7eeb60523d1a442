"""Rows B3, B11, B12: expected and not arrived, excluded, abroad (policy 3.6, 3.8, 3.9)."""

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


WHERE = "Her new address is Rua Nova 5, 8000-120 Faro. She goes to Faro International School."


@pytest.mark.parametrize("memo", [True, False], ids=["form", "letter"])
def test_b3_what_the_referral_tells_of_the_place_abroad_is_not_asked_for(story: Story, memo: bool) -> None:
    gone = f"moved to Portugal with her family on 3 November 2014. {WHERE}"
    if memo:
        story.at("2014-11-12 10:00").memo({"information.other": f"Last attended 3 October 2014. The child {gone}"})
    else:
        told(story, f"{CHILD} {gone}")
    assert "abroad.details" in story.events()
    story.bot_asks("tracking-officer", "conclude")
    story.until("2014-11-26 10:00", 24)
    assert not story.asked("school", "abroad-details", ever=True)


def test_b3_what_the_referral_leaves_out_is_asked_for(story: Story) -> None:
    told(story, f"{CHILD} moved to Portugal with her family on 3 November 2014. Her new address is Rua Nova 5, Faro.")
    assert "abroad.details" not in story.events()
    story.bot_asks("school", "abroad-details")


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
