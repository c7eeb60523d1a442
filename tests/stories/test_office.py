"""Rows E1 and E2: the digest, and the officer's reply."""

import pytest

from tests.stories.story import PTO, Story, plain


def digests(story: Story) -> dict[str, str]:
    return {str(m["To"]): plain(m) for m in story.out if m["X-CME-Rule"] == "digest"}


def test_e1_none_on_the_first_day_then_one_each_at_seven(story: Story) -> None:
    story.at("2014-11-26 06:00").hub_referral()
    assert not digests(story.at("2014-11-26 10:00").look())
    assert not digests(story.at("2014-11-27 06:59").look())
    told = digests(story.at("2014-11-27 07:00").look())
    assert len(told) == 5
    assert not digests(story.at("2014-11-27 09:00").look())


def test_e1_a_hub_manager_sees_the_own_hub_alone(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    told = digests(story.at("2014-11-27 07:00").look())
    ref = story.cases[0]["case"]
    north = next(text for who, text in told.items() if "north" in who)
    city = next(text for who, text in told.items() if "city" in who)
    assert ref in north and ref not in city and "Nothing to report" in city


def test_e1_no_digest_at_the_weekend(story: Story) -> None:
    story.at("2014-11-27 10:00").hub_referral()
    story.at("2014-11-28 12:00").look()
    assert not digests(story.at("2014-11-29 12:00").look())
    assert digests(story.at("2014-12-01 07:00").look())


def test_e1_the_first_look_after_seven_sends_it_once(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    assert digests(story.at("2014-11-27 11:30").look())
    assert not digests(story.at("2014-11-27 12:30").look())


def test_e2_a_number_is_an_answer(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 11:00").reply("admissions", "1")
    assert "roll.nowhere" in story.events()
    story.bot_tells("admissions", "noted")


def test_e2_what_is_not_understood_is_asked_again_with_the_choices(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 11:00").reply("admissions", "Custard and bananas.")
    mail = story.bot_tells("admissions", "custard")
    assert "1" in plain(mail) and mail["X-CME-Rule"] == "reply"
    assert not [e for e in story.events() if e.startswith("roll.")]
    story.at("2014-11-26 11:30").mails(
        "admissions@council.example", "2: on roll at Ridgeway Junior School", "hub.north", answers=mail
    )
    assert "roll.elsewhere" in story.events()


def test_e2_no_to_what_we_understood_applies_nothing(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 11:00").reply("admissions", "Yes - on roll at Ridgeway Junior School")
    story.at("2014-11-26 11:05").reply("admissions", "No", "confirm")
    assert "roll.elsewhere" not in story.events()
    story.bot_asks_nothing("hub-manager", "conclude")


def test_e2_a_note_and_a_status_by_mail(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    ref = story.cases[0]["case"]
    story.at("2014-11-12 11:00").mails(PTO, f"{ref}\nstatus")
    story.bot_tells("tracking-officer", ref, "database check")


def test_the_clock_never_goes_back(story: Story) -> None:
    import pytest

    from bot.running.ticks import ClockWentBack

    story.at("2014-11-12 10:00").memo()
    with pytest.raises(ClockWentBack):
        story.at("2014-11-12 09:00").look()


def enquiring(story: Story) -> Story:
    story.at("2014-11-12 10:00").memo()
    return story.at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")


def test_e2_no_more_reminders_to_one_who_is_late_and_the_answer_still_counts(story: Story) -> None:
    ref = enquiring(story).cases[0]["case"]
    story.at("2014-11-20 09:00").look()
    story.at("2014-11-20 10:00").mails(PTO, "stop chasing the police", subject=f"[{ref}]")
    story.bot_tells("tracking-officer", "no more reminders")
    states = {a["of"]: a["state"] for a in story.case()["asks"] if a["question"] == "agency-enquiry"}
    assert states["police"] == "exhausted" and states["health"] == "overdue"
    story.until("2014-11-28 10:00", 24)
    assert not story.to("police") and story.to("health")
    story.at("2014-11-28 11:00").reply("police", "No trace, sorry.", "agency-enquiry")
    assert [e["by"] for e in story.case()["events"] if e["event"] == "agency.no-trace"] == ["enquiries@police.example"]


def test_e2_one_who_is_not_late_is_waited_for_and_then_not_reminded(story: Story) -> None:
    ref = enquiring(story).cases[0]["case"]
    story.at("2014-11-13 10:00").mails(PTO, "stop chasing the police", subject=f"[{ref}]")
    story.bot_tells("tracking-officer", "no reminders", "not late yet")
    assert {a["state"] for a in story.case()["asks"] if a["of"] == "police"} == {"open"}
    story.until("2014-11-28 10:00", 24)
    assert not story.to("police") and story.to("health")
    states = {a["of"]: a["state"] for a in story.case()["asks"] if a["question"] == "agency-enquiry"}
    assert states["police"] == "exhausted" and states["health"] == "overdue"
    story.at("2014-11-28 11:00").reply("police", "No trace, sorry.", "agency-enquiry")
    assert [e["by"] for e in story.case()["events"] if e["event"] == "agency.no-trace"] == ["enquiries@police.example"]


@pytest.mark.parametrize("since", ["undo", "He told a friend that his stepfather hits him with a belt."])
def test_e2_an_order_that_is_taken_back_or_a_concern_since_and_they_are_reminded(story: Story, since: str) -> None:
    ref = enquiring(story).cases[0]["case"]
    story.at("2014-11-13 10:00").mails(PTO, "stop chasing the police", subject=f"[{ref}]")
    story.at("2014-11-13 11:00").reply("tracking-officer", since)
    story.until("2014-11-28 10:00", 24)
    assert story.asked("police", "agency-enquiry")


def test_e2_an_officer_opens_a_case_by_mail(story: Story) -> None:
    words = "new case: Ines Carvalho, born 3 May 2006, lives at 4 Mill Lane, Banbury OX16 9ZZ and goes to no school."
    story.at("2014-11-12 10:00").mails(PTO, words)
    assert [case["child"]["surname"] for case in story.cases] == ["Carvalho"]
    assert story.cases[0]["pathway"] == "tracking"


def test_e2_an_officer_is_reminded_in_the_morning_of_that_day_or_the_next_working_day(story: Story) -> None:
    ref = enquiring(story).cases[0]["case"]
    story.at("2014-11-13 10:00").mails(PTO, "remind me on 22 November", subject=f"[{ref}]")
    story.bot_tells("tracking-officer", "saturday 22 november 2014")
    story.at("2014-11-22 10:00").look()
    assert not [m for m in story.to("tracking-officer") if m["X-CME-Rule"] == "remind"]
    story.at("2014-11-24 09:00").look().bot_tells("tracking-officer", "asked us to remind you")
    story.at("2014-11-25 09:00").look()
    assert len([m for m in story.to("tracking-officer", ever=True) if m["X-CME-Rule"] == "remind"]) == 1


def test_e2_nobody_is_reminded_in_a_year_or_of_yesterday(story: Story) -> None:
    ref = enquiring(story).cases[0]["case"]
    story.at("2014-11-13 10:00").mails(PTO, "remind me on 22 May 2015", subject=f"[{ref}]")
    story.bot_tells("tracking-officer", "up to monday 12 january 2015")
    assert "remind" not in story.events()


def test_e2_overdue_lists_what_is_late_and_who_owes_it_in_the_own_hub(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    ref = story.cases[0]["case"]
    story.at("2014-11-26 11:00").mails(PTO, "overdue")
    assert ref not in plain(story.bot_tells("tracking-officer", "Here is what is overdue"))
    story.at("2014-11-28 11:00").mails(PTO, "overdue")
    late = plain(story.bot_tells("tracking-officer", "Here is what is overdue"))
    assert f"{ref}: " in late and "was due by" in late and "Admissions" in late
    story.at("2014-11-28 11:05").mails("hub.manager.south@council.example", "overdue", "hub.south")
    assert ref not in plain(story.bot_tells("hub.manager.south@council.example", "Here is what is overdue"))
