"""The work on cases within one commit: events are written, the rules asked, mails queued, until nothing is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.arrivals.trust import Writer
from bot.council.office import Office
from bot.letters.approvals import request
from bot.letters.drafts import Drafts
from bot.letters.letters import Letters
from bot.outbox.gate import Gate
from bot.register.rows import OutboxRow
from bot.register.unit import Unit
from bot.views.casefile import case_row
from rules import Case, Event, Pack, Send, Step, Watch, fold
from rules.case import FOLD_VERSION
from rules.folded import unpack_fold
from rules.folding import extend
from rules.sent import notes

_ROUNDS = 100


class EndlessRules(RuntimeError):
    """The rules of a case never come to rest: a fault of the pack, named with the case and the actions."""


@dataclass
class _Open:
    """A case in work: its fold, and the events that are still to be written."""

    ref: str
    case: Case
    fresh: list[Event] = field(default_factory=list)
    watch: Watch | None = None

    def step(self, pack: Pack, now: datetime) -> Step:
        """What is due; of what was looked at before, only what may have changed is looked at."""
        if self.watch is None or self.watch.case is not self.case:
            self.watch = Watch(pack, pack.calendar, self.case)
        return self.watch.step(now)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an event comes from: which mail, by whom, and when it arrived."""

    mail: int | None
    received: datetime
    by: str = "bot"
    role: str = ""

    @classmethod
    def of(cls, mail: int, received: datetime, who: Writer) -> Origin:
        return cls(mail, received, who.address or "unknown", who.role or "unknown")


class Casework:
    """Works on cases at `now` within one unit of the register. `follow` does what the rules' acts on one subject mean
    for others; it is called with the subject's reference, each time that its rules have come to rest."""

    def __init__(self, office: Office, unit: Unit, now: datetime, follow: Callable[[Casework, str], None]) -> None:
        self.office, self.unit, self.now = office, unit, now
        self._follow = follow
        self.gate = Gate(office, unit, now)
        self.letters = Letters(office, unit, self.gate, now, self.case)
        self.gate.ask_leave = self._ask_leave
        self._open: dict[str, _Open] = {}
        self.fresh: list[str] = []
        """The cases that were opened in this unit and not yet held against names that lists have left behind."""

    def new_case(self) -> str:
        ref = self.unit.new_reference(self.now.year)
        self.begin(ref)
        self.fresh.append(ref)
        return ref

    def begin(self, ref: str) -> None:
        """A subject that has no event yet."""
        self._open[ref] = _Open(ref, Case(required=self.office.pack.required))

    def case(self, ref: str) -> Case:
        return self._file(ref).case

    def unknown(self, ref: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Of these fields, those that the case does not have."""
        known = self.case(ref).facts
        return {name: value for name, value in fields.items() if not known.get(name)}

    def note(self, ref: str, kind: str, values: Mapping[str, Any], origin: Origin | None = None) -> Event:
        """Writes one event down."""
        file = self._file(ref)
        origin = origin or Origin(None, self.now)
        event = Event(
            seq=file.case.last + 1, kind=kind, received=origin.received, recorded=self.now,
            by=origin.by, role=origin.role, mail=origin.mail, values=values,
        )  # fmt: skip
        file.fresh.append(event)
        if kind == "undone":
            self._refold(file)
        else:
            extend(file.case, event)
        return event

    def history(self, ref: str) -> tuple[Event, ...]:
        """All events of the case, those of this unit too."""
        self._write(self._file(ref))
        return self.unit.history(ref)

    def advance(self, ref: str) -> None:
        """Lets the rules act until nothing is due."""
        file = self._file(ref)
        pack = self.office.pack
        for _ in range(_ROUNDS):
            todo = file.step(pack, self.now)
            if not todo.actions:
                break
            for action in todo.actions:
                address = self._post(ref, file.case, action) if isinstance(action, Send) else ""
                for kind, values in notes(pack, pack.calendar, file.case, action, address):
                    self.note(ref, kind, values)
        else:
            raise EndlessRules(f"the rules of {ref} never come to rest: {[a.key for a in todo.actions][:5]}")
        self._write(file)
        self.unit.store_case(case_row(ref, file.case, todo.wake))
        self._follow(self, ref)

    def store(self, ref: str) -> None:
        """Writes down what was noted since the rules were asked, and when they must be asked again."""
        file = self._file(ref)
        self._write(file)
        todo = file.step(self.office.pack, self.now)
        self.unit.store_case(case_row(ref, file.case, todo.wake))

    def queue(self, rows: Iterable[OutboxRow]) -> None:
        for row in rows:
            self.gate.queue(row)

    def _post(self, ref: str, case: Case, send: Send) -> str:
        row = self.letters.for_action(ref, case, send)
        if row is None:
            return ""
        self.gate.queue(row)
        return row.address

    def _ask_leave(self, row: OutboxRow) -> OutboxRow | None:
        case = self.case(row.ref) if row.ref else Case()
        return request(Drafts(self.office, self.unit, self.now), case, row)

    def _file(self, ref: str) -> _Open:
        if ref not in self._open:
            self._open[ref] = _Open(ref, self._load(ref))
        return self._open[ref]

    def _load(self, ref: str) -> Case:
        """The stored fold, when it is of this version and holds every event; else the fold of the history."""
        row = self.unit.case(ref)
        required = self.office.pack.required
        if row is not None and row.fold is not None and row.fold_version == FOLD_VERSION:
            case = unpack_fold(row.fold, required)
            for event in self.unit.history(ref, after=row.seq):
                extend(case, event)
            return case
        return fold(self.unit.history(ref), required)

    def _write(self, file: _Open) -> None:
        self.unit.append(file.ref, file.fresh)
        file.fresh.clear()

    def _refold(self, file: _Open) -> None:
        """An undone event is not folded any more, so that everything is folded anew."""
        self._write(file)
        file.case = fold(self.unit.history(file.ref), self.office.pack.required)
