"""Word's own ways of holding text: content controls, form fields, tracked changes, text boxes."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from parsers.documents import docx, package
from parsers.documents.layout import EMPTY, TICKED, Layout, Unreadable

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def packed(document: str, **others: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, data in others.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def read(body: str) -> Layout:
    return docx.read(packed(f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"))


def test_tabs_part_a_line_and_breaks_do_not() -> None:
    layout = read("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>")
    assert [(p.after, p.text) for p in layout.parts] == [("line", "a"), ("gap", "b\nc")]


def test_a_placeholder_is_blank_and_a_box_says_its_state() -> None:
    layout = read(
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        "<w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>"
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>?</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert layout.text() == TICKED


def test_content_controls_stand_around_cells_rows_and_blocks() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    layout = read(
        f"<w:sdt><w:sdtContent><w:tbl><w:tr>{cell.format('a')}<w:sdt><w:sdtContent>{cell.format('b')}</w:sdtContent></w:sdt></w:tr>"
        f"<w:sdt><w:sdtContent><w:tr>{cell.format('c')}</w:tr></w:sdtContent></w:sdt></w:tbl></w:sdtContent></w:sdt>"
    )
    assert [(p.text, p.cell.row, p.cell.col) for p in layout.parts if p.cell] == [("a", 0, 0), ("b", 0, 1), ("c", 1, 0)]


def test_old_form_fields_say_their_state() -> None:
    layout = read(
        "<w:p><w:r><w:fldChar><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>"
        '<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Yes"/>'
        '<w:listEntry w:val="No"/></w:ddList></w:ffData></w:fldChar></w:r></w:p>'
    )
    assert layout.text() == f"{TICKED}{EMPTY}No"


def test_deleted_text_is_gone_and_inserted_text_stays() -> None:
    layout = read(
        "<w:p><w:del><w:r><w:tab/><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
    )
    assert layout.text() == "new"


def test_of_alternate_contents_only_the_choice_is_read() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>once</w:t></w:r></w:p></w:txbxContent>"
    layout = read(
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert layout.text().split() == ["once"]


def test_symbols_are_boxes_and_strikes_are_kept() -> None:
    layout = read(
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>Yes</w:t></w:r>"
        '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>No</w:t></w:r></w:p>'
    )
    assert layout.text() == f"{TICKED}YesNo"
    assert layout.parts[0].struck == ((1, 4),)


def test_what_python_docx_writes_is_read_with_its_merged_cells() -> None:
    document = Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(1, 2).text = "last"
    buffer = io.BytesIO()
    document.save(buffer)
    cells = {p.text: p.cell for p in docx.read(buffer.getvalue()).parts if p.cell and p.text}
    assert (cells["wide"].col, cells["wide"].span) == (0, 2)
    assert (cells["last"].row, cells["last"].col) == (1, 2)


def test_a_frame_of_one_cell_is_plain_text() -> None:
    assert read("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>").parts[0].cell is None


def test_a_bomb_is_not_opened() -> None:
    with pytest.raises(Unreadable, match="unpacks"):
        docx.read(packed("<w:document>" + " " * 30_000_000 + "</w:document>"))


def test_a_document_type_is_refused_and_no_entity_resolved() -> None:
    entity = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    text = "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>"
    evil = f"{entity}<w:document {NAMES}>{text}</w:document>"
    with pytest.raises(Unreadable):
        docx.read(packed(evil))


def test_too_many_parts_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(package.ENTRIES + 1):
            archive.writestr(str(number), b"")
    with pytest.raises(Unreadable):
        package.open_package(buffer.getvalue())


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(Unreadable, match="nested"):
        read("<w:smartTag>" * 150 + "</w:smartTag>" * 150)
