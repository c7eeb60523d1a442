"""What is written, read a second time, from the page laid flat and by itself: recognition is at times sure of a letter
that it reads otherwise, or loses, when the same ink falls a little differently on its grid. Where both readings differ
neither is certain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from parsers.pictures import ocr
from parsers.pictures.canvas import Canvas
from parsers.pictures.choices import ANSWERS
from parsers.pictures.ocr import Char
from parsers.pictures.placed import Letter, Placed
from parsers.values import upn

_TORN = 0.05
"""How likely the other reading of a letter is deemed: enough for a name or a mail address to be in doubt, too little
for a text in which a letter changes nothing."""

_WRONG = 0.06
"""The same of a figure, which always changes something."""

_LONGEST = 44
"""Letters: a longer text says the same with one of them misread, and costs most to read again."""

_PLAIN = 0.99
"""Figures as sure as this are read alike again."""

_BESIDE, _ABOVE, _UNDER = 3.0, 0.72, 0.55
"""Points beside what is read again; of the size, above and under the middle of its line."""


def again(canvas: Canvas, lines: Sequence[Placed]) -> list[Placed]:
    """The lines; each letter that was written, not printed, and is read otherwise by itself may be that other one."""
    runs = [(n, a, b) for n, line in enumerate(lines) for a, b in _written(line)]
    found = ocr.recognised(canvas.grey, [_about(canvas, lines[n], a, b) for n, a, b in runs])
    letters = [list(line.letters) for line in lines]
    for (n, a, b), seen in zip(runs, found, strict=True):
        letters[n][a:b] = _compared(letters[n][a:b], seen.chars)
    return [replace(line, letters=tuple(new)) for line, new in zip(lines, letters, strict=True)]


def _written(line: Placed) -> Iterator[tuple[int, int]]:
    """First and last + 1 of the letters that stand together and are not the blank's."""
    start = None
    for n, one in enumerate((*line.letters, None)):
        if one is not None and not one.printed and one.text != "…":
            start = n if start is None and one.text != " " else start
        elif start is not None:
            if _counts([c for c in line.letters[start:n] if c.text.isalnum()]):
                yield start, n
            start = None


def _counts(letters: Sequence[Letter]) -> bool:
    """Whether a letter would change what they say, and nothing else tells which it is."""
    said = "".join(c.text for c in letters)
    plain = said.isdigit() and all(c.sure > _PLAIN for c in letters)
    settled = said.lower() in ANSWERS or (upn.SHAPE.fullmatch(said) and upn.check_letter(said[1:]) == said[0])
    return 1 < len(said) <= _LONGEST and not plain and not settled


def _about(canvas: Canvas, line: Placed, first: int, end: int) -> NDArray[np.float32]:
    left, right = line.letters[first].left - _BESIDE, max(c.right for c in line.letters[first:end]) + _BESIDE
    top, bottom = line.middle - line.size * _ABOVE, line.middle + line.size * _UNDER
    corners = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return np.array(corners, np.float32) * np.float32(canvas.scale)


def _compared(letters: Sequence[Letter], other: Sequence[Char]) -> list[Letter]:
    own = [n for n, c in enumerate(letters) if c.text.isalnum()]
    read = [c.text for c in other if c.text.isalnum()]
    found, one, two = list(letters), [letters[n].text.casefold() for n in own], [c.casefold() for c in read]
    for how, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if how == "equal":
            continue
        # What was read once only lies between two letters.
        for k, n in enumerate(own[a:b] or own[max(0, a - 1) : a + 1]):
            found[n] = _torn(found[n], read[c + k] if how == "replace" and c + k < d else "")
    return found


def _torn(letter: Letter, other: str) -> Letter:
    share = _WRONG if letter.text.isdigit() else _TORN
    return replace(letter, sure=min(letter.sure, 1 - share), others=((other, share), *letter.others))
