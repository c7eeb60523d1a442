"""Whether a child is missing education by the definition in force, and since when (policy 2.2). The definition is data
of the pack; this only looks at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from rules import schoolage
from rules.calendar import LONDON, Calendar
from rules.case import Case
from rules.dated import Dated
from rules.duration import Span

State = Literal["meets", "not-yet", "no-longer"]
_OUT_SINCE = (
    "removal.date",
    "attendance.last_day",
    "absence.first_day",
    "exclusion.date",
    "expected.date",
    "expected.start",
)
_OFF_ROLL = ("removal.date", "roll.date.date", "enquiries.concluded.date")


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition of its time. `out_for`: so long out of any provision. `on_roll`: the pathways on which a child
    counts as on a roll until the day off roll. `educated`: the events after which a child is educated, or on a roll."""

    cite: str
    out_for: Span
    on_roll: frozenset[str] = frozenset()
    educated: frozenset[str] = frozenset()
    in_force: Dated = field(default_factory=Dated)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands to the definition: `since` when it does, or from when it will (None: nobody can say yet)."""

    state: State
    since: date | None
    cite: str


def standing(case: Case, definition: Definition, calendar: Calendar, now: datetime) -> Standing:
    """By what is known now. A date of birth that nobody knows is taken for one of compulsory school age."""
    today, cite = now.astimezone(LONDON).date(), definition.cite
    if ended := _ended(case, definition):
        return Standing("no-longer", ended, cite)
    born = _day(case, "child.date_of_birth")
    if born and today > schoolage.ends(born):
        return Standing("no-longer", schoolage.ends(born), cite)
    off = next((day for name in _OFF_ROLL if (day := _day(case, name))), None)
    if case.pathway in definition.on_roll and (off is None or off > today):
        return Standing("not-yet", off, cite)
    out = next((day for name in _OUT_SINCE if (day := _day(case, name))), None)
    out = out or (case.opened.astimezone(LONDON).date() if case.opened else today)
    since = calendar.due(out, definition.out_for.duration).astimezone(LONDON).date()
    since = max([since, *([schoolage.begins(born)] if born else []), *([off] if off else [])])
    return Standing("meets" if since <= today else "not-yet", since, cite)


def _ended(case: Case, definition: Definition) -> date | None:
    """The day from which the child is educated again, or the case is closed."""
    moments = [seen.at for kind in definition.educated if (seen := case.latest(kind))]
    if case.closed is not None:
        moments.append(case.closed)
    return min(moments).astimezone(LONDON).date() if moments else None


def _day(case: Case, fact: str) -> date | None:
    value = case.facts.get(fact)
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value[:4].isdigit() else None
