"""What all our letters share: sender, recipient, thread, code and key; and the row of the outbox each becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.arrivals.trust import Writer
from bot.council.directory import Contact
from bot.council.office import Office
from bot.letters import speech
from bot.letters.facts import Facts, in_words
from bot.letters.rolls import found_on_rolls
from bot.outbox.codes import Codes
from bot.outbox.modes import stayed_here
from bot.outbox.posting import Posting
from bot.register.rows import OutboxRow
from bot.register.unit import Unit
from outbound.letter import Choice, Letter, LetterKind
from rules import Case, Party, Send
from rules.calendar import LONDON


class Drafts:
    """Drafts letters of one unit of work, and addresses them."""

    def __init__(self, office: Office, unit: Unit, now: datetime) -> None:
        self.office, self.unit, self.now = office, unit, now
        self.codes = Codes.of(unit)
        self._posting = Posting(office, unit, now)

    def draft(
        self, ref: str, case: Case, key: str, kind: LetterKind, wording: str, to: Contact | None, role: str
    ) -> Letter:
        """A letter from the mailbox of the case's pathway (contract), in the thread of what the same person has had."""
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
            date=self.now,
            refs=(ref,) if ref else (),
            code=self.codes.code(f"{ref}|{key}", address) if ref else "",
            in_reply_to=before[-1] if before else "",
            references=before,
            internal=self.office.internal(address),
            protected=case.protected,
            working_day=self.now.astimezone(LONDON).date() in self.office.pack.calendar.working_days,
        )

    def _before(self, ref: str, address: str) -> tuple[str, ...]:
        """The mails of this case that the same person has had: one thread for each."""
        if not ref or not address:
            return ()
        return tuple(self.unit.thread_with(ref, address)[-10:])

    def asked(self, ref: str, mail: str, chases: int) -> tuple[OutboxRow | None, bool]:
        """Of a mail that asks and its reminders so far the first that did not stay here; False where all did."""
        keys = (mail, *(f"{mail}|chase|{n}" for n in range(1, chases)))
        written = [row for key in keys if (row := self.unit.outbox(self.codes.opaque(f"{ref}|{key}")))]
        had = next((row for row in written if not stayed_here(row)), None)
        return had, had is not None or not written

    def known(self, ref: str, case: Case, send: Send, case_of: Callable[[str], Case]) -> Facts:
        """What a letter for that action may speak of: the case, what set it off, and what we can look up ourselves."""
        told = speech.facts_of(self.office, ref, case, send, case_of)
        return told | found_on_rolls(self.office, self.unit, case, send)

    def choices(self, questions: Sequence[str], rule: str = "") -> tuple[Choice, ...]:
        """The answers, numbered; where the rule that asks proposes an outcome, closing says so."""
        pack = self.office.pack
        asked = pack.rule(rule)
        proposed = asked.propose if asked else ""
        yes = "" if not proposed else "child.traced" if proposed == "traced" else "close"
        found = []
        for number, event in enumerate(pack.choices(tuple(questions), rule), 1):
            question = next(q for q in questions if pack.questions[q].answer(event))
            label = self.office.says.label(question, event)
            label = f"Yes: close it as {in_words(proposed)}" if event == yes else label
            found.append(Choice(number, label, event, question))
        return tuple(found)

    def row(self, ref: str, letter: Letter, asks: Sequence[str], priority: int) -> OutboxRow:
        return self._posting.row(letter, ref=ref, asks=asks, priority=priority)

    def contact(self, to: Party) -> Contact | None:
        """A writer is written to where he wrote from, as long as the directory knows him; everybody else as it says."""
        if "@" in to.which:
            person = next((p for p in self.office.directory.roles_of(to.which) if p.role == to.role), None)
            if person is None:
                return None  # Has left since, and may not be told of a child any more.
            return Contact(to.which, person.name if person.address == to.which else "")
        return self._posting.holder(to)

    def answerable(self, who: Writer) -> Contact | None:
        """Who gets the answer to a mail: nobody where its writer may not be answered, or is the bot itself."""
        if not who.answered_at or self.office.own(who.address):
            return None
        return Contact(who.answered_at, who.person.name if who.person else "")
