"""A form that was photographed and put into a document: the picture is read, whatever the document is."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from docx import Document
from docx.shared import Cm
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from parsers.documents import pasted, pdf_pictures
from parsers.forms import pasted_sheets, read_document
from parsers.reader import read_mail
from tests.documents import made
from tests.forms import generate
from tests.forms.filled import MEMO
from tests.forms.pictured import samples, spoil

NOW = datetime(2014, 11, 24, 10, 0, tzinfo=UTC)
FILL = samples.fills("cme", 6)[5]


def saved(picture: Image.Image, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    picture.convert("L").save(out, kind, quality=80)
    return out.getvalue()


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return spoil.scan(samples.drawn("cme", FILL, 31)[0], 150, 8)


def word(picture: bytes, words: str, width: float = 16) -> bytes:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(words)
    document.add_picture(io.BytesIO(picture), width=Cm(width))
    document.save(out)
    return out.getvalue()


def printed(page: Image.Image) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawString(60, 800, "Our form is below, the scanner is broken.")
    canvas.drawImage(ImageReader(page), 60, 120, 460, 651)
    canvas.save()
    return out.getvalue()


def test_in_a_word_file_beside_words_that_are_heard(page: Image.Image) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "office@primary.example", "A pupil"
    mail.set_content("Please see attached.")
    words = "He told his teacher that his father hits him with a belt."
    mail.add_attachment(
        word(saved(page), words), maintype="application", subtype="octet-stream", filename="Scan 12.docx"
    )
    reading = read_mail(mail.as_bytes(), received=NOW)
    (referral,) = reading.referrals
    assert referral.form == "cme-referral" and reading.attachments[0].verdict == "cme-referral"
    assert referral.fields["child.surname"].value == FILL["child_surname"]
    assert [c.quote for c in reading.concerns] == [words]


def test_in_a_pdf_under_a_line_of_text(page: Image.Image) -> None:
    file = printed(page)
    assert not pdf_pictures.is_scan(file)
    (referral,) = read_document(file, "form.pdf", written=NOW.date())
    assert referral.fields["child.date_of_birth"].value == FILL["child_dob"]


def noise(kind: str = "JPEG") -> bytes:
    return saved(Image.effect_noise((700, 500), 90), kind)


def test_it_is_found_in_every_kind_of_document() -> None:
    jpeg, png = noise(), noise("PNG")
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("Pictures/10000.png", png)
        archive.writestr("Pictures/2000.jpg", jpeg)
    assert pasted.pictures(package.getvalue()) == (jpeg, png)
    assert pasted.pictures(word(jpeg, "")) == (jpeg,)
    assert pasted.pictures(
        made.rtf_of(r"{\pict\picw9\jpegblip " + jpeg.hex("\n", 60) + "}").replace(b"\n", b"\r\n")
    ) == (jpeg,)
    (found,) = pasted.pictures(made.compound({"WordDocument": b"\xec\xa5", "Data": bytes(68) + png}))
    assert found.startswith(png)


def test_crests_and_stamps_are_no_pages_and_damage_is_none_of_its_business() -> None:
    crest = saved(Image.effect_noise((400, 400), 90))
    assert pasted.pictures(word(crest, "Dear team")) and not pasted_sheets(word(crest, "Dear team"), "a letter")
    assert not pasted.pictures(word(saved(Image.new("L", (900, 900))), ""))
    for broken in (b"PK\x03\x04", made.compound({"Data": noise()})[:3_000], b"{\\rtf1 \\jpegblip ff", b"%PDF-1.4"):
        assert not pasted_sheets(broken, "a letter")
    assert not pdf_pictures.shows_pictures(generate.pdf([(50, 60, "Dear team")]))


def test_a_form_in_words_is_read_as_words() -> None:
    """Though the school's photograph of itself stands beside it."""
    document, out = Document(io.BytesIO(generate.memo(MEMO))), io.BytesIO()
    document.add_picture(io.BytesIO(noise()), width=Cm(5))
    document.save(out)
    (referral,) = read_document(out.getvalue(), "form.docx", written=NOW.date())
    assert referral.fields["child.surname"].value == MEMO["surname"]
