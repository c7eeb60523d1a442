"""Plays a history through `step` by itself, with no shell: events and a clock in, what was sent out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from rules import Case, Event, Pack, Send, fold, load_pack, step_case
from rules.calendar import LONDON
from rules.folding import extend
from rules.sent import notes

PACK = load_pack("oxfordshire")

HUB_FORM = {
    "child.surname": "Okafor", "child.forenames": "Ben", "child.date_of_birth": "2003-05-03",
    "address.last_known": "1 Elm Row, Banbury OX16 1AA", "school.current": "Cherwell Meadow School",
    "absence.first_day": "2014-11-21", "intervention.contacted_parents": "yes",
}  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@dataclass
class Tale:
    """A case by itself: `tell` adds an event, `until` lets time pass; `sent` is all that went out, with when."""

    pack: Pack = PACK
    history: list[Event] = field(default_factory=list)
    sent: list[tuple[datetime, Send]] = field(default_factory=list)
    now: datetime = field(default_factory=lambda: at("2014-11-26T10:00"))
    case: Case = field(init=False)
    """The fold of the history so far; that it is one, a law holds (test_laws)."""

    def __post_init__(self) -> None:
        self.case = fold(self.history, self.pack.required)

    def tell(self, when: str, kind: str, role: str = "", happened: date | None = None, **values: Any) -> list[Send]:
        self.until(when)
        self._add(kind, values, by=f"{role}@council.example", role=role, happened=happened)
        return self._work()

    def answer(self, when: str, question: str, kind: str, of: str = "", **values: Any) -> list[Send]:
        """An answer to the open ask of that question, and what follows."""
        self.until(when)
        ask = next(a for a in reversed(self.case.asks.values()) if a.question == question and of in ("", a.party.role))
        self._add("ask.answered", {"ask": ask.id, "question": question, "of": ask.party.role, "answer": kind})
        self._add(kind, values, by="someone@council.example", role=ask.party.role)
        return self._work()

    def until(self, when: str) -> list[Send]:
        """What goes out up to and at that time, woken only when `step` asked to be."""
        goal, before = at(when), len(self.sent)
        while True:
            wake = step_case(self.pack, self.pack.calendar, self.case, self.now).wake
            if wake is None or wake > goal:
                break
            assert wake > self.now, f"woken at {wake} for nothing"
            self.now = wake
            self._work()
        self.now = goal
        self._work()
        return [mail for _, mail in self.sent[before:]]

    def asked(self, question: str, of: str = "") -> list[str]:
        """When that question was put, as text."""
        return [f"{t:%a %d %b %H:%M}" for t, m in self.sent if question in m.questions and of in ("", m.to.role)]

    def kinds(self) -> list[str]:
        return [e.kind for e in self.history]

    def _add(self, kind: str, values: Any, **more: Any) -> None:
        happened = more.pop("happened", None)
        event = Event(len(self.history) + 1, kind, self.now, self.now, values=values, **more)
        self.history.append(replace(event, happened=happened))
        if kind == "undone":
            self.case = fold(self.history, self.pack.required)
        else:
            extend(self.case, self.history[-1])

    def _work(self) -> list[Send]:
        out: list[Send] = []
        for _ in range(50):
            todo = step_case(self.pack, self.pack.calendar, self.case, self.now)
            if not todo.actions:
                self.sent += [(self.now, mail) for mail in out]
                return out
            for action in todo.actions:
                for kind, values in notes(self.pack, self.pack.calendar, self.case, action):
                    self._add(kind, values)
                if isinstance(action, Send):
                    out.append(action)
        raise AssertionError("step never comes to rest")


def hub_tale(form: dict[str, str] | None = None, when: str = "2014-11-26T10:00") -> Tale:
    tale = Tale(now=at(when))
    fields = {**HUB_FORM, **(form or {})}
    tale.tell(
        when, "referral.received", "school", form="hub-referral", fields=fields, school="931/9002", hub="north",
        district="cherwell", **{"in-county": True, "referred-by": "school"},
    )  # fmt: skip
    return tale
