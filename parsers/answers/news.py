"""What a mail that nobody asked for tells of a child: excluded, taken off roll, gone abroad, expected and not come ...

The phrases are those of the packs' says.toml, the answers of the question `news`. News is a fact said once and not
denied; of two kinds neither is taken, and what is only guessed at is asked of an officer, never assumed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parsers.answers.clauses import take_apart
from parsers.answers.context import AnswerContext
from parsers.answers.doubt import resolve
from parsers.answers.heard import Heard, listen, values_of
from parsers.answers.says import AnswerWords, Says
from parsers.answers.understanding import answer
from parsers.reading import Answer, Understanding

NEWS = "news"
_TAKEN, _DOUBT = 0.95, 0.4
_HEEDED = frozenset({"somebody else", "contrast", "condition", "bygone", "attempt"})
"""A letter tells much beside its news, and whoever writes one need not be sure of it."""


def reported(text: str, context: AnswerContext, says: Says) -> Understanding:
    """`understood` with the news, the kind that tells most first, then those that go with it (`over`), or with none;
    `ask` with what it may be, when it is not said beyond doubt."""
    question = says.questions.get(NEWS)
    if question is None:
        return Understanding("understood")
    heard = listen((NEWS,), text, question.answers, context, says)
    resolved = resolve(question, heard)
    words = says.answers.get(resolved.event)
    if words is None:
        return _perhaps(resolved.rivals or tuple(heard.guessed(question.answers)), heard)
    if not _beside(words, heard):
        return Understanding("understood")
    if heard.taken_back or _HEEDED & set(heard.reserves([resolved.event], near=True)):
        return _perhaps((resolved.event,), heard)
    besides = [e for e in question.answers if e in words.over and heard.facts(e)]
    first = Answer(resolved.event, values_of(resolved.event, heard.facts(resolved.event), heard), _TAKEN)
    beside = (Answer(e, _own_day(e, resolved.event, heard), _TAKEN) for e in besides)
    return Understanding("understood", (first, *beside))


def answered_beside(question: str, text: str, context: AnswerContext, says: Says) -> Iterator[Answer]:
    """What a letter answers before it is asked, each sentence by itself: the others speak of its news."""
    said = take_apart(text, context.day, context.child, says.lexicon)
    for number in dict.fromkeys(clause.sentence for clause in said.clauses):
        heard = answer((question,), said.sentence(number), context, says)
        if heard.verdict == "understood":
            yield from heard.answers


def _own_day(event: str, first: str, heard: Heard) -> dict[str, Any]:
    """Of what is said beside other news, only the day in words of its own: the rest belongs to the other."""
    others = [e.clause for e in heard.facts(first)]
    if not any(e.clause.things("date") and e.clause not in others for e in heard.facts(event)):
        return {}
    values = values_of(event, heard.facts(event), heard)
    return {name: value for name, value in values.items() if name.endswith(".date")}


def values_said(event: str, text: str, context: AnswerContext, says: Says) -> dict[str, Any]:
    """The values of that news in a text of which an officer has said that it is that."""
    return values_of(event, [], listen((NEWS,), text, (event,), context, says))


def _beside(words: AnswerWords, heard: Heard) -> bool:
    """ "Has not arrived" is a place not taken up only where the mail speaks of the place."""
    every = "".join(clause.joined for clause in heard.said.clauses)
    return not words.beside or any(pattern.search(every) for pattern in words.beside)


def _perhaps(events: tuple[str, ...], heard: Heard) -> Understanding:
    if not events:
        return Understanding("understood")
    told = dict.fromkeys(events)
    return Understanding("ask", tuple(Answer(e, values_of(e, heard.evidence.get(e, []), heard), _DOUBT) for e in told))
