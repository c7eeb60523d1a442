"""A second look for words of concern: whether a sentence reads more like the examples of harm than like the calm ones.

A list of words finds what was thought of; people write of harm in ways that nobody lists ("he eats off the floor").
This counts, for each word and pair of words, how much oftener the examples of harm use it (naive Bayes: Manning,
Raghavan and Schütze, Introduction to Information Retrieval, 13.2), so that an example teaches it at once.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from parsers.wording import table

THRESHOLD = 8.0
"""Log odds above which a person is alarmed. In cross-validation on the examples 3 of 100 calm sentences reach it."""
SMOOTHING = 0.3
MOST = 3.0
"""The most that one word may weigh, so that no single one raises an alarm."""
STEM = 5

_WORD = re.compile(r"[a-z']+|\d+")


def likeness(sentence: str) -> float:
    """The log odds that the sentence speaks of harm, by its words; above `THRESHOLD` it is to be looked at."""
    weights = _weights()
    return sum(weights.get(f, 0.0) for f in _features(sentence))


def _features(sentence: str) -> frozenset[str]:
    """The stems of the words, numbers as one, and the pairs of neighbours."""
    stems = ["#" if w.isdigit() else w[:STEM] for w in _WORD.findall(sentence.lower())]
    return frozenset(stems) | {f"{a} {b}" for a, b in pairwise(stems)}


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    examples = table("concerns_examples")
    harm, calm = (Counter(f for s in examples[key] for f in _features(s)) for key in ("harm", "no_harm"))
    harms, calms = (len(examples[key]) + 2 * SMOOTHING for key in ("harm", "no_harm"))
    odds = {f: math.log((harm[f] + SMOOTHING) / harms) - math.log((calm[f] + SMOOTHING) / calms) for f in harm | calm}
    return {f: max(-MOST, min(MOST, weight)) for f, weight in odds.items()}
