"""The lines that a fax machine draws itself where it lost one of the sheet's: from edge to edge of the picture, margins
and all, and however askew the sheet lay exactly level. On the sheet laid flat they run through rows of a table, and
pass for a rule there, or for a tick."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np

from parsers.pictures.crops import Image

_DARK = 170
"""Of 255: darker than the paper, be the line blurred over two rows."""

_ACROSS = 0.97
"""Of the picture's width."""

_THICK, _MOST = 3, 5
"""Rows of pixels; lines of one picture. More are the rules of a table that was cut out."""


def unstreaked(picture: Image) -> Image:
    """The picture (height, width) without such lines: what goes on above or under one goes on through it."""
    found = list(_streaks(picture))
    if not 0 < len(found) <= _MOST:
        return picture
    mended = picture.copy()
    for first, end in found:
        mended[first:end] = np.minimum(picture[first - 1], picture[end])
    return mended


def _streaks(picture: Image) -> Iterator[tuple[int, int]]:
    """First row and last + 1 of each. The edge of the picture is none."""
    across = (picture < _DARK).mean(axis=1) > _ACROSS
    rows = np.flatnonzero(across).tolist()
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        lines = [row for _, row in run]
        first, end = lines[0], lines[-1] + 1
        if end - first <= _THICK and first > 0 and end < len(picture):
            yield first, end
