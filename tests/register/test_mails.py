from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.register.errors import RegisterError
from bot.register.register import Register
from bot.register.rows import Place
from parsers.reading import (
    Address,
    Attachment,
    Authentication,
    ChildMention,
    Concern,
    FieldValue,
    MailReading,
    Problem,
    Referral,
    Thread,
)
from tests.register.rows import mail

FIELDS = {"surname": FieldValue("Oakley", "OAKLEY", 0.9, "R1C1")}
READING = MailReading(
    identity="one",
    message_id="<1@primary.example>",
    sender=Address("office@primary.example", "The Office"),
    senders=1,
    to=("missing.pupils@borough.example",),
    subject="Näme",
    date=datetime(2026, 3, 4, 9, 30, tzinfo=UTC),
    text="all of it",
    new_text="it",
    kind="referral",
    machine="",
    authentication=Authentication("mx.borough.example", "pass", "primary.example"),
    thread=Thread(("K7QF2MXA9T",), ("<2@borough.example>",), ("CME-2026-00001",)),
    attachments=(Attachment("form.docx", "application/msword", 5, "00ff", "hub-referral"),),
    concerns=(Concern("he is not safe", "harm"),),
    referrals=(
        Referral(
            "hub-referral",
            {"surname": FieldValue("Oakley", "OAKLEY", 0.9, "R1C1")},
            (Problem("upn", "no check letter"),),
        ),
    ),
    child=ChildMention("Oakley", "Wren", date(2015, 2, 3)),
    remarks=("one part was passed over",),
)


def test_raw_bytes_and_reading_come_back_whole(register: Register) -> None:
    raw = bytes(range(256)) * 300
    with register.begin() as unit:
        number = unit.add_mail(replace(mail("one"), raw=raw, reading=READING, trust=2))
    with register.read() as past:
        assert past.raw_mail(number) == raw
        assert past.reading(number) == READING
        found = past.mail_by_identity("one")
    assert found is not None
    assert (found.id, found.trust, found.seen, found.state) == (number, 2, False, "done")


def test_one_identity_is_one_mail(register: Register) -> None:
    with register.begin() as unit:
        unit.add_mail(mail("one"))
    with pytest.raises(Exception, match="UNIQUE"), register.begin() as unit:
        unit.add_mail(mail("one"))


def test_one_message_id_may_be_several_mails(register: Register) -> None:
    with register.begin() as unit:
        for identity in ("one", "two"):
            unit.add_mail(mail(identity, message_id="<again@primary.example>"))
        found = unit.mails_by_message_id("<again@primary.example>")
    assert [row.identity for row in found] == ["one", "two"]


def test_quarantine_is_shown_until_a_person_has_dealt_with_it(register: Register) -> None:
    with register.begin() as unit:
        number = unit.add_mail(mail("one", state="quarantined", why="no one can read it"))
        unit.add_mail(mail("two"))
        assert [row.id for row in unit.quarantined()] == [number]
        unit.mark_seen(number)
        assert unit.quarantined() == []
        unit.set_mail_state(number, "quarantined", "again")
        assert [row.why for row in unit.quarantined()] == ["again"]


def test_a_mail_that_is_not_there_cannot_be_changed(register: Register) -> None:
    with pytest.raises(RegisterError, match="no mail 7"), register.begin() as unit:
        unit.mark_seen(7)
    with pytest.raises(KeyError), register.read() as past:
        past.raw_mail(7)


def test_places_are_unmoved_until_they_are_moved(register: Register) -> None:
    with register.begin() as unit:
        number = unit.add_mail(mail("one"))
        here = Place("missing.pupils", "INBOX", 3, "17", number, "quarantine")
        unit.add_place(here)
        unit.add_place(replace(here, mailbox="hub"))
        assert unit.unmoved("missing.pupils") == [here]
        unit.moved(here)
        assert unit.unmoved("missing.pupils") == []
        assert len(unit.unmoved("hub")) == 1


def test_a_place_used_again_is_of_the_mail_that_lies_there_now(register: Register) -> None:
    with register.begin() as unit:
        first, second = unit.add_mail(mail("one")), unit.add_mail(mail("two"))
        here = Place("missing.pupils", "INBOX", 0, "letter", first)
        unit.add_place(here)
        unit.moved(here)
        unit.add_place(replace(here, mail_id=second))
        assert [place.mail_id for place in unit.unmoved("missing.pupils")] == [second]
