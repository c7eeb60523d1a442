"""Whatever comes by mail: a reading, none, or Unreadable; nothing else is raised."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.documents import docx
from parsers.forms import Unreadable, read_body, read_document
from tests.documents import made
from tests.forms.filled import HUB, MEMO
from tests.forms.generate import hub, memo, pdf
from tests.forms.kinds.acro import acro
from tests.forms.kinds.marked import marked
from tests.forms.kinds.printed import printed
from tests.forms.test_bodies import RETYPED

WRITTEN = date(2014, 11, 18)
FILES = (
    memo(MEMO),
    hub(HUB),
    pdf([(50, 60 + 20 * n, line) for n, line in enumerate(RETYPED.split("\n")) if line.isascii()]),
    RETYPED.encode(),
    made.odt(docx.read(memo(MEMO))),
    made.rtf(docx.read(hub(HUB))),
    made.doc(docx.read(memo(MEMO))),
    acro(docx.read(memo(marked(MEMO))), "drawn"),
    acro(docx.read(hub(HUB)), "xfa"),
    printed(docx.read(hub(HUB))),
)


SCRAPS = [
    *RETYPED.split("\n"), "Child 2", "Hub referral", "<table><tr><td>", "Yes / No", "\t", "…", "☒", "İ\0ß",
    "Title: Ms   Title: Mr", "Parent 1", "Parent 2", "</td><td>",
]  # fmt: skip
FILLERS = ("Surname: ", " ", "\n", "\n \n", ".", "Yes / No ", "☐", "\t", "Click here ", "Mobile no ", "1. ", "> ")


def reads(data: bytes) -> None:
    try:
        read_document(data, "a", written=WRITTEN)
    except Unreadable as problem:
        assert str(problem).endswith(".")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2_000), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"{\\rtf1 "]))
def test_any_bytes(data: bytes, start: bytes) -> None:
    reads(start + data)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(FILES),
    st.integers(0, 1000).map(lambda n: n / 1000),
    st.lists(st.tuples(st.integers(0, 999).map(lambda n: n / 1000), st.integers(1, 255)), max_size=12),
)
def test_a_form_cut_short_or_with_bytes_changed(data: bytes, kept: float, flips: list[tuple[float, int]]) -> None:
    changed = bytearray(data[: int(len(data) * kept)] if kept < 0.9 else data)
    for place, bits in flips:
        if changed:
            changed[int(place * len(changed))] ^= bits
    reads(bytes(changed))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(SCRAPS), max_size=40),
    st.text(max_size=50),
)
def test_any_text(lines: list[str], more: str) -> None:
    text = "\n".join([*lines, more])
    read_body(text, None, written=WRITTEN)
    read_body("", text, written=WRITTEN)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("filler", FILLERS)
def test_a_mail_of_a_megabyte_takes_seconds_at_most(filler: str) -> None:
    much = filler * (1_000_000 // len(filler))
    for label in ("SEN:", "Notes:", "Hub referral\nTitle:  Title:"):
        read_body(f"CME referral\nSurname: Okonjo\nDOB: 9.3.05\nUPN:\n{label} {much}", None, written=WRITTEN)
    read_body("", f"<p>{much}</p>", written=WRITTEN)
