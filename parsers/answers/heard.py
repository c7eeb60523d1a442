"""A reply, heard: taken apart, and where the words for each possible answer stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parsers.answers.another import Other, others_named
from parsers.answers.clauses import Clause, Said, bare_lead, is_noise, take_apart
from parsers.answers.coming import is_here
from parsers.answers.context import AnswerContext
from parsers.answers.evidence import Evidence, find_evidence
from parsers.answers.reserve import HEARSAY, RESERVES, STRANGE, Beside, borne_by_all, reserves
from parsers.answers.says import AnswerWords, QuestionWords, Says
from parsers.answers.values import DAYS, NAMING, PLAIN, Scene, bare_day, fill, signed_at
from parsers.answers.words import english

_AGREEING = english().lists["agreeing"]
_WISH = re.compile(r"^(?: i| we)?(?: do| really)? hope(?: that)? (?:he|she|they|you|<child>)(?= |$)")
""" "Hope she turns up"."""
_OF_WHOM = re.compile(
    r"^(?: (?:sorry|yes|and|i|am|meant|mean|this|that|it|is|was|all|for|about|re|regarding|of|talking|answering"
    r"|my|the|child|reply|answer|one))* <child>(?: that is| i mean| i meant)?$"
)
""" "I meant Orla: no trace"."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The reply taken apart, and where each answer's words stand in it."""

    said: Said
    clauses: tuple[Clause, ...]
    evidence: dict[str, list[Evidence]]
    context: AnswerContext
    says: Says
    words: dict[str, AnswerWords]
    """Of each answer listened for; one that was not asked for may have stricter ones."""
    signed: int
    """Where in the text the signature begins: it says nothing beside an answer."""

    def facts(self, event: str) -> list[Evidence]:
        return [e for e in self.evidence.get(event, ()) if e.standing == "fact"]

    def guessed(self, events: Iterable[str]) -> list[str]:
        return [e for e in events if any(x.standing in ("guess", "plan") for x in self.evidence.get(e, ()))]

    @property
    def lead(self) -> str:
        """The yes, no or ok that the reply begins with."""
        leads = [(c, bare_lead(c)) for c in self.said.clauses]
        if {"yes", "no"} <= {word for _, word in leads}:
            return ""
        for clause, word in leads:
            if word and not clause.asks:
                return word
            if not is_noise(clause):
                return ""
        return ""

    @property
    def taken_back(self) -> bool:
        """The writer takes back, jokes, or says both."""
        return english().retracts.search("".join(c.joined for c in self.said.clauses)) is not None

    def loose(self, without: Iterable[Clause] = ()) -> list[Clause]:
        """What was said besides: no greeting, no yes or no, no clause of those given, no mere agreement."""
        told = list(without)
        return [
            c for c in self.clauses
            if c not in told and c.tokens[0].start < self.signed and not bare_lead(c) and not _WISH.search(c.joined)
            and not _OF_WHOM.search(c.joined)
            and " ".join(t.word for t in c.tokens) not in _AGREEING
        ]  # fmt: skip

    def reserves(self, told: Sequence[str], *, near: bool = False) -> list[str]:
        """What keeps these answers from being taken: the names of reserves that not each of them bears. `near`: made in
        the sentences where they stand; a long letter speaks of much else."""
        beside = self._beside(told, near=near)
        made = reserves(beside, borne_by_all([self.words[e].despite for e in told]))
        made += self._strange_to_one(told, beside) if len(told) > 1 else []
        made += [HEARSAY] * (HEARSAY not in made and bool(self.facts("need-time")) and RESERVES[HEARSAY](beside))
        return made + ["denial"] * any(self._denied_elsewhere(e) for e in told)

    def _beside(self, told: Sequence[str], *, near: bool) -> Beside:
        own = tuple(e for event in told for e in self.facts(event))
        sentences = {e.clause.sentence for e in own}
        clauses = tuple(c for c in self.clauses if not near or c.sentence in sentences)
        settled = [e.clause for event in self.says.universal for e in self.facts(event)]
        flags = [name for e in told for name, way in self.words[e].values if way.startswith("flag")]
        heeded = tuple(c for c in clauses if not self._flagged(c, flags) and not _WISH.search(c.joined))
        settled += [e.clause for e in own]
        company = frozenset[str]().union(*(self.words[e].company for e in told))
        unsettled = tuple(c for c in heeded if c not in settled)
        loose = tuple(c for c in self.loose() if c in unsettled)
        others = self._others(told, clauses, own)
        return Beside(self.said, self.context.day, clauses, heeded, own, company, unsettled, loose, others)

    def another(self, told: Sequence[str]) -> str:
        """The other child whom these answers may be meant of."""
        own = tuple(e for event in told for e in self.facts(event))
        return next((other.name for other in self._others(told, self.clauses, own)), "")

    def _others(self, told: Sequence[str], clauses: Sequence[Clause], own: Sequence[Evidence]) -> tuple[Other, ...]:
        """The other children who are named, none of whom an answer takes as a value: the worker, the colleague."""
        within = [c for c in clauses if c.tokens[0].start < self.signed and "<name>" in c.words]
        if not within or not self.context.child:
            return ()
        before = [c for c in clauses if c.tokens[0].start < self.signed]
        found = list(others_named(self.said.text, before, own, self.context.child, self.context.people))
        taken = [value for e in told for value in self._named_by(e)] if found else []
        return tuple(other for other in found if not any(other.name in value for value in taken))

    def _named_by(self, event: str) -> Iterator[str]:
        """The people and places that the answer takes as values."""
        ways = tuple((name, way) for name, way in self.words[event].values if way in NAMING)
        scene = Scene(self.said, self.facts(event), self.context, self.says)
        yield from map(str, fill(replace(self.words[event], values=ways), scene).values())

    def _strange_to_one(self, told: Sequence[str], beside: Beside) -> list[str]:
        """Of several answers each must be known by its own words."""
        own = [(self.words[e], tuple(self.facts(e))) for e in told]
        alone = [
            replace(beside, own=facts, company=words.company) for words, facts in own if STRANGE not in words.despite
        ]
        return [STRANGE] * any(RESERVES[STRANGE](one) for one in alone)

    def _denied_elsewhere(self, event: str) -> bool:
        """ "Not abroad, they're in Swindon": the same thing said and denied."""
        own = [e.clause for e in self.facts(event)]
        if "denial" in self.words[event].despite:
            return False
        return any(e.standing == "denied" and e.clause not in own for e in self.evidence.get(event, ())) and bool(own)

    def _flagged(self, clause: Clause, names: Sequence[str]) -> bool:
        """Whether the clause says the yes or the no of one of these values: "no card left"."""
        flags = [self.says.flags[name] for name in names if name in self.says.flags]
        return any(p.search(clause.joined) for f in flags for p in (*f.yes, *f.no))


def listen(questions: Sequence[str], text: str, choices: Sequence[str], context: AnswerContext, says: Says) -> Heard:
    said = take_apart(text, context.day, context.child, says.lexicon)
    busy = {c.sentence for c in said.clauses if not is_noise(c)}
    clauses = tuple(
        c for c in said.clauses if not is_noise(c) or (c.sentence in busy and _nameful(c) and not _greets(c))
    )
    clauses = clauses or tuple(c for c in said.clauses if _nameful(c))
    words: list[AnswerWords] = [says.answers[e] for e in choices if e in says.answers]
    words += [a for e, a in says.anytime.items() if e not in choices and says.heard_beside(e, questions)]
    words += [says.answers[e] for e in says.universal]
    found = {w.event: find_evidence(w, clauses) for w in words}
    found["need-time"] = [e for e in found.get("need-time", ()) if not is_here(e.clause, context.day)]
    return Heard(said, clauses, found, context, says, {w.event: w for w in reversed(words)}, signed_at(said.text))


def _nameful(clause: Clause) -> bool:
    """A name alone may be the answer ("Worker: Sam Hill"), and is a signature only where it stands by itself."""
    return bool(clause.things("name", "email"))


def _greets(clause: Clause) -> bool:
    """ "Hi Jo, not on roll": whom it greets says nothing."""
    return clause.tokens[0].word in ("hi", "hello", "hiya", "hey", "dear")


def known(questions: Sequence[str], says: Says) -> list[QuestionWords]:
    return [says.questions[q] for q in questions if q in says.questions]


def values_of(event: str, evidence: Sequence[Evidence], heard: Heard) -> dict[str, Any]:
    words = heard.words.get(event)
    return fill(words, Scene(heard.said, evidence, heard.context, heard.says)) if words else {}


def gives(event: str, heard: Heard) -> bool:
    """Whether the reply holds a value of that answer, be it said in the answer's own words or not: a day, a school."""
    words, said = heard.words[event], heard.said
    ways = PLAIN | ({"where"} if said.of("school", "address") or _AT_ONCE.match(said.text) else frozenset())
    ways = ways if bare_day(said) else ways - set(DAYS)
    ways = ways if all(_plainly(c, words) for c in said.clauses) else ways & {"flag", "flag-yes"}
    values = ((n, w.replace("visit-day", "told-visit-day")) for n, w in words.values)
    plain = replace(words, values=tuple((n, w) for n, w in values if w in ways or w == "told-visit-day"))
    return bool(fill(plain, Scene(said, (), heard.context, heard.says)))


def _plainly(clause: Clause, words: AnswerWords) -> bool:
    """Neither asked, guessed nor denied; nor in words by which the answer is never meant."""
    doubts = (english().hedges, english().ifs, english().negators, *words.never)
    return not clause.asks and not any(p.search(clause.joined) for p in doubts)


_AT_ONCE = re.compile(r"\s*(?:at|in|with)\b", re.IGNORECASE)
"""Where, right behind the number: "2 with her gran"."""


def whole(event: str, heard: Heard) -> bool:
    return not lacks(heard.words[event], values_of(event, heard.facts(event), heard))


def lacks(words: AnswerWords, values: dict[str, Any]) -> bool:
    """Without the thing itself (which worker, which school) it is no answer. A must of "any": any value will do."""
    return any(name not in values and not (name == "any" and values) for name in words.must)
