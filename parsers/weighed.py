"""Weights that were learned from examples (tests/regression.py), a name and a weight a line, and their sum."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache
from pathlib import Path

_BIAS = "*"
"""What every example has."""


@cache
def weights_in(path: Path) -> Mapping[str, float]:
    """The weights of a file, by their names."""
    lines = (line.rpartition("\t") for line in path.read_text("utf-8").splitlines())
    return {name: float(weight) for name, _, weight in lines}


def weighed(found: Set[str], weights: Mapping[str, float]) -> float:
    """The sum of the weights of what was found: above nought for what speaks for a yes."""
    return weights[_BIAS] + sum(weights[name] for name in found & weights.keys())
