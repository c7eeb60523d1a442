"""Mails as no standard has them and every mailbox does: each counts, once, and none keeps back another."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from bot.arrivals.arrival import Arrival
from bot.arrivals.verdict import Verdict
from bot.cases.casework import Casework
from bot.running import ticks
from tests.stories.story import SCHOOL, Story

POLICE = "enquiries@police.example"


def enquired(story: Story, surname: str, day: str) -> EmailMessage:
    """The police are asked about that child."""
    child = {"child.surname": surname, "child.forenames": f"{surname[:3]}ia", "child.date_of_birth": f"{day} May 2003"}
    story.at(f"2014-11-{day} 10:00").memo({**child, "address.last_known": f"{day} Quarry Steps, Banbury OX16 9ZZ"})
    story.at(f"2014-11-{day} 12:00").reply("tracking-officer", "Nothing on the database.", "database-check")
    return story.bot_asks("police", "agency-enquiry")


def bare(asked: EmailMessage, text: str) -> bytes:
    """A reply by a program that writes no Message-ID."""
    head = (
        "Authentication-Results: mx.council.example; dmarc=pass header.from=police.example",
        f"From: {POLICE}", f"Subject: Re: {asked['Subject']}", f"In-Reply-To: {asked['Message-ID']}",
    )  # fmt: skip
    return ("\r\n".join(head) + f"\r\n\r\n{text}\r\n").encode()


def test_the_same_words_about_two_children_are_two_mails_though_neither_has_a_message_id(story: Story) -> None:
    first = enquired(story, "Tregenza", "12")
    second = enquired(story, "Boxgrove", "13")
    story.at("2014-11-14 10:00").drop(bare(first, "No trace."))
    story.at("2014-11-14 10:30").drop(bare(second, "No trace."))
    assert [story.events(n).count("agency.no-trace") for n in (0, 1)] == [1, 1]
    story.at("2014-11-14 11:00").drop(bare(second, "No trace."), "hub.north")
    assert story.events(1).count("agency.no-trace") == 1, "that one did come twice"


def test_an_8_bit_byte_in_a_message_id_stops_no_mailbox(story: Story) -> None:
    text = "Our pupil Ines Carvalho, born 4 May 2005, has not been in school."
    for name in ("Message-ID", "In-Reply-To", "References"):
        mail = f"From: {SCHOOL}\r\n{name}: <\u00fc@x.example>\r\n\r\n{text} {name}\r\n".encode("latin-1")
        (story.folder / "mail" / "missing.pupils" / "new" / name).write_bytes(mail)
    story.at("2014-11-26 10:00").memo()
    assert not list((story.folder / "mail/missing.pupils/new").iterdir())
    assert {case["child"]["surname"] for case in story.cases} == {"Carvalho", "Tregenza"}


def test_a_mail_of_which_not_even_the_reading_can_be_stored_is_set_aside_by_its_bytes(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ticks.take

    def fragile(work: Casework, arrival: Arrival) -> Verdict:
        if "poison" in arrival.reading.text:
            object.__setattr__(arrival.reading, "subject", "half a character: \udcfc")
        return real(work, arrival)

    monkeypatch.setattr(ticks, "take", fragile)
    inbox = story.folder / "mail" / "missing.pupils" / "new"
    (inbox / "1").write_text(f"From: {SCHOOL}\nMessage-ID: <1@x.example>\nSubject: x\n\npoison\n", "utf-8")
    story.at("2014-11-26 10:00").memo()
    assert len(story.cases) == 1 and not list(inbox.iterdir())
    assert ["UnicodeEncodeError" in why for why in story.quarantine] == [True]
    assert story.at("2014-11-27 07:00").look().out, "and the next day begins as ever"


def test_an_address_in_the_name_of_a_file_that_cannot_be_opened_is_in_no_digest(story: Story) -> None:
    text = "The address on the form is confidential: the mother fled to a refuge."
    names = ("Ines Carvalho 9 Nightjar Mews LE3 0BQ.docx", "Ines_Carvalho_14_Swift_Lane.docx")
    story.at("2014-11-26 10:00").mails(SCHOOL, text, files=dict.fromkeys(names, b"PK\x03\x04 damaged"))
    story.at("2014-11-27 07:00").look()
    digests = [str(mail) for mail in story.out if mail["X-CME-Rule"] == "digest"]
    assert any("Ines Carvalho" in one for one in digests), "a person sees that a file waits"
    parts = [part for mail in story.sent for part in mail.walk() if not part.is_multipart()]
    shown = "".join(str(part.get_content()) for part in parts)
    assert "Ines Carvalho" in shown and not any(word in shown for word in ("Nightjar", "LE3", "Swift"))
