"""The leavers report (C8) beside other mail and other days: holidays, concerns, forms, and reports that do not come."""

from __future__ import annotations

from tests.stories.story import PTO, SCHOOL, Story, plain
from tests.stories.test_leavers import HEAD, LISTED, RIDGEWAY, TEMI, ZOE, report


def test_c8_on_the_evening_before_half_term_the_school_is_asked_when_it_is_back(story: Story) -> None:
    report(story, at="2014-10-24 17:30")
    assert not story.asked("school", "leaver-destination")
    story.until("2014-11-02 20:00", 12)
    assert not story.asked("school", "leaver-destination")
    story.until("2014-11-03 09:00", 12)
    story.bot_asks("school", "leaver-destination")


def test_c8_words_of_concern_beside_a_list_or_an_answer_alarm_at_once(story: Story) -> None:
    report(story)
    story.at("2014-11-13 10:00").reply(
        "school", "L2 not known. Zoë told a friend that her uncle hits her with a belt.", "leaver-destination"
    )
    assert story.bot_tells("designated-officer", "belt")["X-CME-Rule"] == "alarm"


def test_c8_words_of_concern_in_a_row_are_a_case_and_an_alarm_at_once(story: Story) -> None:
    report(story, [TEMI, ZOE + "She told a friend that her uncle hits her with a belt"], at="2014-11-12 20:00")
    alarm = story.bot_tells("designated-officer", "belt", "Zoë")
    assert alarm["X-CME-Rule"] == "alarm"
    assert [(c["child"]["surname"], c["pathway"], c["concern"]) for c in story.cases] == [("Łukasik", "tracking", True)]


def test_c8_a_list_from_nobody_that_we_know_waits_for_a_person(story: Story) -> None:
    report(story, sender="stranger@elsewhere.example")
    assert not story.asked("school", "leaver-destination") and len(story.quarantine) == 1
    data = "\n".join([HEAD, *LISTED]).encode()
    story.at("2014-11-12 10:30").mails(PTO, "Leavers.", files={"leavers.csv": data}, believed=False)
    assert not story.asked("school", "leaver-destination")


def test_c8_a_school_tells_of_its_own_leavers_alone(story: Story) -> None:
    report(story, sender=SCHOOL)
    assert story.asked("school", "leaver-destination") and not story.asked(RIDGEWAY, "leaver-destination")
    story.bot_tells("school", "pupil of another school")


def test_c8_a_list_that_does_not_come_is_asked_for_once(story: Story) -> None:
    report(story)
    story.until("2014-12-10 12:00", 24)
    story.bot_asks_nothing("tracking-officer", "send-list")
    story.until("2014-12-11 10:00", 24)
    assert "leavers report" in plain(story.bot_asks("tracking-officer", "send-list"))
    story.at("2014-12-11 11:00").look()
    story.bot_asks_nothing("tracking-officer", "send-list")
    report(story, ["New,Pip,20/06/2004,Ridgeway Junior School,10/12/2014,,"], at="2014-12-12 10:00")
    story.until("2014-12-19 16:00", 24)
    story.bot_asks_nothing("tracking-officer", "send-list")


def test_c8_nil_is_an_answer(story: Story) -> None:
    report(story)
    story.until("2014-12-11 10:00", 24)
    story.at("2014-12-11 11:00").reply("tracking-officer", "Nil return this month", "send-list")
    story.bot_tells("tracking-officer", "noted")
    story.until("2014-12-19 16:00", 24)
    story.bot_asks_nothing("tracking-officer", "send-list")


def test_c8_late_questions_about_rows_stand_in_the_digest(story: Story) -> None:
    report(story)
    story.until("2014-11-20 07:00", 12)
    digest = next(plain(m) for m in story.out if m["X-CME-Rule"] == "digest" and "tracking" in str(m["To"]))
    assert "LIST-2014-" in digest and "Where did these leavers go?" in digest


def test_c8_a_file_in_answer_to_a_question_about_a_child_is_no_list(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    data = "\n".join([HEAD, *LISTED]).encode()
    mail = story.last("admissions", "on-roll-elsewhere")
    story.at("2014-11-26 11:00").mails(
        "admissions@council.example", "Not on roll.", "hub.north", answers=mail, files={"x.csv": data}
    )
    assert "roll.nowhere" in story.events() and not story.asked(RIDGEWAY, "leaver-destination")
    assert any("x.csv" in why for why in story.quarantine), "a person sees that a list came"


def test_c8_a_form_beside_a_list_is_a_referral_as_ever(story: Story) -> None:
    data = "\n".join([HEAD, *LISTED]).encode()
    story.at("2014-11-26 10:00").hub_referral(files={"leavers.csv": data})
    assert [case["child"]["surname"] for case in story.cases] == ["Tregenza"]
    story.bot_asks("school", "leaver-destination")


def test_c8_a_letter_beside_some_other_spreadsheet_is_a_letter_as_ever(story: Story) -> None:
    words = "Ines Carvalho, a girl of about 8 in our hostel, does not go to any school. Our rooms are attached."
    rooms = b"Surname,Forename,Room\nCarvalho,Ines,12\n"
    story.at("2014-11-12 10:00").mails("enquiries@housing-cherwell.example", words, files={"rooms.csv": rooms})
    assert len(story.cases) == 1 and "letter.received" in story.events() and story.quarantine


def test_c8_corrected_rows_sent_on_the_lists_own_thread_are_a_list(story: Story) -> None:
    report(story, ["Bad,Ivo,31/02/2004,Ridgeway Junior School,10/10/2014,,"])
    story.bot_asks_nothing(RIDGEWAY, "leaver-destination")
    data = "\n".join([HEAD, "Bad,Ivo,28/02/2004,Ridgeway Junior School,10/10/2014,,"]).encode()
    mail = story.last("tracking-officer")
    story.at("2014-11-12 11:00").mails(PTO, "Corrected.", answers=mail, files={"leavers.csv": data})
    assert "Ivo Bad" in plain(story.bot_asks(RIDGEWAY, "leaver-destination"))
