"""How a case may begin in the walk: each form of the pack and a letter, by a school or by somebody else, with the facts
that a rule may look at turned one way and the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from rules.calendar import LONDON
from rules.dated import Dated
from rules.events import ARRIVE
from rules.pack import Pack
from rules.proving.samples import HOME, SCHOOL, values_of

BEFORE_A_CHANGE = timedelta(days=60)
"""So long before the law changes some cases begin, so that it changes while they are open."""


Said = tuple[str, Mapping[str, Any]]
"""An event's name and its values."""


@dataclass(frozen=True, slots=True)
class Start:
    """A case that begins: what it is called in a story, when, of whom, and with which events of one mail."""

    name: str
    at: datetime
    role: str
    said: tuple[Said, ...]


def starts(pack: Pack, clocks: tuple[date, ...] = ()) -> list[Start]:
    """Every start; without `clocks`, at those at which the pack changes, and at its present."""
    days = clocks or tuple(clocks_of(pack))
    return [Start(name, _morning(pack, day), role, said) for day in days for name, role, said in _beginnings(pack, day)]


def boundaries(pack: Pack) -> list[date]:
    """The days on which a rule, or a law that forbids an action, begins to hold or has ceased to."""
    laws = [law.in_force for law in pack.forbidden if law.asks or law.wordings]
    dated: list[Dated] = [rule.in_force for rule in pack.rules] + laws
    found = {d.start for d in dated if d.start} | {d.end + timedelta(days=1) for d in dated if d.end}
    return sorted(found)


def clocks_of(pack: Pack) -> Iterator[date]:
    """A day well before each of the last changes of the pack, and one in its newest school year."""
    changes = boundaries(pack)
    terms = pack.calendar.terms.get("")
    newest = max((first for first, _ in terms.terms), default=date(2026, 11, 2)) if terms else date(2026, 11, 2)
    yield from (day - BEFORE_A_CHANGE for day in changes[-4:])
    yield newest + timedelta(days=2)


def _morning(pack: Pack, day: date) -> datetime:
    return datetime.combine(pack.calendar.working_days.on_or_after(day), time(10), LONDON)


def _beginnings(pack: Pack, day: date) -> Iterator[tuple[str, str, tuple[Said, ...]]]:
    for form in sorted(pack.required):
        for name, changed in _variants(day):
            yield (
                f"{form}, {name}",
                "school",
                (("referral.received", {**_values(day, "school", changed), "form": form}),),
            )
    text = {"in-county": True, "text": f"A child at {HOME}.", "form": "letter"}
    yield "letter", "police", (("letter.received", {**_placed("police"), **text}),)
    for event in sorted(_opening(pack)):
        role = "other-authority" if event == "moved-in.reported" else "school"
        for name, changed in (("complete", {}), ("address protected", {"address.protected": "yes"})):
            letter = {**_values(day, role, changed), "form": "letter", "news": event}
            told = next(iter(values_of(pack, event, (), _morning(pack, day))))
            yield f"{event}, {name}", role, (("letter.received", letter), (event, told))


def _opening(pack: Pack) -> set[str]:
    """Other events with which a case begins, for a rule opens a pathway on them."""
    opening = {signal.name for rule in pack.rules if rule.open and not rule.pathways for signal in rule.when.signals}
    return (opening & ARRIVE) - {"referral.received", "letter.received", "concern.raised"}


def _values(day: date, role: str, changed: Mapping[str, Any]) -> dict[str, Any]:
    """What intake writes into the event that begins a case; `changed` are fields, or what it finds in the directory."""
    fields = {name: value for name, value in {**_fields(day), **changed}.items() if value is not None}
    found = {"in-county": fields.pop("in-county", True), "school": fields.pop("school", SCHOOL)}
    return {**_placed(role), **found, "fields": fields}


def _placed(by: str) -> dict[str, Any]:
    return {"hub": "north", "district": "cherwell", "referred-by": by}


def _fields(day: date) -> dict[str, Any]:
    """A child of eleven, all that is required, the school's own steps shown."""
    return {
        "child.surname": "Penhale", "child.forenames": "Ada", "child.date_of_birth": f"{day.year - 11}-05-03",
        "address.last_known": HOME, "school.current": "Bardwell Hill Academy",
        "absence.first_day": (day - timedelta(days=5)).isoformat(),
        "attendance.last_day": (day - timedelta(days=40)).isoformat(), "intervention.contacted_parents": "yes",
    }  # fmt: skip


def _variants(day: date) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "complete", {}
    yield "address protected", {"address.protected": "yes"}
    yield "no evidence, details missing", {"intervention.contacted_parents": None, "address.last_known": None}
    yield "high risk", {"risk.aggressive_parent": "high"}
    young = f"{day.year - 7}-05-03"
    last_week = (day - timedelta(days=7)).isoformat()
    other = {"child.date_of_birth": young, "attendance.last_day": last_week, "in-county": False, "school": ""}
    yield "young, early, from outside, school not known", other
