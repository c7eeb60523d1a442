"""Answers side by side in a poor picture: the box that a tick has spoilt, the line under a word."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image

from parsers.documents.pdf_page import Rule
from parsers.documents.pdf_parts import _words
from parsers.pictures import boxes, choices, page, ruled
from parsers.pictures.blanks import blanks
from parsers.pictures.boxes import Tick
from parsers.pictures.canvas import Canvas, flat
from parsers.pictures.placed import Placed, printed
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


def test_a_stroke_of_the_tick_is_not_the_lower_side_of_its_box() -> None:
    drawn = sheet()
    for x in (100, 130, 160, 190):
        drawn.box(x, 200, ticked=False)
    drawn.line(100.6, 198.6, 106.4, 198.6, 0.6)
    seen = canvas(drawn)
    found = sorted(boxes.boxes(seen), key=lambda t: t.left)
    assert len(found) == 4
    assert all(abs(t.bottom - found[1].bottom) < 0.8 for t in found)


def test_a_box_smaller_than_the_others_of_its_page_says_nothing() -> None:
    drawn = sheet()
    for x, side in ((100, 5.4), (130, 7.2), (160, 7.2), (190, 7.2)):
        drawn.box(x, 200, ticked=False, side=side)
    found = sorted(boxes.boxes(canvas(drawn)), key=lambda t: t.left)
    assert [t.sure < 0.95 for t in found] == [True, False, False, False]


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


@pytest.mark.parametrize("rise", [0.6, 0.9, 1.2, 1.6])
def test_a_rule_of_the_form_that_rises_beneath_an_answer_does_not_underline_it(rise: float) -> None:
    drawn = sheet()
    end = drawn.say(126, 200, "No", 10)
    drawn.line(100, 202.4 + rise, (130 + end) / 2, 202.4, 0.8)
    drawn.line((130 + end) / 2, 202.4, 164, 202.4 - rise, 0.8)
    seen = canvas(drawn)
    read = Placed(line("No", 126, 196.3, (end - 126) / 2).letters, 196.3, 10.0)
    assert list(choices.marks(seen, choices.drawn(seen), [read])) == []


def test_letters_by_hand_that_run_together_are_no_wall_in_a_tall_box() -> None:
    box = [Rule(50, 200, 300, 200), Rule(50, 320, 300, 320), Rule(50, 200, 50, 320), Rule(300, 200, 300, 320)]
    wall, tails = Rule(180, 200, 180, 236), Rule(160, 202, 160, 225)
    low = Rule(50, 236, 300, 236)
    assert ruled._is_long(wall, [*box, low, wall])
    assert not ruled._is_long(tails, [*box, tails])
    assert ruled._is_long(box[2], box)


def test_a_label_goes_on_from_no_word_that_runs_up_to_it() -> None:
    first = next(b for b in blanks() if b.form == "cme-referral")
    phrase = next(p for p in first.phrases if p.text == "Email:" and p.left > 200)
    (label,) = printed([line("Email: ", phrase.left, phrase.middle)], first)
    value = line("School", label.left - 3 - 6 * len("School"), phrase.middle)
    glyphs = [g for one in (value, label) for g in page._begun(one, ())]
    assert [[g.char for g in word.glyphs] for word in _words(glyphs)] == [list("School"), list("Email:")]


def told(at: float, next_base: float = 211.5) -> list[str]:
    """What a rule so many points below the base marks a word as, where the middle of its line was taken too low."""
    drawn = sheet()
    end = drawn.say(100, 200, "Kingsmouth", 10)
    drawn.say(100, next_base, "WM21 3RH", 10)
    drawn.line(99, 200 + at, end + 1, 200 + at, 0.6)
    seen = canvas(drawn)
    read = Placed(line("Kingsmouth", 100, 197.8, (end - 100) / 10).letters, 197.8, 12.6)
    rule = Rule(98, 200 + at, end + 2, 200 + at)
    (mark,) = ruled._mark(seen, choices.drawn(seen), rule, [read])
    return ["struck" if mark.y == read.struck else "under" if mark.y == read.under else "?"]


def test_a_rule_strikes_a_word_out_where_its_letters_go_on_below() -> None:
    assert told(1.5) == ["under"]
    assert told(1.5, 210.5) == ["under"]
    assert told(-2.7) == ["struck"]


def test_no_wall_runs_through_what_is_printed_on_the_blank() -> None:
    first = next(b for b in blanks() if b.form == "cme-referral")
    phrase = next(p for p in first.phrases if p.text.startswith("Address believed"))
    (read,) = printed([line(phrase.text, phrase.left, 200)], first)
    middle = (read.left + read.right) / 2
    gap = next(c for c in read.letters if c.text == " " and c.at > middle)
    assert read.has_stem(Rule(gap.at, 192, gap.at, 206))
    assert not read.has_stem(Rule(read.right + 8, 192, read.right + 8, 206))


def test_one_answer_is_bolder_only_beyond_what_its_letters_are() -> None:
    drawn, fat = sheet(), sheet()
    for some in (drawn, fat):
        some.say(100, 200, "Yes", 10)
        some.say(120.5, 200, "/", 10)
        some.say(126, 200, "No", 10)
    fat.say(126.4, 200, "No", 10, "arial bold")
    read = Placed((*line("Yes", 100, 196.3, 6).letters, *line(" / ", 118, 196.3, 2.6).letters,
                   *line("No", 126, 196.3, 7).letters), 196.3, 11.0)  # fmt: skip
    for some, told in ((drawn, ""), (fat, "No")):
        seen = canvas(some)
        level = choices.drawn(seen)
        (found,) = choices.bolder(seen, level, [read], [])
        assert "".join(c.text for c in found.letters if c.bold) == told
        box = Tick(118, 193, 124, 200, ticked=False, sure=1.0)
        (boxed,) = choices.bolder(seen, level, [read], [box])
        assert boxed == read
