"""What mail-parser makes of the headers: a second opinion, kept on a short lead.

It is good at headers, and is what many others use, so that a mail which it reads otherwise than we do is one that its
sender may have made ambiguous. It never sees the body, and nothing that it raises stops the reading.
"""

from __future__ import annotations

import binascii
import re
from email.errors import MessageError

import mailparser
from mailparser.exceptions import MailParserError

from parsers.mail.headers import Headers

MAX_BYTES = 24_000
"""Header bytes that it is given; above, it is not asked."""

# Its documented errors, and those that it was seen to let through from the standard library and its own code.
_FAILURES = (
    MailParserError,
    MessageError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RecursionError,
    AssertionError,
    OSError,
    NotImplementedError,
    binascii.Error,
)
_HEADER_END = re.compile(rb"\r?\n\r?\n|\r\r")
# Only these are compared; what describes the body would make it look for one.
_ASKED = re.compile(rb"(?:from|message-id)[ \t]*:", re.IGNORECASE)


def remarks(raw: bytes, ours: Headers) -> tuple[str, ...]:
    """Where mail-parser reads sender or Message-ID otherwise than we do, a sentence each."""
    header = _header(raw)
    if len(header) > MAX_BYTES:
        return ("The header is too long for a second opinion on the sender.",)
    try:
        theirs = mailparser.parse_from_bytes(header)
        seen = [address.lower() for _, address in theirs.from_ if address]
        message_id = str(theirs.message_id or "")
    except _FAILURES as failure:
        return (f"The second opinion on the headers failed ({type(failure).__name__}).",)
    out = []
    if ours.sender.address and seen != [ours.sender.address.address]:
        out.append("Two readings of From differ; the sender has no authority.")
    if ours.message_id and ours.message_id not in message_id:
        out.append("Two readings of Message-ID differ.")
    return tuple(out)


def differs(remarks: tuple[str, ...]) -> bool:
    """Whether the sender was read in two ways."""
    return any("From differ" in r for r in remarks)


def _header(raw: bytes) -> bytes:
    end = _HEADER_END.search(raw, 0, MAX_BYTES * 4)
    block = raw[: end.start()] if end else raw[: MAX_BYTES * 4]
    kept: list[bytes] = []
    keep = False
    for line in block.splitlines(keepends=True):
        if line[:1] not in (b" ", b"\t"):
            keep = bool(_ASKED.match(line))
        if keep:
            kept.append(line)
    return b"".join(kept) + b"\r\n\r\n"
