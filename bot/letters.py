"""From what is to be said to a row of the outbox: who it goes to, in which thread, with which code and facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot import facts
from bot.arrival import Arrival
from bot.codes import Codes
from bot.directory import Contact
from bot.office import Office
from bot.register.rows import OutboxRow
from bot.register.unit import Unit
from bot.trust import Trust, Writer
from outbound.compose import compose
from outbound.disclosure import UnknownRole
from outbound.errors import CannotRender
from outbound.letter import Choice, Letter, LetterKind
from parsers.reading import Answer
from rules import Case, Party, Send
from rules.case import Ask

ALARM, SOON, USUAL = 0, 3, 5
"""The order in which mails leave: alarms, answers to a mail just received, everything else."""
HELP = "You can order this by mail, with the case's reference in the subject or the text:"
ORDERS = (
    "status",
    "note: what you want to keep",
    "assign: the worker's name or address",
    "correct date of birth 3 May 2003",
    "traced: the school",
    "close: returned, at-address, not-cme and so on",
    "reopen",
    "overdue, my cases",
)
_SPECIAL: Mapping[str, LetterKind] = {"alarm": "alarm", "alarm-sender": "alarm", "confirm": "confirm"}


@dataclass(slots=True)
class _Pending:
    """An acknowledgement that is owed, and may carry the first questions to the same person."""

    to: Contact
    arrival: Arrival
    sent: bool = False


class Letters:
    """Makes the outbox rows of one unit of work."""

    def __init__(self, office: Office, unit: Unit, now: datetime, case_of: Callable[[str], Case]) -> None:
        self.office, self.unit, self.now = office, unit, now
        self._case_of = case_of
        self.codes = Codes.of(unit)
        self._pending: dict[str, _Pending] = {}

    # What the rules want sent.

    def for_action(self, ref: str, case: Case, send: Send) -> OutboxRow | None:
        """The row for an action; held for a person when nobody holds the role or it cannot be written. None for a
        writer whom nobody knows: he has the plain receipt, the same whether or not a case exists."""
        if send.to.role in ("unknown", "writer"):
            return None
        contact = self._contact(send.to)
        if pending := self._carrier(ref, send, contact):
            return self._acknowledge(ref, case, pending, send)
        kind = _SPECIAL.get(send.wording) or ("chase" if send.kind == "chase" else send.kind)
        asks = self._own_asks(send)
        first = case.asks[asks[0]].mail if send.kind == "chase" else ""
        asked = self.unit.outbox(self.codes.opaque(f"{ref}|{first}")) if first else None
        draft = self._draft(ref, case, send.key, kind, send.wording, contact, send.to.role)
        letter = replace(
            draft,
            rule=send.rule,
            cite=send.cite,
            questions=send.questions,
            choices=self._choices(send.questions),
            due=send.due,
            chase=send.chase,
            escalated=send.escalated,
            asked_on=asked.created if asked else None,
            facts=facts.for_send(self.office, ref, case, send),
            why=facts.why(self.office, case, send),
        )
        return self._row(ref, letter, asks, ALARM if kind == "alarm" else USUAL)

    @staticmethod
    def _own_asks(send: Send) -> tuple[str, ...]:
        """The ids of the asks that an answer to this mail answers; an escalation has its own."""
        if send.escalated:
            return tuple(f"{send.key}#{question}" for question in send.questions)
        return send.asks

    # Acknowledgements.

    @contextmanager
    def acknowledging(self, ref: str, arrival: Arrival, who: Writer) -> Iterator[None]:
        """While the rules act on a mail just received, what they ask of its writer goes into the acknowledgement."""
        contact = self._answerable(who)
        if contact is not None and not arrival.reading.machine:
            self._pending[ref] = _Pending(contact, arrival)
        yield

    def acknowledgement(self, ref: str, case: Case, arrival: Arrival, who: Writer) -> OutboxRow | None:
        """The acknowledgement, where no first question has carried it already."""
        pending = self._pending.pop(ref, None)
        if pending is None:
            return self.thanks(arrival, who)
        return None if pending.sent else self._acknowledge(ref, case, pending, None)

    def _carrier(self, ref: str, send: Send, contact: Contact | None) -> _Pending | None:
        pending = self._pending.get(ref)
        if pending is None or pending.sent or contact is None or send.kind != "ask" or send.escalated:
            return None
        return pending if contact.address == pending.to.address and send.to.role == "school" else None

    def _acknowledge(self, ref: str, case: Case, pending: _Pending, send: Send | None) -> OutboxRow | None:
        pending.sent = True
        who = self.office.directory.who_is(pending.to.address)
        role = send.to.role if send else who.role if who else "writer"
        key = send.key if send else f"ack|{case.last}"
        letter = replace(
            self._draft(ref, case, key, "ack", send.wording if send else "ack", pending.to, role),
            cite=send.cite if send else "1.3",
            why="you wrote to us about a child",
            questions=send.questions if send else (),
            choices=self._choices(send.questions) if send else (),
            due=send.due if send else None,
            facts=facts.of_case(self.office, ref, case),
            **_thread_of(pending.arrival),
        )
        return self._row(ref, letter, send.asks if send else (), SOON)

    def thanks(self, arrival: Arrival, who: Writer) -> OutboxRow | None:
        """To somebody unknown: received, and the emergency numbers; at most once a day, whatever we know."""
        sender = arrival.reading.sender
        if sender is None or arrival.reading.senders != 1 or arrival.reading.machine or self.office.own(sender.address):
            return None
        return self._plain(arrival, Contact(sender.address), "unknown", "ack-unknown", f"thanks|{sender.address}")

    def plain_reply(self, arrival: Arrival, who: Writer, wording: str) -> None:
        """A reply that is on no case; to somebody unknown the plain receipt instead."""
        contact = self._answerable(who)
        if contact is None:
            row = self.thanks(arrival, who)
        else:
            key = f"{wording}|{arrival.reading.identity}"
            row = self._plain(arrival, contact, who.role, wording, key, daily=False)
        if row is not None:
            self.unit.queue(row)

    # Replies in a thread.

    def reply(self, ref: str, arrival: Arrival, who: Writer, wording: str, **more: Any) -> None:
        """A reply of the engine's own, in the writer's thread."""
        self._reply(ref, arrival, who, wording, (), (), more)

    def ask_again(self, ref: str, arrival: Arrival, who: Writer, asks: Sequence[Ask]) -> None:
        """Not understood: the first line they wrote, and the choices."""
        said = next((line for line in arrival.reading.new_text.splitlines() if line.strip()), "")
        questions = tuple(dict.fromkeys(ask.question for ask in asks))
        self._reply(ref, arrival, who, "reply-ask-again", questions, tuple(a.id for a in asks), {"quote": said[:200]})

    def applied(
        self,
        ref: str,
        arrival: Arrival,
        who: Writer,
        answers: Sequence[Answer],
        missing: Sequence[str],
        asks: Sequence[Ask],
    ) -> None:
        """What was understood, what is still missing, and how to say that it is wrong."""
        more = {"understood": facts.heard(self.office, answers), "still-missing": tuple(missing) or None}
        self._reply(ref, arrival, who, "reply-applied", (), tuple(a.id for a in asks), more)

    def order_done(self, ref: str, arrival: Arrival, who: Writer, done: str) -> None:
        self._reply(ref, arrival, who, "reply-command", (), (), {"next": done})

    def help(self, arrival: Arrival, who: Writer, ref: str) -> None:
        """What can be ordered by mail, and how."""
        self._reply(ref, arrival, who, "reply-command", (), (), {"next": HELP, "understood": ORDERS})

    def listing(self, arrival: Arrival, who: Writer, name: str) -> None:
        """The officer's cases, or what is overdue, one line each."""
        rows = [r for r in self.unit.cases() if r.state != "closed" and (not who.which or r.hub == who.which)]
        lines = tuple(f"{r.ref}: {r.state}, {r.pathway}" for r in rows[:50]) or ("There is nothing.",)
        self._reply("", arrival, who, "reply-command", (), (), {"next": "Here are your cases.", "understood": lines})

    def status_text(self, ref: str, case: Case) -> str:
        waiting = sorted({a.question.replace("-", " ") for a in case.open_asks()})
        return f"{ref} is {case.state} ({case.pathway}). We wait for: {', '.join(waiting) or 'nobody'}."

    def _reply(
        self,
        ref: str,
        arrival: Arrival,
        who: Writer,
        wording: str,
        questions: tuple[str, ...],
        asks: tuple[str, ...],
        more: Mapping[str, Any],
    ) -> None:
        contact = self._answerable(who)
        if contact is None or arrival.reading.machine:
            return
        case = self._case_of(ref) if ref else Case()
        key = f"reply|{wording}|{arrival.reading.identity}"
        letter = replace(
            self._draft(ref, case, key, "reply", wording, contact, who.role),
            cite="card",
            why="you replied to us",
            questions=questions,
            choices=self._choices(questions),
            facts={**facts.of_case(self.office, ref, case), **more},
            **_thread_of(arrival),
        )
        row = self._row(ref, letter, asks, SOON)
        self.unit.queue(row)

    # What all of them share.

    def _plain(
        self, arrival: Arrival, to: Contact, role: str, wording: str, key: str, *, daily: bool = True
    ) -> OutboxRow:
        key = f"{key}|{self.now.date().isoformat()}" if daily else key
        draft = self._draft("", Case(), key, "ack", wording, to, role)
        return self._row("", replace(draft, **_thread_of(arrival)), (), SOON)

    def _draft(
        self, ref: str, case: Case, key: str, kind: LetterKind, wording: str, to: Contact | None, role: str
    ) -> Letter:
        box = self.office.config.hub_box(str(case.facts.get("hub", ""))) if case.pathway == "hub" else None
        sender = (box or self.office.config.main_box()).address
        address = to.address if to else ""
        opaque = self.codes.opaque(f"{ref}|{key}")
        before = self._before(ref, address)
        return Letter(
            key=opaque,
            rule=kind,
            kind=kind,
            wording=wording,
            to_address=address,
            to_name=to.name if to else "",
            role=role,
            from_address=sender,
            from_name=self.office.config.team,
            message_id=f"<{opaque.lower()}@{sender.rpartition('@')[2]}>",
            date=self.now,
            refs=(ref,) if ref else (),
            code=self.codes.code(f"{ref}|{key}", address) if ref else "",
            in_reply_to=before[-1] if before else "",
            references=before,
            internal=self.office.internal(address),
            protected=case.protected,
            working_day=self.office.pack.calendar.office_hours(self.now),
        )

    def _before(self, ref: str, address: str) -> tuple[str, ...]:
        """The mails of this case that the same person has had: one thread for each."""
        if not ref or not address:
            return ()
        had = [row for row in self.unit.outbox_of(ref) if row.address == address]
        return tuple(row.provider_message_id or row.message_id for row in had)[-10:]

    def _choices(self, questions: Sequence[str]) -> tuple[Choice, ...]:
        found, number = [], 0
        seen: set[str] = set()
        for question in questions:
            for answer in self.office.pack.questions[question].answers:
                if answer.event in seen:
                    continue
                seen.add(answer.event)
                number += 1
                label = self.office.says.label(question, answer.event)
                found.append(Choice(number, label, answer.event, question))
        return tuple(found)

    def _row(self, ref: str, letter: Letter, asks: Sequence[str], priority: int) -> OutboxRow:
        raw, why = b"", ""
        if not letter.to_address:
            why = f"nobody holds the role {letter.role}: name somebody in the directory"
        elif self.office.own(letter.to_address):
            why = f"{letter.to_address} is a mailbox that the bot itself reads: name another address in the directory"
        else:
            try:
                raw = compose(letter, self.office.wording)
            except (CannotRender, UnknownRole) as problem:
                why = str(problem)
        return OutboxRow(
            key=letter.key,
            ref=ref,
            role=letter.role,
            address=letter.to_address,
            kind=letter.kind,
            created=self.now,
            not_before=self.now,
            raw=raw,
            message_id=letter.message_id,
            code=letter.code or None,
            rule=letter.rule,
            questions=letter.questions,
            state="held" if why else "waiting",
            why=why,
            priority=priority,
            subject=letter.wording,
            asks=tuple(asks),
            mailbox=letter.from_address,
        )

    def _contact(self, to: Party) -> Contact | None:
        """A writer is written to where he wrote from; everybody else as the directory says."""
        if "@" in to.which:
            return Contact(to.which)
        return self.office.directory.holder(to)

    def _answerable(self, who: Writer) -> Contact | None:
        """Where somebody may be answered: an authenticated sender where he wrote from, a known one at the directory's
        address, an unknown one not at all (DESIGN, T0 to T2)."""
        if who.trust >= Trust.BODY:
            return Contact(who.address, who.person.name if who.person else "")
        if who.trust is Trust.KNOWN and who.person is not None:
            return Contact(who.person.address, who.person.name)
        return None


def _thread_of(arrival: Arrival) -> dict[str, Any]:
    """The headers that put an answer below the mail it answers (RFC 5322, 3.6.4)."""
    reading = arrival.reading
    before = tuple(reversed(reading.thread.message_ids))
    return {"in_reply_to": reading.message_id, "references": (*before[-9:], reading.message_id)}
