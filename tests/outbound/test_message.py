"""The bytes of a mail, read back by the standard library's strict parser."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from outbound.message import BadHeader, Envelope, serialise

NOW = datetime(2014, 11, 13, 9, tzinfo=UTC)


def envelope(**more: object) -> Envelope:
    values: dict[str, object] = {
        "from_": ("CME team", "hub.north@council.example"), "to": ("", "jo@school.example"), "subject": "Hello",
        "date": NOW, "message_id": "<1@council.example>", **more,
    }  # fmt: skip
    return Envelope(**values)  # type: ignore[arg-type]


def read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    assert not any(header.defects for header in message.values())
    return message


def test_what_is_written_is_read_back() -> None:
    text, html = "First line\n\nŻofia's form = 100%\n.\nFrom here\n", "<p>é" + "x" * 2000 + "</p>"
    mail = read(serialise(envelope(), text, html))
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert plain.get_content().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
    assert rich.get_content().strip() == html


def test_every_line_is_short_ascii_and_ends_in_crlf() -> None:
    raw = serialise(
        envelope(subject="é" * 120, references=tuple(f"<{n}@x.example>" for n in range(20))), "ż" * 900, "<p>"
    )
    assert raw.isascii()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "name", ['O\'Brien, "Jo" <x>', "Żofia Ćwik-Łęska, Hub manager", "Plain Name", "a\\b", "=?utf-8?q?x?="]
)
def test_a_display_name_survives_whatever_it_holds(name: str) -> None:
    to = read(serialise(envelope(to=(name, "jo@school.example")), "", ""))["To"].addresses
    assert [(one.display_name, one.addr_spec) for one in to] == [(name, "jo@school.example")]


def test_a_subject_beyond_ascii_and_one_that_looks_encoded() -> None:
    for subject in ("Wójcik – größte Frage zum Überblick über alles, was wir heute fragen", "=?utf-8?q?Hello?="):
        assert read(serialise(envelope(subject=subject), "", ""))["Subject"] == subject


@pytest.mark.parametrize(
    "bad",
    [
        {"subject": "Hello\r\nBcc: thief@evil.example"},
        {"subject": "Hello\nX: y"},
        {"to": ("Jo\nBcc: thief@evil.example", "jo@school.example")},
        {"to": ("", "jo@school.example\r\nBcc: thief@evil.example")},
        {"to": ("", "jo@school.example, thief@evil.example")},
        {"to": ("", "")},
        {"message_id": "<1@council.example>\r\nBcc: thief@evil.example"},
        {"message_id": "no brackets"},
        {"in_reply_to": "<a b@c>"},
        {"extra": (("X-CME-Key", "7f\u2028Bcc: thief@evil.example"),)},
    ],
)
def test_a_header_cannot_be_smuggled_in(bad: dict[str, object]) -> None:
    with pytest.raises(BadHeader, match="was not made"):
        serialise(envelope(**bad), "", "")
