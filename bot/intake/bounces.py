"""A mail of ours that came back. It counts only for the mail whose key or Message-ID it shows; it stops no clock.

A dead address: who answers for the directory is asked for another, and the question goes to the next contact at once.
Refused: the question goes on likewise, and a person looks. What may pass: the same mail leaves again later.
"""

from __future__ import annotations

from datetime import timedelta

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Trust, Writer
from bot.arrivals.verdict import Verdict
from bot.cases.authority import ANSWERABLE
from bot.cases.casework import Casework, Origin
from bot.outbox.unreachable import bury
from bot.register.rows import OutboxRow
from parsers.reading import Bounce, MailReading, Meaning
from rules import Party, Send

AGAIN_AFTER = timedelta(hours=4)
MOST_ATTEMPTS = 4
"""Handed over so often, and still come back with what may pass: then it is taken not to."""
LASTING = frozenset({"dead", "refused"})
WHAT = {"dead": "there is no such address", "refused": "it was refused"}


def take(work: Casework, arrival: Arrival, who: Writer, origin: Origin) -> Verdict:
    """What becomes of a delivery report."""
    reading = arrival.reading
    bounce = reading.bounce or Bounce()
    row = _ours(work, bounce)
    if row is None:
        return _of_nothing_known(reading, who)
    if bounce.meaning == "arrived":
        return Verdict("done", "done", "a mail server says that a mail of ours arrived")
    meaning = come_back(work, row, bounce, origin)
    if meaning == "trying":
        return Verdict("done", "done", "a mail server is still trying to deliver a mail of ours")
    if meaning == "later":
        if row.state == "sent":
            work.unit.send_again(row.key, f"it came back: {bounce.said}", work.now + AGAIN_AFTER)
        return Verdict("done", "done", "a mail of ours came back for a reason that may pass: it leaves again later")
    named = f"{row.ref}: " if row.ref else ""
    came = f"our mail to {row.address} came back ({WHAT[meaning]})"
    return Verdict("done", "quarantined", f"{named}{came}: mend the directory")


def come_back(work: Casework, row: OutboxRow, bounce: Bounce, origin: Origin) -> Meaning:
    """What follows for the case, the address and whoever answers for it; how the report is taken."""
    tired = bounce.meaning == "later" and row.attempts >= MOST_ATTEMPTS
    meaning: Meaning = "refused" if tired else bounce.meaning
    if meaning == "dead" and bury(work.unit, row.address, work.now):
        work.letters.address_dead(row, bounce.said)
    _write_down(work, row, meaning, bounce, origin)
    if row.kind == "alarm" and meaning in LASTING:
        _alarm_another(work, row)
    return meaning


def _alarm_another(work: Casework, row: OutboxRow) -> None:
    """An alarm that did not arrive goes on at once: to the deputy, else to the other officer (1.4)."""
    concern = work.case(row.ref).latest("concern.raised") if row.ref else None
    if concern is None or row.role not in ANSWERABLE:
        return
    had = {r.address for r in work.unit.outbox_of(row.ref) if r.kind == "alarm" and r.created >= row.created}
    for to in (Party(row.role, "deputy"), *(Party(role) for role in sorted(ANSWERABLE))):
        send = Send("notice", f"alarm|{row.key}|{to}", "alarm", "1.4", to, "alarm", trigger=concern.seq, at_once=True)
        again = work.letters.for_action(row.ref, work.case(row.ref), send)
        if again is not None and again.state == "waiting" and again.address not in had:
            work.queue([again])
            return


def _ours(work: Casework, bounce: Bounce) -> OutboxRow | None:
    """By the key, which only its recipient has seen, else by the Message-ID. Never by a code or a reference, which
    stand in subjects (a forged report would silence a question)."""
    for key in bounce.keys:
        if row := work.unit.outbox(key):
            return row
    found = work.unit.outbox_by_message_ids(bounce.message_ids)
    return found[0] if found else None


def _of_nothing_known(reading: MailReading, who: Writer) -> Verdict:
    """Backscatter of mails that others forged is nobody's business; what names a case of ours, or comes from somebody
    whom we know, is looked at."""
    if reading.thread.references or reading.thread.codes or who.trust >= Trust.KNOWN:
        why = "a mail server says that a mail was not delivered, and does not show which of ours: nothing was changed"
        return Verdict("done", "quarantined", why)
    return Verdict("done", "done", "a report on a mail that is none of ours")


def _write_down(work: Casework, row: OutboxRow, meaning: str, bounce: Bounce, origin: Origin) -> None:
    if not row.ref:
        return
    deputy = Party(row.role, "deputy")
    values = {
        "address": row.address,
        "meaning": meaning,
        "lasting": meaning in LASTING,
        "status": bounce.status,
        "why": bounce.said,
        "asks": list(row.asks),
        "deputy": work.letters.somebody(deputy, but=row.address),
    }
    work.note(row.ref, "bounced", values, origin)
    work.advance(row.ref)
