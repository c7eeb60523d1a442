"""Replies in plain words: what people answer, and what officers order. Understood, or asked again; never guessed.

A reply is cleaned, its things found (days, places, people), taken apart into clauses, and each clause held against the
phrases of the packs' says.toml for the answers that the questions allow. A clause that denies, guesses, plans or asks
is no fact. One fact a question is an answer; two are asked after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.answers.colleague import points_below
from parsers.answers.commands import WEIGHTY, order
from parsers.answers.context import AnswerContext
from parsers.answers.openings import without_openings
from parsers.answers.says import BadSays, Says, load_says
from parsers.answers.understanding import answer
from parsers.concerns import concerns
from parsers.reading import Answer, Understanding

__all__ = ["AnswerContext", "BadSays", "Says", "load_says", "points_below", "understand"]

MAX_TEXT = 6_000
"""Characters of a reply that are looked at; no officer's answer is longer, and a pasted document is none."""
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n\s*")
_ENDS_TRACKING = frozenset({"close", "child.traced"})


def understand(questions: Sequence[str], text: str, context: AnswerContext, says: Says) -> Understanding:
    """What the reply `text` (the new text alone) says to the questions; `[""]` is a mail out of the blue, in which an
    officer may give a command. Values by docs/reference/words.md, dates ISO. Words of concern are always looked for."""
    worries = tuple(Answer("concern.raised", {"quote": c.quote}) for c in concerns(text))
    text = _BLANK_LINES.sub("\n\n", text[:MAX_TEXT])
    if not any(questions):
        found = order(text, context, says, bool(worries))
    else:
        found = answer(questions, without_openings(text), context, says)
        if worries and any(_weighty(a) for a in found.answers):
            found = Understanding("ask", tuple(replace(a, confidence=0.4) for a in found.answers))
    return replace(found, answers=found.answers + worries)


def _weighty(answer: Answer) -> bool:
    """A closing beside a concern is refused, and a person told."""
    return answer.event in _ENDS_TRACKING or str(answer.values.get("command", "")) in WEIGHTY
