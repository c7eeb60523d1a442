"""A logistic regression over names that a sentence has or has not, by plain gradient descent in a fixed order: the same
examples give the same weights."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

EPOCHS, FIRST_STEP, SLOWER, SHRINK = 14, 0.3, 0.85, 1e-3
LEAST = 0.1
"""Weights nearer to nothing than this are left out."""


def learned(yes: Sequence[set[str]], no: Sequence[set[str]], *, weigh: float = 1.0) -> dict[str, float]:
    """The weights, above nought for what speaks for a yes; "*" is the one that every example has. `weigh`: how much
    more a yes counts that is missed."""
    often = {name for name, count in Counter(n for names in (*yes, *no) for n in names).items() if count > 1}
    lots = [(sorted(names & often), said) for said, every in ((1, yes), (0, no)) for names in every]
    weights, bias, step, order = defaultdict[str, float](float), 0.0, FIRST_STEP, random.Random(1)
    for _ in range(EPOCHS):
        order.shuffle(lots)
        for names, said in lots:
            sure = 1 / (1 + math.exp(-max(-30.0, min(30.0, bias + sum(weights[n] for n in names)))))
            wrong = (said - sure) * (weigh if said else 1.0)
            for name in names:
                weights[name] += step * (wrong - SHRINK * weights[name]) / math.sqrt(len(names) + 1)
            bias += step * wrong * 0.1
        step *= SLOWER
    return {"*": bias} | {name: weight for name, weight in sorted(weights.items()) if abs(weight) >= LEAST}


def write(path: Path, weights: Mapping[str, float]) -> None:
    path.write_text("".join(f"{name}\t{weight:.2f}\n" for name, weight in weights.items()), "utf-8")
    print(f"{len(weights)} weights written to {path}")
