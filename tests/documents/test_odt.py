"""What LibreOffice and its kin write."""

from __future__ import annotations

import io
import zipfile

import pytest

from parsers.documents import odt
from parsers.documents.layout import EMPTY, PARTS, TICKED, Layout, Unreadable
from tests.documents.made import odt_of


def read(body: str, styles: str = "", **others: bytes) -> Layout:
    return odt.read(odt_of(body, styles, **others))


def test_blanks_run_together_and_only_those_that_are_meant_count() -> None:
    layout = read("<text:p>\n  Sur<text:s text:c='2'/>name <text:tab/>  x\n y<text:line-break/>z</text:p>")
    assert [(p.after, p.text) for p in layout.parts] == [("line", "Sur  name "), ("gap", "x y\nz")]


def test_a_style_strikes_out_also_by_inheritance_and_an_inner_one_may_undo_it() -> None:
    layout = read(
        '<text:p text:style-name="P">a<text:span text:style-name="U">b</text:span></text:p>'
        '<text:p text:style-name="R">c</text:p>',
        '<style:style style:name="Q" style:family="paragraph"><style:text-properties '
        'style:text-line-through-type="single"/></style:style>'
        '<style:style style:name="P" style:family="paragraph" style:parent-style-name="Q"/>'
        '<style:style style:name="R" style:family="paragraph" style:parent-style-name="Q"><style:text-properties '
        'style:text-line-through-type="none"/></style:style>'
        '<style:style style:name="U" style:family="text"><style:text-properties style:text-line-through-style="none"/>'
        "</style:style>",
    )
    assert [p.struck for p in layout.parts] == [((0, 1),), ()]


def test_a_highlighter_and_bold_underlined_are_marks_and_grey_is_none() -> None:
    style = '<style:style style:name="{}" style:family="text"><style:text-properties {}/></style:style>'
    layout = read(
        "<text:p>" + "".join(f'<text:span text:style-name="{n}">{n}</text:span>' for n in "YGB") + "</text:p>",
        style.format("Y", 'fo:background-color="#ffff00"')
        + style.format("G", 'fo:background-color="#d9d9d9"')
        + style.format("B", 'fo:font-weight="bold" style:text-underline-style="solid"'),
    )
    assert layout.parts[0].marked == ((0, 1), (2, 3))


def test_styles_that_go_round_in_a_circle_end() -> None:
    style = '<style:style style:name="{}" style:family="paragraph" style:parent-style-name="{}"/>'
    assert read('<text:p text:style-name="A">a</text:p>', style.format("A", "B") + style.format("B", "A")).text() == "a"


def test_deleted_text_notes_and_hidden_text_are_gone() -> None:
    layout = read(
        "<text:tracked-changes><text:p>old</text:p></text:tracked-changes>"
        '<text:p>new<text:note><text:p>note</text:p></text:note><text:span text:style-name="H">no</text:span>'
        "<office:annotation><text:p>comment</text:p></office:annotation></text:p>",
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>',
    )
    assert layout.text() == "new"


def test_boxes_and_controls_say_their_state() -> None:
    layout = read(
        '<office:forms><form:form><form:checkbox form:id="c1" form:current-state="checked"/>'
        '<form:text form:id="c2" form:current-value="Ringstead"/></form:form></office:forms>'
        '<text:p><draw:control draw:control="c1"/><draw:control draw:control="c2"/>'
        '<loext:content-control loext:checkbox="true" loext:checked="false">?</loext:content-control>'
        '<loext:content-control loext:showing-place-holder="true">Click here</loext:content-control></text:p>'
    )
    assert layout.text() == f"{TICKED}Ringstead{EMPTY}"


def test_form_fields_that_came_from_word_say_their_state() -> None:
    kind = '<field:fieldmark field:type="vnd.oasis.opendocument.field.{}">{}</field:fieldmark>'
    value = '<field:param field:name="{}" field:value="{}"/>'
    entries = value.format("Dropdown_ListEntry", "Male") + value.format("Dropdown_ListEntry", "Female")
    layout = read(
        "<text:p>"
        + kind.format("FORMCHECKBOX", value.format("Checkbox_Checked", "true"))
        + kind.format("FORMCHECKBOX", "")
        + kind.format("FORMDROPDOWN", entries + value.format("Dropdown_Selected", "1"))
        + "</text:p>"
    )
    assert layout.text() == f"{TICKED}{EMPTY}Female"


def test_a_cell_covered_from_above_is_an_empty_one() -> None:
    cell = "<table:table-cell {}><text:p>{}</text:p></table:table-cell>"
    layout = read(
        "<table:table><table:table-header-rows><table:table-row>"
        + cell.format('table:number-rows-spanned="2"', "a")
        + cell.format('table:number-columns-spanned="2"', "b")
        + "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        + "<table:covered-table-cell/>"
        + cell.format('table:number-columns-repeated="2"', "c")
        + "</table:table-row></table:table>"
    )
    assert [(p.text, p.cell.row, p.cell.col, p.cell.span) for p in layout.parts if p.cell] == [
        ("a", 0, 0, 1), ("b", 0, 1, 2), ("", 1, 0, 1), ("c", 1, 1, 1), ("c", 1, 2, 1),
    ]  # fmt: skip


def test_a_text_box_is_read_after_its_paragraph() -> None:
    layout = read("<text:p>a<draw:frame><draw:text-box><text:p>in</text:p></draw:text-box></draw:frame>b</text:p>")
    assert layout.text() == "ab\nin"


def test_repeated_cells_within_repeated_cells_are_bounded() -> None:
    inner = "<text:p>x</text:p>"
    for _ in range(8):
        inner = (
            '<table:table><table:table-row><table:table-cell table:number-columns-repeated="60">'
            f"{inner}</table:table-cell></table:table-row></table:table>"
        )
    assert len(read(inner).parts) <= PARTS


def test_a_locked_file_says_so() -> None:
    manifest = {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    with pytest.raises(Unreadable, match="password"):
        read("<text:p>a</text:p>", **manifest)


def test_nesting_without_end_and_other_kinds_of_file_are_refused() -> None:
    with pytest.raises(Unreadable, match="nested"):
        read("<text:section>" * 150 + "</text:section>" * 150)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    with pytest.raises(Unreadable, match="no OpenDocument text"):
        odt.read(buffer.getvalue())
