"""What a value may be taken from: the reply taken apart, and the places where its answer stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from parsers.answers.clauses import Clause, Said, is_noise
from parsers.answers.context import AnswerContext
from parsers.answers.evidence import Evidence
from parsers.answers.says import Says
from parsers.answers.things import Thing


@dataclass(frozen=True, slots=True)
class Scene:
    """What a value may be taken from: the whole reply, and the places where its answer stands."""

    said: Said
    evidence: Sequence[Evidence]
    context: AnswerContext
    says: Says

    @property
    def clauses(self) -> list[Clause]:
        return [e.clause for e in self.evidence]

    def sentences(self) -> list[Clause]:
        numbers = {c.sentence for c in self.clauses}
        return [c for c in self.said.clauses if c.sentence in numbers]

    def nearest(self, *kinds: str) -> Thing | None:
        """The first such thing where the answer stands, else in its sentence, else anywhere in the reply."""
        for clauses in (self.clauses, self.sentences(), list(self.said.clauses)):
            found = [t for c in clauses for t in c.things(*kinds)]
            if found:
                return found[0]
        return None

    def nearest_words(self, *kinds: str) -> str:
        """The nearest such thing as written; "" where there is none."""
        found = self.nearest(*kinds)
        return self.words(found.start, found.end) if found else ""

    def word_before(self, clause: Clause, end: int) -> str:
        """The word, or the name, that ends where a pattern over the clause's words did, as written."""
        token = clause.tokens[clause.at(end - 1)]
        return self.words(token.start, token.end)

    def words(self, start: int, end: int) -> str:
        return " ".join(self.said.text[start:end].split()).strip(' ,;:-–—"')


Taken = Callable[[Scene, str], Any]


def own_words(said: Said, without: Sequence[Clause] = ()) -> str:
    """What the writer wrote, greeting, thanks and signature left out."""
    end = signed_at(said.text)
    kept = [c for c in said.clauses if not is_noise(c) and c not in without and c.tokens[0].start < end]
    runs: list[tuple[int, int]] = []
    for clause in kept:
        start, end = clause.tokens[0].start, clause.tokens[-1].end
        if runs and _only_joins(said.text[runs[-1][1] : start]):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return " ".join(" ".join(said.text[a:b].split()) for a, b in runs).strip()


_GAP = re.compile(r"\n[ \t]*\n")
_MOST_LINES, _MOST_WORDS = 8, 8
"""Of a signature, and of its line."""
_FAREWELL = re.compile(
    r"(?i:\b(?:thanks|thank you|ta|cheers|thx|regards|wishes|sincerely|faithfully))[,.!]?\s+"
    r"(?P<name>(?:[A-Z(&+|/-][\w.'’()+&/@|,-]*\s*|(?:of|and|the|for)\s+){1,14})$"
)
_SMALL = frozenset({"of", "and", "the", "for", "at", "in", "x", "xx", "regards", "wishes", "thanks", "you"})


def signed_at(text: str) -> int:
    """Where the writer's name, post and number begin: behind thanks or regards, or in a paragraph of their own; else
    the text's end. What stood before it may have been a choice's line, of which nothing is left."""
    if farewell := _FAREWELL.search(text):
        return farewell.start("name")
    gaps = list(_GAP.finditer(text.rstrip()))
    if not gaps or text.isupper():
        return len(text)
    lines = [line.split() for line in text[gaps[-1].end() :].strip().split("\n")]
    signed = len(lines) <= _MOST_LINES and all(len(line) <= _MOST_WORDS and _of_a_name(line) for line in lines)
    return gaps[-1].end() if signed else len(text)


def _of_a_name(words: Sequence[str]) -> bool:
    return all(not word[0].islower() or word.strip(",.").lower() in _SMALL for word in words)


def _only_joins(between: str) -> bool:
    return len(between) < 14
