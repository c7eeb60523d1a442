"""Which answer a question gets, and what speaks against it: a second answer, a "but", the writer's own doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.answers.clauses import Clause
from parsers.answers.evidence import Evidence, matches, says_no, standing
from parsers.answers.heard import Heard, lacks, values_of
from parsers.answers.plainness import DOUBTFUL, doubtfulness
from parsers.answers.says import MORE_SAID, AnswerWords, QuestionWords
from parsers.answers.words import english


@dataclass(frozen=True, slots=True)
class Resolved:
    """What one question gets: the event, or why none: several (`rivals`)."""

    event: str = ""
    rivals: tuple[str, ...] = ()


def resolve(question: QuestionWords, heard: Heard) -> Resolved:
    """The one answer to the question that is said as a fact, if nothing speaks against it."""
    facts = [e for e in question.answers if heard.facts(e)]
    whole = [e for e in facts if not lacks(heard.says.answers[e], values_of(e, heard.facts(e), heard))]
    facts = whole if any(heard.facts(e) for e in heard.says.anytime) else whole or facts
    facts = [e for e in facts if not any(e in heard.says.answers[o].over and _covers(o, e, heard) for o in facts)]
    if not facts:
        return Resolved()
    if len(facts) > 1:
        return Resolved(rivals=tuple(facts))
    event = facts[0]
    words = heard.says.answers[event]
    doubts = [event] if words.ends and any(e.standing == "denied" for e in heard.evidence[event]) else []
    led = {"yes": question.yes, "no": question.no, "ok": question.ok}.get(heard.lead, "")
    if led and led != event and led not in words.over and not _agrees(led, words, heard):
        doubts.append(led)
    doubts += [e for e in heard.guessed(question.answers) if e != event and e not in words.over]
    if doubts or _spoken_against(words, heard):
        return Resolved(rivals=(event, *dict.fromkeys(d for d in doubts if d != event)))
    return Resolved(event)


def _covers(winner: str, loser: str, heard: Heard) -> bool:
    """Whether the one answer goes before the other: not where that one is said for itself ("not removed on the 3rd,
    removed on another day")."""
    if not any(says_no(e.clause.joined[e.start : e.end]) for e in heard.facts(winner)):
        return True
    own = [e.clause for e in heard.facts(winner)]
    return any(e.clause in own for e in heard.facts(loser))


def _agrees(led: str, words: AnswerWords, heard: Heard) -> bool:
    """A yes to closing, which says no outcome, agrees with the words that end the case: "yes, traced to ..."."""
    meant = heard.says.answers[led]
    return words.ends and meant.ends and lacks(meant, values_of(led, (), heard))


def _spoken_against(words: AnswerWords, heard: Heard) -> bool:
    """A "but" that we do not understand after an answer that it may undo; or words named as speaking against it."""
    if any(standing(c, m) == "fact" for c in heard.clauses for m in matches(words.against, c)):
        return True
    own = [e.clause for e in heard.facts(words.event)]
    denies = any(says_no(e.clause.joined[e.start : e.end]) for e in heard.facts(words.event))
    if any(in_doubt(c) or (not denies and _denied_again(c)) for c in heard.loose(own)):
        return True
    if not words.firm:
        return False
    if any(english().unchecked.search(c.joined) for c in heard.clauses):
        return True
    harmless = [e.clause for event in heard.says.universal for e in heard.evidence.get(event, ())]
    beside = [c for c in heard.loose(own) if c not in harmless]
    turns = [c for c in beside if c.turn]
    return any(english().hedges.search(c.joined) for c in beside) or any(
        not english().future.search(c.joined) and not english().ifs.search(c.joined) for c in turns
    )


def _denied_again(clause: Clause) -> bool:
    """ "... but next door says they haven't"."""
    return (clause.turn or len(clause.tokens) <= 4) and re.search(
        r" (?:is|are|was|were|has|have|had|do|does|did|can|could|would|will) not$", clause.joined
    ) is not None


def in_doubt(clause: Clause) -> bool:
    """The writer's own "not sure", said of nobody else."""
    found = english().uncertain.search(clause.joined)
    return (
        found is not None
        and re.fullmatch(
            r"(?: (?:but|so|and|i|am|we|are|though|still|really|it|is|just|only|to|be|honest))*",
            clause.joined[: found.start()],
        )
        is not None
        and len(clause.tokens) <= 9
    )


def by_lead(questions: Sequence[QuestionWords], heard: Heard) -> str:
    """A bare yes, no or ok, where just one of the questions takes it and nothing else is said that may alter it."""
    if not heard.lead:
        return ""
    meant = [(q, {"yes": q.yes, "no": q.no, "ok": q.ok}[heard.lead]) for q in questions]
    meant = [(q, event) for q, event in meant if event]
    askable = [q for q in questions if q.yes or q.no]
    if len(meant) != 1 or len(askable) > 1:
        return ""
    question, event = meant[0]
    loose = heard.loose()
    if question.name == "confirm":
        return event if (not loose and heard.lead != "no") or (heard.lead == "no" and not _yes_too(heard)) else ""
    if any(english().unchecked.search(c.joined) for c in loose):
        return ""
    conditional = any(way == "conditions" for _, way in heard.says.answers[event].values)
    if heard.lead == "ok" and ((loose and not conditional) or _thanked(heard)):
        return ""
    altered = any(c.asks or (_only_if(c) if conditional else c.turn or _unsure(c, heard.lead)) for c in loose)
    altered = altered or bool(heard.guessed(question.answers))
    altered = altered or _says_more(loose, event, heard)
    return "" if altered or _contradicted(question, event, heard) else event


def _thanked(heard: Heard) -> bool:
    """ "Ok thanks" is said of news as well."""
    return any(t.word in ("thanks", "thank") for c in heard.said.clauses for t in c.tokens)


def _says_more(loose: Sequence[Clause], event: str, heard: Heard) -> bool:
    """ "Yes, there is a dog", "yes I got your mail": what was asked is granted only where nothing follows but a day, a
    name or a condition; beside a bare no, another no or the looking may stand as well."""
    words = heard.says.answers[event]
    ways = {way for _, way in words.values}
    if heard.lead == "no":
        return MORE_SAID not in words.despite and any(not _no_more(c) and not _mere_things(c) for c in loose)
    if "conditions" in ways and "conditions" in values_of(event, (), heard):
        return False
    return any(not _mere_things(c) for c in loose)


def _no_more(clause: Clause) -> bool:
    return says_no(clause.joined) or {w for w in clause.joined.split() if not w.isdigit()} <= english().lists["looked"]


def _mere_things(clause: Clause) -> bool:
    """ "Yes, on Monday": a day or a name says when or who."""
    return any(t.thing for t in clause.tokens) and all(t.thing or t.word in _SMALL for t in clause.tokens)


_SMALL = frozenset({"on", "at", "in", "from", "by", "since", "to", "the", "for", "and", "of"})


def _only_if(clause: Clause) -> bool:
    """A condition leaves a permission what it is, a doubt does not."""
    return (
        english().hedges.search(clause.joined) is not None
        or re.search(r" (?:check|ask|speak) with(?= |$)", clause.joined) is not None
    )


def _yes_too(heard: Heard) -> bool:
    return any(t.word == "yes" for c in heard.said.clauses for t in c.tokens)


def _unsure(clause: Clause, lead: str) -> bool:
    """A yes is altered by a "not" that follows, a no is not."""
    words = english()
    doubts = [words.hedges, words.ifs, words.afterthoughts] + ([] if lead == "no" else [words.negators])
    return any(p.search(clause.joined) for p in doubts)


def _contradicted(question: QuestionWords, event: str, heard: Heard) -> bool:
    """The words name another answer of the question, in whatever mood."""
    return any(heard.evidence.get(e) for e in question.answers if e != event)


_NOT_FINAL = (
    " so far",
    " as yet",
    " yet",
    " initial",
    " at the moment",
    " still checking",
    " still waiting",
    " still looking",
    " still searching",
    " still awaiting",
    " preliminary",
    " first look",
    " to date",
)


def so_far(told: Sequence[str], heard: Heard, waits: bool) -> bool:
    """Whether "no trace" is only the answer until now. "Not yet placed" is one, where no more time is asked for."""
    final = any(heard.says.answers[e].firm for e in told)
    marks = [mark for c in heard.clauses for mark in _NOT_FINAL if mark in c.joined]
    return final and any(waits or mark not in (" yet", " at the moment", " as yet") for mark in marks)


def reads_unlike(questions: Sequence[str], told: Sequence[str], heard: Heard) -> bool:
    """Whether the words match and the whole reads as no plain answer (plainness.py)."""
    return not _nothing_beside(told, heard) and doubtfulness(questions, heard.clauses) >= DOUBTFUL


def _nothing_beside(told: Sequence[str], heard: Heard) -> bool:
    """ "They have left the address": one clause, which begins with the words of the one answer and has little else; the
    sum of its words knows nothing better."""
    if len(told) > 1 or len(heard.clauses) > 1 or heard.lead:
        return False
    clause = heard.clauses[0]
    ends = [e.end for e in heard.facts(told[0]) if e.clause.joined[: e.start] in ("", " the")]
    return bool(ends) and not clause.asks and len(clause.joined[max(ends) :].split()) <= _LITTLE


_LITTLE = 2
"""Words behind those of an answer that leave it what it is."""


def receipts(facts: Sequence[Evidence], heard: Heard) -> list[Evidence]:
    """The clauses that only say that the mail has come. A number above a reply says so only where nothing is told
    beneath it; and what was received for a school by name is more than a mail."""
    bare = [e for e in facts if e.clause.joined[e.start : e.end].strip() != "<ref>"]
    told = [
        c for c in heard.loose(e.clause for e in facts) if len(c.tokens) >= _TELLING and not _TO_COME.search(c.joined)
    ]
    kept = bare or ([] if told else facts)
    return [e for e in kept if " received" not in e.clause.joined or not e.clause.things("school", "address")]


_TELLING = 6
_TO_COME = re.compile(r" (?:will|shall|aim|aims|within|response|respond|reply|contact|shortly|soon|days)(?= |$)")
