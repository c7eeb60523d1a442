"""A document within a document: a form that was pasted into a letter is found, or a person is told that it is there."""

from __future__ import annotations

import io
import struct
import zipfile

import pikepdf
from docx import Document

from bot.cases.unread import unread_files
from parsers.mail import embedded
from parsers.mail.carried import MAX_NESTED, FilePart, Room
from parsers.mail.containers import opened
from tests.documents import made
from tests.forms import generate
from tests.forms.filled import MEMO
from tests.mail.test_containers import FINN, WREN, holding
from tests.mail.test_reader import read, surnames


def with_inside(outer: bytes, *files: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO(outer)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        for name, data in files:
            package.writestr(name, data)
    return buffer.getvalue()


def letter() -> bytes:
    """A Word file that is no form."""
    buffer = io.BytesIO()
    document = Document()
    document.add_paragraph("Please find the form of our pupil inside this letter.")
    document.save(buffer)
    return buffer.getvalue()


def test_a_form_within_a_word_file_is_read_and_named() -> None:
    outer = with_inside(letter(), ("word/embeddings/Microsoft_Word_Document.docx", WREN))
    reading = read(holding(("letter.docx", outer)))
    assert surnames(reading) == ["Tolliver"]
    assert [(a.name, a.verdict) for a in reading.attachments][1:] == [
        ("letter.docx, in it Microsoft_Word_Document.docx", "cme-referral")
    ]


def test_a_form_within_a_form_is_a_second_child() -> None:
    outer = with_inside(WREN, ("word/embeddings/Microsoft_Word_Document1.docx", FINN))
    assert surnames(read(holding(("form.docx", outer)))) == ["Tolliver", "Ashgrove"]


def native(name: str, data: bytes) -> bytes:
    path = b"C:\\forms\\" + name.encode() + b"\0"
    body = b"\x02\0" + name.encode() + b"\0" + path + b"\0\0\x03\0"
    body += struct.pack("<I", len(path)) + path + struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(body)) + body


def test_what_windows_packed_as_an_object_is_unpacked() -> None:
    held = made.compound({"\x01Ole10Native": native("wren.docx", WREN)})
    outer = with_inside(letter(), ("word/embeddings/oleObject1.bin", held))
    reading = read(holding(("letter.docx", outer)))
    assert surnames(reading) == ["Tolliver"]
    assert reading.attachments[1].name == "letter.docx, in it wren.docx"


def test_an_object_that_nobody_can_open_goes_to_a_person() -> None:
    for held in (made.compound({"Odd": b"x" * 5000}), made.compound({"\x01Ole10Native": b"\xff" * 5000})):
        outer = with_inside(letter(), ("word/embeddings/oleObject1.bin", held))
        reading = read(holding(("letter.docx", outer)))
        assert [a.verdict for a in reading.attachments][1:] == [embedded.UNOPENED]
        assert "letter.docx, in it oleObject1.bin: It lies inside another document" in unread_files(reading)


def test_formulas_and_the_numbers_of_a_chart_are_no_documents() -> None:
    formula = made.compound({"Equation Native": b"x" * 5000})
    related = b'<Relationships><Relationship Target="../embeddings/Sheet1.xlsx"/></Relationships>'
    outer = with_inside(
        letter(),
        ("word/embeddings/oleObject1.bin", formula),
        ("word/embeddings/Sheet1.xlsx", b"PK"),
        ("word/charts/_rels/chart1.xml.rels", related),
    )
    assert len(read(holding(("letter.docx", outer))).attachments) == 1


def test_nothing_unpacks_without_end() -> None:
    deep = WREN
    for _ in range(MAX_NESTED + 3):
        deep = with_inside(letter(), ("word/embeddings/inner.docx", deep))
    reading = read(holding(("letter.docx", deep)))
    assert reading.attachments[-1].verdict == embedded.TOO_DEEP and len(reading.attachments) == MAX_NESTED + 2
    outer = with_inside(letter(), ("word/embeddings/inner.docx", WREN))
    found = opened(FilePart("letter.docx", "", outer), Room(bytes=10))
    assert [one.trouble for one in found.files] == ["", embedded.FULL]
    bomb = with_inside(letter(), ("word/embeddings/inner.docx", b"\0" * 10_000_000))
    assert [one.trouble for one in opened(FilePart("letter.docx", "", bomb), Room()).files] == ["", embedded.FULL]


def pdf(*names: str) -> bytes:
    made_pdf = pikepdf.new()
    made_pdf.add_blank_page()
    for name in names:
        made_pdf.attachments[name] = WREN
    buffer = io.BytesIO()
    made_pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def test_files_within_a_pdf_are_told_of_by_name() -> None:
    reading = read(holding(("letter.pdf", pdf("wren.docx"))))
    assert "letter.pdf: A document lies inside this one, not opened: wren.docx. A person must" in unread_files(reading)
    many = read(holding(("letter.pdf", pdf(*(f"{n}.docx" for n in range(7)))))).attachments[0].verdict
    assert many.startswith("Documents lie inside this one") and "and 2 more" in many
    assert "inside" not in read(holding(("letter.pdf", pdf()))).attachments[0].verdict


def test_the_form_of_a_word_file_with_a_file_in_it_is_still_its_form() -> None:
    outer = with_inside(generate.memo(MEMO), ("word/embeddings/list.bin", made.compound({"Odd": b"x" * 5000})))
    reading = read(holding(("form.docx", outer)))
    assert len(reading.referrals) == 1 and unread_files(reading)
