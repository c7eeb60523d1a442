"""How like a sentence is to those in which people told of harm, and how unlike those of every day: a second look, for
words that nobody thought of (docs/decisions/013).

Each word, and each pair of words, has a weight; their sum decides. The weights in concern_weights.txt were learned from
the examples of tests/corpus: a sentence that was missed teaches, once it stands there (tests/mail/learning.py)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from parsers.weighed import weighed, weights_in

WEIGHTS = Path(__file__).with_name("concern_weights.txt")
LIKE = 1.0
"""From here on a sentence is like those of harm. Chosen by leaving out a fifth in turn: of the harm that no list knows
it finds 104 of 139 (at 1.5: 93), of 4,948 ordinary sentences 16 ring by it (at 1.5: 5). A miss is far worse."""
_WORD = re.compile(r"[a-z][a-z']*")
_ENDINGS = ("ing", "edly", "ed", "es", "s", "ly")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without what grammar adds to it; no more is needed of it than that it is always the same."""
    word = word.replace("'", "")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def features(sentence: str) -> set[str]:
    """The words and pairs of words of a sentence in lower case, and its rough length."""
    words = [stem(word) for word in _WORD.findall(sentence)]
    return {*words, *map(" ".join, pairwise(words)), f"*{min(len(words) // 5, 4)}"}


def likeness(sentence: str) -> float:
    """Above `LIKE` for a sentence, in lower case, that reads as those of harm do."""
    return weighed(features(sentence), weights_in(WEIGHTS))


def telling(sentence: str, most: int = 3) -> tuple[str, ...]:
    """The words that weighed most, for whoever reads the alarm."""
    weights = weights_in(WEIGHTS)
    heaviest = sorted((-weights.get(stem(word), 0.0), word) for word in dict.fromkeys(_WORD.findall(sentence)))
    return tuple(word for weight, word in heaviest[:most] if weight < 0)
