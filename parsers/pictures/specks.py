"""Dust and dots that were taken for signs and letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from parsers.pictures.canvas import Canvas
from parsers.pictures.placed import Letter, Placed

_SPECK = 0.4
"""Of the size of type: what is lower is dust."""

_GUESS = 0.6
"""A letter less sure than this may be dots."""


def without_specks(canvas: Canvas, line: Placed) -> Placed:
    """A speck of dust is taken for a sign ("+", "-") at the end of a line that it has no part in: it stands alone, and
    is lower than half a letter. Dots are taken for letters ("E t"), none of which is as high as one."""
    kept = list(line.letters)
    for before, word, after in _neighbours(list(line.words())):
        (first, last) = (word[0], word[-1])
        apart = (before is None or first.left - before.right > line.size) and (
            after is None or after.left - last.right > line.size
        )
        speck = len(word) == 1 and apart and first.text != "…"
        dots = all(c.sure < _GUESS for c in word if c.text.isalnum()) and any(c.text.isalnum() for c in word)
        if (speck or dots) and all(_height(canvas, line, c) < line.size * _SPECK for c in word):
            kept = [c for c in kept if c not in word]
    if not any(c.text != " " for c in kept):
        kept = [Letter("…", line.left, line.right, (line.left + line.right) / 2)]
    return line if kept == list(line.letters) else replace(line, letters=tuple(kept))


def _neighbours(words: list[list[Letter]]) -> Iterator[tuple[Letter | None, list[Letter], Letter | None]]:
    for n, word in enumerate(words):
        yield (words[n - 1][-1] if n else None), word, (words[n + 1][0] if n + 1 < len(words) else None)


def _height(canvas: Canvas, line: Placed, letter: Letter) -> float:
    """Points of ink, from its top to its foot."""
    ink = canvas.window(letter.left, line.middle - line.size / 2, letter.right, line.middle + line.size / 2)
    rows = np.flatnonzero((ink > 0).any(axis=1)).tolist()
    return (rows[-1] - rows[0] + 1) / canvas.scale if rows else 0.0
