"""Which way up a picture is. A page whose blank is recognised is upright; only another one is turned."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from parsers.pictures import ocr
from parsers.pictures.crops import Image
from parsers.pictures.ocr import TextLine
from parsers.pictures.register import Pose, pose

FEW = 5
"""Lines: with fewer there is nothing to be turned for."""

LEGIBLE = 0.88
"""How surely upright print is recognised on average, even by a poor fax; upside down it is about 0.6."""


def upright(picture: Image) -> tuple[Image, list[TextLine], Pose]:
    """The picture the right way up, its lines, and how its page lies in it."""
    best = _read(picture)
    if best[2].blank is not None or len(best[1]) < FEW:
        return best
    if _on_its_side(best[1]):
        turns = [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE]
    elif _sure(best[1]) < LEGIBLE:
        turns = [cv2.ROTATE_180]
    else:
        return best
    for turn in turns:
        other = _read(np.ascontiguousarray(cv2.rotate(picture, turn)))
        if _legible(other) > _legible(best) or _on_its_side(best[1]):
            best = other
        if best[2].blank is not None:
            break
    return best


def _read(picture: Image) -> tuple[Image, list[TextLine], Pose]:
    lines = [line for line in ocr.lines(picture) if line.chars]
    return picture, lines, pose(lines, (picture.shape[0], picture.shape[1]))


def _legible(read: tuple[Image, list[TextLine], Pose]) -> tuple[int, float]:
    return read[2].phrases, _sure(read[1])


def _sure(lines: Sequence[TextLine]) -> float:
    found = [c.sure for line in lines for c in line.chars if c.text.isalnum()]
    return sum(found) / len(found) if found else 0.0


def _on_its_side(lines: Sequence[TextLine]) -> bool:
    upright = sum(float(np.linalg.norm(x.corners[1] - x.corners[0])) < x.height for x in lines)
    return upright > len(lines) / 2
