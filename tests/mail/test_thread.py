"""By what an answer is known."""

from __future__ import annotations

import pytest

from parsers.mail import headers, thread, walk
from parsers.reading import Thread


def clues(subject: str, new: str = "", text: str = "", header: str = "") -> Thread:
    mail = walk.walk(f"From: a@harebell.example\nSubject: {subject}\n{header}\n\nx".encode())
    return thread.read(headers.read(mail.message), new, text or new)


@pytest.mark.parametrize(
    "subject",
    [
        "Re: A pupil [CME-2026-00042 K7QF-2MXA-9T]",
        "RE: A pupil [cme-2026-00042 k7qf-2mxa-9t]",
        "AW: [CME-2026-00042 K7QF2MXA9T]",
        "Re: [CME-2026-00042 K7QF 2MXA 9T]",
        "Re: CME 2026 00042 K7QF–2MXA–9T",
    ],
)
def test_the_subject_holds_case_and_code(subject: str) -> None:
    assert clues(subject) == Thread(("K7QF2MXA9T",), (), ("CME-2026-00042",))


def test_typed_o_and_i_are_zero_and_one() -> None:
    assert clues("[CME-2026-00042 OIL0-2MXA-9T]").codes == ("01102MXA9T",)


def test_subject_first_then_new_text_then_the_last_line_of_the_quote() -> None:
    found = clues(
        "[CME-2026-00001 AAAA-AAAA-A1]",
        "my code is BBBB-BBBB-B2",
        "my code is BBBB-BBBB-B2\n> CCCC-CCCC-C3\n> DDDD-DDDD-D4",
    )
    assert found.codes == ("AAAAAAAAA1", "BBBBBBBBB2", "DDDDDDDDD4")


@pytest.mark.parametrize(
    "text",
    [
        "attendance was poor",
        "that been no good",
        "call 01632 960 123",
        "UPN A123456789012",
        "call 0770 0900 12",
        "2014-11-12",
    ],
)
def test_words_and_numbers_are_no_codes(text: str) -> None:
    assert clues("A pupil", text).codes == ()


def test_the_topic_that_outlook_keeps_comes_after_what_is_written_now() -> None:
    topic = "Thread-Topic: =?utf-8?q?=5BCME-2026-00007_K7QF-2MXA-9T=5D_Caf=C3=A9?="
    found = clues("Your enquiry", "my code is BBBB-BBBB-B2", "BBBB-BBBB-B2\n> CCCC-CCCC-C3", topic)
    assert found.codes == ("BBBBBBBBB2", "K7QF2MXA9T", "CCCCCCCCC3")
    assert found.references == ("CME-2026-00007",) and not found.quoted_only


@pytest.mark.parametrize(
    ("subject", "new", "header", "only"),
    [
        ("Another pupil", "", "", True),
        ("Re: [CME-2026-00001]", "", "", False),
        ("Another pupil", "About CME-2026-00001.", "", False),
        ("Another pupil", "", "Thread-Topic: [CME-2026-00001 AAAA-AAAA-A1]", False),
    ],
)
def test_what_stands_nowhere_but_in_the_quote(subject: str, new: str, header: str, only: bool) -> None:
    assert clues(subject, new, f"{new}\n> [CME-2026-00001 CCCC-CCCC-C3]", header).quoted_only is only


def test_what_quotes_nothing_of_ours_is_not_known_by_a_quote() -> None:
    assert not clues("A pupil", "Hello", "Hello\n> Good morning").quoted_only


def test_in_reply_to_first_then_the_last_references() -> None:
    many = " ".join(f"<r{n}@a.example>" for n in range(9))
    found = clues("x", header=f"In-Reply-To: <mine@a.example>\nReferences: {many}")
    assert found.message_ids == ("<mine@a.example>", *(f"<r{n}@a.example>" for n in (8, 7, 6, 5, 4)))
