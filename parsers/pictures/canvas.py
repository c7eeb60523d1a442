"""The page laid flat: the picture registered, evenly lit, and the rules that are drawn on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.documents.pdf_page import Rule
from parsers.pictures.crops import Image
from parsers.pictures.register import WIDTH, Pose

DOTS = 200 / 72
"""Pixels of the canvas to a point."""

_STEP = 12.0
"""Points between the places for which the way back to the picture is reckoned; between them it is drawn straight."""

_GROUND = 61
_FAINT = 26
"""Of 255: so much darker than what is beside it is a rule, be it a hairline at 90 dots an inch."""

_THIN = 3.6
"""Points: what is thicker is no line."""

_BROKEN = 11
"""Pixels: a fax breaks the rules of a table."""

_WHITE, _LIGHT = 0.9, 200
"""Of what is lighter than that, so much is white."""

_LEVEL, _UPRIGHT = 10.0, 12.0
"""Points: shorter strokes belong to letters."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """`seen` is the picture laid flat; `grey` the same, white (255) where the paper is; `ink` is 255 where something is
    printed or written."""

    seen: Image
    grey: Image
    ink: Image
    level: Image
    """What is thin and darker than what is above and below it, be it a hairline: 255, else 0."""
    upright: Image
    """The same beside what is to its left and right."""
    scale: float = DOTS
    bleached: bool = False
    """All paper is as white as can be, as in a fax: nothing is left of a pale yellow, and what is grey is a blur."""

    def window(self, left: float, top: float, right: float, bottom: float, *, of: Image | None = None) -> Image:
        """The ink in a rectangle of points, or what another picture of the page has there."""
        x0, y0, x1, y1 = (round(v * self.scale) for v in (left, top, right, bottom))
        return (self.ink if of is None else of)[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]


def flat(picture: Image, pose: Pose) -> Canvas:
    width, height = WIDTH, pose.height
    xs = np.linspace(0, width, round(width / _STEP) + 1)
    ys = np.linspace(0, height, round(height / _STEP) + 1)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    back = pose.pixels(grid).reshape(len(ys), len(xs), 2).astype(np.float32)
    size = (round(width * DOTS), round(height * DOTS))
    across, down = _spread(back[..., 0], size), _spread(back[..., 1], size)
    seen = cv2.remap(picture, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(255,))
    grey = _even(seen)  # type: ignore[arg-type]
    level, upright = (_faint(grey, level=level) for level in (True, False))
    return Canvas(seen, grey, _inked(grey), level, upright, bleached=_is_bleached(seen))  # type: ignore[arg-type]


def _is_bleached(seen: Image) -> bool:
    return float((seen == 255).sum()) > _WHITE * float((seen > _LIGHT).sum())


def _spread(coarse: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """Values at the corners of a grid, for each pixel between."""
    rows, columns = coarse.shape
    x = np.linspace(0, columns - 1, size[0], dtype=np.float32)[None, :].repeat(size[1], axis=0)
    y = np.linspace(0, rows - 1, size[1], dtype=np.float32)[:, None].repeat(size[0], axis=1)
    return cv2.remap(coarse, x, y, cv2.INTER_LINEAR)  # type: ignore[return-value]


def _even(seen: Image) -> Image:
    """Without shadows, lamp light and grey bands: each pixel against the paper around it."""
    quarter = cv2.resize(seen, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(quarter, cv2.MORPH_CLOSE, np.ones((_GROUND // 8, _GROUND // 8), np.uint8))
    paper = cv2.resize(cv2.blur(paper, (5, 5)), (seen.shape[1], seen.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(seen, np.maximum(paper, 20).astype(np.uint8), scale=250), np.uint8)


def _inked(grey: Image) -> Image:
    """Dark enough to be ink: half way from the paper to the darkest print."""
    reached = np.bincount(grey.ravel(), minlength=256).cumsum()
    dark = float(np.searchsorted(reached, grey.size * 0.01))
    level = min(185.0, max(110.0, (250 + dark) / 2))
    return np.where(grey < level, 255, 0).astype(np.uint8)


def rules(canvas: Canvas) -> list[Rule]:
    """Level and upright lines, in points."""
    return [*_strokes(canvas, level=True), *_strokes(canvas, level=False)]


def strokes(canvas: Canvas, length: float, *, level: bool, bridge: int = 3) -> Image:
    """The thin lines of at least that many points, as a picture; gaps of less than `bridge` pixels are bridged."""
    faint, along = (canvas.level if level else canvas.upright), round(length * canvas.scale)
    joined = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, np.ones((1, bridge) if level else (bridge, 1), np.uint8))
    return cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, along) if level else (along, 1), np.uint8))  # type: ignore[return-value]


def _faint(grey: Image, *, level: bool) -> Image:
    thin = round(_THIN * DOTS)
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((thin, 1) if level else (1, thin), np.uint8))
    _, faint = cv2.threshold(dark, _FAINT, 255, cv2.THRESH_BINARY)
    return cv2.dilate(faint, np.ones((2, 1) if level else (1, 2), np.uint8))  # type: ignore[return-value]


def _strokes(canvas: Canvas, *, level: bool) -> Iterator[Rule]:
    found = strokes(canvas, _LEVEL if level else _UPRIGHT, level=level, bridge=_BROKEN if level else 5)
    gap = round(4 * canvas.scale)
    found = cv2.dilate(found, np.ones((1, gap) if level else (gap, 1), np.uint8))  # type: ignore[assignment]
    _, _, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    half = gap / 2
    for x, y, w, h, _ in stats[1:]:
        x0, y0, x1, y1 = (float(v) for v in (x, y, x + w, y + h))
        x0, x1, y0, y1 = (x0 + half, x1 - half, y0, y1) if level else (x0, x1, y0 + half, y1 - half)
        if level:
            y0 = y1 = (y0 + y1) / 2
        else:
            x0 = x1 = (x0 + x1) / 2
        yield Rule(x0 / canvas.scale, y0 / canvas.scale, x1 / canvas.scale, y1 / canvas.scale)
