"""What one look at a picture gets wrong: a line that the fax machine drew, a letter that a second look reads
otherwise, a line under a word that is taken for one through it."""

from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from parsers.documents.pdf_page import Rule
from parsers.forms import read_sheets, sheets
from parsers.pictures import accents, again, load, page, ruled
from parsers.pictures.blanks import blanks
from parsers.pictures.canvas import flat
from parsers.pictures.ocr import Char
from parsers.pictures.pieces import joined
from parsers.pictures.placed import Placed, printed
from parsers.pictures.streaks import unstreaked
from tests.forms.pictured import samples, spoil
from tests.forms.pictured import sheets as drawing
from tests.forms.test_picture_doubts import _FLAT, canvas, sheet, spelt, torn
from tests.forms.test_picture_specks import line, said
from tests.forms.test_pictures import WRITTEN


def read(text: str) -> list[Char]:
    return [Char(c, 0.5, 0.4, 0.6, 0.999) for c in text]


def compared(first: str, second: str) -> str:
    one = line(first)
    return torn(replace(one, letters=tuple(again._compared(one.letters, read(second)))))


@pytest.mark.parametrize(
    ("first", "second", "doubted"),
    [
        ("Bellini", "Belini", "l"), ("Pasqal", "Pasqual", "qa"), ("Gunther", "Günther", "u"),
        ("Okafor", "OKAFOR", ""), ("Mrs J. Petrov", "Mrs J Petrov", ""), ("Tanek", "Danek", "T"),
        ("Straße", "STRAßE", ""), ("Großer Weg", "Grober Weg", "ß"),
    ],
)  # fmt: skip
def test_letters_that_a_second_look_reads_otherwise_are_torn(first: str, second: str, doubted: str) -> None:
    assert compared(first, second) == doubted


def test_a_figure_that_is_read_otherwise_is_in_doubt_too() -> None:
    one = line("01632 960417")
    (doubt,) = [c for c in again._compared(one.letters, read("01632 960411")) if c.sure < 0.95]
    assert (doubt.text, doubt.others[0][0]) == ("7", "1")


def test_what_is_written_is_read_again_from_the_page() -> None:
    drawn = sheet()
    right = drawn.say(100, 200, "Pellegrini", 10)
    seen = canvas(drawn)
    (same,) = again.again(seen, [spelt(seen, right, "Pellegrini")])
    (other,) = again.again(seen, [spelt(seen, right, "Pellegrimi")])
    assert (torn(same), torn(other)) == ("", "m")


def test_what_is_printed_long_or_settled_is_not_read_again() -> None:
    for text in ("Yes", "No", "K", "0163296", "Absent since Monday; the neighbours have seen nobody at all"):
        assert list(again._written(line(text))) == [], text
    assert list(again._written(line("Kingsley")))


def with_a_line(pages: list[Image.Image], y: int, thick: int = 1) -> Image.Image:
    bits = np.array(pages[0].convert("L"))
    bits[y : y + thick] = 0
    return Image.fromarray(bits).convert("1")


def test_a_line_that_the_fax_machine_drew_is_taken_away_and_what_it_crosses_goes_on() -> None:
    paper = np.full((200, 300), 255, np.uint8)
    paper[60:140, 100:104] = 0
    lost = paper.copy()
    lost[90:92] = 0
    assert (unstreaked(lost) == paper).all()
    margins = paper.copy()
    margins[90:92, 12:-12] = 0  # A rule of the form.
    cut = paper.copy()
    for y in range(10, 190, 20):
        cut[y] = 0  # A table that was cut out.
    thick = paper.copy()
    thick[90:100] = 0
    for kept in (paper, margins, cut, thick):
        assert unstreaked(kept) is kept


def test_a_fax_with_such_lines_through_its_rows_is_read_as_without() -> None:
    fill = samples.fills("cme", 3, 415)[2]
    (drawn,) = drawing.memo(fill, samples.habit(4), 41_500)
    fax = with_a_line([spoil.fax(drawn, 41_502)], 735)
    (referral,) = read_sheets(sheets(spoil.tiff([fax]), "f.tif") or (), written=WRITTEN)
    assert referral.fields["child.surname"].value == fill["child_surname"]
    assert referral.fields["child.date_of_birth"].value == fill["child_dob"]


def test_two_dots_as_small_as_specks_are_a_mark() -> None:
    for two, doubted in ((True, "o"), (False, "")):
        drawn = sheet()
        right = drawn.say(100, 200, "Hormann", 10)
        seen = canvas(drawn)
        (letter,) = [c for c in spelt(seen, right, "Hormann").letters if c.text == "o"]
        middle = (letter.left + letter.right) / 2
        for x in (middle - 1.6, middle + 1.0)[: 1 + two]:
            drawn.line(x, 192.4, x + 0.4, 192.4, 0.8)
        seen = canvas(drawn)
        assert torn(accents.checked(seen, spelt(seen, right, "Hormann"))) == doubted


def test_a_speck_of_a_fax_is_no_dot() -> None:
    for size, doubted in ((1, "i"), (3, "")):
        drawn = sheet()
        right = drawn.say(100, 200, "Aydın Kaymaz", 10)
        small = np.array(drawn.picture.resize((1653, 2339), Image.Resampling.BOX), np.uint8)
        last = spelt(flat(small, _FLAT), right, "Aydin Kaymaz").letters[3]
        x, y = round((last.left + last.right) / 2 * 200 / 72), round(193.0 * 200 / 72)
        small[y : y + size, x : x + size] = 0
        seen = flat(small, _FLAT)
        assert seen.bleached
        assert torn(accents.checked(seen, spelt(seen, right, "Aydin Kaymaz"))) == doubted, size


def test_a_line_under_a_word_is_none_through_it_where_it_was_found_too_high() -> None:
    drawn = sheet()
    end = drawn.say(100, 200, "14/3", 10)
    drawn.line(99, 201.7, end + 1, 201.7, 0.9)
    seen = canvas(drawn)
    torn_line = np.zeros_like(seen.ink)  # Of which no piece is as long as a stroke.
    placed = Placed(line("14/3", 100, 196.6, (end - 100) / 4).letters, 196.6, 12.4)
    (mark,) = ruled._mark(seen, torn_line, Rule(98, 200.9, end + 2, 200.6), [placed])
    assert mark.y == placed.under


def test_dust_before_a_label_is_no_part_of_it() -> None:
    second = next(
        b for b in blanks() if b.form == "hub-referral" and any(p.text == "Aggressive parent" for p in b.phrases)
    )
    (parent,) = [p for p in second.phrases if p.text == "Aggressive parent"]
    (read_,) = printed([line('"Aggressive parent', parent.left - 5, 300)], second)
    assert said(read_).strip() == "Aggressive parent"
    (kept,) = printed([line("3 Aggressive parent", parent.left - 10, 300)], second)
    assert said(kept).startswith("3")


def test_two_pieces_of_a_line_may_share_some_letters() -> None:
    first, second = line("Address", 100), line("ss 9 Larch Row", 125)
    (whole,) = joined([second, first])
    assert said(whole) == "Address 9 Larch Row"
    assert len(joined([first, line("Larch Row", 136)])) == 2


def test_words_that_were_found_at_a_second_look_only_are_not_sure() -> None:
    drawn = sheet()
    drawn.say(100, 200, "Larkspur", 10)
    (found,) = page._second_look(canvas(drawn), [])
    assert said(found) == "Larkspur"
    assert all(c.sure < 0.95 for c in found.letters)


@pytest.mark.skipif(shutil.which(spoil.HEIF_ENC) is None, reason="needs heif-enc (apt-get install libheif-examples)")
def test_what_a_telephone_sends_is_drawn_as_it_sends_it() -> None:
    made = spoil.heic(Image.new("RGB", (480, 640), "white"))
    assert made[4:12] == b"ftypheic"
    assert [seen.shape for seen in load.pictures(made)] == [(640, 480)]


def test_without_its_tool_no_such_picture_is_made_and_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spoil, "HEIF_ENC", "no-such-encoder")
    with pytest.raises(spoil.NoEncoder, match="libheif-examples"):
        spoil.heic(Image.new("RGB", (480, 640), "white"))
