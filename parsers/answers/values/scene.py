"""What a value may be taken from: the reply taken apart, and the places where its answer stands."""

from __future__ import annotations

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

    def words(self, start: int, end: int) -> str:
        return " ".join(self.said.text[start:end].split()).strip(' ,;:-–—"')


Taken = Callable[[Scene, str], Any]


def own_words(said: Said, without: Sequence[Clause] = ()) -> str:
    """What the writer wrote, greeting and thanks left out."""
    kept = [c for c in said.clauses if not is_noise(c) and c not in without]
    runs: list[tuple[int, int]] = []
    for clause in kept:
        start, end = clause.tokens[0].start, clause.tokens[-1].end
        if runs and _only_joins(said.text[runs[-1][1] : start]):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return " ".join(" ".join(said.text[a:b].split()) for a, b in runs).strip()


def _only_joins(between: str) -> bool:
    return len(between) < 14
