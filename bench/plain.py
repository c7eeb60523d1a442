"""The rules as one would first write them: each looks through the whole history for itself, days are counted one by
one, conditions are read anew, and nothing is kept from one look to the next. It says the same as `step`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from rules import Case, Event, Pack, Step, fold
from rules.calendar import FIRST, LAST, Calendar, Days
from rules.case import Occurrence
from rules.chasing import chase
from rules.conditions import _OPERATORS, FACTS, Condition
from rules.firing import _consider, _matches, first
from rules.pack import Rule, Signal
from rules.plan import Plan
from rules.step import _next_step
from rules.turns import CONCLUDE, Turns, rests


class DayByDay(Days):
    """Counts as a finger on a wall calendar does."""

    def __init__(self, days: frozenset[date]) -> None:
        self._free = self._set = days

    def __contains__(self, day: date) -> bool:
        return day in self._free

    def after(self, day: date, n: int) -> date:
        while n:
            day += timedelta(1)
            n -= day in self._free
        return day


def plain_calendar(calendar: Calendar) -> Calendar:
    """That calendar, counting day by day."""
    made = Calendar(calendar.holidays, calendar.terms)
    every = [FIRST + timedelta(n) for n in range((LAST - FIRST).days)]
    object.__setattr__(made, "_working", DayByDay(frozenset(d for d in every if d in calendar.working_days)))
    schools = {name: frozenset(d for d in every if d in calendar.school_days(name)) for name in ("", *calendar.terms)}
    object.__setattr__(made, "_school", {name: DayByDay(days) for name, days in schools.items()})
    return made


class Interpreted(Condition):
    """Reads the comparison each time."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "holds", self._holds)

    def _holds(self, case: Case, now: datetime) -> bool:
        found, wanted = FACTS[self.fact](case, now), self.wanted
        if isinstance(wanted, str) and (match := re.fullmatch(r"(>=|<=|>|<)\s*(\d+)", wanted)):
            return not isinstance(found, int) or bool(_OPERATORS[match[1]](found, int(match[2])))
        return found in wanted if isinstance(wanted, list) else found == wanted


def plain_pack(pack: Pack) -> Pack:
    """That pack, with conditions read anew and days counted one by one."""
    rules = tuple(replace(r, conditions=tuple(Interpreted(c.fact, c.wanted) for c in r.conditions)) for r in pack.rules)
    return replace(pack, rules=rules, calendar=plain_calendar(pack.calendar))


def plain_step(pack: Pack, history: Sequence[Event], now: datetime) -> Step:
    """What is due, rule by rule."""
    case = fold(history, pack.required)
    everything = [(name, one) for name, seen in case.seen.items() for one in seen]
    plan = Plan(pack.calendar, case, now, Turns(case, {}))
    for place, rule in enumerate(pack.rules):
        if rests(case.asks.values()) and rule.ask and not rule.at_once and CONCLUDE not in rule.ask:
            continue
        plan.look_at(place)
        found = _occurrences(rule, everything)
        for occurrence in first(plan, rule, found) if rule.once else found:
            _consider(pack, plan, rule, occurrence)
    if not plan.closing:
        chase(pack, plan)
        _next_step(pack, plan)
    return plan.step()


Seen = Sequence[tuple[str, Occurrence]]


def _occurrences(rule: Rule, everything: Seen) -> list[Occurrence]:
    return [one for one in _triggered(rule, everything) if not rule.pathways or one.pathway in rule.pathways]


def _triggered(rule: Rule, everything: Seen) -> list[Occurrence]:
    matches = [_of(signal, everything) for signal in rule.when.signals]
    if rule.when.all_of:
        return [max((m[0] for m in matches), key=lambda o: o.seq)] if all(matches) else []
    return sorted((one for m in matches for one in m), key=lambda o: o.seq)


def _of(signal: Signal, everything: Seen) -> list[Occurrence]:
    return [one for name, one in everything if name == signal.name and _matches(signal, one)]
