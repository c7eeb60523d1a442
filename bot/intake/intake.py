"""A mail becomes events, once. What it says is committed with its bytes and its reading; then it is moved."""

from __future__ import annotations

from dataclasses import replace

import structlog

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Trust, Writer, writer
from bot.arrivals.verdict import DONE, WAIT, Verdict, quarantine
from bot.cases import referrals, threads
from bot.cases.casework import Casework, Origin
from bot.cases.unread import ask_without_password, unread_files
from bot.hearing import letters_in, replies
from bot.intake import approving, believing, bounces, machines
from bot.outbox.modes import APPROVE_RULE, EVENING_RULE
from bot.outbox.unreachable import revive
from bot.register.rows import MailRow, NewMail
from bot.rosters import keeping, receiving, replying

log = structlog.get_logger()


def take(work: Casework, arrival: Arrival) -> Verdict:
    """Writes the mail down with all that it gives rise to; says whereto it is to be moved."""
    unit, reading = work.unit, arrival.reading
    known = unit.mail_by_identity(reading.identity)
    if known is not None and not _again(work, known):
        unit.add_place(replace(arrival.arrived.place, mail_id=known.id, target="done"))
        return DONE
    if machines.still_scanned(work, reading):
        return WAIT
    config = work.office.config
    who = writer(reading, config.trust_at(arrival.mailbox), work.office.directory, config.own_domains)
    if who.trust >= Trust.BODY and not reading.machine:
        revive(unit, who.address)
    same_id = unit.mails_by_message_id(reading.message_id) if reading.message_id else []
    copy_of = machines.first_copy(work, reading, who, same_id)
    mail = known.id if known else _write_down(work, arrival, who)
    if copy_of is not None and copy_of.id != mail:
        unit.set_mail_state(mail, "done", f"a copy of mail {copy_of.id} that came through a mailing list")
        unit.add_place(replace(arrival.arrived.place, mail_id=mail, target="done"))
        return DONE
    arrival = replace(arrival, reading=machines.once_said(work, reading))
    with work.gate.hearing(reading):
        verdict = sort(work, arrival, who, mail)
    keeping.meet(work)
    if verdict.state == "done" and any(earlier.id != mail for earlier in same_id):
        verdict = Verdict("done", "quarantined", "the same Message-ID as an earlier mail, with other words")
    if known is not None or verdict != DONE:
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
    if reading.machine:
        origin = replace(origin, role="unknown")  # Nothing is ever sent in answer to what a machine wrote.
    if reading.kind == "unreadable":
        if not ask_without_password(work, arrival, who):
            work.letters.plain_reply(arrival, who, "ack-unread")
        locked = f"{reading.locked}: a person must open it. " if reading.locked else ""
        why = [*reading.remarks, unread_files(replace(reading, locked=""))]
        return quarantine(f"{locked}it could not be read: " + ("; ".join(filter(None, why)) or "no reason given"))
    if reading.message_id and work.unit.outbox_by_message_ids([reading.message_id]):
        return Verdict("done", "done", "one of our own mails came back")
    if reading.kind == "bounce":
        return bounces.take(work, arrival, who, origin)
    thread = threads.find(work, reading)
    if thread is not None and thread.row is not None and thread.row.rule in (APPROVE_RULE, EVENING_RULE):
        return approving.take(work, arrival, who, thread.row)
    if thread is not None and believing.takes(arrival, who, thread):
        return believing.take(work, arrival, who, origin, sort)
    if thread is not None and replying.takes(work, arrival, who, thread):
        return replying.take(work, arrival, who, origin, thread)
    arrival = receiving.with_answers(work, arrival, who, origin, thread)
    if receiving.takes(work, arrival, who, thread):
        return receiving.take(work, arrival, who, origin)
    if thread is not None and thread.ref:
        return replies.take(work, arrival, who, origin, thread)
    if reading.machine and not (reading.referrals or reading.concerns or reading.child):
        return machines.without_content(arrival, who)
    if reading.referrals:
        return referrals.take(work, arrival, who, origin)
    if who.trust is Trust.PERSON and (verdict := replies.out_of_the_blue(work, arrival, who, origin)):
        return verdict
    return letters_in.take(work, arrival, who, origin)
