"""Mails too large for a file in the corpus: refused before a parser sees them, or read at a cost that grows slowly."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from parsers.mail import limits
from parsers.reader import read_mail
from parsers.reading import MailReading

RECEIVED = datetime(2014, 11, 11, 9, 31, tzinfo=UTC)
HEAD = b"From: office@harebell.example\r\nSubject: A pupil\r\nMessage-ID: <1@harebell.example>\r\n"
PUPIL = b"Our pupil Wren Tolliver has not been in school since Monday.\r\n"


def read(raw: bytes) -> MailReading:
    return read_mail(raw, received=RECEIVED)


def attached(size: int) -> bytes:
    line = b"QUJD" * 19 + b"\r\n"
    return (
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n' + PUPIL
        + b'--b\r\nContent-Type: application/zip; name="photos.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + line * (size // len(line)) + b"--b--\r\n"
    )  # fmt: skip


def test_forty_megabytes_are_read_and_the_file_is_for_a_person() -> None:
    reading = read(attached(40_000_000))
    assert reading.new_text == PUPIL.decode().strip() and reading.attachments[0].size > 29_000_000


def test_beyond_the_cap_it_is_not_parsed_but_named() -> None:
    reading = read(attached(limits.MAX_BYTES + 1))
    assert reading.kind == "unreadable" and "MB" in reading.remarks[0]
    assert reading.sender and reading.message_id == "<1@harebell.example>"


def test_five_thousand_recipients() -> None:
    to = b"To: " + b",\r\n ".join(b"person%d@harebell.example" % n for n in range(5000)) + b"\r\n"
    reading = read(HEAD + to + b"\r\n" + PUPIL)
    assert reading.new_text == PUPIL.decode().strip() and len(reading.to) <= 200


@pytest.mark.parametrize(
    "made",
    [
        lambda n: HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * n,
        lambda n: HEAD + b"X-Spam: y\r\n" * n + b"\r\n" + PUPIL,
        lambda n: HEAD + b"Content-Type: text/plain" + b"; a=b" * n + b"\r\n\r\n" + PUPIL,
        lambda n: b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(n // 10)
        ),
    ],
    ids=["parts", "header lines", "parameters", "nesting"],
)
def test_a_hundred_thousand_of_anything_is_refused(made: Callable[[int], bytes]) -> None:
    reading = read(made(100_000))
    assert reading.kind == "unreadable" and any("safely" in r for r in reading.remarks), reading.remarks


@pytest.mark.parametrize(
    "made",
    [
        lambda n: HEAD + b"References: " + b"<a@b.example> " * n + b"\r\n\r\n" + PUPIL,
        lambda n: HEAD + b"To: " + b'"' * n + b"a@b.example\r\n\r\n" + PUPIL,
        lambda n: HEAD + b"Subject: " + b"=?utf-8?q?" * n + b"\r\n\r\n" + PUPIL,
        lambda n: HEAD + b"\r\n" + b"> " * n + PUPIL,
        lambda n: HEAD + b"Auto-Submitted: auto-replied\r\n\r\n" + b"contact until " * n,
        lambda n: HEAD + b"X-Failed-Recipients: a@b.example\r\n\r\n" + b"X-CME-Key: A user unknown 550\n" * (n // 4),
    ],
    ids=["references", "quotes in To", "encoded words", "quoted text", "absence", "bounce"],
)
def test_the_cost_grows_with_the_mail_and_not_with_its_square(made: Callable[[int], bytes]) -> None:
    read(made(100))  # whatever is loaded at the first time
    short, long = (min(_seconds(made(n)) for _ in range(3)) for n in (1500, 12_000))
    assert long < 25 * short + 0.2, f"eight times the mail costs {long / short:.0f} times as much"


def _seconds(raw: bytes) -> float:
    start = time.process_time()
    read(raw)
    return time.process_time() - start


def test_many_parts_are_not_held_many_times() -> None:
    tracemalloc.start()
    read(attached(8_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * 8_000_000, f"{peak / 1e6:.0f} MB for a mail of 8"
