"""A pack, compiled: dated rules, questions and roles as `step` uses them. Loading lies in `rules.packfile`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from rules.almanac import Occasion
from rules.calendar import Calendar
from rules.conditions import Condition
from rules.dated import Dated
from rules.definition import Definition
from rules.duration import Duration, Span
from rules.expected import ExpectedList


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that sets a rule off: an event by its name, perhaps with values; or `closed:QUESTION`,
    `overdue:QUESTION`, `exhausted:QUESTION`, which the fold keeps beside the events."""

    name: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """Any of the signals; with `all_of`, the moment at which the last of them is there."""

    signals: tuple[Signal, ...]
    all_of: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A role to write to, where the condition holds; `deputy` means whoever stands in for it."""

    role: str
    deputy: bool = False
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """When EVENT, if FACTS, unless EVENT since, after DURATION from FACT: ask / tell / open / close / withdraw."""

    id: str
    cite: str
    when: Trigger
    source: str
    pathway: str = ""
    on: frozenset[str] = frozenset()
    """The pathways on which it holds, where it is the same on several; none: on all."""
    conditions: tuple[Condition, ...] = ()
    unless: frozenset[str] = frozenset()
    after: Span | None = None
    ask: tuple[str, ...] = ()
    of: tuple[Target, ...] = ()
    tell: tuple[Target, ...] = ()
    wording: str = ""
    open: str = ""
    close: str = ""
    withdraw: tuple[str, ...] = ()
    record: str = ""
    once: bool = False
    at_once: bool = False
    group: str = ""
    """Asks of one group, trigger and recipient share one mail: a school is written to once, not three times."""
    propose: str = ""
    """The outcome that a conclusion asked by this rule has, where the officer says only "close it"."""
    in_force: Dated = field(default_factory=Dated)
    deeds: int = field(init=False)
    """How many actions it does at most about one event that sets it off."""
    pathways: frozenset[str] = field(init=False)
    """Where it holds; none: everywhere."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "pathways", frozenset({self.pathway}) if self.pathway else self.on)
        mails = len(self.tell) + (len(self.of) if self.ask else 0)
        object.__setattr__(self, "deeds", mails + sum(map(bool, (self.record, self.open, self.close))))


@dataclass(frozen=True, slots=True)
class Chase:
    """How often an ask is repeated, and to whom its lateness is told."""

    every: Duration
    times: int
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """The event that silence amounts to, when it is overdue or exhausted."""

    event: str
    at: Literal["overdue", "exhausted"]


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """What an answer must say to be one (`must`), what is asked after (`needs`), and whether it ends something."""

    event: str
    must: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what its answers are, and what happens while none comes. `again`: it is not put to the same one
    anew within that time. `deputy`: when overdue, the deputy is asked at once. `passes`: whether it goes on to the
    next person after the last chase. `implied_by`: answers to other questions that answer this one too."""

    name: str
    cite: str
    due: Span
    source: str
    chase: Chase | None = None
    silence: Silence | None = None
    answers: tuple[AnswerRule, ...] = ()
    again: Duration | None = None
    deputy: bool = False
    passes: bool = True
    implied_by: tuple[str, ...] = ()
    unclear: str = ""
    """Who is asked what an answer means that we cannot tell."""
    each: bool = False
    """Each is about what set it off, so that one never stands for another."""

    def answer(self, event: str) -> AnswerRule | None:
        return next((a for a in self.answers if a.event == event), None)


@dataclass(frozen=True, slots=True)
class Role:
    """Who is asked next when this one stays silent, and how this one is chased by default."""

    name: str
    then: str = ""
    chase: Chase | None = None


@dataclass(frozen=True, slots=True)
class Forbidden:
    """What the law forbids while it is in force, whatever a rule says: to ask these questions, to send these wordings,
    to use these phrases (regular expressions) in any mail. `cmebot check --prove` holds every mail against it."""

    name: str
    cite: str
    says: str
    source: str
    asks: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    in_force: Dated = field(default_factory=Dated)


@dataclass(frozen=True, slots=True)
class Unverified:
    """A fact that nobody has found a source for, and what of the pack rests on it. A council that has checked it signs
    it off in its own directory."""

    name: str
    says: str
    source: str
    rests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which the law lets a name come off a register. `school_days`: so many of absence must be over
    before; `joint`: school and authority must first have made enquiries together."""

    letter: str
    says: str
    cite: str
    school_days: int = 0
    joint: bool = False


@dataclass(frozen=True)
class Pack:
    """All that the policy says, compiled once. `rules_by_signal` finds the rules that an event may set off."""

    name: str
    rules: tuple[Rule, ...]
    questions: Mapping[str, Question]
    roles: Mapping[str, Role]
    required: Mapping[str, tuple[str, ...]]
    calendar: Calendar
    events: frozenset[str]
    kept_open: Duration
    """Who keeps a case open in which nothing happens by itself is not asked again before that."""
    rosters: Mapping[str, ExpectedList] = field(default_factory=dict)
    forbidden: tuple[Forbidden, ...] = ()
    unverified: tuple[Unverified, ...] = ()
    grounds: Mapping[str, Ground] = field(default_factory=dict)
    occasions: tuple[Occasion, ...] = ()
    definitions: tuple[Definition, ...] = ()
    rules_by_signal: Mapping[str, tuple[Rule, ...]] = field(init=False, repr=False)
    places_by_signal: Mapping[str, frozenset[int]] = field(init=False, repr=False)
    """The same by their places in `rules`."""
    listeners: Mapping[str, frozenset[int]] = field(init=False, repr=False)
    """Which rules, by their places, an event may set off or call off."""
    forbidden_names: frozenset[str] = field(init=False, repr=False)
    law_changes: tuple[date, ...] = field(init=False, repr=False)
    """The days on which a law that forbids one of these names begins to hold, or has ceased to."""

    def __post_init__(self) -> None:
        places: dict[str, set[int]] = {}
        listeners: dict[str, set[int]] = {}
        for place, rule in enumerate(self.rules):
            for signal in rule.when.signals:
                places.setdefault(signal.name, set()).add(place)
            for name in (*(signal.name for signal in rule.when.signals), *rule.unless):
                listeners.setdefault(name, set()).add(place)
        found = {name: tuple(self.rules[at] for at in sorted(ats)) for name, ats in places.items()}
        object.__setattr__(self, "rules_by_signal", found)
        names = frozenset(name for law in self.forbidden for name in (*law.asks, *law.wordings))
        object.__setattr__(self, "forbidden_names", names)
        dated = [law.in_force for law in self.forbidden if law.asks or law.wordings]
        changes = {d.start for d in dated if d.start} | {d.end + timedelta(1) for d in dated if d.end}
        object.__setattr__(self, "law_changes", tuple(sorted(changes)))
        object.__setattr__(self, "places_by_signal", {name: frozenset(ats) for name, ats in places.items()})
        object.__setattr__(self, "listeners", {name: frozenset(ats) for name, ats in listeners.items()})

    def forbids(self, name: str, moment: datetime) -> bool:
        """Whether a law in force at that moment forbids to ask the question, or to send the wording, of that name."""
        if name not in self.forbidden_names:
            return False
        return any(name in (*law.asks, *law.wordings) and law.in_force.at(moment) for law in self.forbidden)

    def may_ask(self, question: str, moment: datetime) -> bool:
        """Whether the question is asked at that moment: a law may forbid it by now, or the council has taken it out of
        its pack since."""
        return question in self.questions and not self.forbids(question, moment)

    def rule(self, name: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == name), None)

    def definition(self, now: datetime) -> Definition | None:
        """What missing education means at that time; the last that is in force."""
        return next((d for d in reversed(self.definitions) if d.in_force.at(now)), None)

    def chase(self, question: str, role: str) -> Chase | None:
        known = self.roles.get(role)
        return self.questions[question].chase or (known.chase if known else None)

    def choices(self, questions: tuple[str, ...], rule: str = "") -> tuple[str, ...]:
        """The answers' events in the order in which a mail numbers them: the pack's, what the rule that asks proposes
        first. Where that is to close as traced, it is one answer and not two; of a child who has died nobody is asked
        whether it is traced."""
        found = [a.event for q in questions for a in self.questions[q].answers]
        asked = self.rule(rule)
        if asked is not None and asked.propose == "traced" and "child.traced" in found:
            found = [event for event in found if event != "close"]
        if asked is not None and asked.propose == "died":
            found = [event for event in found if event != "child.traced"]
        if asked is not None and asked.propose and "close" in found and "child.traced" in found:
            found.insert(found.index("child.traced"), "close")
        return tuple(dict.fromkeys(found))
