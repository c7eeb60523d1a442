"""Any layout written as .odt, .rtf or .doc, each in the least that the format's readers need."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from html import escape
from itertools import groupby

from parsers.documents.layout import Cell, Layout, Part

Paragraph = list[Part]
Row = list[tuple[Cell, list[Paragraph]]]
COLUMN = 1_000
"""Twips of a column."""


def blocks(layout: Layout) -> Iterator[tuple[Paragraph, list[Row]]]:
    """One after the other: a paragraph, or a table as rows of cells."""
    for table, parts in groupby(layout.parts, lambda p: p.cell.table if p.cell else 0):
        if not table:
            yield from ((line, []) for line in paragraphs(list(parts)))
            continue
        rows = groupby(parts, lambda p: p.cell and p.cell.row)
        yield [], [[(c, paragraphs(list(ps))) for c, ps in groupby(row, lambda p: p.cell) if c] for _, row in rows]


def paragraphs(parts: list[Part]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for part in parts:
        if part.after != "gap":
            found.append([])
        found[-1].append(part)
    return found


def runs(part: Part) -> Iterator[tuple[str, bool]]:
    struck = {n for a, b in part.struck for n in range(a, b)}
    for flag, places in groupby(range(len(part.text)), lambda n: n in struck):
        yield "".join(part.text[n] for n in places), flag


def odt(layout: Layout) -> bytes:
    return odt_of("".join(_odt_table(rows) if rows else _odt_line(line) for line, rows in blocks(layout)))


def odt_of(body: str, styles: str = "", **others: bytes) -> bytes:
    """A package around the elements of a text; style S strikes out."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
                            ("draw", "drawing"), ("form", "form"), ("fo", "xsl-fo-compatible"))
    )  # fmt: skip
    spaces += ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    spaces += ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
    struck = '<style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style='
    struck += '"solid"/></style:style>'
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{struck}{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        for name, data in others.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _odt_line(line: Paragraph) -> str:
    pieces = []
    for text, struck in (run for part in line for run in [("\t", False)] * (part.after == "gap") + list(runs(part))):
        said = escape(text).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>").replace(" ", "<text:s/>")
        pieces.append(f'<text:span text:style-name="S">{said}</text:span>' if struck else said)
    return f"<text:p>{''.join(pieces)}</text:p>"


def _odt_table(rows: list[Row]) -> str:
    written = ""
    for row in rows:
        written += "<table:table-row>"
        for cell, lines in row:
            inner = "".join(_odt_line(line) for line in lines)
            written += f'<table:table-cell table:number-columns-spanned="{cell.span}">{inner}</table:table-cell>'
            written += "<table:covered-table-cell/>" * (cell.span - 1)
        written += "</table:table-row>"
    return f"<table:table>{written}</table:table>"


def rtf(layout: Layout) -> bytes:
    text = ""
    for line, rows in blocks(layout):
        text += "" if rows else rf"\pard {_rtf_line(line)}\par" + "\n"
        for row in rows:
            edges = "".join(rf"\cellx{COLUMN * (cell.col + cell.span)}" for cell, _ in row)
            cells = "".join(r"\par ".join(_rtf_line(line) for line in lines) + "\\cell\n" for _, lines in row)
            text += rf"\trowd\trleft0{edges}\pard\intbl {cells}\row" + "\n"
    return rtf_of(text)


def rtf_of(text: str) -> bytes:
    """A document around a text; font 1 is Wingdings, font 2 Cyrillic, colour 2 yellow."""
    head = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset2 Wingdings;}"
        r"{\f2\fnil\fcharset204{\*\falt Helvetica}Arial Cyr;}}{\colortbl;\red0\green0\blue0;\red255\green255\blue0;}"
    )
    return (head + text + "}").encode("ascii")


def _rtf_line(line: Paragraph) -> str:
    written = ""
    for part in line:
        written += r"\tab " if part.after == "gap" else ""
        for text, struck in runs(part):
            written += rf"{{\strike {_rtf_text(text)}}}" if struck else _rtf_text(text)
    return written


def _rtf_text(text: str) -> str:
    units = struct.unpack(f"<{len(text.encode('utf-16-le')) // 2}H", text.encode("utf-16-le"))
    return "".join(
        r"\line " if u == 10 else f"\\{chr(u)}" if chr(u) in "\\{}" else chr(u) if 32 <= u < 127
        else rf"\u{u - 65536 if u > 32767 else u}?" for u in units
    )  # fmt: skip


IN_TABLE = struct.pack("<HB", 0x2416, 1)
STRUCK = struct.pack("<HB", 0x0837, 1)
TEXT_AT = 0x800


class Doc:
    """A .doc being written: every paragraph is a piece and a page of runs of its own."""

    def __init__(self) -> None:
        self.text = bytearray()
        self.characters = 0
        self.pieces: list[tuple[int, int]] = []
        self.looks: list[tuple[int, int, bytes]] = []
        self.ends: list[tuple[int, int, bytes]] = []

    def paragraph(self, said: list[tuple[str, bytes]], group: bytes) -> None:
        """Runs of text with their modifiers, the last one with the mark that ends the paragraph."""
        whole = "".join(text for text, _ in said)
        narrow = whole.isascii()
        codec, first = ("ascii", TEXT_AT + len(self.text)) if narrow else ("utf-16-le", TEXT_AT + len(self.text))
        self.pieces.append((self.characters, first * 2 | 1 << 30 if narrow else first))
        for text, look in said:
            at = TEXT_AT + len(self.text)
            self.text += text.encode(codec)
            self.looks.append((at, TEXT_AT + len(self.text), look))
        self.ends.append((first, TEXT_AT + len(self.text), group))
        self.characters += len(whole.encode("utf-16-le")) // 2

    def bytes(self, data: bytes = b"") -> bytes:
        pages = bytearray()
        first = (TEXT_AT + len(self.text)) // 512 + 1
        tables = []
        for found, papx in ((self.looks, False), (self.ends, True)):
            numbers = []
            for start, end, group in found:
                numbers.append(first + len(pages) // 512)
                pages += _page(start, end, group, papx=papx)
            tables.append(struct.pack(f"<{len(found) + 1}I", *(s for s, _, _ in found), found[-1][1]))
            tables[-1] += struct.pack(f"<{len(found)}I", *numbers)
        bounds = [start for start, _ in self.pieces] + [self.characters]
        clx = struct.pack(f"<{len(bounds)}I", *bounds) + b"".join(
            struct.pack("<HIH", 0, fc, 0) for _, fc in self.pieces
        )
        table, header = bytearray(), bytearray(TEXT_AT)
        struct.pack_into("<HH", header, 0, 0xA5EC, 0xC1)
        struct.pack_into("<H", header, 0x0A, 0x0200)
        struct.pack_into("<I", header, 0x4C, self.characters)
        font = b"\0" * 39 + "Wingdings\0".encode("utf-16-le")
        fonts = struct.pack("<HHB", 1, 0, len(font)) + font
        for at, part in ((0x1A2, b"\2" + struct.pack("<I", len(clx)) + clx), (0xFA, tables[0]), (0x102, tables[1]),
                         (0x112, fonts)):  # fmt: skip
            struct.pack_into("<II", header, at, len(table), len(part))
            table += part
        document = (bytes(header) + bytes(self.text)).ljust(first * 512, b"\0") + bytes(pages)
        return compound({"WordDocument": document, "1Table": bytes(table), "Data": data})


def _page(start: int, end: int, group: bytes, *, papx: bool) -> bytes:
    page = bytearray(512)
    struct.pack_into("<II", page, 0, start, end)
    if papx:
        group = b"\0\0" + group
        group += b"\0" * (len(group) % 2)
    at = (510 - len(group) - 2) // 2 * 2
    head = bytes((0, len(group) // 2)) if papx else bytes((len(group),))
    page[8], page[511] = at // 2, 1
    page[at : at + len(head) + len(group)] = head + group
    return bytes(page)


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE file ([MS-CFB]) with these streams; each is padded to 4096 bytes, from where on none is a mini stream."""
    padded = {name: data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0") for name, data in streams.items()}
    body = sum(len(data) for data in padded.values()) // 512
    tables = next(n for n in range(1, 110) if n * 128 >= n + 1 + body)
    links = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    entries, content = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1), b""
    for number, (name, data) in enumerate(padded.items(), 1):
        first = len(links)
        links += [*range(first + 1, first + len(data) // 512), 0xFFFFFFFE]
        entries += _entry(name, 2, first, len(data), right=number + 1 if number < len(padded) else 0xFFFFFFFF)
        content += data
    fat = struct.pack(f"<{len(links)}I", *links).ljust(tables * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)[:-4]
    header += struct.pack(f"<{tables}I", *range(tables))
    return header.ljust(512, b"\xff") + fat + entries.ljust(512, b"\0") + content


def _entry(name: str, kind: int, first: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child)
    return head + b"\0" * 36 + struct.pack("<IQ", first, size)


def doc(layout: Layout) -> bytes:
    made = Doc()
    for line, rows in blocks(layout):
        if not rows:
            made.paragraph([*_doc_runs(line), ("\r", b"")], b"")
        for row in rows:
            for _, lines in row:
                for number, inner in enumerate(lines, 1):
                    made.paragraph([*_doc_runs(inner), ("\a" if number == len(lines) else "\r", b"")], IN_TABLE)
            made.paragraph([("\a", b"")], row_end([cell.col + cell.span for cell, _ in row]))
    return made.bytes()


def row_end(columns: list[int], merged: frozenset[int] = frozenset()) -> bytes:
    """The modifiers of a row's end: its cells end at these columns."""
    cells = b"".join(struct.pack("<H18x", n in merged) for n in range(len(columns)))
    edges = struct.pack(f"<B{len(columns) + 1}h", len(columns), 0, *(COLUMN * n for n in columns))
    definition = struct.pack("<HH", 0xD608, len(edges + cells) + 1) + edges + cells
    return IN_TABLE + struct.pack("<HB", 0x2417, 1) + definition


def _doc_runs(line: Paragraph) -> Iterator[tuple[str, bytes]]:
    for part in line:
        if part.after == "gap":
            yield "\t", b""
        for text, struck in runs(part):
            yield text.replace("\n", "\v"), STRUCK if struck else b""
