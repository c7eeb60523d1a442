"""What is asked back, and in which wording: of an answer that must say more (which school, what you know), of one that
may be another child's, and of what was not understood at all."""

from __future__ import annotations

from collections.abc import Sequence

from bot.council.office import Office
from bot.letters.facts import Facts
from parsers.reading import Answer, Understanding

_SAY = {
    "worker": "who the worker is", "school": "which school", "address": "the address", "date": "the date",
    "outcome": "how it ended", "fields": "the details", "authority": "which council", "any": "what you know",
    "what": "what was done, and when", "where": "where", "why": "why",
}  # fmt: skip


def asked_back(office: Office, questions: Sequence[str], heard: Understanding) -> tuple[str, Facts]:
    """The name of the wording, and its facts."""
    if heard.another:
        return "reply-which-child", {"another": heard.another}
    lacking = _unsaid(office, questions, heard.answers)
    return ("reply-say-what", lacking) if lacking else ("reply-ask-again", {})


def _unsaid(office: Office, questions: Sequence[str], heard: Sequence[Answer]) -> Facts:
    """Of one answer that lacks what it must say: which it is, and what to say."""
    if len(heard) != 1:
        return {}
    (said,) = heard
    for name in questions:
        asked = office.says.answers.get(said.event) if office.pack.questions[name].answer(said.event) else None
        must = asked.must if asked else ()
        if missing := [m for m in must if not (said.values if m == "any" else said.values.get(m))]:
            label = office.says.label(name, said.event)
            return {"chosen": label.partition(" (")[0], "say-what": _SAY.get(missing[0], missing[0])}
    return {}
