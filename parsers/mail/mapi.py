"""Outlook's properties ([MS-OXPROPS]), in which a mail is kept in .msg and winmail.dat, as a mail."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.parser import HeaderParser

from parsers.documents.layout import Unreadable
from parsers.mail import charset
from parsers.mail.carried import FilePart, WalkedMail, file_name

SUBJECT, HEADERS, BODY, RTF, HTML = 0x0037, 0x007D, 0x1000, 0x1009, 0x1013
SENDER, SENDER_SMTP, TO, MESSAGE_ID = 0x0C1F, 0x5D01, 0x0E04, 0x1035
ATTACHED, LONG_NAME, NAME, DISPLAY, MIME = 0x3701, 0x3707, 0x3704, 0x3001, 0x370E

MOST_RTF = 5_000_000
_HEADERS = 100_000
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20"
    b"\\b\\i\\u\\tab\\tx"
)

Value = str | bytes
Properties = Mapping[int, Value]


@dataclass(slots=True)
class Kept:
    """A mail as Outlook keeps it: its properties, the properties of each file, and mails within."""

    own: Properties
    files: list[Properties] = field(default_factory=list)
    mails: list[WalkedMail] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def mail_of(kept: Kept) -> WalkedMail:
    """The kept mail as any other one; its rich text, when it has no other, is a file beside it."""
    text, html = said(kept.own, BODY), said(kept.own, HTML)
    files = [file for held in kept.files if (file := file_of(held))]
    if not text.strip() and not html.strip() and (rich := rich_text(kept.own)):
        files.insert(0, FilePart("mail.rtf", "text/rtf", rich))
    return WalkedMail(
        _header(kept.own),
        text,
        html,
        tuple(files),
        tuple(kept.mails),
        frozenset({"text/plain"}),
        tuple(f.name for f in files),
        tuple(kept.remarks),
    )  # fmt: skip


def said(properties: Properties, tag: int) -> str:
    value = properties.get(tag, "")
    return value if isinstance(value, str) else charset.decode(value, "")[0]


def file_of(held: Properties) -> FilePart | None:
    data = held.get(ATTACHED)
    if not isinstance(data, bytes) or not data:
        return None
    name = said(held, LONG_NAME) or said(held, NAME) or said(held, DISPLAY)
    kind = said(held, MIME) or "application/octet-stream"
    return FilePart(file_name(name, kind), kind, data)


def _header(own: Properties) -> Message:
    """The header that came with the mail, or one made of what Outlook knows."""
    if (kept := said(own, HEADERS)).strip():
        return HeaderParser().parsestr(kept[:_HEADERS], headersonly=True)
    made = Message()
    pairs = (("From", said(own, SENDER_SMTP) or said(own, SENDER)), ("To", said(own, TO)),
             ("Subject", said(own, SUBJECT)), ("Message-ID", said(own, MESSAGE_ID)))  # fmt: skip
    for name, value in pairs:
        if value.strip():
            made[name] = " ".join(value.split())[:1_000]
    return made


def rich_text(own: Properties) -> bytes:
    """The body as rich text, b"" where there is none or it is damaged."""
    packed = own.get(RTF)
    try:
        return unpacked_rtf(packed) if isinstance(packed, bytes) else b""
    except Unreadable:
        return b""


def unpacked_rtf(packed: bytes) -> bytes:
    """Rich text as Outlook packs it ([MS-OXRTFCP] 2.2): runs from a dictionary of 4096 bytes that goes round."""
    if len(packed) < 16:
        raise Unreadable("The rich text of the mail is cut short.")
    _, size, kind, _ = struct.unpack_from("<IIII", packed)
    if kind == 0x414C454D:
        return packed[16 : 16 + min(size, MOST_RTF)]
    if kind != 0x75465A4C:
        raise Unreadable("The rich text of the mail is packed in a way that is not known.")
    around, at, out = bytearray(_DICTIONARY.ljust(4096, b" ")), len(_DICTIONARY), bytearray()

    def put(byte: int) -> None:
        nonlocal at
        out.append(byte)
        around[at] = byte
        at = (at + 1) % 4096

    place = 16
    while place < len(packed) and len(out) < min(size, MOST_RTF):
        control, place = packed[place], place + 1
        for bit in range(8):
            if place >= len(packed):
                break
            if not control >> bit & 1:
                put(packed[place])
                place += 1
                continue
            if place + 1 >= len(packed):
                return bytes(out)
            pair = int.from_bytes(packed[place : place + 2], "big")
            place += 2
            if pair >> 4 == at:
                return bytes(out)
            for n in range((pair & 15) + 2):
                put(around[((pair >> 4) + n) % 4096])
    return bytes(out)
