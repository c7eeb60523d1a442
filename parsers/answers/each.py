"""Answers about several children in one reply: each child's own (leavers' destinations, C8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parsers.answers.clauses import Clause, Said
from parsers.answers.evidence import Evidence
from parsers.answers.says import AnswerWords, QuestionWords, Says

WAY = "which-child"
_PLACE_BEFORE = re.compile(r" (?:at|to|in|with|joined|by|attending|from|near|for)(?: the)?$")
_ALL = re.compile(r" (?:both|all|each|either|neither|any|everyone|them all|all of them|none)(?= |$)")


@dataclass(frozen=True, slots=True)
class Told:
    """One child's answer; `child` as written, or as the case has it where the reply can mean no other."""

    event: str
    evidence: Evidence
    child: str


def per_child(question: QuestionWords, says: Says) -> bool:
    return any(way == WAY for e in question.answers for _, way in says.answers[e].values)


def children_of(context_child: str) -> list[str]:
    """The names of the case's child or children: separated by semicolons or new lines."""
    return [c.strip() for c in re.split(r"[;\n]", context_child) if c.strip()]


def told_of_each(
    question: QuestionWords, said: Said, evidence: Mapping[str, Sequence[Evidence]], asked: Sequence[str], says: Says
) -> list[Told] | None:
    """Every child's answer in the order of the text. None where a clause is in doubt, or a child is told of twice."""
    told: list[Told] = []
    named: list[str] = []
    sentence = -1
    for clause in said.clauses:
        mentioned = list(_named(clause, said))
        if _ALL.search(clause.joined) and not mentioned:
            mentioned = list(asked)
        if clause.sentence != sentence and mentioned:
            named = []
        sentence = clause.sentence
        named = mentioned or named
        here = [e for event in question.answers for e in evidence.get(event, ()) if e.clause is clause]
        facts = _foremost([e for e in here if e.standing == "fact"], says.answers)
        if len(facts) > 1 or any(e.standing in ("guess", "plan") for e in here):
            return None
        if facts:
            told += [Told(facts[0].event, facts[0], child) for child in _meant(named, asked)]
    told = list({(t.event, t.child): t for t in told}.values())
    return told if len({t.child for t in told}) == len(told) else None


def _foremost(facts: list[Evidence], answers: Mapping[str, AnswerWords]) -> list[Evidence]:
    return [e for e in facts if not any(e.event in answers[o.event].over for o in facts)]


def _meant(named: Sequence[str], asked: Sequence[str]) -> Sequence[str]:
    if named:
        return named
    return asked if len(asked) == 1 else [""]


def _named(clause: Clause, said: Said) -> Iterator[str]:
    """The children that the clause names; a name after "at" or "to" is a place."""
    for number, token in enumerate(clause.tokens):
        if token.thing and token.thing.kind in ("child", "name"):
            before = clause.joined[: clause.offsets[number]]
            if not _PLACE_BEFORE.search(before):
                yield re.sub(r"['’]s$", "", " ".join(said.text[token.start : token.end].split()))
