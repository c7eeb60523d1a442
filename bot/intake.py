"""A mail becomes events, once. What it says is committed with its bytes and its reading; then it is moved."""

from __future__ import annotations

from dataclasses import replace

import structlog

from bot import letters_in, referrals, replies, threads
from bot.arrival import Arrival
from bot.casework import Casework, Origin
from bot.register.rows import MailRow, NewMail
from bot.trust import Trust, Writer, writer
from bot.verdict import DONE, Verdict, quarantine

log = structlog.get_logger()


def take(work: Casework, arrival: Arrival) -> Verdict:
    """Writes the mail down with all that it gives rise to; says whereto it is to be moved."""
    unit, reading = work.unit, arrival.reading
    known = unit.mail_by_identity(reading.identity)
    if known is not None and not _again(work, known):
        unit.add_place(replace(arrival.arrived.place, mail_id=known.id, target="done"))
        return DONE
    who = writer(reading, work.office.config.trust, work.office.directory)
    mail = known.id if known else _write_down(work, arrival, who)
    verdict = sort(work, arrival, who, mail)
    unit.set_mail_state(mail, verdict.state, verdict.why)
    unit.add_place(replace(arrival.arrived.place, mail_id=mail, target=verdict.target))
    log.info("mail taken in", mail=mail, kind=reading.kind, trust=int(who.trust), state=verdict.state)
    return verdict


def _again(work: Casework, known: MailRow) -> bool:
    """A mail without effect that a person moved back from quarantine is tried again."""
    return known.state == "quarantined" and not work.unit.subjects_of_mail(known.id)


def _write_down(work: Casework, arrival: Arrival, who: Writer) -> int:
    reading = arrival.reading
    return work.unit.add_mail(
        NewMail(
            identity=reading.identity,
            received=arrival.arrived.received or work.now,
            recorded=work.now,
            raw=arrival.arrived.raw,
            reading=reading,
            message_id=reading.message_id,
            sender=who.address,
            subject=reading.subject[:500],
            kind=reading.kind,
            trust=int(who.trust),
        )
    )


def set_aside(work: Casework, arrival: Arrival, why: str) -> None:
    """A mail that beat us is kept whole, for a person."""
    unit, known = work.unit, work.unit.mail_by_identity(arrival.reading.identity)
    mail = known.id if known else _write_down(work, arrival, Writer("", Trust.UNKNOWN))
    unit.set_mail_state(mail, "quarantined", f"the bot failed on it ({why[:300]})")
    unit.add_place(replace(arrival.arrived.place, mail_id=mail, target="quarantine"))


def sort(work: Casework, arrival: Arrival, who: Writer, mail: int) -> Verdict:
    """What kind of mail it is, and what is done with it."""
    reading = arrival.reading
    origin = Origin.of(mail, arrival.arrived.received or work.now, who)
    if reading.kind == "unreadable":
        work.letters.plain_reply(arrival, who, "ack-unread")
        return quarantine("it could not be read: " + "; ".join(reading.remarks or ("no reason given",)))
    if who.address and work.office.own(who.address):
        return Verdict("done", "done", "one of our own mails came back")
    if thread := threads.find(work, reading):
        return replies.take(work, arrival, who, origin, thread)
    if reading.machine:
        return Verdict("done", "done", f"a machine wrote it: {reading.machine}")
    if reading.referrals:
        return referrals.take(work, arrival, who, origin)
    if who.trust is Trust.PERSON and (verdict := replies.out_of_the_blue(work, arrival, who, origin)):
        return verdict
    return letters_in.take(work, arrival, who, origin)
