"""PDF forms: drawn boxes, fields with or without an XFA form beside, and files that are locked."""

from __future__ import annotations

import io

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from parsers.documents import docx, sniff
from parsers.documents.layout import EMPTY, LOCKED, TICKED, Layout, Unreadable
from tests.documents import made
from tests.documents.test_docx import packed
from tests.forms import generate
from tests.forms.filled import MEMO
from tests.forms.kinds.acro import acro
from tests.forms.kinds.marked import marked
from tests.forms.kinds.printed import printed
from tests.hostile.files import a_data_set_of_laughs

FORM = docx.read(generate.memo(marked(MEMO, lines=False)))
WORDS = "Gender of the pupil named above: Male"


def drawn(draw: str, *, table: bool = False) -> Layout:
    """A line of words with a square behind it, in which something is drawn; or squares that are cells."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    canvas.drawString(50, 700, WORDS)
    canvas.rect(300, 698, 10, 10)
    if draw == "cross":
        canvas.line(301, 699, 309, 707)
        canvas.line(301, 707, 309, 699)
    elif draw == "blot":
        canvas.rect(302, 700, 6, 6, stroke=0, fill=1)
    elif draw == "white":
        canvas.setFillGray(1)
        canvas.rect(302, 700, 6, 6, stroke=0, fill=1)
    elif draw:
        canvas.drawString(302, 699.5, draw)
    if table:
        canvas.line(40, 698, 500, 698)
    canvas.save()
    return sniff.layout(data.getvalue())


@pytest.mark.parametrize(
    ("draw", "says"), [("", EMPTY), ("cross", TICKED), ("blot", TICKED), ("white", EMPTY), ("X", "X")]
)
def test_a_drawn_box_says_its_state(draw: str, says: str) -> None:
    assert drawn(draw).text().split()[-1] == says


def test_a_square_on_a_longer_rule_is_no_box() -> None:
    assert EMPTY not in drawn("", table=True).text()


def test_an_xfa_form_and_its_fields_say_the_same_or_a_person_looks() -> None:
    alone, both = (sniff.layout(acro(FORM, "xfa", both=both)).text() for both in (False, True))
    assert "MacGillivray-Okonjo" in alone
    assert alone == both
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(acro(FORM, "xfa", both=True))) as pdf:
        next(f for f in pdf.Root.AcroForm.Fields if str(f.get("/V")) == "MacGillivray-Okonjo").V = "Somebody Else"
        pdf.save(changed)
    with pytest.raises(Unreadable, match="two different answers"):
        sniff.layout(changed.getvalue())


def test_entities_of_a_data_set_are_not_resolved() -> None:
    with pytest.raises(Unreadable):
        sniff.layout(a_data_set_of_laughs())


def locked_pdf() -> bytes:
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed(FORM))) as pdf:
        pdf.save(data, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        locked_pdf(),
        made.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
        made.odt_of("<text:p>x</text:p>", **{"META-INF/manifest.xml": b"<m><encryption-data/></m>"}),
    ],
    ids=["pdf", "docx", "odt"],
)
def test_a_locked_file_says_that_it_is_locked(data: bytes) -> None:
    with pytest.raises(Unreadable) as told:
        sniff.layout(data)
    assert str(told.value) == LOCKED


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed(FORM))) as pdf:
        pdf.save(data, encryption=pikepdf.Encryption(user="", owner="secret"))
    assert "MacGillivray-Okonjo" in sniff.layout(data.getvalue()).text()


def test_a_word_file_without_its_main_part_is_no_word_file() -> None:
    with pytest.raises(Unreadable):
        docx.read(packed("<x/>").replace(b"document.xml", b"d0cument.xml"))
