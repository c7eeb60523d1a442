"""What a rule's `if` may look at: a small closed vocabulary of facts, compiled to functions of a case."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from rules import schoolage
from rules.calendar import LONDON

if TYPE_CHECKING:
    from rules.case import Case

Fact = Callable[["Case", datetime], object]
Test = Callable[["Case", datetime], bool]


class UnknownFact(ValueError):
    """A rule looks at a fact that does not exist."""


def _age(case: Case, now: datetime) -> object:
    day, today = case.born, now.astimezone(LONDON).date()
    if day is None:
        return None
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def _school_age(case: Case, now: datetime) -> object:
    """`under`, `of` or `over` compulsory school age; None where the date of birth is unknown."""
    return None if case.born is None else schoolage.standing(case.born, now.astimezone(LONDON).date())


def _early(case: Case, now: datetime) -> object:
    """Under four weeks from the last day of attendance to the referral's arrival, with no concern stated (3.5)."""
    if "early.explained" in case.seen:
        return False
    last, arrived = case.facts.get("attendance.last_day"), case.facts.get("referral.arrived")
    if not isinstance(last, str) or not isinstance(arrived, str) or case.concern:
        return False
    return (date.fromisoformat(arrived) - date.fromisoformat(last)).days < 28


def _destination(case: Case) -> str:
    """The school that a removed child went to, "not known" where the school says so, "" where it says nothing."""
    return str(case.facts.get("removal.new-school") or "")


def _perhaps_searched_for(case: Case, now: datetime) -> object:
    """Whether an officer is still asked if this is the child of another open case: agencies have been asked there, and
    are not asked again with what a second referrer wrote. Past the deadline of that question nothing waits for it."""
    one = any(seen.values.get("episode") == "this" for seen in case.seen.get("match.same", ()))
    asked = any(ask.state == "open" for ask in case.open_asks("same-child"))
    return one or (asked and any(seen.values.get("goes-on") for seen in case.seen.get("match.proposed", ())))


OWN_ASKING = frozenset({"overdue:same-child"})
"""What we note of our own asking and a fact looks at."""


LEVELS = ("high", "medium", "low")


def highest_risk(case: Case) -> str:
    """The highest level ticked in Appendix 2's risk assessment; "" when none is."""
    found = {str(v).lower() for k, v in case.facts.items() if k.startswith("risk.") and k != "risk.groups"}
    return next((level for level in LEVELS if level in found), "")


FACTS: Mapping[str, Fact] = {
    "protected": lambda case, now: case.protected,
    "concern": lambda case, now: case.concern,
    "pathway": lambda case, now: case.pathway,
    "on-hold": lambda case, now: case.on_hold,
    "missing-details": lambda case, now: bool(case.missing),
    "evidence": lambda case, now: case.evidence,
    "form": lambda case, now: case.facts.get("form", ""),
    "referred-by": lambda case, now: case.facts.get("referred-by", ""),
    "risk": lambda case, now: highest_risk(case),
    "age": _age,
    "school-age": _school_age,
    "early": _early,
    "in-county": lambda case, now: case.facts.get("in-county", False),
    "school-known": lambda case, now: bool(case.facts.get("school")),
    "worker-known": lambda case, now: bool(case.facts.get("worker")),
    "s2s-posted": lambda case, now: "s2s.posted" in case.seen,
    "traced": lambda case, now: "child.traced" in case.seen,
    "destination-known": lambda case, now: _destination(case) not in ("", "not known"),
    "destination": lambda case, now: _destination(case),
    "died": lambda case, now: case.facts.get("removal.ground") == "k",
    "abroad": lambda case, now: bool(case.facts.get("destination.country")) or "abroad.reported" in case.seen,
    "abroad-told": lambda case, now: all(case.facts.get(f"destination.{n}") for n in ("country", "address", "school")),
    "school-named": lambda case, now: bool(case.facts.get("other-school")),
    "address-here": lambda case, now: bool(case.facts.get("visit.hub")),
    "parents-tried": lambda case, now: "parents.tried" in case.seen,
    "letter-held": lambda case, now: "letter.held" in case.seen,
    "enquiries-concluded": lambda case, now: "enquiries.concluded" in case.seen,
    "moved-in": lambda case, now: "moved-in.reported" in case.seen,
    "lacks": lambda case, now: tuple(form for form in case.required if case.lacking(form)),
    "holds": lambda case, now: tuple(form for form in case.required if not case.lacking(form)),
    "perhaps-searched-for": _perhaps_searched_for,
    "left-address": lambda case, now: "visit.left-address" in case.seen,
}


def next_change(case: Case, today: date) -> date:
    """The next day on which the age or the standing by school age changes; the last of all days where neither will. No
    day changes the other facts."""
    born = case.born
    if born is None:
        return date.max
    days = (
        schoolage.birthday(born, today.year - born.year),
        schoolage.birthday(born, today.year - born.year + 1),
        schoolage.begins(born),
        schoolage.ends(born) + timedelta(1),
    )
    return min((day for day in days if day > today), default=date.max)


_OPERATORS = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """`fact` compared with `wanted` (as written in the pack: true, "high", ">=10")."""

    fact: str
    wanted: object
    holds: Test = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "holds", _test(FACTS[self.fact], self.wanted))


def _test(fact: Fact, wanted: object) -> Test:
    """The comparison, made once: a case is asked about it at every step."""
    if isinstance(wanted, list):
        return lambda case, now: fact(case, now) in wanted
    match = re.fullmatch(r"(>=|<=|>|<)\s*(\d+)", wanted) if isinstance(wanted, str) else None
    if match is None:
        return lambda case, now: _is(fact(case, now), wanted)
    compare, limit = _OPERATORS[match[1]], int(match[2])

    def holds(case: Case, now: datetime) -> bool:
        # An unknown age is asked about rather than passed over: the agency can say that the child is too young.
        found = fact(case, now)
        return not isinstance(found, int) or bool(compare(found, limit))

    return holds


def _is(found: object, wanted: object) -> bool:
    """Of several things, whether the wanted one is among them."""
    return wanted in found if isinstance(found, tuple) else found == wanted


def compile_conditions(table: Mapping[str, object], where: str) -> tuple[Condition, ...]:
    """The `if` of a rule. Raises UnknownFact with the rule's place and the facts there are."""
    for fact in table:
        if fact not in FACTS:
            raise UnknownFact(
                f"{where}: 'if' looks at {fact!r}, which is no fact; there are: {', '.join(sorted(FACTS))}"
            )
    return tuple(Condition(fact, wanted) for fact, wanted in table.items())
