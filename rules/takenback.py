"""What an officer's "no" to a conclusion takes back: the word that asked for it, and that it answered a question. That
question is open again, and its silence means what the pack says (C1: the enquiries start)."""

from __future__ import annotations

from collections.abc import Iterator

from rules.case import Ask, Case
from rules.pack import Pack
from rules.turns import NEXT_STEP

OUTSIDE = frozenset({"police", "assessment-teams", "housing", "youth-offending", "health", "other-authority"})
"""They have said what they know, and are not asked it again because an officer thinks otherwise."""


def taken_back(pack: Pack, case: Case, ask: Ask) -> Iterator[tuple[int, str]]:
    """Number and kind of the events that `not-so` to this question undoes. What we noted ourselves (a pathway opened,
    an age reached) is no claim of anybody's, and stays."""
    kind, asked = next(
        ((kind, o) for kind, seen in case.seen.items() for o in seen if o.seq == ask.trigger and ":" not in kind),
        ("", None),
    )
    if ask.rule == NEXT_STEP or asked is None or asked.by == "bot":
        return
    yield asked.seq, kind
    before = max((o.seq for o in case.seen[kind] if o.seq < asked.seq), default=0)
    for answered in case.seen.get("ask.answered", ()):
        values = answered.values
        question = pack.questions.get(str(values["question"]))
        answers = (
            question and question.answer(kind) is not None and not question.implied_by
        )  # An officer's no accepts the case.
        if before < answered.seq < asked.seq and values["answer"] == kind and answers and values["of"] not in OUTSIDE:
            yield answered.seq, "ask.answered"
