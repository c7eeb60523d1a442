"""Which mails a machine wrote, and which only look so."""

from __future__ import annotations

import pytest

from parsers.mail import headers, walk
from parsers.mail.machine import Machine, judge


def judged(header: str, subject: str = "A pupil", body: str = "Hello.") -> Machine:
    raw = f"From: Pat <office@harebell.example>\nSubject: {subject}\n{header}\n\n{body}\n".replace("\n\n\n", "\n\n")
    mail = walk.walk(raw.encode())
    return judge(mail, headers.read(mail.message))


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Auto-Submitted: auto-replied", "auto-reply"),
        ("Auto-Submitted: auto-generated", "notification"),
        ("Precedence: auto_reply", "auto-reply"),
        ("Precedence: bulk", "notification"),
        ("X-Autoreply: yes", "auto-reply"),
        ("List-Id: <staff.harebell.example>", "notification"),
        ("Return-Path: <>", "notification"),
        ("Return-Path: <>\nX-Auto-Response-Suppress: All", "auto-reply"),
        ("X-CME-Key: 0123456789", "notification"),
        ("Content-Type: text/calendar; method=REQUEST", "notification"),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=b", "bounce"),
        ("Content-Type: multipart/report; report-type=disposition-notification; boundary=b", "notification"),
        ("X-Failed-Recipients: gone@harebell.example", "bounce"),
    ],
)
def test_a_machine_is_known_by_its_headers(header: str, kind: str) -> None:
    found = judged(header)
    assert found.kind == kind
    assert found.reason


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: no",
        "X-Auto-Response-Suppress: OOF",
        "Return-Path: <office@harebell.example>",
        "Precedence: normal",
    ],
)
def test_a_person_stays_a_person(header: str) -> None:
    assert judged(header) == Machine()


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Missing pupil",
        "Out of Office: back on Monday",
        "Abwesenheitsnotiz: AW: Schule",
        "=?utf-8?q?R=C3=A9ponse_automatique_=3A_absence?=",
        "=?utf-8?q?Odpowied=C5=BA_automatyczna=3A_sprawa?=",
        "=?utf-8?b?0JDQstGC0L7QvNCw0YLQuNGH0L3QsCDQstGW0LTQv9C+0LLRltC00Yw=?=: x",
        "Automatinis atsakymas: mokinys",
        "[EXTERNAL] Automatic reply: Missing pupil",
        "EXTERNAL: [Ext] Out of office: back on Monday",
    ],
)
def test_away_in_several_tongues(subject: str) -> None:
    assert judged("", subject).kind == "auto-reply"


@pytest.mark.parametrize(
    "subject",
    ["Re: Automatic reply: Missing pupil", "[EXT] Re: Automatic reply: x", "Office hours", "Absence of a pupil"],
)
def test_a_person_who_writes_about_absence(subject: str) -> None:
    assert judged("", subject).kind == ""


def test_exchange_says_that_a_mail_was_not_delivered_where_a_gateway_has_taken_its_report_apart() -> None:
    nobody = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@harebell.example"
    mail = walk.walk(f"From: <{nobody}>\nSubject: [EXTERNAL] Undeliverable: A pupil\n\nIt was not found.\n".encode())
    assert judge(mail, headers.read(mail.message)).kind == "bounce"
