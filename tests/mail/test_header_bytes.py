"""8-bit bytes in a header, which no standard allows and every mailbox sees: what is read of them can be stored."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from parsers.reader import read_mail
from parsers.reading import MailReading

RECEIVED = datetime(2014, 11, 12, 10, 1, tzinfo=UTC)
HEADERS = (
    "Message-ID: <\u00fc1@harebell.example>", "In-Reply-To: <\u00fc2@harebell.example>",
    "References: <1@harebell.example> <\u00fc3@harebell.example>", "Subject: J\u00fcrgen", "Thread-Topic: J\u00fcrgen",
    "Thread-Index: \u00fc", "From: J\u00fcrgen <\u00fc@harebell.example>", "To: \u00fc@harebell.example",
    "Date: \u00fc",
    "Authentication-Results: mx.\u00fc; dmarc=pass header.from=\u00fc", "List-Id: <\u00fc>", "Auto-Submitted: \u00fc",
    "X-Failed-Recipients: \u00fc@harebell.example", "Content-Type: text/plain; charset=\u00fc; name=\u00fc",
    "Content-Disposition: attachment; filename=\u00fc.docx", "Content-Transfer-Encoding: \u00fc", "X-CME-Key: \u00fc",
    "Return-Path: <\u00fc>", "Precedence: \u00fc", "Content-ID: <\u00fc>", "X-MS-Exchange-Organization-AuthAs: \u00fc",
)  # fmt: skip


@pytest.mark.parametrize("header", HEADERS, ids=lambda h: h.partition(":")[0])
@pytest.mark.parametrize("charset", ["latin-1", "utf-8"])
def test_whatever_stands_in_a_header_can_be_stored(header: str, charset: str) -> None:
    head = ["From: office@harebell.example", header] if not header.startswith("From") else [header]
    raw = ("\r\n".join(head) + "\r\n\r\nOur pupil Wren Tolliver is not in school.\r\n").encode(charset)
    reading = read_mail(raw, received=RECEIVED)
    assert msgspec.json.decode(msgspec.json.encode(reading), type=MailReading) == reading
    assert reading.text.strip() or reading.attachments


def test_nor_does_a_report_name_what_cannot_be_looked_up() -> None:
    raw = (
        "From: MAILER-DAEMON@harebell.example\r\nReturn-Path: <>\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        "--B\r\n\r\nIt could not be delivered.\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822;\u00fc@harebell.example\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; \u00fc\r\n\r\n"
        "--B\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <\u00fc@council.example>\r\nX-CME-Key: \u00fc\r\n"
        "\r\nx\r\n--B--\r\n"
    ).encode("latin-1")
    reading = read_mail(raw, received=RECEIVED)
    assert reading.kind == "bounce"
    assert msgspec.json.encode(reading)
