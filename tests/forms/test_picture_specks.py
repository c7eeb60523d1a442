"""What a picture makes of a mark beside a rule, of half a letter, of dots and of blurred print."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from parsers.documents.pdf_grid import grids
from parsers.documents.pdf_page import Page, Rule
from parsers.documents.pdf_parts import parts_of
from parsers.pictures import accents, boxes, choices, page, ruled
from parsers.pictures.blanks import blanks
from parsers.pictures.blanks_lost import parted
from parsers.pictures.boxes import Tick
from parsers.pictures.canvas import flat, rules
from parsers.pictures.pieces import joined
from parsers.pictures.placed import Letter, Placed, printed
from parsers.pictures.specks import without_specks
from tests.forms.pictured.pen import Sheet
from tests.forms.test_picture_doubts import _FLAT, canvas, sheet, spelt, torn


def line(text: str, left: float = 100.0, middle: float = 200.0, wide: float = 5.0, sure: float = 1.0) -> Placed:
    """Letters side by side, each `wide` points."""
    letters = (
        Letter(c, left + wide * n, left + wide * (n + 1) - 1, left + wide * (n + 0.5), sure) for n, c in enumerate(text)
    )
    return Placed(tuple(letters), middle, 10.0)


def said(placed: Placed) -> str:
    return "".join(c.text for c in placed.letters)


def table() -> Sheet:
    drawn = sheet()
    drawn.table([50, 150, 190, 230], [100, 120, 140, 160])
    return drawn


def test_a_tick_that_touches_the_rule_above_hides_none_in_the_row_above() -> None:
    drawn = table()
    for top in (104.0, 119.7):
        drawn.line(165, top + 4, 168, top + 8, 1)
        drawn.line(168, top + 8, 172, top, 1)
    seen = canvas(drawn)
    tables, _ = grids(rules(seen))
    below = Tick(165, 119.0, 172, 128, ticked=True, sure=1.0)
    (above,) = page._marks(seen, tables, [], [below])
    assert above.ticked
    assert 102 < above.top < 106
    both = list(page._marks(seen, tables, [], []))
    assert [t.ticked for t in both] == [True, True]


def test_ink_too_small_for_a_tick_and_too_large_for_dust_leaves_its_cell_in_doubt() -> None:
    drawn = table()
    drawn.line(165, 110, 167, 112.5, 1)
    seen = canvas(drawn)
    stroke = boxes.mark(seen, 150, 100, 190, 120)
    assert stroke is not None
    assert (stroke.ticked, stroke.sure) == (False, boxes.UNREAD)
    drawn = table()
    drawn.line(165, 110, 165.6, 110.6, 1)
    assert boxes.mark(canvas(drawn), 150, 100, 190, 120) is None


def test_a_tick_above_a_rule_that_was_lost_may_be_of_either_row() -> None:
    drawn = sheet()
    drawn.table([50, 150, 190, 230], [100, 160])
    for y in (120, 140):
        drawn.line(50, y, 150, y)
        drawn.line(190, y, 230, y)
    drawn.line(165, 125, 172, 133, 1)
    drawn.line(165, 133, 172, 125, 1)
    seen = canvas(drawn)
    tables, _ = grids(rules(seen))
    (tick,) = page._marks(seen, tables, [], [])
    assert tick.ticked
    assert tick.sure < 0.8


def test_a_round_letter_with_a_mark_is_no_box_to_tick() -> None:
    box = Tick(100, 196, 107, 204, ticked=False, sure=1.0)
    for read, is_letter in (("Ó", True), ("ó", True), ("O", False), ("☐", False)):
        named = Placed((Letter(read, 100, 107, 103.5, 0.58), *line(" Muir", 107).letters), 200.0, 10.0)
        assert page._in_word(box, [named]) == is_letter, read


def test_half_a_letter_beside_a_line_that_was_read_is_no_word() -> None:
    drawn = sheet()
    drawn.say(100, 200, "Wychwood", 11)
    seen = canvas(drawn)
    read = Placed((Letter("W", 107.5, 110, 109), Letter("d", 148, 153, 150)), 196.5, 10.0)
    assert page._second_look(seen, [read]) == []
    assert any(c.isalpha() for other in page._second_look(seen, []) for c in said(other))


def test_dots_that_were_taken_for_letters_stay_dots() -> None:
    drawn = sheet()
    for x in range(100, 140, 4):
        drawn.line(x, 202, x + 0.5, 202, 1)
    dots, letters = line("E t", sure=0.15), line("E t", sure=1.0)
    assert said(without_specks(canvas(drawn), dots)) == "…"
    assert said(without_specks(canvas(drawn), letters)) == "E t"


def test_blurred_letters_that_run_together_are_not_struck_out() -> None:
    drawn = sheet()
    right = drawn.say(100, 200, "passport", 10)
    plain = spelt(canvas(drawn), right, "passport")
    rule = Rule(96, 197.2, right + 4, 197.2)
    blurred = cv2.GaussianBlur(np.asarray(drawn.picture.resize((1653, 2339), Image.Resampling.BOX)), (0, 0), 2.6)
    seen = flat(np.asarray(blurred, np.uint8), _FLAT)
    assert not ruled._marked(seen, rule, plain)
    drawn.line(96, 197.2, right + 4, 197.2, 0.8)
    assert ruled._marked(canvas(drawn), rule, plain)


def answered(drawn: Sheet, middle: float) -> list[str]:
    """The answers through or under which a rule is found."""
    seen = canvas(drawn)
    read = Placed((*line("Yes", 100, middle, 6).letters, Letter(" ", 118, 118, 118), Letter("/", 120, 122, 121),
                   Letter(" ", 124, 124, 124), *line("No", 126, middle, 7).letters), middle, 11.0)  # fmt: skip
    found = list(choices.marks(seen, choices.drawn(seen), [read]))
    return ["Yes" if rule.left < 118 else "No" for rule in found]


def test_a_stroke_through_an_answer_is_seen_where_a_fax_has_torn_it() -> None:
    drawn = sheet()
    drawn.say(100, 200, "Yes", 10)
    drawn.say(120.5, 200, "/", 10)
    drawn.say(126, 200, "No", 10)
    assert answered(drawn, 196.3) == []
    for n in range(4):
        drawn.line(98.5 + 5 * n, 196.3 + 0.35 * n, 103.5 + 5 * n, 196.3 + 0.35 * n, 0.6)
    assert answered(drawn, 196.3) == ["Yes"]


def test_a_blurred_answer_is_not_struck_out() -> None:
    drawn = sheet()
    drawn.say(100, 200, "No", 10)
    blurred = cv2.GaussianBlur(np.asarray(drawn.picture.resize((1653, 2339), Image.Resampling.BOX)), (0, 0), 1.5)
    seen = flat(np.asarray(blurred, np.uint8), _FLAT)
    assert list(choices.marks(seen, choices.drawn(seen), [line("No", 100, 196.3, 7)])) == []


def test_a_label_with_a_letter_too_many_or_with_a_mark_is_that_of_the_blank() -> None:
    first, second = (b for b in blanks() if b.form == "hub-referral")
    phone = next(p for p in first.phrases if p.text == "Home Phone:" and p.left > 200)
    (found,) = printed([line("Hoime Phone:", phone.left)], first)
    assert said(found).strip() == "Home Phone:"
    parent = next(p for p in second.phrases if p.text == "Aggressive parent")
    (found,) = printed([line("Ággressive parent", parent.left)], second)
    assert said(found).strip() == "Aggressive parent"
    surname = next(p for p in first.phrases if p.text == "Surname")
    (found,) = printed([line("Surname Li", surname.left)], first)
    assert said(found).split() == ["Surname", "Li"]


def test_a_line_found_in_two_pieces_that_share_a_letter_is_one() -> None:
    first, second = line("Post C", 100), line("Code:", 125.5)
    (whole,) = joined([second, first])
    assert said(whole) == "Post Code:"
    other = line("Gode:", 125.5, sure=0.99)
    (doubtful,) = joined([first, other])
    assert [c.text for c in doubtful.letters if c.sure < 0.8] == ["C"]
    assert len(joined([first, line("Code:", 132)])) == 2
    assert len(joined([first, line("Code:", 125.5, 212)])) == 2


def test_dots_behind_a_value_make_no_label_of_its_last_word() -> None:
    first = next(b for b in blanks() if b.form == "hub-referral")
    school = next(p for p in first.phrases if p.text.startswith("Previous School"))
    (found,) = printed([line(f"{school.text} Saltmarsh Primary School:", school.left)], first)
    assert said(found).endswith("Primary School…")


def test_a_dotless_letter_is_found_where_the_edges_of_its_neighbour_were_taken_for_its_own() -> None:
    for written, doubted in (("Yılmaz", "i"), ("Yilmaz", "")):
        drawn = sheet()
        right = drawn.say(100, 200, written, 10)
        seen = canvas(drawn)
        read = spelt(seen, right, "Yilmaz")
        one, two = read.letters[1], read.letters[2]
        wide = Letter("i", one.left, two.right, one.at, 0.999)
        taken = Placed((read.letters[0], wide, *read.letters[2:]), read.middle, read.size)
        assert torn(accents.checked(seen, taken)) == doubted, written


def test_a_capital_far_behind_a_small_letter_begins_a_word() -> None:
    def name(gap: float) -> Placed:
        first, second = line("Zoe", 100), line("Moor", 114 + gap)
        return Placed((*first.letters, *second.letters), 200.0, 10.0)

    assert said(parted(name(3.0))) == "Zoe Moor"
    assert said(parted(name(1.0))) == "ZoeMoor"
    both = Placed((*line("Mi", 100).letters, *line("Moor", 112).letters), 200.0, 10.0)
    assert said(parted(both)) == "MiMoor"


def test_behind_a_title_a_name_begins_however_near_it_stands() -> None:
    assert [said(parted(line(t))) for t in ("DrJ. Moor", "of MissMoor", "MrsI. Moor")] == [
        "Dr J. Moor", "of Miss Moor", "Mrs I. Moor"
    ]  # fmt: skip
    assert [said(parted(line(t))) for t in ("AndrJ", "McMoor", "Missy", "MRMOOR")] == [
        "AndrJ",
        "McMoor",
        "Missy",
        "MRMOOR",
    ]


def test_a_letter_whose_ink_was_not_found_makes_no_blank() -> None:
    for last, said_so in ((Letter("1", 129.5, 129.5, 128), ["27/11"]), (Letter("1", 138.0, 138.0, 137), ["27/1", "1"])):
        taken = Placed((*line("27/").letters, Letter("1", 119.8, 123.0, 121), last), 200, 11.0)
        assert [p.text for p in parts_of([Page(1, tuple(taken.glyphs([])), ())])] == said_so
