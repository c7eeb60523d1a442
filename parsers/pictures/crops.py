"""Lines of text cut out of a picture, as high as their type, and the edges of the ink in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

HEIGHT = 48
"""Pixels: what the model was trained on."""

WIDEST = 2_400

_BLANK = 5
"""Pixels (at HEIGHT) without ink that stand between words, not within a letter."""


def tight(picture: Image, quad: NDArray[np.float32]) -> NDArray[np.float32]:
    """The quadrangle no higher than its line of text: what is large in the crop is read best."""
    crop = straight(picture, quad)
    ink = _ink(crop)
    rows = (ink > 0).sum(axis=1).astype(np.float64)
    inked = rows > max(2.0, rows.max() * 0.06)
    middle = int((rows * np.arange(HEIGHT)).sum() / max(rows.sum(), 1.0))
    top = bottom = min(middle, HEIGHT - 1)
    while top > 0 and inked[max(0, top - 3) : top].any():
        top -= 1
    while bottom < HEIGHT - 1 and inked[bottom + 1 : bottom + 4].any():
        bottom += 1
    # One accent or one tail in a long line is too little ink to be seen here: room is left for both.
    tall = bottom + 1 - top
    high, low = (
        max(0.0, top - max(3.0, tall * 0.2)) / HEIGHT,
        min(float(HEIGHT), bottom + 1 + max(3.0, tall * 0.28)) / HEIGHT,
    )
    if low - high > 0.9 or low - high < 0.3:
        return quad
    left, right = quad[3] - quad[0], quad[2] - quad[1]
    return np.array(
        [quad[0] + left * high, quad[1] + right * high, quad[1] + right * low, quad[0] + left * low], np.float32
    )


def straight(picture: Image, quad: NDArray[np.float32]) -> Image:
    """The line as a picture of HEIGHT pixels."""
    width = max(float(np.linalg.norm(quad[0] - quad[1])), float(np.linalg.norm(quad[3] - quad[2])), 1.0)
    height = max(float(np.linalg.norm(quad[0] - quad[3])), float(np.linalg.norm(quad[1] - quad[2])), 1.0)
    wide = int(min(max(width * HEIGHT / height, 16), WIDEST))
    target = np.array([[0, 0], [wide, 0], [wide, HEIGHT], [0, HEIGHT]], np.float32)
    how = cv2.INTER_CUBIC if height < HEIGHT else cv2.INTER_AREA
    return cv2.warpPerspective(  # type: ignore[return-value]
        picture,
        cv2.getPerspectiveTransform(quad, target),
        (wide, HEIGHT),
        flags=how if how == cv2.INTER_CUBIC else cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )


def _ink(crop: Image) -> Image:
    """What is written, without the level rules through it."""
    _, ink = cv2.threshold(crop, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, HEIGHT), np.uint8))
    return cv2.subtract(ink, cv2.dilate(level, np.ones((3, 1), np.uint8)))  # type: ignore[return-value]


def edges(crop: Image, places: Sequence[float]) -> Iterator[tuple[float, float]]:
    """The edges of the ink of characters whose middles are known: between two of them, the widest gap."""
    ink = _ink(crop)
    inked: NDArray[np.bool_] = np.asarray((ink[4:-4] > 0).any(axis=0), np.bool_)
    borders: list[tuple[float, float]] = []
    for a, b in pairwise(places):
        borders.append(_gap(inked, round(a), round(b)))
    if not places:
        return
    half = round(HEIGHT * 0.4)
    first, last = round(places[0]), round(places[-1])
    lefts = [_gap(inked, max(0, first - half), first)[1], *(r for _, r in borders)]
    rights = [*(left for left, _ in borders), _gap(inked, last, min(len(inked), last + half))[0]]
    yield from zip(lefts, rights, strict=True)


def _gap(inked: NDArray[np.bool_], start: int, end: int) -> tuple[float, float]:
    """Where the ink of one character ends and that of the next begins, their middles being known; between them there
    may be a box or a rule. Their middle twice where no column is blank."""
    runs, run = list[tuple[int, int]](), start
    for column in range(start, end + 1):
        if column == end or inked[column]:
            if column > run:
                runs.append((run, column))
            run = column + 1
    if not runs:
        return (start + end) / 2, (start + end) / 2
    longest = max(runs, key=lambda r: r[1] - r[0])
    wide = [r for r in runs if r[1] - r[0] >= _BLANK] or [longest]
    return float(wide[0][0]), float(wide[-1][1])
