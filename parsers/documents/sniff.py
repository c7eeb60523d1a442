"""What kind of document some bytes are, whatever the file is called."""

from __future__ import annotations

from parsers.documents import doc, docx, html, odt, package, pdf, rtf, text
from parsers.documents.layout import Layout, Unreadable, is_pdf

MOST_BYTES = 40_000_000

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_size(data: bytes) -> None:
    """Raises Unreadable for what is empty or too large to be looked at."""
    if not data.strip():
        raise Unreadable("The file is empty. Ask the sender to send it again.")
    if len(data) > MOST_BYTES:
        raise Unreadable("The file is larger than 40 MB. A person must look at it.")


def layout(data: bytes) -> Layout:
    """The layout of a document that is no picture; Unreadable where no format of ours fits."""
    check_size(data)
    if is_pdf(data):
        return pdf.read(data)
    if data.startswith(b"PK"):
        return _package(data)
    if data[:1024].lstrip().startswith(b"{\\rtf"):
        return rtf.read(data.lstrip())
    if data.startswith(_COMPOUND):
        return doc.read(data)
    return _text(data)


def _package(data: bytes) -> Layout:
    opened = package.open_package(data)
    names = opened.namelist()
    if any(n.startswith("word/") for n in names):
        return docx.read_package(opened)
    if "content.xml" in names and "mimetype" in names:
        return odt.read_package(opened)
    if any(n.startswith("xl/") for n in names):
        raise Unreadable("This is a spreadsheet, not a form. A person must look at it.")
    raise Unreadable("This is a zip file that holds no Word document. A person must look at it.")


def _text(data: bytes) -> Layout:
    """A .txt or .html file; what does not decode as text is unreadable."""
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("This kind of file is not known. A person must look at it.")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        decoded = data.decode(encoding)
    except UnicodeDecodeError:
        decoded = data.decode("cp1252", "replace")
    if decoded[:2000].lstrip().lower().startswith(("<!doctype html", "<html", "<head", "<table", "<body")):
        return html.read(decoded)
    return text.read(decoded)
