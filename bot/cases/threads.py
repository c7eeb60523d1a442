"""Which of our mails a reply answers: by its code, else by the Message-IDs it names, else by a case's reference."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cases.casework import Casework
from bot.matching import consistent
from bot.matching.described import child_of, named_by
from bot.matching.names import words
from bot.register.rows import OutboxRow
from parsers.reading import MailReading


@dataclass(frozen=True, slots=True)
class Found:
    """The case, and the mail of ours that is answered; None when only the case is named."""

    ref: str
    row: OutboxRow | None


def find(work: Casework, reading: MailReading) -> Found | None:
    """A code that is none of ours is counted and shown, and believed by nobody."""
    found = _named(work, reading)
    return None if found and _fresh(work, reading, found.ref) else found


def _fresh(work: Casework, reading: MailReading, ref: str) -> bool:
    """A mail that is no reply by its headers and its subject, quotes an old one, and tells of another child alone: what
    it says is not said of the child that it quotes (docs/decisions/044)."""
    told = reading.child
    if not reading.thread.quoted_only or told is None or not told.surname:
        return False
    if work.unit.outbox_by_message_ids(reading.thread.message_ids) or work.unit.case(ref) is None:
        return False
    child = child_of(work.case(ref).facts)
    if consistent(child, named_by(told)):
        return False
    return not set(words(f"{child.surname} {child.forenames}")) & set(words(reading.new_text))


def _named(work: Casework, reading: MailReading) -> Found | None:
    unit = work.unit
    for code in reading.thread.codes:
        if row := unit.outbox_by_code(code):
            return Found(row.ref, row)
        unit.count_wrong_code(work.now, code, reading.sender.address if reading.sender else "")
    rows = {row.message_id: row for row in unit.outbox_by_message_ids(reading.thread.message_ids)}
    rows |= {row.provider_message_id: row for row in rows.values() if row.provider_message_id}
    for message_id in reading.thread.message_ids:
        if row := rows.get(message_id):
            return Found(row.ref, row)
    for ref in reading.thread.references:
        if unit.case(ref) is not None:
            return Found(ref, None)
    return None
