"""What each agreement and each difference weighs, in bits (log2 of m/u, Fellegi and Sunter 1969).

m: how often it is seen when both are one child; u: when they are two. Where the figures come from: docs/decisions/016.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path

from bot.matching.names import name_key


@dataclass(frozen=True, slots=True)
class Weights:
    """`levels`: field -> level -> bits. `m_surname`, `m_forename`: how often one child's is written the same twice.
    `surnames`, `forenames`: what share of all children bears a common one; `rare` stands for all others."""

    prior: float
    levels: Mapping[str, Mapping[str, float]]
    m_surname: float
    m_forename: float
    surnames: Mapping[str, float]
    forenames: Mapping[str, float]
    rare: float

    def of(self, field: str, level: str) -> float:
        return self.levels[field].get(level, 0.0)

    def surname(self, level: str, key: str) -> float:
        """Agreement on Smith weighs less than on Tregenza."""
        if level != "same":
            return self.of("surname", level)
        return log2(self.m_surname / self.surnames.get(key, self.rare))

    def forename(self, level: str, key: str) -> float:
        common = self.forenames.get(key, self.rare)
        if level == "same":
            return log2(self.m_forename / common)
        if level == "short":  # The first forename agrees, and may be a common one.
            return min(self.of("forename", level), log2(self.m_forename / common))
        return self.of("forename", level)


@cache
def load() -> Weights:
    """The weights of `weights.toml`."""
    table = tomllib.loads(Path(__file__).with_name("weights.toml").read_text("utf-8"))
    levels = {
        name: {level: log2(seen["m"] / seen["u"]) for level, seen in found.items()}
        for name, found in table["level"].items()
    }
    return Weights(
        prior=log2(table["prior"]),
        levels=levels,
        m_surname=table["same"]["surname"],
        m_forename=table["same"]["forename"],
        surnames=_shares(table["surnames"]),
        forenames=_shares(table["forenames"]),
        rare=table["rare"],
    )


def _shares(table: Mapping[str, list[str]]) -> dict[str, float]:
    return {name_key(name): float(share) for share, names in table.items() for name in names}
