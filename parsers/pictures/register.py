"""Where a picture's page lies: by what is printed on the blank forms and was recognised in the picture, else by the
direction of its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.pictures.blanks import Blank, Phrase, blanks
from parsers.pictures.ocr import TextLine

Points = NDArray[np.float64]

WIDTH, HEIGHT = 595.0, 842.0
"""Points of A4."""

FEW = 5
"""Fewer phrases than this in their places make no form."""

_NEAR = 7.0
"""Points: rows grow with what is written in them, so a blank's place is approximate."""

_SMOOTH = 2.0
"""Ridge of the smooth field: it follows a curl, not single words."""


@dataclass(frozen=True, slots=True)
class Pose:
    """How the picture lies. `view` takes its pixels to points of the page (3 x 3); `field` is what a curled sheet adds
    (see _terms). `form` and `page` are "" and 0 where no blank was recognised."""

    form: str
    page: int
    view: NDArray[np.float64]
    field: NDArray[np.float64]
    phrases: int
    height: float = HEIGHT
    blank: Blank | None = None

    def points(self, pixels: Points) -> Points:
        """Points of the page for pixels (n, 2)."""
        flat = _mapped(self.view, pixels)
        return flat + _terms(flat) @ self.field

    def pixels(self, points: Points) -> Points:
        """The other way round."""
        flat = points
        for _ in range(3):
            flat = points - _terms(flat) @ self.field
        return _mapped(np.asarray(np.linalg.inv(self.view), np.float64), flat)


def _mapped(view: NDArray[np.float64], points: Points) -> Points:
    return np.asarray(cv2.perspectiveTransform(points.reshape(-1, 1, 2), view), np.float64).reshape(-1, 2)


def _terms(points: Points) -> NDArray[np.float64]:
    """The bending terms at each point: nothing that a view can do itself."""
    x, y = points[:, 0] / WIDTH * 2 - 1, points[:, 1] / HEIGHT * 2 - 1
    x, y = np.clip(x, -1.1, 1.1), np.clip(y, -1.1, 1.1)
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y, x**3, x * x * y, x * y * y, y**3], axis=1)


@dataclass(frozen=True, slots=True)
class _Match:
    phrase: Phrase
    ends: Points
    """Its left and right end in the picture (2, 2)."""


def pose(lines: Sequence[TextLine], shape: tuple[int, int]) -> Pose:
    """The page that explains most of the lines; `shape` is the height and width of the picture."""
    found = [p for blank in blanks() if (p := _fitted(blank, list(_matches(blank, lines)))) is not None]
    best = max(found, key=lambda p: p.phrases, default=None)
    return best if best is not None else _plain(lines, shape)


def _matches(blank: Blank, lines: Sequence[TextLine]) -> Iterator[_Match]:
    for line in lines:
        places = [n for n, c in enumerate(line.chars) if c.text.isalnum()]
        letters = "".join(line.chars[n].text.lower()[:1] for n in places)
        for phrase in blank.phrases:
            at = letters.find(phrase.key)
            while at >= 0:
                first, last = places[at], places[at + len(phrase.key) - 1]
                if first == 0 or not line.chars[first - 1].text.isalpha():
                    yield _Match(phrase, line.places((line.chars[first].left, line.chars[last].right)))
                at = letters.find(phrase.key, at + 1)


def _fitted(blank: Blank, matches: list[_Match]) -> Pose | None:
    if len({m.phrase for m in matches}) < FEW:
        return None
    pixels = np.concatenate([m.ends for m in matches])
    points = np.array(
        [p for m in matches for p in ((m.phrase.left, m.phrase.middle), (m.phrase.right, m.phrase.middle))]
    )
    view = _view(pixels, points)
    if view is None:
        return None
    off = np.abs(_mapped(view, pixels) - points).max(axis=1).reshape(-1, 2).max(axis=1)
    good = off < 2 * _NEAR
    phrases = {m.phrase for m, near in zip(matches, off, strict=True) if near < 2 * _NEAR}
    if len(phrases) < FEW:
        return None
    near = np.repeat(good, 2)
    field = _field(_mapped(view, pixels[near]), points[near])
    return Pose(blank.form, blank.page, view, field, len(phrases), blank=blank)


def _view(pixels: Points, points: Points) -> NDArray[np.float64] | None:
    """A scan is turned and shifted, a photograph is seen from a side: the simpler one where it fits as well."""
    cv2.setRNGSeed(1)
    seen, _ = cv2.findHomography(pixels, points, cv2.RANSAC, _NEAR, maxIters=3000, confidence=0.999)
    flat, _ = cv2.estimateAffine2D(
        pixels, points, method=cv2.RANSAC, ransacReprojThreshold=_NEAR, maxIters=3000, confidence=0.999
    )
    if flat is None:
        return np.asarray(seen, np.float64) if seen is not None else None
    simple = np.vstack([flat, [0, 0, 1]])
    if seen is None or _misfit(simple, pixels, points) < 1.05 * _misfit(np.asarray(seen), pixels, points) + 0.25:
        return simple
    return np.asarray(seen, np.float64)


def _misfit(view: NDArray[np.float64], pixels: Points, points: Points) -> float:
    off = np.linalg.norm(_mapped(view, pixels) - points, axis=1)
    return float(np.mean(np.minimum(off, 3 * _NEAR)))


def _field(flat: Points, points: Points) -> NDArray[np.float64]:
    """The smooth rest, fitted twice: what stands far off (a row that has moved) has little to say."""
    terms, weight = _terms(flat), np.ones(len(flat))
    field = np.zeros((terms.shape[1], 2))
    for _ in range(3):
        weighted = terms * weight[:, None]
        field = _solved(terms.T @ weighted + _SMOOTH * np.eye(terms.shape[1]), weighted.T @ (points - flat))
        off = np.linalg.norm(points - flat - terms @ field, axis=1)
        weight = 1 / (1 + (off / 3) ** 2)
    return field


def _solved(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.linalg.solve(left, right), np.float64)


def _plain(lines: Sequence[TextLine], shape: tuple[int, int]) -> Pose:
    """No blank of ours: turned so that most lines are level, and as wide as A4."""
    slopes = [
        (np.arctan2(*(q[1] - q[0])[::-1]), float(np.linalg.norm(q[1] - q[0]))) for q in (x.corners for x in lines)
    ]
    slopes = sorted(s for s in slopes if abs(s[0]) < 0.5)
    total, sum_, turn = sum(w for _, w in slopes), 0.0, 0.0
    for slope, width in slopes:
        sum_ += width
        if sum_ >= total / 2:
            turn = float(slope)
            break
    height, width = shape
    scale = WIDTH / width
    view = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), np.degrees(turn), 1.0), [0, 0, 1]])
    return Pose("", 0, np.diag([scale, scale, 1.0]) @ view, np.zeros((10, 2)), 0, height * scale)
