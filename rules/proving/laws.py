"""The promises that hold in every state, and how each is told when it is broken. None of them is a rule of a pack."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from datetime import timedelta

from rules.case import Ask, Case
from rules.firing import OFFICERS
from rules.future import Done
from rules.history import Event, Record, Send
from rules.pack import Pack
from rules.proving.node import Node

LONGEST_WAIT = timedelta(days=75)
"""Six weeks of summer holidays, in which no school is chased, and a month of enquiries."""
_WORDS_THAT_END = frozenset({"close", "child.traced", "match.same", "merge"})
Looker = Callable[[Node, Done, Case], Iterator[tuple[str, str]]]
"""Looks at a mail that is due, as its reader will see it: laws that it breaks, and how."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that a pack breaks: which, at which rule, how, and the way there."""

    law: str
    rule: str
    how: str
    node: Node


def broken(pack: Pack, node: Node, before: Set[str]) -> Iterator[Broken]:
    """What this state breaks. `before` are the keys of what was done on the way here."""
    for law, rule, how in (*_next_step(pack, node), *_waits(pack, node), *_deeds(pack, node, before)):
        yield Broken(law, rule, how, node)


def _next_step(pack: Pack, node: Node) -> Iterator[tuple[str, str, str]]:
    case = node.open_case()
    if case.closed is None and not case.open_asks() and _far(node):
        pathway = f"on the pathway {case.pathway}" if case.pathway else "and no rule has put it on a pathway"
        yield (
            "next-step",
            "",
            f"the case is open, {pathway}: nobody is asked anything, and nothing will happen by itself",
        )


def _far(node: Node) -> bool:
    """Whether nothing will happen for a long time: that a child comes of age in some years is no next step."""
    return node.wake is None or node.wake - node.now > LONGEST_WAIT


def _waits(pack: Pack, node: Node) -> Iterator[tuple[str, str, str]]:
    case = node.open_case()
    if case.closed is not None:
        return
    for ask in case.asks.values():
        # Long holidays put off both: when an answer is late, and when the reminder leaves.
        if ask.waits and _far(node) and (node.wake is None or node.wake - ask.overdue > LONGEST_WAIT):
            when = "ever" if node.wake is None else f"longer than {LONGEST_WAIT.days} days"
            yield (
                "waits-for-ever",
                ask.rule,
                f"{ask.party} is asked {ask.question}, and for {when} nobody follows it up",
            )
        elif ask.state == "exhausted" and _in_vain(pack, case, ask):
            silent = f"{ask.party} has not answered the last reminder of {ask.question}"
            yield "waits-for-ever", ask.rule, f"{silent}: nobody else is asked, and no rule hears it"


def _in_vain(pack: Pack, case: Case, ask: Ask) -> bool:
    question = pack.questions[ask.question]
    signs = (f"{sign}:{ask.question}" for sign in ("overdue", "exhausted", "closed"))
    if question.passes or question.silence or any(sign in pack.rules_by_signal for sign in signs):
        return False
    chase = pack.chase(ask.question, ask.party.role)
    return not (chase and chase.tell)


def _deeds(pack: Pack, node: Node, before: Set[str]) -> Iterator[tuple[str, str, str]]:
    case, done_before = node.open_case(), set(before) if node.done else set()
    for done in node.done:
        action = done.action
        if action.key in done_before:
            yield "twice", _rule_of(action), f"the same is done twice: {action.key}"
        done_before.add(action.key)
        if isinstance(action, Send):
            yield from _forbidden(pack, done, action)
        elif action.kind == "closed":
            yield from _closing(pack, node, case, action)


def _rule_of(action: Send | Record) -> str:
    return action.rule if isinstance(action, Send) else str(action.values.get("rule", ""))


def _forbidden(pack: Pack, done: Done, send: Send) -> Iterator[tuple[str, str, str]]:
    """What the law in force at that clock forbids, whatever a rule of the pack says."""
    for law in pack.forbidden:
        if law.in_force.at(done.at):
            asked = set(law.asks).intersection(send.questions)
            if asked or send.wording in law.wordings:
                what = f"asks {', '.join(sorted(asked))}" if asked else f"says {send.wording}"
                yield "law", send.rule, f"{law.says} ({law.cite}). The mail to {send.to} {what}"


def _closing(pack: Pack, node: Node, case: Case, action: Record) -> Iterator[tuple[str, str, str]]:
    """Only an officer's word that ends closes a case; so does a worker's confirmed visit where there is no concern."""
    rule = str(action.values.get("rule", ""))
    cause = next((e for e in reversed(_before(node)) if e.by != "bot" and _sets_off(pack, rule, e.kind)), None)
    if cause is None:
        yield "closed-unasked", rule, "the case is closed, and no word of a person closed it"
        return
    ends = cause.kind in _WORDS_THAT_END or any(
        a.event == cause.kind and a.ends for q in pack.questions.values() for a in q.answers
    )
    if not ends:
        yield "closed-unasked", rule, f"the case is closed by {cause.kind}, which is no word that ends a case"
    elif cause.role not in OFFICERS and (cause.kind != "visit.at-address" or cause.role != "hub-worker"):
        yield "closed-unasked", rule, f"the case is closed on the word of {cause.role}, who is no officer"
    elif case.concern and cause.kind not in _WORDS_THAT_END:
        yield (
            "closed-unasked",
            rule,
            f"a case of serious concern is closed by {cause.kind}, without an officer's own word",
        )


def _before(node: Node) -> list[Event]:
    return [event for one in node.way() for event in one.said]


def _sets_off(pack: Pack, rule: str, kind: str) -> bool:
    found = pack.rule(rule)
    return found is not None and any(signal.name == kind for signal in found.when.signals)
