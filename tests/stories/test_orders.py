"""Row E2: what an officer orders of our asking, by mail: once more, and not until a day."""

from tests.stories.story import PTO, Story, plain

POLICE = "enquiries@police.example"


def enquiring(story: Story) -> str:
    """The agencies were asked on 12 November, to answer by the 19th."""
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-12 11:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    return str(story.cases[0]["case"])


def orders(story: Story, words: str, when: str) -> Story:
    ref = story.cases[0]["case"]
    return story.at(when).mails(PTO, words, subject=f"[{ref}] {words}")


def put(story: Story) -> int:
    return len(story.asked("police", "agency-enquiry", ever=True))


def test_e2_a_question_is_put_again_once_and_an_answer_to_it_counts(story: Story) -> None:
    enquiring(story)
    orders(story, "ask again: the police", "2014-11-13 10:00")
    story.bot_tells("tracking-officer", "to the police again")
    assert put(story) == 2
    story.at("2014-11-13 12:00").look()
    assert put(story) == 2
    story.at("2014-11-14 10:00").reply("police", "No trace.", "agency-enquiry")
    assert "agency.no-trace" in story.events()


def test_e2_at_night_it_leaves_in_the_working_hours_of_the_one_who_is_asked(story: Story) -> None:
    enquiring(story)
    orders(story, "ask the police again", "2014-11-13 21:00")
    assert put(story) == 1
    story.at("2014-11-14 09:00").look()
    assert put(story) == 2


def test_e2_resend_puts_the_last_question_that_waits(story: Story) -> None:
    enquiring(story)
    orders(story, "resend to the police", "2014-11-13 10:00")
    assert put(story) == 2


def test_e2_nothing_is_asked_again_of_one_who_has_answered(story: Story) -> None:
    enquiring(story)
    story.at("2014-11-13 10:00").reply("police", "No trace.", "agency-enquiry")
    orders(story, "ask again: the police", "2014-11-13 11:00")
    story.bot_tells("tracking-officer", "nothing is asked of")
    assert put(story) == 1


def test_e2_a_hold_pauses_our_reminders_until_its_day_and_ends_by_itself(story: Story) -> None:
    enquiring(story)
    orders(story, "hold until 3 December", "2014-11-13 10:00")
    story.bot_tells("tracking-officer", "no reminders", "3 december 2014")
    mails = story.at("2014-11-21 07:00").look().out
    digest = next(plain(m) for m in mails if m["X-CME-Rule"] == "digest" and PTO in str(m["To"]))
    assert "no reminders until Wednesday 3 December" in " ".join(digest.split())
    story.until("2014-12-02 17:00", 12)
    assert put(story) == 1 and {a["state"] for a in story.case()["asks"] if a["of"] == "police"} == {"overdue"}
    story.at("2014-12-03 09:00").look().bot_tells("tracking-officer", "no reminders", "until today")
    assert put(story) == 2


def test_e2_a_hold_without_a_day_is_two_weeks_and_none_is_for_ever(story: Story) -> None:
    enquiring(story)
    orders(story, "hold", "2014-11-13 10:00")
    story.bot_tells("tracking-officer", "27 november 2014")
    orders(story, "hold until 3 May 2015", "2014-11-14 10:00")
    story.bot_tells("tracking-officer", "up to tuesday 13 january 2015")
    assert story.events().count("hold") == 1


def test_e2_an_answer_and_a_concern_are_never_held(story: Story) -> None:
    enquiring(story)
    orders(story, "hold until 3 December", "2014-11-13 10:00")
    story.at("2014-11-14 10:00").reply("police", "Her brother says her father beats her.", "agency-enquiry")
    assert [m for m in story.to("tracking-officer") if m["X-CME-Rule"] == "alarm"]
    story.until("2014-11-21 17:00", 12)
    assert [m for m in story.sent if m["X-CME-Kind"] == "chase" or "reminder" in plain(m).lower()]
    orders(story, "hold until 5 December", "2014-11-24 10:00")
    story.bot_tells("tracking-officer", "raised a concern")


def test_e2_a_hold_is_told_in_the_status_and_can_be_taken_back(story: Story) -> None:
    enquiring(story)
    orders(story, "hold until 3 December", "2014-11-13 10:00")
    orders(story, "status", "2014-11-13 11:00")
    story.bot_tells("tracking-officer", "no reminders until wednesday 3 december")
    orders(story, "undo", "2014-11-13 12:00")
    story.until("2014-11-21 17:00", 12)
    assert put(story) == 2


def test_e2_two_orders_are_two_taps_and_a_yes_is_to_the_one_it_answers(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    ref = story.cases[0]["case"]
    story.at("2014-11-13 10:00").mails(PTO, f"close {ref} as duplicate", subject="x")
    first = story.bot_asks("tracking-officer", "confirm")
    story.at("2014-11-13 10:30").mails(PTO, f"close {ref} as not-cme", subject="x")
    second = story.bot_asks("tracking-officer", "confirm")
    assert first["Subject"] != second["Subject"]
    story.at("2014-11-13 11:00").reply("tracking-officer", "Yes", "confirm")
    assert story.cases[0]["outcome"] == "not-cme"
