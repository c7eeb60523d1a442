"""Whole mails read: forms in bodies and attachments, cover letters, answers, forwards, alarms."""

from __future__ import annotations

import random
import time
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.contract import reading_json
from parsers.reader import read_mail
from parsers.reading import MailReading

MAILS = Path(__file__).parent.parent / "corpus" / "mail"
RECEIVED = datetime(2014, 11, 12, 10, 1, tzinfo=UTC)
MEMO = """MISSING CHILDREN MEMO - Enquiries to administrator
Enquiry from -
Name: Mr P. Quill
Address: Harebell Primary School, Long Lane
Telephone: 01632 960123
Email: office@harebell.example
Date of Enquiry: 12 November 2014
Name of Child
Surname: {surname}   First Name: {first}
DOB: 3 May 2003   School last attended: Harebell Primary School
UPN No:    SEN: No
Parent / Carer: Ms T. {surname}
Last known address: 4 Mill Row, Thame OX9 3ZZ
Address believed to have moved to:
Local Authority:
Any other information, including last date of attendance: {other}
"""


def memo(surname: str = "Tolliver", first: str = "Wren", other: str = "Moved house.") -> str:
    return MEMO.format(surname=surname, first=first, other=other)


def mail(text: str, subject: str = "A pupil", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Pat Quill <office@harebell.example>"
    message["To"] = "missing.pupils@council.example"
    message["Subject"] = subject
    message["Message-ID"] = "<1@harebell.example>"
    message["Date"] = "Wed, 12 Nov 2014 10:00:00 +0000"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def read(message: EmailMessage) -> MailReading:
    return read_mail(message.as_bytes(), received=RECEIVED)


def surnames(reading: MailReading) -> list[str | None]:
    return [r.fields["child.surname"].value for r in reading.referrals]


def test_a_form_typed_into_the_mail_is_a_referral() -> None:
    reading = read(mail(memo()))
    assert reading.kind == "referral"
    assert surnames(reading) == ["Tolliver"]
    assert reading.concerns == ()
    assert reading.child is None


def test_the_free_text_of_a_form_raises_the_alarm() -> None:
    reading = read(mail(memo(other="Neighbours heard him scream. He had bruises on his neck.")))
    assert any("bruises" in c.quote for c in reading.concerns)


def test_the_cover_letter_adds_what_the_form_does_not_say() -> None:
    reading = read(mail("Dear team, last attended 3 October 2014.\n\n" + memo()))
    assert reading.referrals[0].fields["attendance.last_day"].value == "2014-10-03"


def test_two_forwarded_mails_with_a_form_each_are_two_children() -> None:
    message = mail("Two for you.")
    message.add_attachment(mail(memo("Tolliver", "Wren")))
    message.add_attachment(mail(memo("Starkey", "Ivo")))
    reading = read(message)
    assert surnames(reading) == ["Tolliver", "Starkey"]
    assert [r.fields["child.forenames"].value for r in reading.referrals] == ["Wren", "Ivo"]
    assert reading.sender and reading.sender.address == "office@harebell.example"


def test_the_same_form_in_body_and_attached_mail_is_one() -> None:
    message = mail(memo())
    message.add_attachment(mail(memo()))
    assert surnames(read(message)) == ["Tolliver"]


def test_an_answer_does_not_refer_again_what_it_quotes() -> None:
    quoted = "\n".join("> " + line for line in memo().splitlines())
    answer = mail(f"No trace.\n\nOn Wed, 12 Nov 2014, CME wrote:\n{quoted}", In_Reply_To="<ask@council.example>")
    reading = read(answer)
    assert reading.kind == "reply"
    assert reading.referrals == ()


def test_a_forward_passes_the_form_on() -> None:
    quoted = "\n".join("> " + line for line in memo().splitlines())
    forward = mail(
        f"For you.\n\nOn Wed, 12 Nov 2014, Pat wrote:\n{quoted}", "Fwd: x", References="<x@harebell.example>"
    )
    assert surnames(read(forward)) == ["Tolliver"]


def test_a_forwarded_letter_is_heard_but_has_no_author() -> None:
    text = (
        "For you.\n\n---------- Forwarded message ----------\nFrom: Boss <boss@council.example>\n"
        "Date: Tue, 11 Nov 2014\nSubject: a boy\n\nThere is a boy, Ivo Starkey, who goes to no school. "
        "He is frightened of his father.\n"
    )
    reading = read(mail(text, "Fwd: a boy"))
    assert reading.new_text == "For you."
    assert reading.sender and reading.sender.address == "office@harebell.example"
    assert [c.quote for c in reading.concerns] == ["He is frightened of his father."]
    assert reading.child and reading.child.surname == "Starkey"


@pytest.mark.parametrize("subject", ["FW: a boy", "[EXTERNAL] FW: a boy", "EXTERNAL: WG: a boy"])
def test_a_gateways_tag_before_the_subject_hides_no_forward(subject: str) -> None:
    text = (
        "For you.\n\nFrom: Boss <boss@council.example>\nSent: 11 November 2014\nTo: Us\nSubject: a boy\n\n"
        "There is a boy, Ivo Starkey. He is frightened of his father.\n"
    )
    reading = read(mail(text, subject))
    assert [c.quote for c in reading.concerns] == ["He is frightened of his father."]


def test_a_letter_about_a_child() -> None:
    reading = read(mail("We have a girl of about 8, Amina Diallo, who does not seem to go to any school."))
    assert reading.kind == "other"
    assert reading.child and (reading.child.forenames, reading.child.surname) == ("Amina", "Diallo")


def test_a_picture_in_a_signature_is_not_the_matter_of_the_mail() -> None:
    message = mail("Wren Tolliver has left our school.")
    message.add_attachment(b"\x89PNG" + b"0" * 900, maintype="image", subtype="png", filename="image001.png")
    reading = read(message)
    assert reading.kind == "other"
    assert reading.attachments[0].verdict == "a small picture"


def test_what_cannot_be_read_waits_for_a_person() -> None:
    message = mail("Please see attached.")
    message.add_attachment(b"\x00\x01\x02" * 9000, maintype="application", subtype="pdf", filename="form.pdf")
    reading = read(message)
    assert reading.kind == "unreadable"
    assert reading.attachments[0].verdict


def test_the_json_of_the_contract() -> None:
    shown = reading_json(read(mail(memo())), "a.eml")
    assert shown["file"] == "a.eml"
    assert {"from", "subject", "date", "new_text", "attachments", "concerns", "kind"} <= shown["message"].keys()
    assert shown["referrals"][0]["form"] == "cme-referral"
    assert shown["referrals"][0]["fields"]["child.surname"].keys() == {"value", "raw", "confidence", "source"}
    assert shown["rosters"] == []


def test_the_day_of_writing_is_the_arrival_where_the_date_is_absurd() -> None:
    raw = mail("x").as_bytes().replace(b"12 Nov 2014", b"12 Nov 2034")
    assert read_mail(raw, received=RECEIVED).date == datetime(2034, 11, 12, 10, 0, tzinfo=UTC)
    from parsers.reader import _written

    assert _written(datetime(2034, 11, 12, tzinfo=UTC), RECEIVED) == date(2014, 11, 12)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(MAILS.glob("*.eml"))), st.randoms(use_true_random=False))
def test_no_mail_beats_the_reader(path: Path, chance: random.Random) -> None:
    raw = bytearray(path.read_bytes()[:20_000])
    for _ in range(chance.randint(1, 12)):
        at = chance.randint(0, max(0, len(raw) - 1))
        raw[at : at + chance.randint(0, 40)] = chance.choice(
            [b"", b"\r\n", b"\x00", b"=?", b'"', b"(", b"--xyz", b"\xff"]
        )
    reading = read_mail(bytes(raw), received=RECEIVED)
    assert not any("could not be read (" in r for r in reading.remarks), reading.remarks


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3000))
def test_no_bytes_beat_the_reader(raw: bytes) -> None:
    assert not any("could not be read (" in r for r in read_mail(raw, received=RECEIVED).remarks)


def test_an_ordinary_mail_takes_a_few_milliseconds() -> None:
    raw = mail("Not on roll here.\n\nKind regards\nPat").as_bytes()
    read_mail(raw, received=RECEIVED)
    start = time.perf_counter()
    for _ in range(20):
        read_mail(raw, received=RECEIVED)
    assert (time.perf_counter() - start) / 20 < 0.05
