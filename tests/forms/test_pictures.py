"""Scans, faxes, photographs and handwriting: forms drawn, spoilt and read; the large set is `python -m bench.scans`."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from parsers.forms import Sheet, Unreadable, read_document, read_sheets, sheets
from parsers.reading import Referral
from tests.forms.filled import HUB
from tests.forms.generate import hub
from tests.forms.pictured import samples, spoil
from tests.forms.pictured.marking import Mark, marks

WRITTEN = date(2014, 11, 24)
HEIC = Path(__file__).parent / "pictured" / "files" / "memo.heic"


def read(variant: str, form: str, number: int) -> tuple[list[Mark], list[Sheet], tuple[Referral, ...]]:
    """The marks of one filled form, drawn and spoilt anew."""
    fill = samples.fills(form, number + 1)[number]
    found = [s for name, data in samples.files(variant, form, number, fill) for s in sheets(data, name) or ()]
    referrals = read_sheets(found, written=WRITTEN)
    return list(marks(form, fill, referrals)), found, referrals


def wrong(given: list[Mark]) -> list[tuple[str, str, str | None]]:
    return [(m.field, m.wanted, m.read) for m in given if not m.right]


@pytest.mark.parametrize(
    ("variant", "form", "number", "mistakes"), [("scan150", "hub", 4, 1), ("photo", "cme", 1, 1), ("fax", "cme", 1, 2)]
)
def test_print_is_read_and_what_is_wrong_is_doubted(variant: str, form: str, number: int, mistakes: int) -> None:
    given, found, _ = read(variant, form, number)
    assert not any(s.hand for s in found)
    assert len(wrong(given)) <= mistakes, wrong(given)
    assert not [m for m in given if m.silent], wrong(given)
    assert not [m for m in given if m.invented]


def test_a_hand_is_told_and_all_it_wrote_is_doubted() -> None:
    given, found, (referral,) = read("hand", "cme", 2)
    assert all(s.hand for s in found)
    assert not [m for m in given if m.silent]
    assert all(not f.sure for n, f in referral.fields.items() if f.value and n in {m.field for m in given})
    assert "by hand" in referral.problems[0].problem


def test_a_telephone_s_own_format_is_read() -> None:
    (sheet,) = sheets(HEIC.read_bytes(), HEIC.name) or ()
    assert (sheet.form, sheet.number) == ("cme-referral", 1)


def test_a_page_upside_down_is_turned() -> None:
    fill = samples.fills("cme", 1)[0]
    page = spoil.scan(samples.drawn("cme", fill, 3)[0], 120, 3).rotate(180)
    (sheet,) = sheets(spoil.jpeg(page, 85), "p.jpg") or ()
    assert sheet.form == "cme-referral"


def _png(width: int, height: int) -> bytes:
    """A picture as large as one likes, in some bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 5_000)) + chunk(b"IEND", b"")
    )


def _jpeg() -> bytes:
    return spoil.jpeg(Image.fromarray(np.full((600, 800), 240, np.uint8)))


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_png(60_000, 50_000), "larger"), (_png(12_000, 12_000), "larger"), (_png(40, 40), "small"),
        (_jpeg()[:200], "damaged"),
        (b"II*\0" + b"\xff" * 400, "damaged"), (b"GIF89a" + b"\0" * 300, "damaged"),
        (b"\0\0\0\x18ftypheic" + b"\1" * 300, "damaged"),
    ],
)  # fmt: skip
def test_a_hostile_picture_gets_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as told:
        read_document(data, "a.png", written=WRITTEN)
    assert str(told.value).endswith(".")


def test_a_picture_of_something_else_is_no_form() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (700, 900)).astype(np.uint8)
    assert read_document(spoil.jpeg(Image.fromarray(cv2.blur(noise, (9, 9)))), "a.jpg", written=WRITTEN) == ()


def test_without_the_extra_a_picture_goes_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "parsers.pictures.read", None)
    monkeypatch.delattr("parsers.pictures.read", raising=False)
    with pytest.raises(Unreadable, match=r"cmebot\[scans\]"):
        read_document(_jpeg(), "a.jpg", written=WRITTEN)


def test_a_mail_without_pictures_loads_nothing_that_reads_them() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "office@harbour.example", "Referral"
    mail.set_content("Please find it attached.")
    mail.add_attachment(hub(HUB), maintype="application", subtype="octet-stream", filename="a.docx")
    code = (
        "import sys; from datetime import UTC, datetime; from parsers.reader import read_mail\n"
        "reading = read_mail(sys.stdin.buffer.read(), received=datetime(2014, 11, 24, tzinfo=UTC))\n"
        "print(reading.kind, [m for m in ('cv2', 'onnxruntime', 'rapidocr', 'numpy') if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], input=mail.as_bytes(), capture_output=True, timeout=60, check=True
    )
    assert ran.stdout.decode().strip() == "referral []"


def test_an_old_fax_has_half_the_lines() -> None:
    from parsers.pictures import load

    out = io.BytesIO()
    Image.new("1", (1728, 1146), 1).save(out, "TIFF", dpi=(204, 98))
    (page,) = load.pictures(out.getvalue())
    assert page.shape == (2292, 1728)
