"""Whether something hangs under a letter and runs into the line under its word: recognition takes the comma of a
Romanian ș for a part of that line, and is sure of a plain s."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from parsers.pictures.canvas import Canvas
from parsers.pictures.placed import Letter, Placed

_BARE = frozenset("sStT")
"""Letters under which some language hangs a comma that does not touch them."""

_HANGING = frozenset("gjpqyQJ,;şțșţçąęįų")
"""Letters that reach down to the line themselves."""

_ABOVE = 2
"""Pixels above the middle of the line: there the paper shows under a letter."""

_BELOW = (-2.8, 4.0)
"""Points from the base between which a line under a word is."""

_LINE, _DARKER = 200.0, 60.0
"""Of 255: a line is darker than the one, and what hangs under a letter is darker than the paper under the others by
the other."""

_ENOUGH = 3
"""Letters of a word beside which another is judged."""

_SURE = 0.98


def checked(canvas: Canvas, line: Placed) -> Placed:
    """The line; a letter under which something runs into the line beneath it may have a comma there."""
    doubtful = {id(c) for word in line.words() for c in _hung(canvas, line, word)}
    if not doubtful:
        return line
    return replace(line, letters=tuple(_torn(c) if id(c) in doubtful else c for c in line.letters))


def _torn(letter: Letter) -> Letter:
    other = unicodedata.normalize("NFC", letter.text + "\u0326")
    return replace(letter, sure=min(letter.sure, _SURE), others=((other, 1 - _SURE), *letter.others))


def _hung(canvas: Canvas, line: Placed, word: Sequence[Letter]) -> list[Letter]:
    own = [c for c in word if c.text.isalpha() and not c.printed]
    if not any(c.text in _BARE for c in own):
        return []
    below = {id(c): _paper(canvas, line, c) for c in own if c.text not in _HANGING}
    others = [p for c in own if c.text not in _BARE and (p := below.get(id(c))) is not None]
    if len(others) < _ENOUGH:
        return []
    usual = float(np.median(others))
    return [c for c in own if c.text in _BARE and (p := below.get(id(c))) is not None and p < usual - _DARKER]


def _paper(canvas: Canvas, line: Placed, letter: Letter) -> float | None:
    """How light it is under the middle of a letter, close above the line there; None where there is no line."""
    top, bottom = (round((line.base + d) * canvas.scale) for d in _BELOW)
    left, right = round(letter.left * canvas.scale), round(letter.right * canvas.scale)
    seen = canvas.grey[max(0, top) : bottom, max(0, left) : right]
    if seen.shape[0] <= _ABOVE or seen.shape[1] < 4:
        return None
    row = _line(seen)
    inset = seen.shape[1] // 5
    return None if row is None else float(seen[row - _ABOVE, inset : seen.shape[1] - inset].min())


def _line(seen: NDArray[np.uint8]) -> int | None:
    """The row of the lowest line that goes on under the whole letter, with paper above it."""
    rows = np.median(seen, axis=1)
    dark = np.flatnonzero(rows < _LINE)
    if not len(dark):
        return None
    last = int(dark[-1])
    first = last
    while first > 0 and rows[first - 1] < _LINE:
        first -= 1
    row = first + int(rows[first : last + 1].argmin())
    return row if first >= _ABOVE else None
