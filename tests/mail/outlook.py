"""Mails as Outlook keeps them, in the least that a reader needs: .msg files, winmail.dat, packed rich text."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

FREE, END = 0xFFFFFFFF, 0xFFFFFFFE
Tree = Mapping[str, "bytes | Tree"]


def msg(
    subject: str, body: str, files: Sequence[tuple[str, bytes]] = (), mails: Sequence[Tree] = (), headers: str = ""
) -> bytes:
    return compound(tree(subject, body, files, mails, headers))


def tree(
    subject: str, body: str, files: Sequence[tuple[str, bytes]] = (), mails: Sequence[Tree] = (), headers: str = ""
) -> Tree:
    """The streams and storages of a mail ([MS-OXMSG] 2.2)."""
    told: dict[str, bytes | Tree] = {"__properties_version1.0": b"\0" * 32}
    for tag, text in ((0x0037, subject), (0x1000, body), (0x007D, headers)):
        told[f"__substg1.0_{tag:04X}001F"] = text.encode("utf-16-le")
    held: list[dict[str, bytes | Tree]] = [
        {"__substg1.0_37010102": data, "__substg1.0_3707001F": name.encode("utf-16-le")} for name, data in files
    ]
    held += [{"__substg1.0_3701000D": inner} for inner in mails]
    for number, one in enumerate(held):
        told[f"__attach_version1.0_#{number:08X}"] = {"__properties_version1.0": b"\0" * 8, **one}
    return told


def compound(tree: Tree) -> bytes:
    """An OLE file ([MS-CFB]) of streams and storages; streams are padded to 4096 bytes, from where on none is mini."""
    entries: list[tuple[str, int, list[int], int, bytes]] = [("Root Entry", 5, [], FREE, b"")]
    _add(tree, 0, entries)
    data = [
        raw.ljust(max(4096, -(-len(raw) // 512) * 512), b"\0") if kind == 2 else b"" for _, kind, _, _, raw in entries
    ]
    directory = -(-len(entries) * 128 // 512)
    sectors = directory + sum(len(d) for d in data) // 512
    tables = next(n for n in range(1, 110) if n * 128 >= n + sectors)
    links = [0xFFFFFFFD] * tables + [*range(tables + 1, tables + directory), END]
    written, content = b"", b""
    for (name, kind, children, right, _), raw in zip(entries, data, strict=True):
        first = len(links) if raw else END
        if raw:
            links += [*range(first + 1, first + len(raw) // 512), END]
        content += raw
        written += _entry(name, kind, children[0] if children else FREE, right, first, len(raw))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, END, 0, END, 0)
    head += struct.pack(f"<{tables}I", *range(tables))
    fat = struct.pack(f"<{len(links)}I", *links).ljust(tables * 512, b"\xff")
    return head.ljust(512, b"\xff") + fat + written.ljust(directory * 512, b"\0") + content


def _add(tree: Tree, parent: int, entries: list[tuple[str, int, list[int], int, bytes]]) -> None:
    before = -1
    for name, held in tree.items():
        number = len(entries)
        entries.append((name, 2 if isinstance(held, bytes) else 1, [], FREE, held if isinstance(held, bytes) else b""))
        if before < 0:
            entries[parent][2].append(number)
        else:
            entries[before] = (*entries[before][:3], number, entries[before][4])
        before = number
        if not isinstance(held, bytes):
            _add(held, number, entries)


def _entry(name: str, kind: int, child: int, right: int, first: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child)
    return head + b"\0" * 36 + struct.pack("<IQ", first, size)


def winmail(files: Sequence[tuple[str, bytes]], rtf: bytes = b"") -> bytes:
    """A TNEF stream ([MS-OXTNEF]): files, and the body as packed rich text."""
    made = struct.pack("<IH", 0x223E9F78, 1) + _attribute(1, 0x89006, struct.pack("<I", 0x10000))
    if rtf:
        packed = packed_rtf(rtf)
        value = struct.pack("<IHHII", 1, 0x0102, 0x1009, 1, len(packed)) + packed + b"\0" * (-len(packed) % 4)
        made += _attribute(1, 0x69003, value)
    for name, data in files:
        long = (name + "\0").encode("utf-16-le")
        properties = struct.pack("<IHHIHHII", 2, 0x0003, 0x3705, 1, 0x001F, 0x3707, 1, len(long))
        made += (
            _attribute(2, 0x69002, b"\0" * 14) + _attribute(2, 0x18010, b"SHORT~1.DOC\0") + _attribute(2, 0x6800F, data)
        )
        made += _attribute(2, 0x69005, properties + long + b"\0" * (-len(long) % 4))
    return made


def _attribute(level: int, name: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def packed_rtf(rtf: bytes) -> bytes:
    """Rich text as Outlook packs it ([MS-OXRTFCP]), each character for itself and one run from the dictionary."""
    out = bytearray()
    for at in range(0, len(rtf), 8):
        out += b"\0" + rtf[at : at + 8]
    return struct.pack("<IIII", len(out) + 12, len(rtf), 0x75465A4C, 0) + bytes(out)
