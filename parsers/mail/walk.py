"""A mail's bytes into text, files and forwarded mails, over the tree of the standard library's compat32 parser.

The walk is our own: others flatten message/rfc822, so that the forms of two children in two forwarded mails can be
mixed, and lose a PDF that has no name. Each forwarded mail stays a mail of its own here.
"""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import re
from contextlib import suppress
from email.message import Message

from parsers.mail import charset, limits, wrapped
from parsers.mail.attempt import attempt
from parsers.mail.blocks import Lifted, as_written
from parsers.mail.carried import MAX_NESTED, FilePart, Room, WalkedMail, file_name
from parsers.mail.containers import Opened, opened

MAX_DEPTH = 20
MAX_PARTS = 400
MAX_TEXT = 500_000
"""Characters of text that are looked at: more than a hundred pages, read in about a second."""
_TOO_DEEP = "Forwarded mails that lie more than five deep in one another were not read."


def walk(raw: bytes, depth: int = 0, room: Room | None = None) -> WalkedMail:
    """Read a mail's bytes. Raises `limits.TooMuch` when it is beyond what is read."""
    limits.check_size(raw)
    lifted = Lifted(raw)
    limits.check(lifted.rest)
    return _Walk(depth, lifted, room or Room()).whole(
        email.message_from_bytes(lifted.rest, policy=email.policy.compat32)
    )


class _Walk:
    """Collects the parts of one mail; a mail that it carries gets a walk of its own."""

    def __init__(self, depth: int, lifted: Lifted, room: Room) -> None:
        self.depth = depth
        self.room = room
        self.lifted = lifted
        self.texts: list[str] = []
        self.htmls: list[str] = []
        self.files: list[FilePart] = []
        self.nested: list[WalkedMail] = []
        self.types: set[str] = set()
        self.names: list[str] = []
        self.remarks: list[str] = []

    def whole(self, message: Message) -> WalkedMail:
        stack: list[tuple[Message, int]] = [(message, 0)]
        parts = 0
        while stack:
            part, level = stack.pop()
            parts += 1
            if parts > MAX_PARTS or level > MAX_DEPTH:
                self._remark("The mail has more parts than are looked at; some were passed over.")
                continue
            children = self._part(part)
            stack.extend((child, level + 1) for child in reversed(children))
        return WalkedMail(
            message,
            "\n".join(self.texts)[:MAX_TEXT],
            "\n".join(self.htmls)[:MAX_TEXT],
            tuple(self.files),
            tuple(self.nested),
            frozenset(self.types),
            tuple(self.names),
            tuple(self.remarks),
        )

    def _part(self, part: Message) -> list[Message]:
        """Take one part; the parts inside it that still wait for their turn."""
        kind = part.get_content_type()
        self.lifted.restore(part)
        self.types.add(kind)
        if name := _raw_name(part):
            self.names.append(name)
        self._defects(part)
        payload = as_written(part)
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            return [p for p in payload if isinstance(p, Message)]
        if kind in ("message/rfc822", "message/global"):
            self._forwarded(part)
        elif kind.startswith("message/") and isinstance(payload, list):
            self._report(part)
        elif kind in wrapped.SMIME_TYPES and (inner := self._signed(part)) is not None:
            return [inner]
        elif self._is_body(part, kind, name):
            self._body(part, kind)
        else:
            self._file(part, kind, name)
        return []

    def _is_body(self, part: Message, kind: str, name: str) -> bool:
        # RFC 2183 2.8: an unknown disposition is an attachment; a text without one, or inline and unnamed, is the body.
        if kind not in ("text/plain", "text/html", "text/enriched", "multipart/mixed", "multipart/alternative"):
            return False
        return part.get_content_disposition() in (None, "inline") and not name

    def _body(self, part: Message, kind: str) -> None:
        text, remark = charset.decode(_bytes(part), str(part.get_param("charset", "")))
        if remark:
            self._remark(remark)
        if len(text) > MAX_TEXT:
            self._remark("The text is very long; only its beginning was read.")
        (self.htmls if kind == "text/html" else self.texts).append(text[:MAX_TEXT])

    def _file(self, part: Message, kind: str, name: str) -> None:
        if data := _bytes(part):
            self._take(opened(FilePart(file_name(name, kind), kind, data), self.room, self.depth))

    def _take(self, found: Opened) -> None:
        """What a file turned out to hold: itself, or if it is a container, what lies in it."""
        self.files += found.files
        self.nested += found.mails
        for raw in found.raw_mails:
            if self.depth < MAX_NESTED:
                self.nested.append(walk(raw, self.depth + 1, self.room))
            else:
                self._remark(_TOO_DEEP)
        if found.text and not any(t.strip() for t in (*self.texts, *self.htmls)):
            self.texts.append(found.text[:MAX_TEXT])
        for remark in found.remarks:
            self._remark(remark)

    def _signed(self, part: Message) -> Message | None:
        """The mail inside an opaque signature, which then is a part like any other."""
        inner = attempt("signature", self.remarks, wrapped.signed_content, _bytes(part))
        if not inner:
            return None
        limits.check_size(inner)
        limits.check(inner)
        return email.message_from_bytes(inner, policy=email.policy.compat32)

    def _report(self, part: Message) -> None:
        """message/delivery-status and its like hold header blocks, one each recipient: kept as a file."""
        kind = part.get_content_type()
        data = "\n".join(_written(one) for one in part.walk() if one is not part).encode("utf-8", "replace")
        self.files.append(FilePart(file_name("", kind), kind, data))

    def _forwarded(self, part: Message) -> None:
        if self.depth >= MAX_NESTED:
            self._remark(_TOO_DEEP)
            return
        payload = as_written(part)
        inner = payload[0] if isinstance(payload, list) and payload else None
        if not isinstance(inner, Message):
            self._remark("A forwarded mail in this mail is broken and was not read.")
        elif str(part.get("Content-Transfer-Encoding", "")).strip().lower() in ("base64", "quoted-printable"):
            # RFC 6532 allows it, RFC 2046 5.2.1 does not, and the standard library leaves it encoded.
            inner["Content-Transfer-Encoding"] = str(part["Content-Transfer-Encoding"])
            self.lifted.restore(inner)
            self.nested.append(walk(_bytes(inner), self.depth + 1, self.room))
        else:
            self.nested.append(_Walk(self.depth + 1, self.lifted, self.room).whole(inner))

    def _defects(self, part: Message) -> None:
        # Where a virus scanner and we may see different parts, a person should know.
        if len(part.get_all("Content-Type", [])) > 1:
            self._remark("A part of the mail has two content types; others may see it differently.")
        if part.defects:
            self._remark("The mail is not well formed; a part of it may be missing.")

    def _remark(self, text: str) -> None:
        if text not in self.remarks and len(self.remarks) < 20:
            self.remarks.append(text)


def _written(part: Message) -> str:
    """Its header and its own text, as they came: the standard library would write them in the charset that the part
    names, which may be none."""
    payload = as_written(part)
    header = "".join(f"{name}: {value}\n" for name, value in part.raw_items())
    return f"{header}\n{payload if isinstance(payload, str) else ''}"


def _bytes(part: Message) -> bytes:
    payload = as_written(part)
    if isinstance(payload, str) and _is_base64(part):
        if "=" in payload.rstrip("= \r\n"):
            return _padded(payload)
        with suppress(ValueError):  # What is cut off, the standard library mends.
            return binascii.a2b_base64(payload)
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _is_base64(part: Message) -> bool:
    return str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"


def _padded(payload: str) -> bytes:
    """Base64 that was put together from pieces with padding of their own: the standard library stops at the first."""
    pieces = re.split(r"=+", re.sub(r"[^A-Za-z0-9+/=]", "", payload))
    # A piece of one sign holds no byte.
    return b"".join(base64.b64decode(p + "=" * (-len(p) % 4)) for p in pieces if len(p) % 4 != 1)


def _raw_name(part: Message) -> str:
    """The file name of Content-Disposition or Content-Type, RFC 2231 put together, encoded words decoded."""
    try:
        name = part.get_filename("")
    except (ValueError, TypeError, LookupError):
        # RFC 2231 with a charset or numbering that is none: the standard library gives up on it.
        return "unreadable-name"
    return charset.decode_words(name)
