"""What a transport reads in the head of a mail of ours: the fields that stand on one line."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache


def head(raw: bytes) -> bytes:
    return raw[: raw.find(b"\r\n\r\n") if b"\r\n\r\n" in raw else raw.find(b"\n\n")]


def field(head: bytes, name: str) -> str:
    """ "" where there is none."""
    found = _line(name).search(head)
    return found[1].decode("ascii", "surrogateescape").strip() if found else ""


def written(head: bytes) -> datetime | None:
    """Its Date, aware; None where there is none that can be read."""
    try:
        date = parsedate_to_datetime(field(head, "Date"))
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def mark(raw: bytes) -> str:
    """What one of our mails is known by for ever, whatever a provider does to its Message-ID."""
    return field(head(raw), "X-CME-Key") or field(head(raw), "Message-ID")


@cache
def _line(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"(?im)^" + name.encode() + rb":[ \t]*([^\r\n]*)")
