"""An officer's mail out of the blue: a command to the bot, with its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from parsers.answers.clauses import Clause, Said, clause_of, cleaned, is_noise, take_apart
from parsers.answers.command_values import Order, values_of
from parsers.answers.context import AnswerContext
from parsers.answers.says import Says
from parsers.answers.words import any_of, english
from parsers.reading import Answer, Understanding

WEIGHTY = frozenset({"close", "traced", "merge"})
"""Shown back for one tap; refused in a mail that also raises a concern."""

_NEEDED = {
    "close": ("outcome",),
    "assign": ("who",),
    "note": ("text",),
    "remind": ("date",),
    "merge": ("case",),
    "link": ("case",),
    "stop-chasing": ("who",),
    "ask-again": ("who",),
    "traced": ("school",),
    "new-case": ("text",),
    "correct": ("field", "value"),
}
_WORDLESS = frozenset({"undo", "reopen", "resend", "hold", "split"})
"""What takes no words of its own, so that a "not" anywhere in the clause denies it."""
_QUESTIONS = frozenset({"status", "history", "help", "overdue", "my-cases"})
_POLITE = re.compile(
    r"^(?: (?:please|kindly|can you|could you|would you|will you|can we|can i|can|could|we|i"
    r"|would like you to|would like to"
    r"|want you to|want to|need you to|need to|just|let us|now|so|and|hi|hello|case|cases|<case>|this"
    r"|the|it|number|re <case>|for|on|me|also|then)(?= ))*"
)
_PLEA = re.compile(r" (?:can|could|would|will) (?:you|we|i)(?= )| please(?= |$)")
_WONDERING = any_of(
    [
        "should we",
        "should i",
        "shall we",
        "shall i",
        "do we",
        "do you",
        "did we",
        "did you",
        "why",
        "when",
        "i think",
        "i wonder",
        "thinking of",
        "might",
        "maybe",
        "perhaps",
        "probably",
        "if",
        "unless",
        "not sure",
        "whether",
        "was going to",
        "can this",
        "should this",
        "is it ok",
        "meant to",
        "forgot to",
        "almost",
        "nearly",
        "we should",
        "would have",
    ]
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A command, its clause, and the position in the text after its words."""

    name: str
    clause: Clause
    after: int


def order(text: str, context: AnswerContext, says: Says, concern: bool) -> Understanding:
    """The command in the mail, if there is one and no doubt about it. What weighs is to be confirmed; beside a concern
    it is refused (a person is told)."""
    said = take_apart(cleaned(text).strip(), context.day, context.child, says.lexicon)
    found = _command(said, says)
    if found is None:
        return Understanding("ask")
    values = values_of(Order(found.name, said, found.clause, found.after, context, says))
    if _doubtful(found, values, said) or (concern and found.name in WEIGHTY):
        return Understanding("ask", (Answer("command", values, 0.4),))
    return Understanding("confirm" if found.name in WEIGHTY else "understood", (Answer("command", values, 0.95),))


def _command(said: Said, says: Says) -> _Found | None:
    """The command that the first clause which begins with one gives, with or without a "please" before it."""
    for clause in said.clauses:
        if is_noise(clause) and clause.joined != " help":
            continue
        for start in range(_after_courtesy(clause) + 1):
            rest = clause_of(clause.tokens[start:], clause)
            for name, patterns in says.commands.items():
                ends = [m.end() for p in patterns if (m := p.search(rest.joined))]
                if ends:
                    return _Found(name, clause, rest.tokens[rest.at(max(ends) - 1)].end)
    return None


def _after_courtesy(clause: Clause) -> int:
    """The number of the first token that is no courtesy."""
    match = _POLITE.match(clause.joined + " ")
    return min(clause.at(match.end() - 1) + 1 if match and match.end() else 0, len(clause.tokens) - 1)


def _doubtful(found: _Found, values: dict[str, Any], said: Said) -> bool:
    """Denied, wondered about, asked, or without the thing itself."""
    if any(not values.get(name) for name in _NEEDED.get(found.name, ())):
        return True
    if found.name in _QUESTIONS:
        return False
    words = found.clause.joined
    if found.clause.asks and not _PLEA.search(words):
        return True
    if found.name not in ("note", "new-case", "correct", "remind") and _on_condition(found, said):
        return True
    if found.name == "hold" and _ANOTHER_HOLD.search(words):
        return True
    if found.name in ("note", "new-case", "correct"):
        return found.name == "note" and _to_nobody(found, said)
    if found.name in _WORDLESS and english().negators.search(words):
        return True
    return _WONDERING.search(words) is not None or (
        found.name != "stop-chasing" and english().negators.search(" ".join(_own(found, said))) is not None
    )


_ANOTHER_HOLD = re.compile(r" hold (?:off|on|the line|your horses|tight)(?= |$)")


def _on_condition(found: _Found, said: Said) -> bool:
    """ "Hold it unless they write", "don't chase them yet"."""
    same = [c.joined for c in said.clauses if c.sentence == found.clause.sentence]
    same = [re.sub(r" (?:until|till|til) <date>", "", words) for words in same]
    return any(english().conditions.search(words) or words.endswith(" yet") for words in same)


def _own(found: _Found, said: Said) -> Sequence[str]:
    """The words of the command's clause up to its end."""
    return [f" {t.word}" for t in found.clause.tokens if t.end <= found.after]


def _to_nobody(found: _Found, said: Said) -> bool:
    """ "Please note that I am on leave" is no note for a case."""
    words = found.clause.joined
    plain = re.search(r"^(?: please)? note(?! to| for| on)(?= )", words) is not None
    return plain and not said.of("case") and said.text[found.after : found.after + 2].strip(" ") not in (":", "-")
