"""Containers with bytes changed or missing: opened or not, they say so, and nothing else is raised."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.mail.carried import FilePart, Room
from parsers.mail.containers import opened
from parsers.mail.mapi import unpacked_rtf
from parsers.mail.tnef import SIGNATURE
from tests.mail import outlook
from tests.mail.test_containers import FINN, WREN, zipped

WHOLE = (
    outlook.msg("Wren", "Hi", [("a.docx", WREN)], [outlook.tree("Finn", "x", [("b.docx", FINN)])]),
    outlook.winmail([("a.docx", WREN), ("b.docx", FINN)], rb"{\rtf1 Surname: Bos}"),
    zipped(("a.docx", WREN), ("b.zip", zipped(("c.docx", FINN)))),
)


def opens(data: bytes) -> None:
    room = Room()
    found = opened(FilePart("a", "", data), room)
    assert room.bytes >= 0 and all(f.name and (f.data or f.trouble) for f in found.files)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(range(3)),
    st.integers(0, 1000).map(lambda n: n / 1000),
    st.lists(st.tuples(st.integers(0, 999).map(lambda n: n / 1000), st.integers(1, 255)), max_size=12),
)
def test_cut_short_or_with_bytes_changed(which: int, kept: float, flips: list[tuple[float, int]]) -> None:
    data = WHOLE[which]
    changed = bytearray(data[: max(1, int(len(data) * kept))] if kept < 0.9 else data)
    for place, bits in flips:
        changed[int(place * len(changed))] ^= bits
    opens(bytes(changed))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([SIGNATURE, SIGNATURE + b"\0\0", outlook.winmail([])]), st.binary(max_size=2_000))
def test_any_attributes(start: bytes, data: bytes) -> None:
    opens(start + data)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=500))
def test_any_packed_text(data: bytes) -> None:
    unpacked_rtf(len(data).to_bytes(4, "little") + b"\xff\xff\0\0LZFu\0\0\0\0" + data)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=3_000))
def test_what_is_packed_unpacks_to_the_same(rtf: bytes) -> None:
    assert unpacked_rtf(outlook.packed_rtf(rtf)) == rtf
