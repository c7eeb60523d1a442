"""A case is the fold of its events: what is known, what was asked of whom, and what happened when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from msgspec import Struct

from rules import schoolage
from rules.calendar import FIRST, LAST, LONDON
from rules.history import Party

FOLD_VERSION = 2
"""Raised whenever the fold changes what it keeps: stored folds of another version are folded anew."""

AskState = Literal["open", "overdue", "answered", "exhausted", "withdrawn"]
OPEN: frozenset[str] = frozenset({"open", "overdue"})
PATHWAY_BESIDE = "safeguarding"
LIMITS: Mapping[str, Callable[[date], date]] = {
    "school-age.begins": schoolage.begins,
    "school-age.ends": schoolage.ends,
}
"""What a clock may run from and every child comes to in time: a case that only waits for it has no next step."""


class Ask(Struct):
    """One question put to one party. `mail` is the key of the mail that put it; several questions of one mail share
    it. `root` is the first ask of a chain of escalations."""

    id: str
    mail: str
    question: str
    party: Party
    rule: str
    cite: str
    seq: int
    trigger: int
    asked: datetime
    due: datetime
    overdue: datetime
    root: str
    escalated: bool = False
    state: AskState = "open"
    chased: int = 0
    last_sent: datetime | None = None
    ended_by: str = ""
    over: bool = False
    """Nothing more comes of it by itself: answered, withdrawn, passed on to the next person, or given up for good."""

    @property
    def waits(self) -> bool:
        return self.state in OPEN


class Occurrence(Struct, frozen=True):
    """An event as rules see it: when it is counted from (`at`), on which pathway it fell, what it says."""

    seq: int
    at: datetime
    received: datetime
    pathway: str
    values: Mapping[str, Any]
    by: str
    role: str


@dataclass(slots=True)
class Case:
    """The state of a subject after its events so far. Made by `folding.fold`, changed by nobody else."""

    facts: dict[str, Any] = field(default_factory=dict)
    doubts: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, list[Occurrence]] = field(default_factory=dict)
    asks: dict[str, Ask] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    acted: dict[str, int] = field(default_factory=dict)
    """How many actions each rule has done about each event that set it off (`rule|event`, or `rule` if once)."""
    again: dict[str, int] = field(default_factory=dict)
    left: dict[str, datetime] = field(default_factory=dict)
    required: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pathway: str = ""
    concern: bool = False
    closed: datetime | None = None
    outcome: str = ""
    opened: datetime | None = None
    undone: set[int] = field(default_factory=set)
    last: int = 0
    last_at: datetime | None = None

    @property
    def protected(self) -> bool:
        return self.facts.get("address.protected") == "yes"

    @property
    def evidence(self) -> bool:
        """Whether the school's own steps of days 1 to 3 are shown, or the Hub manager has waived that (B4)."""
        if "intervention.evidenced" in self.seen or "evidence.waived" in self.seen:
            return True
        return any(v == "yes" and k.startswith("intervention.") and "_dates" not in k for k, v in self.facts.items())

    @property
    def on_hold(self) -> bool:
        return self.pathway == "hub" and self.facts.get("form") == "hub-referral" and not self.evidence

    @property
    def _held(self) -> bool:
        """Whether an officer holds the reminders: until the officer was told that they go on, or a concern (1.4)."""
        order = self.latest("hold")
        if order is None or self.concern:
            return False
        return not any(key.startswith(f"hold-over|{order.seq}|") for key in self.done)

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that the form's pathway cannot do without and that nobody has given."""
        return self.lacking(str(self.facts.get("form", "")))

    def lacking(self, form: str) -> tuple[str, ...]:
        """The fields that the pack requires on that form and that nobody has given; of `a|b` either will do, and the
        first is asked for."""
        return tuple(
            names.partition("|")[0]
            for names in self.required.get(form, ())
            if not self.facts.get(names) and not ("|" in names and any(map(self.facts.get, names.split("|"))))
        )

    @property
    def state(self) -> str:
        if self.closed is not None:
            return "closed"
        if self.on_hold or self._held:
            return "on-hold"
        if any(ask.waits for ask in self.asks.values()):
            return "waiting"
        return "unsolved" if "closed:agency-enquiry" in self.seen and self.pathway == "tracking" else "open"

    @property
    def live(self) -> list[Ask]:
        """The asks of which something may still come."""
        return [ask for ask in self.asks.values() if not ask.over]

    def open_asks(self, question: str = "") -> list[Ask]:
        return [ask for ask in self.asks.values() if ask.waits and question in ("", ask.question)]

    def latest(self, kind: str) -> Occurrence | None:
        found = self.seen.get(kind)
        return found[-1] if found else None

    def since(self, kinds: Iterable[str], seq: int) -> bool:
        """Whether any of these happened after event `seq`."""
        return any(self.seen[kind][-1].seq > seq for kind in kinds if kind in self.seen)

    def origin(self, name: str) -> datetime | None:
        """The moment that a fact (a date) or an event's last occurrence gives a clock to run from."""
        if name in LIMITS:
            return self._limit(name)
        value = self.facts.get(name)
        if isinstance(value, str):
            return datetime.fromisoformat(value) if "T" in value else morning(date.fromisoformat(value))
        occurrence = self.latest(name)
        return occurrence.at if occurrence else None

    @property
    def born(self) -> date | None:
        """The date of birth; None where it is unknown, or no date ("about 2003")."""
        try:
            return date.fromisoformat(str(self.facts.get("child.date_of_birth") or ""))
        except ValueError:
            return None

    def _limit(self, name: str) -> datetime | None:
        """A day of compulsory school age; None while the birthday is unknown, or the day beyond the calendar."""
        if self.born is None:
            return None
        day = LIMITS[name](self.born)
        return morning(max(day, FIRST)) if day < LAST - timedelta(days=31) else None


def morning(day: date) -> datetime:
    """A day without an hour counts from 9am: days are counted whole, so that only clocks in hours can tell."""
    return datetime.combine(day, time(9), LONDON)
