"""Rows A1, A2, A4, A5, and what bad input gets."""

from typing import Any

from bot.demo.forms import hub_form
from tests.stories.story import HUB, PTO, SCHOOL, Story, plain

LETTER = (
    "Hello, a family in one of our flats has a girl of about 8, Ines Carvalho, who does not seem to go to any school. "
    "Could you look into it? Thanks, Jo"
)


def test_a1_free_text_opens_a_case_and_a_person_reads_it(story: Story) -> None:
    story.at("2014-11-12 10:00").mails("enquiries@housing-cherwell.example", LETTER)
    assert len(story.cases) == 1 and "letter.received" in story.events()
    story.bot_tells("housing", story.cases[0]["case"])
    story.bot_tells("tracking-officer", "Ines Carvalho")


def test_a1_a_second_letter_about_the_child_joins_the_case_and_is_read(story: Story) -> None:
    born = LETTER.replace("Ines Carvalho", "Ines Carvalho, born 4 May 2006")
    story.at("2014-11-12 10:00").mails("enquiries@housing-cherwell.example", born)
    more = "The family of Ines Carvalho, born 4 May 2006, is still here. She is not in school, says her aunt."
    story.at("2014-11-13 10:00").mails("enquiries@housing-cherwell.example", more)
    assert len(story.cases) == 1
    story.bot_tells("tracking-officer", "more news", "says her aunt")


def test_a2_serious_concern_alarms_at_once_also_at_night(story: Story) -> None:
    words = "Ottilie told a friend that her uncle hits her with a belt. She is not in today."
    story.at("2014-11-12 20:30").mails(SCHOOL, words)
    for officer in ("tracking-officer", "designated-officer"):
        alarm = story.bot_tells(officer, "belt")
        assert alarm["X-CME-Rule"] == "alarm"
    story.bot_tells("school", "0800 833 408")
    assert story.cases[0]["concern"] is True


def test_a2_in_office_hours_another_number_serves(story: Story) -> None:
    story.at("2014-11-12 10:30").mails(SCHOOL, "Ottilie told a friend that her uncle hits her with a belt.")
    story.bot_tells("school", "0845 050 7666")


def test_a2_on_a_form_and_in_a_reply_too(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral(
        {"information.additional": "She came in with bruises on both legs last week."}
    )
    story.bot_tells("designated-officer", "bruises")
    story.at("2014-11-26 11:00").reply(
        "admissions", "Not on roll. Neighbour school says she is terrified of going home."
    )
    story.bot_tells("tracking-officer", "terrified")


def test_a2_such_a_case_is_not_closed_by_a_visit(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral(
        {"information.additional": "She came in with bruises on both legs last week."}
    )
    story.at("2014-11-26 11:00").reply("admissions", "Not on roll elsewhere", "on-roll-elsewhere")
    story.at("2014-11-26 12:00").reply("hub-manager", "hub.worker.north@council.example", "allocate-worker")
    story.at("2014-11-27 15:30").reply("hub-worker", "She is at home with her mother.", "home-visit")
    story.at("2014-11-27 15:35").yes("hub-worker")
    assert story.cases[0]["state"] != "closed"
    story.bot_asks("hub-manager", "conclude")


def test_a4_a_protected_address_is_in_no_mail(story: Story) -> None:
    other = "Last attended 3 October 2014. Mother and child are in a refuge, address confidential."
    story.at("2014-11-12 10:00").memo(
        {"information.other": other, "address.last_known": "77 Hidden Close, Banbury OX16 7ZZ"}
    )
    story.at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    assert story.asked("police", "agency-enquiry")
    assert not [m for m in story.sent if "Hidden Close" in m.as_string() or "OX16 7ZZ" in m.as_string()]


# Bad input.


def test_the_same_mail_in_two_mailboxes_has_one_effect(story: Story) -> None:
    same: dict[str, Any] = {"form": hub_form(HUB), "message_id": "<once@school.example>"}
    story.at("2014-11-26 10:00").mails(SCHOOL, "Our referral.", "hub.north", **same)
    before = len(story.sent)
    story.at("2014-11-26 10:05").mails(SCHOOL, "Our referral.", "missing.pupils", **same)
    assert len(story.cases) == 1 and len(story.sent) == before


def test_the_same_child_referred_again_joins_its_case(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 14:00").hub_referral({"information.other": "First day of absence 21 November. Any news?"})
    assert len(story.cases) == 1


def test_a_child_that_may_be_the_same_is_an_officers_question_never_joined_in_silence(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-13 10:00").memo({"child.forenames": "Otilie"})
    assert len(story.cases) == 2
    story.bot_asks("tracking-officer", "same-child")


def test_twins_are_two(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-13 10:00").memo({"child.forenames": "Barnaby"})
    assert len(story.cases) == 2
    story.bot_asks_nothing("tracking-officer", "same-child")


def test_a_blank_form_is_asked_for_again_and_opens_nothing(story: Story) -> None:
    story.at("2014-11-26 10:00").mails(SCHOOL, "Form attached", "hub.north", form=hub_form({}))
    assert not story.cases
    story.bot_tells("school", "blank")
    assert story.quarantine


def test_an_attachment_that_is_no_form_waits_for_a_person(story: Story) -> None:
    story.at("2014-11-26 10:00").mails(
        SCHOOL, "Menu for the Christmas lunch.", form=b"PK\x03\x04 not really a document"
    )
    assert not story.cases and story.quarantine


def test_a_mail_that_cannot_be_parsed_is_kept_whole(story: Story) -> None:
    raw = b"\x00\xff\xfe garbage \r\n\r\n\x00"
    story.at("2014-11-26 10:00").drop(raw)
    kept = list((story.folder / "mail" / "missing.pupils" / ".Quarantine" / "new").iterdir())
    assert [f.read_bytes() for f in kept] == [raw]
    digest = [m for m in story.until("2014-11-27 07:00").out if m["X-CME-Rule"] == "digest"]
    assert any("could not" in plain(m).lower() or "nobody could read" in plain(m).lower() for m in digest)


def test_an_angry_father_with_a_forged_address_changes_nothing(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    asked = story.last("admissions", "on-roll-elsewhere")
    story.at("2014-11-26 11:00").mails("admissions@council.example", "1", answers=asked, believed=False)
    assert "roll.nowhere" not in story.events() and story.quarantine
    forged = [("Authentication-Results", "mx.council.example; dmarc=fail header.from=council.example")]
    story.at("2014-11-26 11:05").mails("admissions@council.example", "1", answers=asked, believed=False, headers=forged)
    assert "roll.nowhere" not in story.events()


def test_a_stranger_hears_thank_you_once_a_day_and_never_a_reference(story: Story) -> None:
    story.at("2014-11-26 10:00").mails("dad@webmail.example", "Where is my daughter Ottilie Tregenza at school now?")
    mail = story.bot_tells("dad@webmail.example", "thank you")
    assert "CME-2014" not in mail.as_string() and "Tregenza" not in mail.as_string()
    story.at("2014-11-26 11:00").mails("dad@webmail.example", "Answer me! Which school is my daughter at?")
    assert not story.to("dad@webmail.example")


def test_a_known_address_that_is_not_proved_is_answered_at_the_directorys(story: Story) -> None:
    story.at("2014-11-26 10:00").mails(
        "head@bardwell-hill.example", "Form.", "hub.north", form=hub_form(HUB), believed=False
    )
    assert not story.to("head@bardwell-hill.example")
    story.bot_tells("school", "CME-2014")


def test_a_reply_from_the_wrong_person_is_not_applied(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    asked = story.last("admissions", "on-roll-elsewhere")
    story.at("2014-11-26 11:00").mails("office@ridgeway.example", "Not on roll anywhere", answers=asked)
    assert "roll.nowhere" not in story.events()
    story.bot_tells("office@ridgeway.example", "could not use")


def test_a_reply_to_a_closed_case_is_kept_and_answered(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    asked = story.last("tracking-officer", "database-check")
    story.at("2014-11-12 11:00").mails(
        PTO, f"close {story.cases[0]['case']} not-cme, moved to Wales with a school place"
    )
    story.at("2014-11-12 11:05").yes("tracking-officer")
    assert story.cases[0]["state"] == "closed"
    story.at("2014-11-12 12:00").mails(PTO, "Nothing on the database", answers=asked)
    story.bot_tells("tracking-officer", "kept your reply")
    assert "database.nothing" not in story.events()


def test_an_out_of_office_is_no_answer_and_gets_none(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    asked = story.last("admissions", "on-roll-elsewhere")
    away = [("Auto-Submitted", "auto-replied")]
    story.at("2014-11-26 10:10").mails(
        "admissions@council.example", "I am away. No, not on roll.", answers=asked, headers=away
    )
    assert "roll.nowhere" not in story.events() and not story.to("admissions")


def test_a_role_that_nobody_holds_is_shown_and_the_clock_runs(story: Story) -> None:
    people = story.folder / "directory" / "people.csv"
    people.write_text(
        "".join(line for line in people.read_text("utf-8").splitlines(True) if "admissions" not in line), "utf-8"
    )
    story.at("2014-11-26 10:00").hub_referral()
    story.bot_asks_nothing("admissions", "on-roll-elsewhere")
    story.until("2014-11-27 07:00")
    digests = [m for m in story.out if m["X-CME-Rule"] == "digest"]
    assert any("admissions" in plain(m).lower() for m in digests)
    story.until("2014-11-28 09:00").bot_asks("hub-manager", "allocate-worker")


def test_a_date_in_the_future_is_no_date(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": "14 June 2033"})
    assert story.cases[0]["child"]["date_of_birth"] is None
    story.bot_asks("school", "missing-details")


def test_no_name_is_ever_in_a_subject(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral({"child.surname": "Re: [CME-2014-00001 AAAA-AAAA-AA] Boxgrove"})
    assert not [m for m in story.sent if "boxgrove" in str(m["Subject"]).lower()]
