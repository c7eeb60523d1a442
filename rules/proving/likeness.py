"""When two states count as one: what the rules can still tell apart is kept, what they cannot is left out.

An event that has done all that it can do is forgotten, for a rule looks only at what came after its own trigger."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import datetime, timedelta

from rules.calendar import LONDON
from rules.case import Case
from rules.conditions import FACTS
from rules.firing import occurrences
from rules.pack import Pack, Rule
from rules.proving.moves import alike
from rules.proving.starts import boundaries
from rules.turns import rests

_SPANS = tuple(map(timedelta, (1, 4, 11, 40)))


class Likeness:
    """Signs of a state under a pack. `coarse` decides whether people act anew in it, `fine` whether time goes on."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._changes = boundaries(pack)
        self._facts = [FACTS[name] for name in sorted(_looked_at(pack))]
        self._acting = {name: [r for r in rules if acts(r)] for name, rules in pack.rules_by_signal.items()}
        self._once = frozenset(rule.id for rule in pack.rules if rule.once)
        self._numbers: dict[Hashable, int] = {}

    def coarse(self, case: Case, now: datetime) -> Hashable:
        waiting = frozenset(a.question for a in case.asks.values() if a.waits)
        exhausted = frozenset(a.question for a in case.asks.values() if a.state == "exhausted")
        sign = (
            self._era(now), case.pathway, case.concern, case.closed is None, case.protected,
            waiting, exhausted - waiting, rests(case.asks.values()),
            tuple(_plain(fact(case, now)) for fact in self._facts),
            frozenset(self._armed(case)), frozenset(self._once & case.acted.keys()),
        )  # fmt: skip
        return self._numbers.setdefault(sign, len(self._numbers))

    def fine(self, case: Case, now: datetime, wake: datetime | None, coarse: Hashable) -> Hashable:
        chased = frozenset(
            (a.question, alike(a.party.role), a.state, min(a.chased, 4)) for a in case.asks.values() if a.waits
        )
        soon = None if wake is None else sum(wake - now > span for span in _SPANS)
        return coarse, chased, soon

    def _armed(self, case: Case) -> Iterator[str]:
        """The rules that something has set off and that have not acted yet, nor been called off."""
        acted = case.acted
        found = {rule.id: rule for name in case.seen for rule in self._acting.get(name, ())}
        for rule in found.values():
            if any(
                f"{rule.id}|{o.seq}" not in acted and not (rule.unless and case.since(rule.unless, o.seq))
                for o in occurrences(rule, case)
            ):
                yield rule.id

    def _era(self, now: datetime) -> int:
        day = now.astimezone(LONDON).date()
        return sum(change <= day for change in self._changes)


def acts(rule: Rule) -> bool:
    """Whether the rule leaves a mark in the history, by which it is known to have acted."""
    return not rule.once and bool(rule.ask or rule.tell or rule.record or rule.open or rule.close)


def _looked_at(pack: Pack) -> set[str]:
    rules = {condition.fact for rule in pack.rules for condition in rule.conditions}
    found = rules | {c.fact for rule in pack.rules for t in (*rule.of, *rule.tell) for c in t.conditions}
    return {name for name in found if _FOLLOWS_FROM.get(name) not in found}


_FOLLOWS_FROM = {"holds": "lacks", "destination-known": "destination"}
"""What another fact says too."""


def _plain(value: object) -> Hashable:
    """An age counts by whether youth offending is asked (10) and whether school is over (16)."""
    if isinstance(value, bool) or not isinstance(value, int):
        return str(value)
    return (value >= 10) + (value >= 16)
