"""Word documents of 1997 to 2003, made piece by piece."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.documents import doc
from parsers.documents.doc_bytes import Block
from parsers.documents.doc_pieces import Piece, pieces
from parsers.documents.doc_properties import look, paragraph, sprms
from parsers.documents.layout import EMPTY, TICKED, Unreadable
from tests.documents.made import IN_TABLE, STRUCK, Doc, compound, row_end

SPECIAL = struct.pack("<HB", 0x0855, 1)
DELETED = struct.pack("<HB", 0x0800, 1)


def field(instruction: str, result: str = "", place: int | None = None) -> list[tuple[str, bytes]]:
    held = [("\x01", SPECIAL + struct.pack("<HI", 0x6A03, place))] if place is not None else []
    return [(f"\x13 {instruction} ", b""), *held, (f"\x14{result}\x15", b"")]


def form_field(bits: int, default: int, *entries: str) -> bytes:
    """NilPICFAndBinData with a form field: a picture's head of 68 bytes, then the field."""
    texts = b"\0\0\0\0" * 5 if entries else b""
    held = b"".join(struct.pack("<H", len(e)) + e.encode("utf-16-le") for e in entries)
    listed = struct.pack("<HHH", 0xFFFF, len(entries), 0) + held if entries else b""
    body = struct.pack("<IHHHI", 0xFFFFFFFF, bits, 0, 0, 0)[:-4] + b"\0\0\0\0" + struct.pack("<H", default)
    return struct.pack("<IH", 68 + len(body + texts + listed), 68) + b"\0" * 62 + body + texts + listed


def test_text_in_one_and_two_bytes_with_a_strike_and_a_deletion() -> None:
    made = Doc()
    made.paragraph([("Yes", STRUCK), (" / No", b""), ("gone", DELETED), ("\r", b"")], b"")
    made.paragraph([("Šimon 😀\ttab\vline\x1ex\r", b"")], b"")
    parts = doc.read(made.bytes()).parts
    assert [(p.after, p.text) for p in parts] == [("line", "Yes / No"), ("line", "Šimon 😀"), ("gap", "tab\nline-x")]
    assert parts[0].struck == ((0, 3),)


def test_fields_show_their_result_and_form_fields_their_state() -> None:
    checked, default = form_field(1 | 1 << 2, 0), form_field(1 | 25 << 2, 0)
    chosen = form_field(2 | 1 << 2, 0, "Male", "Female")
    made = Doc()
    made.paragraph(
        [*field("FORMCHECKBOX", place=0), *field("FORMCHECKBOX", place=len(checked)),
         *field("FORMDROPDOWN", place=len(checked + default)), *field("FORMTEXT", "Ringstead"),
         *field('SYMBOL 254 \\f "Wingdings"', "?"), ("(", SPECIAL + struct.pack("<HHH", 0x6A09, 0, 0xF0A8)),
         ("(b)\r", b"")], b"",
    )  # fmt: skip
    read = doc.read(made.bytes(checked + default + chosen)).text()
    assert read == f"{TICKED}{EMPTY}FemaleRingstead{TICKED}{EMPTY}(b)"


def test_rows_end_where_their_mark_says_and_merged_cells_are_one() -> None:
    made = Doc()
    for text in ("a\a", "b\a", "c\a"):
        made.paragraph([(text, b"")], IN_TABLE)
    made.paragraph([("\a", b"")], row_end([1, 2, 3]))
    for text in ("two\r", "lines\a", "\a", "d\a"):
        made.paragraph([(text, b"")], IN_TABLE)
    made.paragraph([("\a", b"")], row_end([1, 2, 3], frozenset({1})))
    made.paragraph([("after\r", b"")], b"")
    said = [(p.text, p.cell and (p.cell.row, p.cell.col, p.cell.span)) for p in doc.read(made.bytes()).parts if p.text]
    assert said == [
        ("a", (0, 0, 1)), ("b", (0, 1, 1)), ("c", (0, 2, 1)),
        ("two", (1, 0, 2)), ("lines", (1, 0, 2)), ("d", (1, 2, 1)), ("after", None),
    ]  # fmt: skip


def test_a_piece_may_be_changed_by_its_own_modifiers() -> None:
    clx = b"\1" + struct.pack("<H", 3) + STRUCK + b"\2" + struct.pack("<I", 28)
    clx += struct.pack("<III", 0, 4, 9) + struct.pack("<HIH", 0, 0x800 * 2 | 1 << 30, 1)
    clx += struct.pack("<HIH", 0, 0x900, 0x57 << 1 | 1 << 8)
    assert pieces(Block(clx)) == [Piece(0, 4, 0x800, 1, STRUCK), Piece(4, 9, 0x900, 2, STRUCK)]


def test_modifiers_of_every_length_are_stepped_over() -> None:
    tabs = struct.pack("<HBB", 0xC615, 255, 1) + b"\0" * 4 + b"\1" + b"\0" * 3
    sizes = b"".join(struct.pack("<H", n << 13) + b"\7" * size for n, size in ((1, 1), (2, 2), (3, 4), (4, 2), (7, 3)))
    group = sizes + tabs + row_end([1]) + STRUCK
    assert look(group).struck
    assert [code for code, _ in sprms(group)][-1] == 0x0837
    assert paragraph(group, Block(b"")).edges.places == (0, 1000)


def test_a_wide_table_lies_in_the_stream_of_data() -> None:
    group = row_end([1, 2])
    data = Block(b"...." + struct.pack("<H", len(group)) + group)
    read = paragraph(struct.pack("<HI", 0x646B, 4), data)
    assert read.ends_row and read.edges.places == (0, 1000, 2000)


def test_a_table_within_a_cell_has_a_level_of_its_own() -> None:
    group = IN_TABLE + struct.pack("<HI", 0x6649, 2) + struct.pack("<HB", 0x244B, 1)
    read = paragraph(group, Block(b""))
    assert (read.level, read.ends_cell, read.ends_row) == (2, True, False)


def test_a_place_beyond_the_end_is_damage() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        Block(b"abc").number(2, 2)
    with pytest.raises(Unreadable, match="damaged"):
        Block(b"abc").cut(-1, 1)


def test_other_office_files_and_locked_ones_say_what_they_are() -> None:
    with pytest.raises(Unreadable, match="no Word document"):
        doc.read(compound({"Workbook": b"x"}))
    with pytest.raises(Unreadable, match="password"):
        doc.read(compound({"EncryptedPackage": b"x"}))
    with pytest.raises(Unreadable, match="Word 95"):
        doc.read(compound({"WordDocument": struct.pack("<HH", 0xA5DC, 101)}))
    with pytest.raises(Unreadable, match="password"):
        doc.read(compound({"WordDocument": struct.pack("<HH6xH", 0xA5EC, 0xC1, 0x0100)}))


def _whole() -> bytes:
    made = Doc()
    made.paragraph([("Surname: ", b""), ("Okonjo\a", STRUCK)], IN_TABLE)
    made.paragraph([("\a", b"")], row_end([1]))
    made.paragraph([*field("FORMCHECKBOX", place=0), ("Š\r", b"")], b"")
    return made.bytes(form_field(1, 1))


WHOLE = _whole()
VITAL = [*range(512), *range(1024, 1536), *(n for n, b in enumerate(WHOLE) if b)]
"""Places that mean something; most of the file is padding."""


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(VITAL), st.integers(0, 255)), max_size=6),
    st.integers(500, 1500).map(lambda n: n / 1000),
)
def test_damage_is_said_to_be_damage(changes: list[tuple[int, int]], kept: float) -> None:
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    try:
        doc.read(bytes(data[: int(len(data) * kept)]))
    except Unreadable as problem:
        assert str(problem).endswith(".")
