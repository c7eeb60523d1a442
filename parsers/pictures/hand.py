"""Whether a page is filled in by hand: what was written is compared with what is printed on the same page, by how
evenly the letters stand on their line, how high they are, and how surely they were recognised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from parsers.pictures.canvas import Canvas
from parsers.pictures.placed import Letter, Placed

ENOUGH = 12
"""Letters: of fewer nothing can be told."""

HAND = 0.5
"""Print reaches 0.3 at 90 dots an inch, where little of it is measured 0.4; a neat hand in a photograph 0.55."""

_FEW = 3
"""Words of which so many leave their line say half of what many would say: a comma may be taken for a foot."""

_HANGING = frozenset("gjpqyQJ,;()@/&çşţąęįųğ[]{}|µ$§_-–'’\"*^°.:=+~")
"""What does not end on the line."""

_TALL = frozenset("ABCDEFGHIKLMNOPRSTUVWXYZbdhkl0123456789")


@dataclass(frozen=True, slots=True)
class Script:
    """How letters stand: `uneven` is the scatter of their feet in a word, `jump` that of words on a line, `swing` that
    of words against the print on their line, `tall` the height of the tall letters, all in points; `sure` how surely
    they were recognised, from 0 to 1."""

    letters: int
    uneven: float
    tall: float
    sure: float
    jump: float = 0.0
    swing: float = 0.0


def by_hand(canvas: Canvas, read: Sequence[Placed], printed: Sequence[Placed]) -> bool:
    """`read` are the lines as recognised, `printed` the same with the phrases of the blank put in."""
    label, value = scripts(canvas, read, printed)
    if value.letters < ENOUGH or label.letters < ENOUGH:
        return False
    return score(label, value) > HAND


def score(label: Script, value: Script) -> float:
    """How much like a hand: feet that leave the line by a tenth of a point, words that leave it by half a point,
    letters a third higher than the print beside them, and one in fifty that is not recognised are worth about as much
    each."""
    larger = value.tall / label.tall if label.tall and value.tall else 1.0
    feet = 4 * max(0.0, value.uneven - label.uneven)
    words = 1.2 * (max(0.0, value.jump - label.jump - 0.1) + max(0.0, value.swing - 0.3))
    return feet + words + 2.5 * max(0.0, larger - 1.12) + 8 * max(0.0, 0.985 - value.sure)


def scripts(canvas: Canvas, read: Sequence[Placed], printed: Sequence[Placed]) -> tuple[Script, Script]:
    """What is printed on the blank, and what is written."""
    label, value = _Gathered(), _Gathered()
    for before, after in zip(read, printed, strict=True):
        spans = [(c.left, c.right) for c in after.letters if c.printed]
        lines: tuple[list[float], list[float]] = ([], [])
        for word in before.words():
            middle = (word[0].left + word[-1].right) / 2
            on_blank = any(a - 1 <= middle <= b + 1 for a, b in spans)
            feet = list(_feet(canvas, before, word))
            if feet:
                (label if on_blank else value).feet.extend(feet)
                lines[on_blank].append(feet[0].line)
        written, on_form = lines
        value.jumps += [abs(a - b) for a, b in pairwise(written)]
        label.jumps += [abs(a - b) for a, b in pairwise(on_form)]
        if written and on_form:
            value.swings.append(written[0] - on_form[-1])
    return label.script(), value.script()


@dataclass(frozen=True, slots=True)
class _Foot:
    line: float
    """Where the word's line is, that of its letters' feet, in points."""
    off: float
    """How far from it the letter's foot is."""
    tall: float
    sure: float


def _feet(canvas: Canvas, line: Placed, word: Sequence[Letter]) -> Iterator[_Foot]:
    found: list[tuple[float, float, Letter]] = []
    for letter in word:
        if not letter.text.isalnum() or letter.text in _HANGING:
            continue
        ink = canvas.window(letter.left, line.middle - line.size, letter.right, line.middle + line.size)
        if (run := _stroke(np.asarray((ink > 0).any(axis=1), np.bool_))) is not None:
            found.append((run[1] / canvas.scale, (run[1] - run[0]) / canvas.scale, letter))
    if len(found) < 2:
        return
    foot = float(np.median([f for f, _, _ in found]))
    for bottom, height, letter in found:
        yield _Foot(foot, abs(bottom - foot), height if letter.text in _TALL else 0.0, letter.sure)


def _stroke(inked: NDArray[np.bool_]) -> tuple[int, int] | None:
    """First row and last + 1 of the ink about the middle; what lies apart above or below belongs to something else."""
    middle = np.flatnonzero(inked[len(inked) * 2 // 5 : len(inked) * 3 // 5])
    if not len(middle):
        return None
    top = bottom = int(middle[len(middle) // 2]) + len(inked) * 2 // 5
    while top > 0 and inked[top - 1]:
        top -= 1
    while bottom < len(inked) and inked[bottom]:
        bottom += 1
    return (top, bottom) if top > 0 and bottom < len(inked) else None


@dataclass(slots=True)
class _Gathered:
    feet: list[_Foot] = field(default_factory=list)
    jumps: list[float] = field(default_factory=list)
    swings: list[float] = field(default_factory=list)

    def script(self) -> Script:
        if not self.feet:
            return Script(0, 0.0, 0.0, 1.0)
        tall = [f.tall for f in self.feet if f.tall]
        about = float(np.median(self.swings)) if self.swings else 0.0
        return Script(
            len(self.feet),
            _mean(f.off for f in self.feet),
            float(np.median(tall)) if tall else 0.0,
            float(np.mean([f.sure for f in self.feet])),
            _told(self.jumps),
            _told([abs(s - about) for s in self.swings]),
        )


def _told(values: Sequence[float]) -> float:
    """Their mean, as far as so many of them tell anything."""
    return _mean(values) * len(values) / (len(values) + _FEW)


def _mean(values: Iterable[float]) -> float:
    """Without the largest sixth: two lines taken for one, a tail taken for a foot."""
    ordered = sorted(values)
    return float(np.mean(ordered[: max(1, round(len(ordered) * 0.85))])) if ordered else 0.0
