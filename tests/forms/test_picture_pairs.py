"""Answers side by side in a poor picture: the box that a tick has spoilt, the line under a word."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from parsers.pictures import boxes, choices
from parsers.pictures.canvas import Canvas, flat
from parsers.pictures.placed import Placed
from parsers.pictures.siblings import siblings
from tests.forms.pictured.pen import Sheet
from tests.forms.test_picture_doubts import _FLAT, canvas, sheet
from tests.forms.test_picture_specks import line


def pale(drawn: Sheet) -> Canvas:
    """As at 90 dots an inch."""
    small = cv2.resize(np.asarray(drawn.picture), (744, 1052), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), 0.3)
    return flat(np.asarray(cv2.resize(small, (1653, 2339), interpolation=cv2.INTER_LINEAR), np.uint8), _FLAT)


def asked(ticked: bool) -> tuple[Sheet, Placed]:
    """Yes and No with a box each; that of Yes is ticked in one stroke with its sides, as a typed ☑ may be."""
    drawn = sheet()
    first, second = drawn.say(100, 200, "Yes") + 3, drawn.say(140, 200, "No") + 3
    drawn.box(second, 200, ticked=False)
    if ticked:
        drawn.box(first, 200, ticked=False)
        for x in (first, first + 7.2):
            drawn.line(x, 193, x, 200.4, 0.7, 255)
            drawn.line(x, 193, x, 200.4, 0.5, 110)
        drawn.line(first + 1, 197, first + 3, 200, 1)
        drawn.line(first + 3, 200, first + 7.2, 193, 1)
    middle = 196.5
    yes, no = line("Yes", 100, middle, 5.4), line("No", 140, middle, 6)
    return drawn, Placed((*yes.letters, *line(" ", 117).letters, *no.letters), middle, 10.0)


def test_a_box_whose_sides_are_lost_stands_to_its_word_as_the_other_does() -> None:
    drawn, read = asked(ticked=True)
    seen = pale(drawn)
    found = boxes.boxes(seen)
    assert [t.ticked for t in found] == [False]
    (other,) = siblings(seen, [read], found)
    assert other.ticked
    assert abs((found[0].left - other.left) - (drawn_at(drawn, "No", 140) - drawn_at(drawn, "Yes", 100))) < 1.5


def drawn_at(drawn: Sheet, word: str, left: float) -> float:
    return drawn.say(left, 700, word)


def test_where_nothing_is_drawn_or_something_else_there_is_no_box() -> None:
    drawn, read = asked(ticked=False)
    seen = pale(drawn)
    assert list(siblings(seen, [read], boxes.boxes(seen))) == []
    drawn.say(118.5, 200, "5", 11, "arial bold")
    seen = pale(drawn)
    assert list(siblings(seen, [read], boxes.boxes(seen))) == []


def test_a_word_is_underlined_also_where_its_line_was_taken_for_higher_than_its_type() -> None:
    drawn = sheet()
    end = drawn.say(126, 200, "No", 10)
    drawn.line(126, 201.5, end, 201.5, 0.8)
    small = np.asarray(drawn.picture.resize((1653, 2339), Image.Resampling.BOX), np.uint8)
    seen = flat(small, _FLAT)
    for size in (9.5, 12.0):
        read = Placed(line("No", 126, 197.2, 6.5).letters, 197.2, size)
        assert len(list(choices.marks(seen, choices.drawn(seen), [read]))) == 1, size
    plain = sheet()
    plain.say(126, 200, "No", 10)
    bare = canvas(plain)
    assert list(choices.marks(bare, choices.drawn(bare), [read])) == []
