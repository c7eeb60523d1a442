"""Attachments that could not be read: what a person is told, and what the sender is asked for."""

from __future__ import annotations

import re

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Writer
from bot.cases.casework import Casework
from parsers.documents.layout import LOCKED
from parsers.reading import LIST_READ, Attachment, MailReading

_HARMLESS = frozenset({"", "no form", "a small picture", "not a document"})
"""What `parsers.reader` says of a file that hides nothing, besides the names of the forms in it."""
_FORMS = re.compile(r"[\w-]+(?:, [\w-]+)*")


def unread_files(reading: MailReading, *, lists: bool = False, letters: bool = False) -> str:
    """What a person must open: a locked mail or a link, attachments that could not be read; "" when there is none.
    `lists` and `letters`: whether they are dealt with; elsewhere a person must see that one came."""
    unread = [(a, a.verdict) for a in reading.attachments if not _read(a)]
    unread = [(a, why) for a, why in unread if not (lists and why.startswith(LIST_READ))]
    if not letters:
        unread += [(a, _LETTER) for a in reading.attachments if a.words]
    held = "a gateway has not given its files free: look at them in the mailbox" if reading.scanning else ""
    return "; ".join(filter(None, (reading.locked, held, *(f"{a.name or 'a file'}: {why}" for a, why in unread))))


def _read(attachment: Attachment) -> bool:
    return attachment.verdict in _HARMLESS or bool(_FORMS.fullmatch(attachment.verdict))


_LETTER = "no form, and its words were only searched for serious concern"


def ask_without_password(work: Casework, arrival: Arrival, who: Writer) -> bool:
    """A file locked with a password is asked for again without one; whether there was one. No machine is asked."""
    has_one = any(a.verdict == LOCKED for a in arrival.reading.attachments)
    if has_one and not arrival.reading.machine:
        work.letters.plain_reply(arrival, who, "reply-locked")
    return has_one
