"""What people do to a Word form: prompts left standing, boxes drawn over it, changes nobody accepted, words in bold."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.documents import docx
from parsers.documents.layout import EMPTY, TICKED
from parsers.forms import read_document
from tests.documents.test_docx import NAMES, packed, read

MORE = (
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
PROMPT = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


def p(text: str, style: str = "") -> str:
    return f"<w:p><w:pPr>{style}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def box(text: str, place: str = "") -> str:
    inside = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    return f"<w:r><w:drawing><wp:anchor>{place}{inside}</wp:anchor></w:drawing></w:r>"


def texts(body: str) -> list[str]:
    layout = docx.read(packed(f"<w:document {NAMES}{MORE}><w:body>{body}</w:body></w:document>"))
    return [part.text for part in layout.parts]


def test_a_prompt_is_blank_around_paragraphs_cells_and_rows() -> None:
    cell = f"<w:tc>{p('Pupil name goes here')}</w:tc>"
    assert read(PROMPT.format(p("Type the surname"))).text() == ""
    rows = f"<w:tr><w:tc>{p('Surname')}</w:tc>{PROMPT.format(cell)}</w:tr>" + PROMPT.format(f"<w:tr>{cell}</w:tr>")
    assert [part.text for part in read(f"<w:tbl>{rows}</w:tbl>").parts] == ["Surname", "", ""]


@pytest.mark.parametrize(("checked", "says"), [("1", TICKED), ("0", EMPTY)])
def test_a_check_box_as_a_whole_cell(checked: str, says: str) -> None:
    about = f"<w:sdtPr><w14:checkbox><w14:checked w14:val='{checked}'/></w14:checkbox></w:sdtPr>"
    control = f"<w:sdt>{about}<w:sdtContent><w:tc>{p('?')}</w:tc></w:sdtContent></w:sdt>"
    assert read(f"<w:tbl><w:tr>{control}<w:tc>{p('a')}</w:tc></w:tr></w:tbl>").parts[0].text == says


def test_a_deleted_row_and_a_deleted_paragraph_mark_are_gone() -> None:
    row = "<w:tr>{}<w:tc>" + p("x") + "</w:tc><w:tc>" + p("y") + "</w:tc></w:tr>"
    table = f"<w:tbl>{row.format('<w:trPr><w:del/></w:trPr>')}{row.format('')}</w:tbl>"
    assert [part.cell.row for part in read(table).parts if part.cell] == [0, 0]
    mark = "<w:rPr><w:del/></w:rPr>"
    assert read(p("Surname: Mac", mark) + p("Gillivray")).text() == "Surname: MacGillivray"


def test_a_box_behind_words_stands_in_their_line() -> None:
    line = f"<w:p><w:r><w:t>Surname</w:t></w:r>{box('Bos')}<w:r><w:tab/><w:t>NCY</w:t></w:r>{box('6')}</w:p>"
    assert [t.strip() for t in texts(line)] == ["Surname Bos", "NCY 6"]


def test_a_box_before_words_may_belong_anywhere_and_is_doubted() -> None:
    form = "".join(
        p(t) for t in ("CME Referral Form", "First name: Wim", "DOB: 5/6/2005", "Last known address: 4 Yard")
    )
    form += f"<w:p>{box('Achterberg')}<w:r><w:t>Surname: </w:t></w:r></w:p>" + p("UPN:")
    data = packed(f"<w:document {NAMES}{MORE}><w:body>{form}</w:body></w:document>")
    (referral,) = read_document(data, "a.docx", written=date(2014, 11, 18))
    assert referral.fields["child.surname"].value == "Achterberg"
    assert not referral.fields["child.surname"].sure
    assert referral.fields["child.forenames"].sure


def test_boxes_on_one_paragraph_are_read_as_they_stand_on_the_page() -> None:
    def at(down: int) -> str:
        return "".join(
            f"<wp:position{axis}><wp:posOffset>{n}</wp:posOffset></wp:position{axis}>"
            for axis, n in (("H", 0), ("V", down))
        )

    parts = texts(f"<w:p>{box('first ' * 60, at(9))}{box('second ' * 60, at(900))}{box('zeroth ' * 60, at(-5))}</w:p>")
    assert [t.split()[0] for t in parts if t.strip()] == ["zeroth", "first", "second"]


@pytest.mark.parametrize(
    "look",
    [
        "<w:b/>",
        "<w:u w:val='single'/>",
        "<w:highlight w:val='yellow'/>",
        "<w:shd w:fill='FFFF00'/>",
        "<w:color w:val='FF0000'/>",
    ],
)
def test_the_answer_that_stands_out_was_meant(look: str) -> None:
    form = "".join(p(t) for t in ("CME Referral Form", "Surname: Bos", "First name: Wim", "DOB: 5/6/2005"))
    run = "<w:r><w:rPr>{}</w:rPr><w:t xml:space='preserve'>{}</w:t></w:r>"
    form += (
        f"<w:p>{run.format('', 'SEN: ')}{run.format('', 'Yes')}{run.format('', ' / ')}{run.format(look, 'No')}</w:p>"
    )
    data = packed(f"<w:document {NAMES}><w:body>{form}</w:body></w:document>")
    (referral,) = read_document(data, "a.docx", written=date(2014, 11, 18))
    assert referral.fields["child.sen"].value == "no"


def test_bold_throughout_is_no_answer() -> None:
    form = "".join(p(t) for t in ("CME Referral Form", "Surname: Bos", "First name: Wim", "DOB: 5/6/2005"))
    form += "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>SEN: Yes / No</w:t></w:r></w:p>"
    data = packed(f"<w:document {NAMES}><w:body>{form}</w:body></w:document>")
    (referral,) = read_document(data, "a.docx", written=date(2014, 11, 18))
    assert referral.fields["child.sen"].value is None
