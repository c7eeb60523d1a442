"""From what is to be said to a row of the outbox: who it goes to, in which thread, with which code and facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.arrivals.arrival import Arrival, thread_of
from bot.arrivals.trust import Writer
from bot.council.directory import Contact
from bot.council.office import Office
from bot.letters import facts, reasons, speech
from bot.letters.awaited import is_kept_open, whats_next
from bot.letters.drafts import Drafts
from bot.letters.unsaid import asked_back
from bot.outbox.gate import Gate
from bot.outbox.posting import ALARM, SOON, USUAL
from bot.outbox.unreachable import is_dead
from bot.register.rows import OutboxRow
from bot.register.unit import Unit
from bot.views.asked import numbered
from bot.views.holding import on_hold
from bot.views.listing import HEADINGS, listed
from bot.views.referrers import may_know
from outbound.letter import LetterKind
from parsers.reading import Answer, Understanding
from rules import Case, Party, Send
from rules.case import Ask
from rules.conditions import FACTS

MOST_A_DAY = 4
HELP = "You can order this by mail, with the case's reference in the subject or the text:"
ORDERS = (
    "status, overdue, my cases",
    "note: what you want to keep",
    "assign: the worker's name or address",
    "correct date of birth 3 May 2003",
    "traced: the school",
    "close: returned, at-address, not-cme and so on; reopen",
    "link CME-2014-00002, merge with CME-2014-00002 (the same child)",
    "split (two children, one case)",
    "remind me on 24 November, stop chasing: the police",
    "ask again: the police, hold until 3 December (no reminders until then)",
    "new case: the child's name, date of birth and what you know",
)
_NOT_WITHOUT_END = {"reply-ask-again", "reply-say-what", "reply-which-child", "reply-not-yours", "reply-query-passed"}
_SPECIAL: Mapping[str, LetterKind] = {"alarm": "alarm", "alarm-sender": "alarm", "confirm": "confirm"}


@dataclass(slots=True)
class _Pending:
    """An acknowledgement that is owed, and may carry the first questions to the same person."""

    to: Contact
    arrival: Arrival
    sent: bool = False


class Letters:
    """Makes the outbox rows of one unit of work."""

    def __init__(self, office: Office, unit: Unit, gate: Gate, now: datetime, case_of: Callable[[str], Case]) -> None:
        self.office, self.unit, self.now = office, unit, now
        self._gate = gate
        self._case_of = case_of
        self._drafts = Drafts(office, unit, now)
        self._pending: dict[str, _Pending] = {}

    # What the rules want sent.

    def for_action(self, ref: str, case: Case, send: Send) -> OutboxRow | None:
        """The row for an action; held for a person when nobody holds the role or it cannot be written. None for a
        writer whom nobody knows: he has the plain receipt, the same whether or not a case exists."""
        if send.to.role in ("unknown", "writer"):
            return None
        contact = self._drafts.contact(send.to)
        if pending := self._carrier(ref, send, contact):
            return self._acknowledge(ref, case, pending, send)
        kind = _SPECIAL.get(send.wording) or ("chase" if send.kind == "chase" else send.kind)
        asks = self._own_asks(send)
        first = case.asks[asks[0]].mail if send.kind == "chase" or send.wording == "nothing-more" else ""
        asked, had = self._drafts.asked(ref, first, send.chase) if first else (None, True)
        if send.kind == "chase" and not had:
            kind = "ask"  # Nobody has had the question itself: it is put, not reminded of.
        draft = self._drafts.draft(ref, case, send.key, kind, send.wording, contact, send.to.role)
        letter = replace(
            draft,
            rule=send.rule,
            cite=send.cite,
            questions=send.questions,
            choices=self._drafts.choices(send.questions, send.rule) if numbered(case) else (),
            due=send.due,
            chase=send.chase if kind == "chase" else 0,
            then=reasons.next_in_line(self.office, send) if kind == "chase" else "",
            escalated=send.escalated,
            asked_on=asked.created if asked else None,
            facts=self._told(case, self._drafts.known(ref, case, send, self._case_of), contact, send.to.role),
            why=speech.why(self.office, case, send),
        )
        return self._drafts.row(ref, letter, asks, ALARM if kind == "alarm" else USUAL)

    def _told(self, case: Case, known: facts.Facts, to: Contact | None, role: str = "") -> facts.Facts:
        """What that reader may be told, before its role is looked at. Who is asked as the other school was chosen by a
        rule, for what it may know."""
        if to is None or role == "other-school":
            return known
        return may_know(self.office.directory, case, known, to.address)

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
        contact = self._drafts.answerable(who)
        if contact is not None and not arrival.reading.machine:
            self._pending[ref] = _Pending(contact, arrival)
        yield

    def acknowledgement(self, ref: str, case: Case, arrival: Arrival, who: Writer) -> OutboxRow | None:
        """The acknowledgement, where no first question has carried it already."""
        pending = self._pending.pop(ref, None)
        if pending is None:
            return self.thanks(arrival)
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
        own = f"ack-{case.pathway}"  # A pathway may say in words of its own what happens next.
        receipt = own if own in self.office.wording else "ack"
        letter = replace(
            self._drafts.draft(ref, case, key, "ack", send.wording if send else receipt, pending.to, role),
            cite=send.cite if send else "1.3",
            why="you wrote to us about a child",
            questions=send.questions if send else (),
            choices=self._drafts.choices(send.questions) if send else (),
            due=send.due if send else None,
            facts=self._told(case, facts.of_case(self.office, case), pending.to, role)
            | (facts.still_lacking(self.office, case, send) if send else {}),
            **thread_of(pending.arrival),
        )
        return self._drafts.row(ref, letter, send.asks if send else (), SOON)

    def thanks(self, arrival: Arrival) -> OutboxRow | None:
        """To somebody unknown: received, and the emergency numbers; at most once a day, whatever we know."""
        sender = arrival.reading.sender
        if sender is None or arrival.reading.senders != 1 or arrival.reading.machine or self.office.own(sender.address):
            return None
        return self._plain(arrival, Contact(sender.address), "unknown", "ack-unknown", f"thanks|{sender.address}")

    def plain_reply(self, arrival: Arrival, who: Writer, wording: str) -> None:
        """A reply that is on no case; to somebody unknown the plain receipt instead."""
        contact = self._drafts.answerable(who)
        if contact is None:
            row = self.thanks(arrival)
        else:
            row = self._plain(arrival, contact, who.role, wording, f"{wording}|{contact.address}")
        if row is not None:
            self._gate.queue(row)

    # What came back.

    def somebody(self, to: Party, *, but: str) -> bool:
        """Whether that role has a holder who can be reached, at another address than `but`."""
        contact = self._drafts.contact(to)
        return contact is not None and contact.address != but and not is_dead(self.unit, contact.address, self.now)

    def address_dead(self, row: OutboxRow, said: str) -> None:
        """Who answers for the directory is asked for another address: the tracking officer, unless it is his own."""
        for to in (Party("tracking-officer"), Party("tracking-officer", "deputy"), Party("designated-officer")):
            contact = self._drafts.contact(to)
            if contact is not None and self.somebody(to, but=row.address):
                break
        else:
            return  # The digest of the others shows it all the same.
        day = self.now.date().isoformat()
        draft = self._drafts.draft("", Case(), f"dead|{row.address}|{day}", "notice", "address-dead", contact, to.role)
        told = {"returned.to": row.address, "returned.role": row.role, "returned.why": said or None}
        letter = replace(draft, rule="address-dead", why="mail of ours to that address comes back", facts=told)
        self._gate.queue(self._drafts.row("", letter, (), USUAL))

    # Replies in a thread.

    def reply(self, ref: str, arrival: Arrival, who: Writer, wording: str, **more: Any) -> None:
        """A reply of the engine's own, in the writer's thread."""
        self._reply(ref, arrival, who, wording, (), (), more)

    def ask_again(self, ref: str, arrival: Arrival, who: Writer, asks: Sequence[Ask], heard: Understanding) -> None:
        """Not understood, or not whole: what they wrote, what is to be said, and the choices."""
        said = next((line for line in arrival.reading.new_text.splitlines() if line.strip()), "")
        questions = tuple(dict.fromkeys(ask.question for ask in asks))
        wording, more = asked_back(self.office, questions, heard)
        self._reply(ref, arrival, who, wording, questions, tuple(a.id for a in asks), {"quote": said[:200], **more})

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
        case = self._case_of(ref)
        over = case.closed is not None or FACTS["died"](case, self.now)
        more = {
            "understood": facts.heard(self.office, answers, protected=case.protected),
            "next": whats_next(self.office, case, self.now) if is_kept_open(answers, asks) else None,
            "still-missing": None if over else tuple(missing) or None,
            "closed": "yes" if case.closed else None,
        }
        self._reply(ref, arrival, who, "reply-applied", (), tuple(a.id for a in asks), more)

    def about_rows(
        self, ref: str, arrival: Arrival, who: Writer, wording: str, asks: Sequence[Ask], told: Mapping[str, Any]
    ) -> None:
        """What was noted of the rows of a list, or that it was not understood."""
        self._reply(ref, arrival, who, wording, (), tuple(a.id for a in asks), told)

    def order_done(self, ref: str, arrival: Arrival, who: Writer, done: str, lasting: tuple[str, ...] = ()) -> None:
        self._reply(ref, arrival, who, "reply-command", (), (), {"next": done, "not-undone": lasting or None})

    def help(self, arrival: Arrival, who: Writer, ref: str) -> None:
        """What can be ordered by mail, and how."""
        self._reply(ref, arrival, who, "reply-command", (), (), {"next": HELP, "understood": ORDERS})

    def listing(self, arrival: Arrival, who: Writer, name: str) -> None:
        """The officer's cases, or what is overdue, one line each."""
        told = {"next": HEADINGS[name], "understood": listed(self.office, self.unit, who, name, self.now)}
        self._reply("", arrival, who, "reply-command", (), (), told)

    def status_text(self, ref: str, case: Case) -> str:
        waiting = sorted({a.question.replace("-", " ") for a in case.open_asks()})
        held = on_hold(case, self.now)
        return f"{ref} is {case.state} ({case.pathway}){held}. We wait for: {', '.join(waiting) or 'nobody'}."

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
        contact = self._drafts.answerable(who)
        if contact is None or arrival.reading.machine or self._too_often(ref, wording, contact):
            return
        case = self._case_of(ref) if ref else Case()
        key = f"reply|{wording}|{arrival.reading.identity}"
        letter = replace(
            self._drafts.draft(ref, case, key, "reply", wording, contact, who.role),
            cite="card",
            why="you replied to us",
            questions=questions,
            choices=self._drafts.choices(questions, self._rule_of(ref, asks)),
            facts=facts.withhold(case, {**self._told(case, facts.of_case(self.office, case), contact), **more}),
            **thread_of(arrival),
        )
        row = self._drafts.row(ref, letter, asks, SOON)
        self._gate.queue(row)

    def _too_often(self, ref: str, wording: str, to: Contact) -> bool:
        """A robot without a header is not answered for ever: some asking again a day, then a person looks."""
        if wording not in _NOT_WITHOUT_END:
            return False
        had = [r for r in self.unit.outbox_of(ref) if r.address == to.address and r.subject == wording]
        return sum(r.created.date() == self.now.date() for r in had) >= MOST_A_DAY

    def _rule_of(self, ref: str, asks: Sequence[str]) -> str:
        """The rule that put these asks: the conclusion that it proposes stands beside its number."""
        known = self._case_of(ref).asks if ref else {}
        return next((known[name].rule for name in asks if name in known), "")

    def _plain(self, arrival: Arrival, to: Contact, role: str, wording: str, key: str) -> OutboxRow:
        key = f"{key}|{self.now.date().isoformat()}"
        draft = self._drafts.draft("", Case(), key, "ack", wording, to, role)
        return self._drafts.row("", replace(draft, **thread_of(arrival)), (), SOON)
