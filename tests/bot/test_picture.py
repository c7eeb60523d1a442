"""`cmebot read --picture`: the page, with each value boxed where it stands."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfbase.pdfmetrics import stringWidth

from bot.cli.asking import read
from bot.inspecting.picture import DOUBTED, SCALE, SURE, NoPage, picture
from parsers.documents import docx
from parsers.forms import flat_pages, places
from tests.forms import generate
from tests.forms.filled import MEMO
from tests.forms.kinds.acro import acro
from tests.forms.kinds.marked import marked
from tests.forms.kinds.printed import printed
from tests.forms.people import WRITTEN
from tests.forms.pictured import samples

FORM = docx.read(generate.memo({**MEMO, "upn": "T805200115019"}))


def colours(picture: Path) -> set[object]:
    with Image.open(picture) as opened:
        return {colour for _, colour in opened.getcolors(1 << 24) or ()}


def test_every_value_is_boxed_where_it_stands(tmp_path: Path) -> None:
    form = tmp_path / "form.pdf"
    form.write_bytes(printed(FORM))
    assert picture(form, tmp_path / "seen.png") > 12
    assert {SURE, DOUBTED} <= colours(tmp_path / "seen.png")  # The UPN's check letter is wrong.
    surname = next(p.box for p in places(form.read_bytes(), written=WRITTEN) if p.field == "child.surname")
    with Image.open(tmp_path / "seen.png") as page:
        corner = page.getpixel((round(SCALE * (surname.left - 1)), round(SCALE * (surname.top - 1))))
        assert page.size[0] == round(595 * SCALE) and corner == SURE


def test_fields_of_a_pdf_form_and_a_form_in_a_mail(tmp_path: Path) -> None:
    mail, file = EmailMessage(), tmp_path / "mail.eml"
    mail["From"], mail["Date"] = "office@primary.example", "Tue, 18 Nov 2014 09:00:00 +0000"
    mail.set_content("Our referral.")
    form = acro(docx.read(generate.memo(marked(MEMO, lines=False))), "drawn")
    mail.add_attachment(form, maintype="application", subtype="pdf", filename="form.pdf")
    file.write_bytes(mail.as_bytes())
    assert picture(file, tmp_path / "seen.png") > 12


def test_a_word_file_has_no_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "form.docx"
    form.write_bytes(generate.memo(MEMO))
    with pytest.raises(NoPage, match=r"no page to show of form\.docx"):
        picture(form, tmp_path / "seen.png")
    with pytest.raises(SystemExit) as ended:
        read([form], tmp_path / "seen.png")
    assert ended.value.code == 1
    assert "MacGillivray-Okonjo" in capsys.readouterr().out
    assert not (tmp_path / "seen.png").exists()


def test_two_values_of_one_line_are_each_boxed_by_their_letters() -> None:
    lines = [(50, 60, "CME Memo"), (50, 80, "Surname: Illiffe-Mill   First name: Wim"), (50, 100, "DOB: 1/2/2006"),
             (50, 120, "UPN No. : . T805200115014"), (50, 140, "Last known address: 1 Mill Hill")]  # fmt: skip
    boxes = {p.field: p.box for p in places(generate.pdf(lines), written=WRITTEN)}
    for field, before, value in (
        ("child.surname", "Surname: ", "Illiffe-Mill"),
        ("child.forenames", "Surname: Illiffe-Mill   First name: ", "Wim"),
        ("child.upn", "UPN No. : . ", "T805200115014"),
    ):
        left = 50 + stringWidth(before, "Helvetica", 10)
        assert boxes[field].left == pytest.approx(left, abs=1)
        assert boxes[field].right == pytest.approx(left + stringWidth(value, "Helvetica", 10), abs=1)


def test_a_scan_is_shown_laid_flat_with_its_values_boxed(tmp_path: Path) -> None:
    fill = samples.fills("cme", 4)[3]
    scan, mail = tmp_path / "scan.pdf", tmp_path / "mail.eml"
    ((_, data),) = samples.files("scan150", "cme", 3, fill)
    scan.write_bytes(data)
    (page,) = flat_pages(data, written=WRITTEN)
    surname = next(p.box for p in page.places if p.field == "child.surname")
    letters = page.picture[
        round(surname.top * page.dots) : round(surname.bottom * page.dots),
        round(surname.left * page.dots) : round(surname.right * page.dots),
    ]
    assert letters.min() < 100 < letters.mean(), "ink on paper"
    message = EmailMessage()
    message["From"] = "office@saltmarsh.example"
    message.set_content("Please see attached.")
    message.add_attachment(data, maintype="application", subtype="pdf", filename="scan.pdf")
    mail.write_bytes(message.as_bytes())
    assert picture(mail, tmp_path / "seen.png") == len(page.places) > 12
    assert SURE in colours(tmp_path / "seen.png")
