"""A label that a hand has written over is not found: what stands there is nobody's, or its own, and is always told."""

from __future__ import annotations

import random

import pytest

from parsers.documents.layout import Cell, Doubt, Layout, Part
from parsers.documents.pdf_grid import grids
from parsers.documents.pdf_page import LOST, Rule
from parsers.forms import read_sheets, sheets
from parsers.forms.reader import find
from parsers.pictures.blanks import RISE, Blank, blanks
from parsers.pictures.lost import lost
from parsers.pictures.placed import Letter, Placed
from parsers.reader import _concerns
from parsers.reading import FieldValue, Referral
from tests.forms.pictured import samples, spoil
from tests.forms.pictured import sheets as drawing
from tests.forms.pictured.marking import Mark, marks
from tests.forms.pictured.pen import Habit, Sheet
from tests.forms.pictured.people import Fill
from tests.forms.test_pictures import WRITTEN


def memo(face: str, over: str, base: float, **said: str) -> tuple[list[Mark], Referral]:
    """A memo filled in by hand, and words written over the label on this base."""
    habit = Habit(face, 10.5, ink=10)
    fill: Fill = samples.fills("cme", 1, 311)[0] | {"moved_to": "", "la": "", "other_info": ""} | said
    (page,) = drawing.memo(fill, habit, 5)
    Sheet(habit, random.Random(5), page).write(58, base, over)
    found = read_sheets(sheets(spoil.pdf([spoil.scan(page, 200, 5)], 200), "memo.pdf") or (), written=WRITTEN)
    assert len(found) == 1
    return list(marks("cme", fill, found)), found[0]


def told(referral: Referral, field: str) -> list[str]:
    return [p.problem for p in referral.problems if p.field == field]


@pytest.mark.parametrize(
    ("face", "over", "base", "heard"),
    [
        ("kalam", "Gran says they went to Selby; the flat stands empty and the post lies in the hall", 481, "in the"),
        ("caveat", "She was last here on 7 November. Neighbours say that the house is let to others", 477, "let to"),
    ],
)
def test_what_is_written_over_a_label_is_put_in_no_box_before_it(face: str, over: str, base: float, heard: str) -> None:
    given, referral = memo(face, over, base)
    assert not [m for m in given if m.invented]
    assert not [m for m in given if m.silent]
    (problem,) = told(referral, "information.other")
    assert problem.startswith("“Any other information, including last date of attendance” was not found on the page")
    assert heard in problem
    assert heard in (referral.fields["information.other"].raw or "")


def test_a_value_ends_where_the_label_after_it_is_expected() -> None:
    given, referral = memo("kalam", "Wolds Council in Hull", 464, moved_to="40 Weir Terrace\nThornholme")
    moved = referral.fields["address.moved_to"]
    assert (moved.value or "").endswith("Weir Terrace\nThornholme")
    assert referral.fields["address.local_authority"].value is None
    (problem,) = told(referral, "address.local_authority")
    assert "in Hull" in problem
    assert not [m for m in given if m.silent]


MEMO = blanks()[0]
HUB = blanks()[1]


def lines(blank: Blank, *hidden: str, moved: float = 0.0, below: float = 900.0) -> list[Placed]:
    """The words of a blank as found, but for some; what stands lower than `below` has moved down."""
    return [
        Placed(
            (
                Letter(p.text[0], p.left, p.left + 5, p.left + 2, phrase=p),
                Letter(p.text[-1], p.right - 5, p.right, p.right - 2, phrase=p),
            ),
            p.middle + (moved if p.middle > below else 0.0),
            9.0,
        )
        for p in blank.phrases
        if p.text not in hidden
    ]


def test_a_page_on_which_all_is_found_has_lost_nothing() -> None:
    for blank in blanks():
        assert list(lost(lines(blank), blank, ())) == []


def test_a_label_on_a_line_with_others_stands_on_their_line() -> None:
    (sign,) = lost(lines(HUB, "NCY"), HUB, ())
    line = next(n for n in lines(HUB) if n.letters[0].phrase and n.letters[0].phrase.text == "Surname")
    assert (sign.char, sign.base, sign.sure) == ("NCY:", line.base, LOST)
    assert 260 < sign.left == sign.right < 267


def test_a_label_by_itself_is_as_far_below_the_last_one_as_on_the_blank_and_half_a_line_higher() -> None:
    hidden = next(p for p in MEMO.phrases if p.text == "Last known address:")
    (sign,) = lost(lines(MEMO, hidden.text, moved=30, below=300), MEMO, ())
    assert sign.char == "Last known address:"
    assert hidden.middle + 30 - 7 < sign.base - RISE < hidden.middle + 30


def test_a_label_stands_in_its_own_cell_and_before_what_is_written_there() -> None:
    hidden = next(p for p in MEMO.phrases if p.text.startswith("Any other information"))
    top = hidden.middle - 2
    level = [Rule(51, y, 533, y) for y in (top - 40, top, top + 90)]
    upright = [Rule(x, top - 40, x, top + 90) for x in (51, 533)]
    tables, _ = grids([*level, *upright])
    over = Placed((Letter("G", 52, 58, 55), Letter("o", 58, 62, 60)), hidden.middle, 12.0)
    (sign,) = lost([*lines(MEMO, hidden.text), over], MEMO, tables)
    assert sign.base - sign.size * 0.3 > top
    assert sign.left < 52


def test_a_label_that_was_pushed_away_is_there() -> None:
    pushed = Placed(tuple(Letter(c, 300 + 5 * n, 305 + 5 * n, 302 + 5 * n) for n, c in enumerate("NCY 5")), 163.7, 9.0)
    assert list(lost([*lines(HUB, "NCY"), pushed], HUB, ())) == []


def test_a_label_in_other_words_stands_for_it() -> None:
    for said, lost_signs in (("Tel No: 01632", 0), ("Ring me", 1)):
        other = Placed(tuple(Letter(c, 303 + 5 * n, 308 + 5 * n, 305 + 5 * n) for n, c in enumerate(said)), 170.7, 9.0)
        assert len(list(lost([*lines(MEMO, "Telephone :"), other], MEMO, ()))) == lost_signs, said


def test_a_page_without_many_of_the_labels_is_another_edition() -> None:
    hidden = ("Name:", "Address:", "Fax:", "Email:", "Date of Enquiry:", "DOB", "UPN No:", "SEN:")
    assert list(lost(lines(MEMO, *hidden), MEMO, ())) == []
    assert len(list(lost(lines(MEMO, *hidden[:2]), MEMO, ()))) == 2


def test_words_that_are_in_no_box_are_heard_all_the_same() -> None:
    said = FieldValue(None, "She is not safe: her uncle beats her.", 0.5, "page")
    referral = Referral("cme-referral", {"information.other": said}, ())
    assert [c.quote for c in _concerns("", "", (referral,), [])]


def test_a_row_in_which_such_a_label_stands_is_no_value_of_the_row_above() -> None:
    above, whole, half = Cell(1, 0, 0, 2), Cell(1, 1, 0, 2), Cell(1, 1, 0, 1)
    parts = (
        *map(Part, ("Missing Children Memo", "Surname: Bell", "First Name: Ann", "DOB: 2.3.05")),
        Part("Address believed to have moved to:", "cell", above), Part("Local Authority:", "line", above),
        Part("Christmas.", "cell", whole), Part("Any other information:", "cell", half, doubts=(Doubt(0, LOST),)),
        Part("of a new job", "cell", Cell(1, 1, 1, 1)),
    )  # fmt: skip
    (found,) = find(Layout(parts, seen=True, hand=True), "page")
    assert [found.seen[name].raw for name in ("address.moved_to", "address.local_authority")] == ["", ""]
