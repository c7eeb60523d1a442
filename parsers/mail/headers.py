"""The headers of a mail that are looked at, each read once and bounded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from parsers.mail import addresses, charset

MAX_VALUE = 20_000
"""Characters of one header that are looked at: the standard library's address parser takes quadratic time."""
MAX_REFERENCES = 5
"""As the last of References are the nearest, and hundreds are an attack."""

_ID = re.compile(r"<[!-;=?-~]{1,500}>")
_TAGS = re.compile(
    r"(?:\s*(?:\[\s*(?:ext|extern|external)(?: (?:e-?mail|sender))?\s*\]|(?:ext|external)(?: e-?mail)?\s*:)){1,3}\s*",
    re.IGNORECASE,
)
"""What a gateway puts before the subject of a mail from outside."""
_EIGHT_BIT = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Headers:
    """`message_id` and `answers` are in angle brackets, as written. `answers`: In-Reply-To first, then References from
    the last. `to` holds To and Cc in lower case. `date` is what the sender's clock said, aware, or None. `topic`: the
    subject that the thread began with, where Outlook has kept it ([MS-OXCMAIL] 2.2.3.2.7, Thread-Topic)."""

    sender: addresses.Sender
    message_id: str
    subject: str
    date: datetime | None
    to: tuple[str, ...]
    answers: tuple[str, ...]
    topic: str = ""


NONE = Headers(addresses.Sender(None, 0), "", "", None, (), ())
"""The headers of what is no mail."""


def read(message: Message) -> Headers:
    """Read the headers of one mail. Never raises: what is no Message-ID, Date or address is left out."""
    ids = _ID.findall(first(message, "Message-ID"))
    return Headers(
        addresses.sender(_as_sent(message, "From")),
        ids[0] if ids else "",
        _words(message, "Subject"),
        _date(first(message, "Date")),
        _recipients(message),
        _answers(message),
        _words(message, "Thread-Topic"),
    )


def untagged(subject: str) -> str:
    """The subject as its sender wrote it."""
    return _TAGS.sub("", subject, count=1) if _TAGS.match(subject) else subject


def _words(message: Message, name: str) -> str:
    values = _as_sent(message, name)
    return charset.decode_words(values[0] if values else "")[:2000]


def every(message: Message, name: str) -> list[str]:
    """The values of all headers of that name, in order. An 8-bit byte, which RFC 5322 2.2 forbids there, is U+FFFD."""
    return [_EIGHT_BIT.sub("\ufffd", value) for value in _as_sent(message, name)]


def first(message: Message, name: str) -> str:
    """The value of the first header of that name, or ""."""
    values = every(message, name)
    return values[0] if values else ""


def _as_sent(message: Message, name: str) -> list[str]:
    """8-bit bytes stay surrogates, of which nothing may be stored or looked up."""
    # raw_items() and not get_all(): compat32 turns a value with 8-bit bytes into a Header object, which may raise.
    name = name.lower()
    return [str(v)[:MAX_VALUE] for k, v in message.raw_items() if k.lower() == name]


def _date(value: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(value[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if not 1990 <= when.year <= 2200:
        return None
    # RFC 5322 3.3: -0000 says that the zone is not known; the hour is in UTC.
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _recipients(message: Message) -> tuple[str, ...]:
    values = [re.sub(r"[^\x20-\x7e]", " ", v) for v in every(message, "To") + every(message, "Cc")]
    found = [a.lower() for _, a in getaddresses(values[:20]) if "@" in a]
    return tuple(dict.fromkeys(found))[:200]


def _answers(message: Message) -> tuple[str, ...]:
    replied = _ID.findall(first(message, "In-Reply-To"))[:1]
    # The end of a long header is what counts, so it is read whole here; the pattern is linear.
    thread = [v for k, v in message.raw_items() if k.lower() == "references"]
    known = _ID.findall(str(thread[0])[-MAX_VALUE:])[-MAX_REFERENCES:] if thread else []
    return tuple(dict.fromkeys([*replied, *reversed(known)]))
