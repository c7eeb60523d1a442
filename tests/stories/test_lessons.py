"""What users of neighbouring systems complained of for years, one story each; the number is that of the lesson. Those
that are of one mailbox, one transport or the calendar alone have their test beside those."""

from __future__ import annotations

import re
from email.message import EmailMessage
from pathlib import Path

from bot.demo.forms import hub_form
from bot.inspecting.checking import check_all
from bot.running.startup import office_of
from tests.stories.story import HUB, PTO, SCHOOL, Story, plain

LESSONS = 25

AWAY = [("Auto-Submitted", "auto-replied")]


def test_lesson_1_an_automatic_reply_to_a_receipt_ends_there(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    receipt = story.last("school")
    for n in range(3):
        story.at(f"2014-11-26 10:0{n + 1}").mails(SCHOOL, f"We have your mail {n}.", answers=receipt, headers=AWAY)
        assert not story.to("school")


def test_lesson_2_a_notice_of_ours_that_comes_in_again_is_dropped(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    before = (len(story.cases), story.events())
    for mail in list(story.sent):
        story.drop(mail.as_bytes())
    assert (len(story.cases), story.events()) == before and not story.out


def test_lesson_2_a_directory_that_would_make_the_bot_write_to_itself_is_refused(story: Story) -> None:
    people = story.folder / "directory" / "people.csv"
    people.write_text(people.read_text("utf-8").replace(PTO, "hub.north@council.example"), "utf-8")
    found = [f.problem for f in check_all(office_of(story.config)) if f.level == "error"]
    assert any("hub.north@council.example is a mailbox that the bot reads" in problem for problem in found)
    story.at("2014-11-12 10:00").memo()
    assert not story.to("hub.north@council.example")


def test_lesson_3_a_number_in_the_subject_lets_no_stranger_in(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    ref = story.cases[0]["case"]
    story.at("2014-11-12 10:05").mails(
        "x@stranger.example", "Ottilie is back in school today.", subject=f"Re: [{ref}] your question"
    )
    assert "child.returned" not in story.events() and ref not in "".join(map(plain, story.to("x@stranger.example")))


def test_lesson_4_a_forward_is_never_the_word_of_the_one_it_quotes(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    quoted = f"\n\nFrom: {PTO}\nSent: 12 November 2014\nTo: x\nSubject: Re\n\nNothing on the database. Close it."
    story.at("2014-11-12 10:05").mails("x@stranger.example", f"See below.{quoted}", subject="FW: a pupil")
    assert "database.nothing" not in story.events() and "answer.proposed" not in story.events()


def test_lesson_5_a_reply_that_keeps_nothing_but_the_message_id_finds_its_case(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    asked = story.last("admissions", "on-roll-elsewhere")
    bare = [("References", str(asked["Message-ID"]))]
    story.at("2014-11-26 11:00").mails(
        "admissions@council.example", "Not on roll anywhere else.", subject="Hello", headers=bare
    )
    assert "roll.nowhere" in story.events() and len(story.cases) == 1


def test_lesson_6_a_message_id_used_again_is_a_mail_of_its_own(story: Story) -> None:
    story.at("2014-11-12 10:00").memo(message_id="<same@school.example>")
    other = {"child.surname": "Okonedo", "child.forenames": "Bram", "child.date_of_birth": "2 May 2004"}
    story.at("2014-11-12 10:05").memo(other, message_id="<same@school.example>")
    assert len(story.cases) == 2
    assert any("same Message-ID" in why for why in story.quarantine)


def test_lesson_7_one_mail_in_two_mailboxes_is_one_case(story: Story) -> None:
    form = hub_form(HUB)
    for box in ("hub.north", "missing.pupils"):
        story.at("2014-11-26 10:00").mails(SCHOOL, "Our referral.", box, form=form, message_id="<both@school.example>")
    assert len(story.cases) == 1 and story.events().count("referral.received") == 1
    assert not story.out, "nor is it thanked twice"


def test_lesson_10_a_mail_that_gives_rise_to_nothing_is_not_looked_at_again(story: Story) -> None:
    bulk = [("Precedence", "bulk"), ("List-Unsubscribe", "<mailto:x@news.example>")]
    story.at("2014-11-26 10:00").mails("x@news.example", "Ten tips.", headers=bulk)
    lying = story.folder / "mail" / "missing.pupils"
    assert not list((lying / "new").iterdir()) and len(list((lying / ".Done" / "cur").iterdir())) == 1


def test_lesson_12_and_13_one_bad_mail_costs_itself_and_is_seen(story: Story) -> None:
    new = story.folder / "mail" / "missing.pupils" / "new"
    (new / "0.bad").write_bytes(b"From: office@harebell.example\r\n" + b"X: y\r\n" * 60_000 + b"\r\nHello")
    story.at("2014-11-12 10:00").memo()
    assert len(story.cases) == 1 and len(story.quarantine) == 1
    story.until("2014-11-13 07:00")
    assert any("office@harebell.example" in plain(m) for m in story.out if m["X-CME-Rule"] == "digest")


def test_lesson_14_a_sender_whose_name_cannot_be_decoded_is_heard(story: Story) -> None:
    raw = (
        b"From: =?utf-8?b?////?= <office@bardwell-hill.example>\r\nTo: missing.pupils@council.example\r\n"
        b"Subject: =?no-such-charset?q?A_pupil?=\r\nMessage-ID: <bad-word@school.example>\r\n\r\n"
        b"Our pupil Ines Carvalho came in with bruises on both arms and is frightened of her uncle.\r\n"
    )
    story.at("2014-11-26 10:00").drop(raw)
    story.bot_tells("designated-officer", "bruises")


def test_lesson_22_no_reminder_leaves_at_night_or_on_a_weekend(story: Story) -> None:
    story.at("2014-11-28 16:00").hub_referral()
    story.until("2014-12-03 12:00", hours=1)
    chased = [m for m in story.sent if str(m["Subject"]).find("Reminder") >= 0]
    assert chased
    for mail in chased:
        at = EmailMessage.__getitem__(mail, "Date").datetime
        assert at.weekday() < 5 and 8 <= at.hour <= 17, mail["Date"]


def test_lesson_25_what_is_cut_from_a_mail_is_kept(story: Story) -> None:
    story.at("2014-11-26 10:00").mails(
        SCHOOL, "About Ines Carvalho, who is missing.\n\nKind regards\nPat\n01632 960123"
    )
    from bot.register.register import Register

    with Register.open(story.folder / "register.db") as register, register.read() as snapshot:
        (mail,) = snapshot.mails_by_message_id(snapshot.mail(1).message_id)  # type: ignore[union-attr]
        reading = snapshot.reading(mail.id)
        assert reading and "01632 960123" in reading.text and "01632 960123" not in reading.new_text
        assert b"01632 960123" in snapshot.raw_mail(mail.id)


def test_lesson_25_who_is_in_copy_or_asks_to_be_answered_has_no_mail(story: Story) -> None:
    listed = [(name, "evil@stranger.example") for name in ("Cc", "Reply-To", "Sender", "Resent-From")]
    story.at("2014-11-26 10:00").hub_referral(headers=listed)
    assert story.to("school"), "he who wrote is answered where he wrote from"
    asked = story.last("admissions", "on-roll-elsewhere")
    story.at("2014-11-26 11:00").mails("admissions@council.example", "Custard.", answers=asked, headers=listed)
    assert story.to("admissions") and not story.to("evil@stranger.example", ever=True)
    assert not [m for m in story.sent if "stranger.example" in m.as_string()]


def test_each_lesson_has_a_test_of_its_name() -> None:
    tests = Path(__file__).parents[1]
    names = [
        n for path in tests.rglob("test_*.py") for n in re.findall(r"^def (test_lesson_\w+)", path.read_text(), re.M)
    ]
    kept = {int(n) for name in names for n in re.findall(r"(?<=lesson_)\d+|(?<=_and_)\d+", name)}
    assert kept == set(range(1, LESSONS + 1))
