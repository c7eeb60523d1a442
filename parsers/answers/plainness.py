"""How unlike a plain answer a reply is, whatever its words match: a last look before an answer is taken.

The phrases see an answer, the reserves (reserve.py) see what stands beside it; both know only what somebody thought of.
Here every word and every pair of words of the reply has a weight, by itself and for the question, learned from the
replies of tests/answers (tests/answers/learning.py): those that had to be asked again, and those that were plain."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from parsers.answers.clauses import Clause
from parsers.weighed import weighed, weights_in

WEIGHTS = Path(__file__).with_name("plainness_weights.txt")
DOUBTFUL = 2.0
"""From here on a reply is asked again. Chosen so that of plain replies never seen about three in a hundred are."""


def features(questions: Sequence[str], clauses: Sequence[Clause]) -> set[str]:
    """The words and pairs of words of the clauses, what each word is to each question, and the shape of the whole."""
    found = {f"*{min(len(clauses), 6)}"}
    for clause in clauses:
        words = ["^", *(token.word for token in clause.tokens), "$"]
        found.update(words, (f"{a} {b}" for a, b in pairwise(words)))
        found.update(["*asks"] * clause.asks, ["*turn"] * clause.turn)
    return found | {f"{asked}|{name}" for asked in questions for name in found if " " not in name}


def doubtfulness(questions: Sequence[str], clauses: Sequence[Clause]) -> float:
    """Above `DOUBTFUL` for a reply that reads as those which were no plain answer."""
    return weighed(features(questions, clauses), weights_in(WEIGHTS))
