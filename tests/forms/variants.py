"""Every kind of digital form by its name, filled in for the child of a number. `kinds()` are those that can be made
here: the PDF ones need reportlab and pikepdf, which the tests install."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from parsers.documents import docx
from parsers.forms import read_body, read_document
from parsers.reading import Referral
from tests.documents import made
from tests.forms.generate import hub, memo
from tests.forms.kinds import typed, word
from tests.forms.kinds.marked import marked
from tests.forms.people import WRITTEN, Fill, hub_fill, memo_fill

TWINS = ("tabs", "table", "blanks")
TICKS = ("X", "✓", "☒", "Yes", "x", "1")
SEN = ("struck", "behind", "alone", "bold", "underlined", "highlighted")


def fills(number: int) -> tuple[Fill, Fill]:
    """The two forms of that number."""
    return memo_fill(number), hub_fill(number)


def blank_filled(
    fill: Fill, number: int, *, marks: bool = False, whole: bool = False, twins: str = "", plain: bool = False
) -> bytes:
    """The Word file of a fill, filled in as that number's school does. `marks`: its values are marked, `whole`: a
    value of several lines once; `plain`: only what is struck out says an answer, not bold or bright words."""
    values = marked(fill.values, lines=not whole) if marks else fill.values
    if fill.form == "cme-referral":
        return memo(values, paragraphs=not whole and number % 2 == 0, sen=SEN[number % (3 if plain else 6)])
    over = "deleted" if marks or number % 2 else "over"
    return hub(values, fill=over, twins=twins or TWINS[number % 3], ticks=TICKS[number % 6])


def _word(change: Callable[[bytes, int], bytes]) -> Callable[[Fill, int], bytes]:
    return lambda fill, n: change(blank_filled(fill, n, marks=True), n)


def _boxes(fill: Fill, n: int) -> bytes:
    return word.boxes(blank_filled(fill, n, marks=True, whole=True, twins=TWINS[n % 2]), n)


def _saved(write: Callable[..., bytes]) -> Callable[[Fill, int], bytes]:
    return lambda fill, n: write(docx.read(blank_filled(fill, n, plain=True)))


def _acro(how: str) -> Callable[[Fill, int], bytes]:
    from tests.forms.kinds.acro import acro

    def make(fill: Fill, n: int) -> bytes:
        form = docx.read(blank_filled(fill, n, marks=True, whole=True, twins=TWINS[n % 2], plain=True))
        return acro(form, how, opaque=n % 2 == 0, both=n % 3 == 0)  # type: ignore[arg-type]

    return make


def _printed(fill: Fill, n: int) -> bytes:
    from tests.forms.kinds.printed import printed

    return printed(docx.read(blank_filled(fill, n, twins=TWINS[n % 2], plain=True)))


def _retyped_pdf(fill: Fill, n: int) -> bytes:
    from tests.forms.kinds.printed import printed

    return printed(docx.read(typed.document(fill, n)))


def _ligatures(fill: Fill, n: int) -> bytes:
    from tests.forms.kinds.ligatures import ligatures

    return ligatures(docx.read(blank_filled(fill, n, twins=TWINS[n % 2], plain=True)))


def _libreoffice(kind: str) -> Callable[[Fill, int], bytes]:
    def make(fill: Fill, n: int) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            form = Path(folder, "form.docx")
            form.write_bytes(blank_filled(fill, n))
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind]
            subprocess.run([*command, "--outdir", folder, str(form)], check=True, capture_output=True, timeout=120)
            return Path(folder, f"form.{kind}").read_bytes()

    return make


def kinds() -> dict[str, Callable[[Fill, int], bytes]]:
    """How each kind of file is made."""
    found: dict[str, Callable[[Fill, int], bytes]] = {
        "docx_plain": blank_filled, "docx_sdt": _word(word.controls), "docx_legacy": _word(word.fields),
        "docx_textbox": _boxes, "docx_tracked": _word(word.changes),
        "docx_symbols": lambda fill, n: word.wingdings(blank_filled(fill, n)), "docx_retyped": typed.document,
        "odt": _saved(made.odt), "rtf": _saved(made.rtf), "doc": _saved(made.doc), "pdf_plain": _printed,
        "pdf_retyped": _retyped_pdf, "pdf_ligatures": _ligatures, "acro": _acro("drawn"), "acro_bare": _acro("bare"),
        "acro_flat": _acro("flat"), "xfa": _acro("xfa"),
    }  # fmt: skip
    if shutil.which("soffice"):
        found |= {f"{kind}_office": _libreoffice(kind) for kind in ("doc", "odt", "rtf", "pdf")}
    return found


BODIES: dict[str, Callable[[Fill, int], tuple[str, str | None]]] = {
    "mail_text": lambda fill, n: (typed.text(fill, n), None),
    "mail_quoted": lambda fill, n: (typed.quoted(fill, n), None),
    "mail_html": lambda fill, n: ("", typed.html(fill, n)),
}
"""Forms in the mail itself: (text, HTML)."""

DRAWN = frozenset(("acro", "acro_flat"))
"""Kinds whose file holds the value as a picture of letters in a western font; others cannot be written so."""


def writable(kind: str, fill: Fill) -> bool:
    try:
        str(fill.values).encode("cp1252" if kind in DRAWN else "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def reads_file(data: bytes) -> tuple[Referral, ...]:
    return read_document(data, "form", written=WRITTEN)


def reads_body(body: tuple[str, str | None]) -> tuple[Referral, ...]:
    return read_body(*body, written=WRITTEN)
