"""What can be said of a pack without walking it: rules that nothing sets off, questions that lead nowhere, chains of
asking that never end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rules.chasing import LAST_RESORT
from rules.duration import CalendarDays, Duration, Hours, SchoolDays, WorkingDays, WorkingHours
from rules.events import ARRIVE, LISTED, NOTED
from rules.pack import Pack, Question, Rule, Signal
from rules.turns import CONCLUDE

MOST_CHASES = 60
"""More reminders than that to one who is not the last resort are no chase, but a habit."""
_YES_NO = frozenset({
    "protected", "concern", "on-hold", "missing-details", "evidence", "early", "in-county", "school-known",
    "worker-known", "s2s-posted", "traced", "destination-known", "left-address",
})  # fmt: skip
_LEVELS = frozenset({"", "low", "medium", "high"})
_SELF_KNOWN = frozenset({"referrer", "writer", "other-school"})
"""Roles that need no entry: who they are lies in the event."""
_NO_ANSWER_OF_ITS_OWN = frozenset({"send-list"})
"""What is asked for is a list, not a sentence."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not sound. `about` is `rule NAME`, `question NAME` or `role NAME`."""

    level: Literal["error", "warning"]
    about: str
    problem: str


def faults(pack: Pack) -> Iterator[Fault]:
    """All of them, rules first."""
    reach = Reach(pack)
    for rule in pack.rules:
        yield from (Fault(level, f"rule {rule.id}", problem) for level, problem in _rule(pack, reach, rule))
    for name in sorted(reach.asked & set(pack.questions)):
        question = pack.questions[name]
        yield from (Fault(level, f"question {name}", problem) for level, problem in _question(pack, reach, question))
    yield from _chains(pack)
    yield from _circles(pack)


Said = tuple[Literal["error", "warning"], str]


class Reach:
    """Which events can come about, which questions are asked, and which rules something can set off."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.asked = {CONCLUDE} & set(pack.questions)
        self.pathways = {""}
        self.events = set(ARRIVE | LISTED | NOTED)
        self.rules: set[str] = set()
        self._learn(self.asked)
        while found := [rule for rule in pack.rules if rule.id not in self.rules and self.sets_off(rule)]:
            for rule in found:
                self._add(rule)
        self.listened = {signal.name for rule in pack.rules for signal in rule.when.signals}
        self.heard = self.listened | {event for rule in pack.rules for event in rule.unless} | pack.events

    def sets_off(self, rule: Rule) -> bool:
        signals = [self.comes(signal) for signal in rule.when.signals]
        return (not rule.pathways or not self.pathways.isdisjoint(rule.pathways)) and (
            all(signals) if rule.when.all_of else any(signals)
        )

    def comes(self, signal: Signal) -> bool:
        wanted = dict(signal.values).get("pathway") if signal.name == "pathway.opened" else None
        return signal.name in self.events and (wanted is None or wanted in self.pathways)

    def _add(self, rule: Rule) -> None:
        self.rules.add(rule.id)
        self.asked |= set(rule.ask) & set(self.pack.questions)
        self._learn(set(rule.ask) & set(self.pack.questions))
        self.pathways |= {rule.open} if rule.open else set()
        self.events |= {rule.record} if rule.record else set()

    def _learn(self, questions: set[str]) -> None:
        for name in questions:
            question = self.pack.questions[name]
            self.events |= {answer.event for answer in question.answers}
            self.events |= {f"{sign}:{name}" for sign in ("closed", "overdue", "exhausted")}
            self.events |= {question.silence.event} if question.silence else set()


def _rule(pack: Pack, reach: Reach, rule: Rule) -> Iterator[Said]:
    for name in rule.ask:
        if name not in pack.questions:
            yield "error", f"asks {name!r}, which is no question of the pack"
    for target in (*rule.of, *rule.tell):
        if target.role not in pack.roles and target.role not in _SELF_KNOWN:
            yield "error", f"writes to {target.role!r}, which is no role of the pack"
    if rule.id not in reach.rules:
        yield "error", f"can never be set off: {_why_not(reach, rule)}"
    if rule.in_force.start and rule.in_force.end and rule.in_force.start > rule.in_force.end:
        yield "error", "is never in force: its `until` is before its `from`"
    for law in pack.forbidden:
        asked = sorted({*law.asks} & {*rule.ask}) + sorted({*law.wordings} & {rule.wording})
        if asked and rule.in_force.overlaps(law.in_force):
            yield "error", f"asks {asked[0]} while {law.name} forbids it ({law.cite}): end it with `in_force`"
    yield from _conditions(rule)
    for event in sorted(rule.unless - reach.events):
        yield "warning", f"`unless` waits for {event!r}, which nothing brings about"
    origin = rule.after.origin if rule.after else ""
    if origin and "." not in origin and origin not in reach.events:
        yield "error", f"`after` counts from {origin!r}, which nothing brings about"


def _why_not(reach: Reach, rule: Rule) -> str:
    if rule.pathways and reach.pathways.isdisjoint(rule.pathways):
        return f"no rule opens the pathway {' or '.join(sorted(rule.pathways))}"
    missing = [signal for signal in rule.when.signals if not reach.comes(signal)]
    names = sorted({f"{s.name}{_with(s)}" for s in missing})
    return f"nothing brings about {' or '.join(names)}"


def _with(signal: Signal) -> str:
    return f" {{{', '.join(f'{name} = {value}' for name, value in signal.values)}}}" if signal.values else ""


def _conditions(rule: Rule) -> Iterator[Said]:
    """Conditions that no case can meet."""
    for condition in rule.conditions:
        wanted = condition.wanted if isinstance(condition.wanted, list) else [condition.wanted]
        if condition.fact in _YES_NO and not all(isinstance(one, bool) for one in wanted):
            yield "error", f"`if` compares {condition.fact} with {condition.wanted!r}: it is true or false"
        if condition.fact == "risk" and (odd := set(wanted) - _LEVELS):
            yield "error", f"`if` compares risk with {sorted(map(str, odd))[0]!r}: it is high, medium, low or nothing"
        if condition.fact == "pathway" and rule.pathway and rule.pathway not in wanted:
            yield "error", f"holds on the pathway {rule.pathway} only, and its `if` wants another"


def _question(pack: Pack, reach: Reach, question: Question) -> Iterator[Said]:
    name = question.name
    followed = question.passes or question.chase or f"overdue:{name}" in reach.listened
    if not (question.silence or followed):
        yield "error", f"question {name}: nothing says what silence means"
    if question.silence and question.silence.event not in reach.heard and f"closed:{name}" not in reach.listened:
        yield "error", f"question {name}: silence counts as {question.silence.event}, and nothing follows from that"
    if question.unclear and question.unclear not in pack.roles:
        yield "error", f"question {name}: what is unclear goes to {question.unclear!r}, which is no role of the pack"
    if not question.answers and name not in _NO_ANSWER_OF_ITS_OWN:
        yield "error", f"question {name}: nobody can answer it, for it has no answers"
    for answer in question.answers:
        if answer.event not in reach.heard and f"closed:{name}" not in reach.listened:
            yield "error", f"question {name}: {answer.event} has no consequence"


def _chains(pack: Pack) -> Iterator[Fault]:
    """Whoever is silent is followed by another, and at the end by the designated officer."""
    for name, role in sorted(pack.roles.items()):
        about = f"role {name}"
        chain, at = [name], role.then
        while at and at in pack.roles and at not in chain:
            chain.append(at)
            at = pack.roles[at].then
        if at in chain:
            yield Fault("error", about, f"who is asked next goes round in a circle: {' -> '.join((*chain, at))}")
        elif at:
            yield Fault("error", about, f"the next to be asked is {at!r}, which is no role of the pack")
        elif chain[-1] != LAST_RESORT:
            yield Fault("error", about, f"the chain ends with {chain[-1]}, and not with the {LAST_RESORT}")
    yield from _paces(pack)


def _paces(pack: Pack) -> Iterator[Fault]:
    paced = [(f"role {r.name}", r.name, r.chase) for r in pack.roles.values()]
    paced += [(f"question {q.name}", "", q.chase) for q in pack.questions.values()]
    for about, role, chase in paced:
        if chase is None:
            continue
        if _length(chase.every) == 0:
            yield Fault("error", about, "is chased without a pause: `every` is nothing")
        if chase.times > MOST_CHASES and role != LAST_RESORT:
            yield Fault("error", about, f"is chased {chase.times} times: that never ends, and nobody else hears of it")
        if chase.tell and chase.tell != "then" and chase.tell not in pack.roles:
            yield Fault("error", about, f"its lateness is told to {chase.tell!r}, which is no role of the pack")


def _length(span: Duration) -> int:
    match span:
        case WorkingDays(n) | SchoolDays(n) | CalendarDays(n) | Hours(n) | WorkingHours(n):
            return n


def _circles(pack: Pack) -> Iterator[Fault]:
    """Rules that write down the event that sets them off, at once and again: the case would never come to rest."""
    next_events = {rule.id: rule.record for rule in pack.rules if rule.record and rule.after is None and not rule.once}
    for rule in pack.rules:
        seen, at = [], rule
        while at.id in next_events and at.id not in seen:
            seen.append(at.id)
            follows = [r for r in pack.rules_by_signal.get(next_events[at.id], ()) if r.id in next_events]
            if not follows:
                break
            at = follows[0]
        if seen and at.id == rule.id and len(seen) > 0 and _returns(pack, next_events, rule, seen):
            yield Fault("error", f"rule {rule.id}", f"sets itself off without a pause: {' -> '.join((*seen, rule.id))}")


def _returns(pack: Pack, next_events: dict[str, str], rule: Rule, seen: list[str]) -> bool:
    last = next_events[seen[-1]]
    return any(found.id == rule.id for found in pack.rules_by_signal.get(last, ()))
