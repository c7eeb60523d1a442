"""Tables of a page, from its rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.documents.pdf_page import Rule

NEAR = 3.0
"""Points within which two rules meet, or are one."""

WIDEST_BOX = 25.0

MOST_RULES = 1_500


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `xs` and `ys` are the places of its rules, from the left and from the top."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1

    def cell(self, x: float, y: float) -> tuple[int, int, int]:
        """(row, column, columns wide) of the cell around a point: its upper left corner, where no rule parts it."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        col = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        first, last = col, col
        while first > 0 and not self._parted(self.xs[first], y):
            first -= 1
        while last < len(self.xs) - 2 and not self._parted(self.xs[last + 1], y):
            last += 1
        while row > 0 and not self.topped(self.ys[row], x):
            row -= 1
        return row, first, last - first + 1

    def cells(self) -> set[tuple[int, int, int]]:
        """Every cell, also those without text."""
        if len(self.xs) * len(self.ys) > 2_000:
            return set()
        return {self.cell((a + b) / 2, (c + d) / 2) for a, b in pairwise(self.xs) for c, d in pairwise(self.ys)}

    def _parted(self, x: float, y: float) -> bool:
        return any(abs(r.x - x) < NEAR and r.top - NEAR <= y <= r.bottom + NEAR for r in self.upright)

    def topped(self, y: float, x: float) -> bool:
        """Whether a level rule runs at height `y` over the place `x`."""
        return any(abs(r.y - y) < NEAR and r.left - NEAR <= x <= r.right + NEAR for r in self.level)


def grids(rules: Sequence[Rule]) -> tuple[list[Grid], list[Rule]]:
    """(tables from top to bottom, the level rules of no table: underlines and strike-outs). A level rule belongs to a
    table if it meets two upright ones."""
    lines = [r for r in rules if not r.shade]
    level, upright = [r for r in lines if r.level], [r for r in lines if not r.level and r.bottom - r.top > 5]
    if len(level) + len(upright) > MOST_RULES:
        return [], level
    meets = [[n for n, u in enumerate(upright) if _meet(r, u)] for r in level]
    free = [r for r, m in zip(level, meets, strict=True) if len({round(upright[n].x / NEAR) for n in m}) < 2]
    group = list(range(len(upright)))
    bound = [(r, m) for r, m in zip(level, meets, strict=True) if r not in free]
    for _, met in bound:
        for n in met[1:]:
            _join(group, met[0], n)
    for n, one in enumerate(upright):
        for k in range(n):
            if (
                abs(upright[k].x - one.x) < NEAR
                and upright[k].top <= one.bottom + NEAR
                and one.top <= upright[k].bottom + NEAR
            ):
                _join(group, k, n)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for r, met in bound:
        found.setdefault(_root(group, met[0]), ([], []))[0].append(r)
    for n, u in enumerate(upright):
        if (root := _root(group, n)) in found:
            found[root][1].append(u)
    tables = [
        Grid(_places([u.x for u in u_]), _places([r.y for r in l_]), tuple(l_), tuple(u_)) for l_, u_ in found.values()
    ]
    return sorted((t for t in tables if _is_table(t)), key=lambda t: t.ys[0]), free


def _is_table(grid: Grid) -> bool:
    """Not a box to tick, nor a row of boxes for single letters."""
    if len(grid.xs) < 2 or len(grid.ys) < 2:
        return False
    return max(b - a for a, b in pairwise(grid.xs)) > WIDEST_BOX


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.left - NEAR <= upright.x <= level.right + NEAR and upright.top - NEAR <= level.y <= upright.bottom + NEAR
    )


def _root(group: list[int], n: int) -> int:
    while group[n] != n:
        group[n] = group[group[n]]
        n = group[n]
    return n


def _join(group: list[int], a: int, b: int) -> None:
    group[_root(group, a)] = _root(group, b)


def _places(values: list[float]) -> tuple[float, ...]:
    """Values that lie together as one."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > NEAR:
            result.append(value)
    return tuple(result)
