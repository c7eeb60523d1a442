"""Rich text as Word, WordPad and LibreOffice write it."""

from __future__ import annotations

import time

import pytest

from parsers.documents import rtf, rtf_tokens
from parsers.documents.layout import EMPTY, TICKED, Layout, Unreadable
from tests.documents.made import rtf_of

CHECK_BOX = (
    r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres%d\ffdefres%d{\*\ffname Check1}}}}{\fldrslt }}"
)


def read(text: str) -> Layout:
    return rtf.read(rtf_of(text))


def test_characters_of_every_kind() -> None:
    layout = read(r"M\'fcller \u352?a\u-10179?\u-8704?b {\f2 \'c0} \{\\\}\~\_\endash\uc2\u8217\'92\'92s\-x")
    assert layout.text() == "Müller Ša😀b А {\\}\xa0-–’sx"


def test_paragraphs_tabs_and_line_breaks() -> None:
    layout = read("a\\tab b\\line c\\par\nd\\\ne")
    assert [(p.after, p.text) for p in layout.parts] == [
        ("line", "a"), ("gap", "b\nc"), ("line", "d"), ("line", "e"),
    ]  # fmt: skip


def test_what_is_not_the_text_is_skipped() -> None:
    layout = read(
        r"{\stylesheet{\s0 Normal;}}{\info{\author Nobody}}{\header head\par}{\*\unknown{\b deep} x}"
        r"{\pict 0a0b}{\*\shppict{\pict ff}}{\v hidden\tab}{\deleted old}\bin4 }}{{seen{\footnote note}"
    )
    assert layout.text() == "seen"


def test_strikes_and_marks_end_where_they_are_undone() -> None:
    layout = read(
        r"{\strike a}b\strike c\strike0 d\b\ul e\ulnone\strike f\plain\highlight2 g\highlight0 h{\cb2 i}{\cb1 j}"
    )
    assert layout.text() == "abcdefghij"
    assert layout.parts[0].struck == ((0, 1), (2, 3), (5, 6))
    assert layout.parts[0].marked == ((4, 5), (6, 7), (8, 9))


def test_boxes_are_ticked_by_symbol_or_form_field() -> None:
    layout = read(
        rf"{{\f1 \'fe\'a8}}{{\f1 \u-3842?}}{CHECK_BOX % (1, 0)}{CHECK_BOX % (25, 1)}{CHECK_BOX % (0, 1)}"
        r'{\field{\*\fldinst SYMBOL 168 \\f "Wingdings"}{\fldrslt {\f1 \'a8}}}'
    )
    assert layout.text() == f"{TICKED}{EMPTY}{TICKED}{TICKED}{TICKED}{EMPTY}{EMPTY}"


def test_a_drop_down_says_its_entry_and_a_text_field_its_text() -> None:
    layout = read(
        r"{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl Male}{\*\ffl Female}}}}{\fldrslt }} "
        r"{\field{\*\fldinst FORMTEXT {\*\formfield{\fftype0{\*\ffdeftext none}}}}{\fldrslt Ringstead}}"
    )
    assert layout.text() == "Female Ringstead"


def test_columns_come_from_the_edges_of_all_rows() -> None:
    layout = read(
        r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl a\cell b\cell c\cell\row"
        r"\trowd\cellx2010\cellx3000\pard\intbl wide\par two\cell\pard\intbl d\cell\row\pard after\par"
    )
    assert [(p.text, p.after, p.cell and (p.cell.row, p.cell.col, p.cell.span)) for p in layout.parts] == [
        ("a", "cell", (0, 0, 1)), ("b", "cell", (0, 1, 1)), ("c", "cell", (0, 2, 1)),
        ("wide", "cell", (1, 0, 2)), ("two", "line", (1, 0, 2)), ("d", "cell", (1, 2, 1)), ("after", "line", None),
    ]  # fmt: skip


def test_merged_cells_are_one_and_a_table_may_stand_in_a_cell() -> None:
    layout = read(
        r"\trowd\cellx1000\clmrg\cellx2000\cellx3000\pard\intbl a\cell more\cell "
        r"\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\cellx2500\cellx3000\nestrow}"
        r"{\nonesttables\par}\pard\intbl b\cell\row"
    )
    cells = [(p.text, p.cell.table, p.cell.col, p.cell.span) for p in layout.parts if p.cell]
    assert cells == [("a", 1, 0, 2), ("more", 1, 0, 2), ("x", 2, 0, 1), ("y", 2, 1, 1), ("b", 1, 2, 1)]


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    layout = read(
        r"a{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt \pard in\par}}{\shprslt{\*\do{\dptxbxtext in\par}}}}b\par"
    )
    assert layout.text() == "ab\nin"


def test_of_a_text_said_twice_the_one_in_unicode_is_read() -> None:
    assert read(r"{\upr{a?}{\*\ud{a\u351 s}}}").text() == "aş"


def test_a_control_character_cannot_pass_for_a_cell() -> None:
    assert read(r"a\'1fb").text() == "ab"


@pytest.mark.parametrize("end", ["", "}", "\\", "\\'f", "{\\b"])
def test_a_file_cut_short_is_not_believed(end: str) -> None:
    with pytest.raises(Unreadable, match="cut short"):
        rtf.read(rtf_of("{{Surname: Okonjo")[:-1] + end.encode())


@pytest.mark.parametrize(
    "text",
    [rb"{\rtf1 " + b"{" * 500, rb"{\rtf1 " + b"a\n" * rtf_tokens.TOKENS, rb"{\rtf1 " + rb"\cell " * rtf_tokens.TOKENS,
     rb"{\rtf1 " + b"".join(rb"\intbl\itap%d " % n for n in range(60)) + rb"\par}"],
)  # fmt: skip
def test_what_has_no_bounds_is_given_up_in_seconds(text: bytes) -> None:
    begun = time.monotonic()
    with pytest.raises(Unreadable, match=r"A person must look at it\."):
        rtf.read(text)
    assert time.monotonic() - begun < 20
