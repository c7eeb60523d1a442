"""What is asked after an answer that lacked it: was a card left, were neighbours asked, when was the visit."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.answers.clauses import is_noise, take_apart
from parsers.answers.context import AnswerContext
from parsers.answers.says import AnswerWords, QuestionWords, Says
from parsers.answers.values import Scene, fill
from parsers.answers.words import english
from parsers.reading import Answer, Understanding

_EVENT = "details.given"


def details(questions: Sequence[QuestionWords], text: str, context: AnswerContext, says: Says) -> Answer | None:
    """`details.given` with the values that the reply gives, beside one another: {"card-left": "yes"}. None without."""
    said = take_apart(text, context.day, context.child, says.lexicon)
    told = [c for c in said.clauses if not is_noise(c)]
    if english().retracts.search("".join(c.joined for c in told)):
        return None
    values = tuple(dict(pair for q in questions for pair in q.follows).items())
    found = fill(AnswerWords(_EVENT, "", (), values), Scene(said, (), context, says))
    return Answer(_EVENT, found, 0.95) if found else None


def with_details(found: Understanding, given: Answer | None, *, alone: bool) -> Understanding:
    """Beside what other questions got. `alone`: nothing else was asked, so that thanks and promises are no answer."""
    answered = found.verdict != "ask" and not all(a.event in _UNIVERSAL for a in found.answers)
    if given is None:
        return Understanding("ask") if alone and not answered else found
    if answered and alone:
        return found
    return Understanding(found.verdict, (*found.answers, given)) if answered else Understanding("understood", (given,))


_UNIVERSAL = frozenset({"acknowledged", "not-mine", "need-time", "query"})
