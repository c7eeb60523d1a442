"""The whole reading of one mail. Whatever a mail holds, a reading comes out: what beats one part is a remark, what
beats all of it is kind "unreadable", and both wait for a person."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.parser import BytesHeaderParser
from zoneinfo import ZoneInfo

from parsers import concerns, derived, letters
from parsers.mail import (
    absence,
    authentication,
    bounces,
    forward,
    gateways,
    headers,
    identity,
    machine,
    new_text,
    referrals,
    thread,
    walk,
)
from parsers.mail import contents as inside
from parsers.mail import second_opinion as second
from parsers.mail.attempt import attempt
from parsers.mail.carried import WalkedMail
from parsers.mail.headers import Headers
from parsers.mail.watch import UNWATCHED, Watch
from parsers.reading import (
    LIST_READ,
    Address,
    Bounce,
    ChildMention,
    Concern,
    Envelope,
    Kind,
    MailReading,
    Referral,
    Thread,
)

_LONDON = ZoneInfo("Europe/London")
_FREE_TEXT = ("information.other", "information.additional", "risk.other_text")


def read_mail(raw: bytes, *, received: datetime, watch: Watch = UNWATCHED) -> MailReading:
    """Read one mail. `received`: when the server took it in, aware. `watch` is told of each document before it is
    opened, and may forbid it. Never raises."""
    remarks: list[str] = []
    reading = attempt("mail", remarks, _read, raw, received, watch)
    return reading if reading is not None else _unreadable(raw, remarks)


def _read(raw: bytes, received: datetime, watch: Watch) -> MailReading:
    mail = walk.walk(raw)
    head = headers.read(mail.message)
    opinion = second.remarks(raw, head)
    remarks = [r for r in (*mail.remarks, head.sender.remark, *opinion) if r]
    written = _written(head.date, received)
    text = inside.body(mail)
    new = new_text.new_text(mail.text, mail.html)
    clues = thread.read(head, new, text)
    judged = machine.judge(mail, head)
    bounce = judged.kind == "bounce"
    passes_on = forward.is_forward(headers.untagged(head.subject), text)
    answer = _is_answer(clues, judged) and not passes_on
    held = inside.contents(mail, text, new, written, bounce=bounce, answer=answer, subject=head.subject, watch=watch)
    remarks += held.remarks
    letter = _letter(mail, new, text, passes_on, [a.words for a in held.attachments], remarks)
    # Of an invitation it is the name of a meeting.
    subject = "" if bounce or _is_answer(clues, judged) or "text/calendar" in mail.types else head.subject
    found = _completed(held.referrals, new, written, remarks)
    child, heading = (None, "") if found or bounce else _child(subject, letter, written, remarks)
    if not (text.strip() or held.attachments or mail.nested):
        remarks.append("The mail is empty.")
    sender = None if second.differs(opinion) else head.sender.address
    reading = MailReading(
        **_envelope(head, sender, text, [a.digest for a in held.attachments]),
        text=text,
        new_text=new,
        kind="other",
        machine=judged.reason,
        authentication=authentication.read(mail.message),
        thread=clues,
        attachments=held.attachments,
        concerns=() if bounce else _concerns(subject, letter, found, remarks),
        referrals=found,
        rosters=held.rosters,
        child=child,
        heading=heading,
        bounce=attempt("report", remarks, bounces.read, mail, head) or Bounce() if bounce else None,
        absence=attempt("absence", remarks, absence.read, text, written) if judged.kind == "auto-reply" else None,
        via_list=machine.through_list(mail),
        locked=gateways.locked(mail, text, new),
        scanning=gateways.scanning(mail),
    )
    return replace(reading, kind=_kind(reading, judged), remarks=tuple(dict.fromkeys(remarks)))


def _envelope(head: Headers, sender: Address | None, text: str, digests: list[str]) -> Envelope:
    address = sender.address if sender else ""
    return Envelope(
        identity=identity.identity(head.message_id, address, text, digests, _of_head(head)),
        message_id=head.message_id,
        sender=sender,
        senders=head.sender.count,
        to=head.to,
        subject=head.subject,
        date=head.date,
    )


def _of_head(head: Headers) -> tuple[str, ...]:
    return (head.subject, head.date.isoformat() if head.date else "", *head.answers)


def _written(said: datetime | None, received: datetime) -> date:
    """The day of writing, against which "Monday" is understood: the Date where it fits the arrival."""
    if said and received - timedelta(days=7) <= said <= received + timedelta(hours=1):
        return said.astimezone(_LONDON).date()
    return received.astimezone(_LONDON).date()


def _is_answer(clues: Thread, judged: machine.Machine) -> bool:
    return bool(clues.codes or clues.message_ids) or judged.kind == "auto-reply"


def _completed(found: tuple[Referral, ...], new: str, written: date, remarks: list[str]) -> tuple[Referral, ...]:
    """A cover letter speaks of the one form beside it; beside several it cannot be told of which."""
    if len(found) != 1 or not new:
        return found
    facts = attempt("cover letter", remarks, derived.derive, new, written)
    return (referrals.completed(found[0], facts),) if facts else found


def _letter(mail: WalkedMail, new: str, text: str, passes_on: bool, attached: list[str], remarks: list[str]) -> str:
    """All that the mail says: the new text, a forwarded mail's words, those of mails and letters attached to it."""
    parts = [new, *attached]
    if passes_on:
        parts.append(forward.forwarded_text(text))
    parts += [new_text.new_text(inner.text, inner.html) for inner in inside.mails(mail) if inner is not mail]
    if mail.text.strip() and mail.html and _differ(new, mail.html):
        remarks.append("The plain text and the HTML of the mail say different things.")
        parts.append(new_text.new_text("", mail.html))
    return "\n\n".join(p for p in parts if p)


def _differ(new: str, source: str) -> bool:
    """Whether the HTML says much that the plain text does not: one may be made to hide from the reader of the other."""
    plain = set(re.findall(r"\w{4,}", new.lower()))
    other = set(re.findall(r"\w{4,}", new_text.new_text("", source).lower()))
    return len(other - plain) > 5 + len(plain | other) // 4


def _child(subject: str, letter: str, written: date, remarks: list[str]) -> tuple[ChildMention | None, str]:
    """The child of a letter, and the subject where that alone names it."""
    child = attempt("letter", remarks, letters.mention, letter, written)
    if not subject or not letter or (child and child.surname):
        return child, ""
    both = attempt("letter", remarks, letters.mention, f"{subject}.\n\n{letter}", written)
    return (both, subject) if both and both.surname else (child, "")


def _concerns(subject: str, letter: str, found: tuple[Referral, ...], remarks: list[str]) -> tuple[Concern, ...]:
    """Those of the subject and the letter first, then those of the forms' free text, each sentence once; of words that
    are a value of nothing for certain, too."""
    free = [said for r in found for n in _FREE_TEXT if (f := r.fields.get(n)) and (said := f.value or f.raw)]
    raised: dict[str, Concern] = {}
    for text in (subject, letter, *free):
        for concern in attempt("text", remarks, concerns.concerns, text) or ():
            raised.setdefault(concern.quote, concern)
    # A form in the body is read twice, as a letter and by its fields: the shorter quote says it.
    return tuple(c for q, c in raised.items() if not any(o != q and o in q for o in raised))


def _kind(reading: MailReading, judged: machine.Machine) -> Kind:
    if judged.kind == "bounce" or judged.own:
        return judged.kind or "notification"
    if reading.referrals:
        return "referral"
    if reading.rosters or any(a.verdict == inside.LIST for a in reading.attachments):
        return "roster"
    says = reading.child is not None or bool(reading.concerns)
    if judged.kind and not (judged.shared and says):
        return judged.kind
    if reading.thread.codes or reading.thread.message_ids or reading.thread.references:
        return "reply"
    return "unreadable" if _nothing_read(reading) and not says else "other"


def _nothing_read(reading: MailReading) -> bool:
    """No words at all, or a file that is no form only because it could not be read."""
    files = [a for a in reading.attachments if a.verdict not in (inside.PICTURE, inside.NO_DOCUMENT)]
    beaten = [a for a in files if a.verdict != inside.NO_FORM and not a.verdict.startswith(LIST_READ)]
    return bool(beaten) or not (reading.text.strip() or files)


def _unreadable(raw: bytes, remarks: list[str]) -> MailReading:
    """A reading with no more than the header, when even that can be had."""
    block = raw[:64_000].split(b"\r\n\r\n", 1)[0].split(b"\n\n", 1)[0]
    head = attempt("header", remarks, headers.read, BytesHeaderParser().parsebytes(block)) or headers.NONE
    envelope = _envelope(head, head.sender.address, "", [hashlib.sha256(raw).hexdigest()])
    return MailReading.unreadable(tuple(dict.fromkeys(remarks)), **envelope)
