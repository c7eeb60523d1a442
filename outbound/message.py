"""A mail's bytes: RFC 5322 headers and a multipart/alternative of text and HTML.

Written out by hand, because EmailMessage.as_bytes takes longer than all the rest together; the tests read every mail
back with the standard library's strict parser.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode, encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from outbound.letter import Enclosure

# RFC 5322 section 3.4.1 (dot-atom), ASCII only: a mail server without SMTPUTF8 must be able to carry it.
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\Z")
MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,200}>\Z")
_PLAIN_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\u2028\u2029]")
_LONGEST = 900
"""RFC 5322 section 2.1.1 allows 998 octets a line; the name of the header takes some."""


class BadHeader(ValueError):
    """Something that may not stand in a header, such as a line break by which a header could be smuggled in."""

    def __init__(self, name: str, value: str, why: str) -> None:
        super().__init__(f"The header {name} cannot hold {value!r}: {why}. The mail was not made.")
        self.name, self.value = name, value


@dataclass(frozen=True, slots=True)
class Envelope:
    """The headers of one mail. `from_` and `to` are (name, address); `extra` are further headers, in order."""

    from_: tuple[str, str]
    to: tuple[str, str]
    subject: str
    date: datetime
    message_id: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


def serialise(envelope: Envelope, text: str, html: str, enclosures: Sequence[Enclosure] = ()) -> bytes:
    """The whole mail, lines ending in CRLF, seven bits only. Raises BadHeader."""
    boundary = "=_" + hashlib.sha256(f"{envelope.message_id}{envelope.date}".encode()).hexdigest()[:32]
    lines = [f"{name}: {value}" for name, value in _headers(envelope)]
    parts = [_part(boundary, "plain", text), _part(boundary, "html", html), f"--{boundary}--\r\n".encode()]
    kind, body = f'multipart/alternative; boundary="{boundary}"', b"".join(parts)
    if enclosures:
        inner = f"--{boundary}.m\r\nContent-Type: {kind}\r\n\r\n".encode()
        rest = [_enclosed(f"{boundary}.m", one) for one in enclosures]
        kind, body = f'multipart/mixed; boundary="{boundary}.m"', b"".join([inner, body, *rest])
        body += f"--{boundary}.m--\r\n".encode()
    lines += ["MIME-Version: 1.0", f"Content-Type: {kind}", "", ""]
    return "\r\n".join(lines).encode("ascii") + body


_FILE_NAME = re.compile(r"[A-Za-z0-9._-]{1,80}\Z")


def _enclosed(boundary: str, file: Enclosure) -> bytes:
    """RFC 2183: an attachment under a name of plain letters; base64 in lines of 76 (RFC 2045, 6.8)."""
    if not _FILE_NAME.match(file.name):
        raise BadHeader("Content-Disposition", file.name, "a file's name is letters, digits, dots and dashes")
    head = f"--{boundary}\r\nContent-Type: {file.content_type}; charset=utf-8\r\n"
    head += f'Content-Disposition: attachment; filename="{file.name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return head.encode("ascii") + encodebytes(file.content).replace(b"\n", b"\r\n")


def _part(boundary: str, kind: str, content: str) -> bytes:
    head = f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
    head += "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    body = b2a_qp(content.encode("utf-8", "replace")).replace(b"\n", b"\r\n")
    return head.encode() + body + b"\r\n"


def _headers(envelope: Envelope) -> Sequence[tuple[str, str]]:
    sender = mailbox("From", *envelope.from_)
    out = [
        ("From", sender),
        ("To", mailbox("To", *envelope.to)),
        ("Subject", words("Subject", envelope.subject)),
        ("Date", format_datetime(envelope.date)),
        ("Message-ID", _message_id("Message-ID", envelope.message_id)),
    ]
    if envelope.in_reply_to:
        out.append(("In-Reply-To", _message_id("In-Reply-To", envelope.in_reply_to)))
    if envelope.references:
        # One a line: RFC 5322 section 2.1.1 wants lines of 78, and a long thread would pass 998.
        out.append(("References", "\r\n ".join(_message_id("References", one) for one in envelope.references)))
    out.append(("Reply-To", sender))
    return out + [(name, words(name, value)) for name, value in envelope.extra]


def mailbox(header: str, name: str, address: str) -> str:
    """`"Hub manager" <hub@council.example>`. Raises BadHeader."""
    if not _ADDRESS.match(address):
        raise BadHeader(header, address, "it is not a plain mail address")
    _refuse_control(header, name)
    if not name:
        return address
    if not name.isascii() or "=?" in name:
        return f"{_encoded(name)} <{address}>"
    if not _PLAIN_PHRASE.match(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{address}>"


def words(header: str, value: str) -> str:
    """Unstructured text, RFC 2047 where it is not ASCII. Raises BadHeader."""
    _refuse_control(header, value)
    if len(value) > _LONGEST:
        raise BadHeader(header, value[:40] + "...", "it is too long")
    # Text that looks like an encoded word would be decoded by the reader (RFC 2047 section 6.1).
    return value if value.isascii() and "=?" not in value else _encoded(value)


def _encoded(value: str) -> str:
    """RFC 2047 section 2: 75 characters a word at most, so 45 octets, and no character cut in two."""
    chunks, size = [""], 0
    for character in value:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > 45:
            chunks.append("")
            size = 0
        chunks[-1] += character
        size += octets
    return "\r\n ".join(f"=?utf-8?b?{b64encode(one.encode('utf-8', 'replace')).decode()}?=" for one in chunks)


def _message_id(header: str, value: str) -> str:
    if not MESSAGE_ID.match(value):
        raise BadHeader(header, value, "it is not a Message-ID in angle brackets")
    return value


def _refuse_control(header: str, value: str) -> None:
    if _CONTROL.search(value):
        raise BadHeader(header, value, "it holds a line break or a control character")
