"""What a picture makes of a letter, a rule or a speck is right or in doubt, never quietly wrong."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
from PIL import Image

from parsers.documents.pdf_page import Rule
from parsers.forms import read_sheets, sheets
from parsers.forms.alike import is_torn
from parsers.forms.found import Doubtful
from parsers.pictures import accents, ocr, page, tails
from parsers.pictures.canvas import Canvas, flat
from parsers.pictures.placed import Letter, Placed
from parsers.pictures.register import Pose
from parsers.pictures.specks import without_specks
from tests.forms.pictured import samples, spoil
from tests.forms.pictured import sheets as drawing
from tests.forms.pictured.marking import marks
from tests.forms.pictured.pen import Habit, Sheet
from tests.forms.test_pictures import WRITTEN

_SCALE = 200 / 72
_FLAT = Pose("", 0, np.diag([1 / _SCALE, 1 / _SCALE, 1.0]), np.zeros((10, 2)), 0)


def canvas(sheet: Sheet) -> Canvas:
    small = sheet.picture.resize((1653, 2339), Image.Resampling.BOX)
    return flat(np.asarray(small, np.uint8), _FLAT)


def sheet() -> Sheet:
    return Sheet(Habit(), random.Random(1))


def spelt(drawn: Canvas, right: float, misread: str) -> Placed:
    """The line on the base 200, its letters where they stand, but said to be other ones."""
    box = np.array([[97, 189], [right + 3, 189], [right + 3, 205], [97, 205]], np.float32) * np.float32(_SCALE)
    (found,) = ocr.recognised(drawn.seen, [box])
    line = Placed.of(found, _FLAT)
    letters = [Letter(m, c.left, c.right, c.at, 0.999) for m, c in zip(misread, line.letters, strict=True)]
    return Placed(tuple(letters), line.middle, line.size)


def torn(line: Placed) -> str:
    return "".join(c.text for c in line.letters if is_torn(Doubtful(c.text, c.sure, c.others)))


def test_a_letter_with_a_mark_that_was_not_read_is_torn_and_one_without_its_dot() -> None:
    for written, misread, doubted in (
        ("Aydın Kaymaz", "Aydin Kaymaz", "i"), ("Aydin Kaymaz", "Aydin Kaymaz", ""),
        ("Čermákova", "Cermakova", "Ca"), ("Cermakova", "Cermakova", ""),
    ):  # fmt: skip
        drawn = sheet()
        right = drawn.say(100, 200, written, 10)
        seen = canvas(drawn)
        assert torn(accents.checked(seen, spelt(seen, right, misread))) == doubted, written


def test_a_comma_under_a_letter_that_runs_into_the_line_below_it_is_seen() -> None:
    for written, misread, doubted in (
        ("Brâncuși", "Brâncusi", "s"), ("Brâncusi", "Brâncusi", ""),
        ("Mățeanu", "Măteanu", "t"), ("Măteanu", "Măteanu", ""),
    ):  # fmt: skip
        drawn = sheet()
        right = drawn.say(100, 200, written, 10)
        drawn.line(98, 202.2, right, 202.2, 0.6)
        coarse = drawn.picture.resize((744, 1052), Image.Resampling.BOX)
        for picture in (drawn.picture, coarse):
            seen = flat(np.asarray(picture.resize((1653, 2339), Image.Resampling.BILINEAR), np.uint8), _FLAT)
            assert torn(tails.checked(seen, spelt(seen, right, misread))) == doubted, (written, picture.size)


def test_what_the_ink_says_and_recognition_thinks_of_too_is_taken_in_doubt() -> None:
    for written, misread, place, thought, said in (
        ("Aydın Kaymaz", "Aydin Kaymaz", 3, "ı", "Aydın Kaymaz"),
        ("Aydin Kaymaz", "Aydin Kaymaz", 3, "ı", "Aydin Kaymaz"),
        ("Kozińska", "Kozinska", 4, "ń", "Kozińska"), ("Kozińska", "Kozinska", 4, "ņ", "Kozinska"),
    ):  # fmt: skip
        drawn = sheet()
        right = drawn.say(100, 200, written, 10)
        seen = canvas(drawn)
        read = spelt(seen, right, misread)
        letters = [replace(c, others=((thought, 0.03),)) if n == place else c for n, c in enumerate(read.letters)]
        line = accents.checked(seen, Placed(tuple(letters), read.middle, read.size))
        assert "".join(c.text for c in line.letters) == said, written
        if said != misread:
            assert torn(line) == said[place]


def test_a_digit_by_itself_is_seen_and_doubted() -> None:
    drawn = sheet()
    drawn.say(100, 200, "2", 10)
    (line,) = page._second_look(canvas(drawn), [])
    (two,) = line.letters
    assert two.text == "2"
    assert two.sure < 0.8


def test_a_speck_at_the_end_of_a_line_is_no_sign_of_it() -> None:
    drawn = sheet()
    drawn.line(200, 196.5, 202, 196.5, 1.5)
    letters = (
        Letter("A", 100, 106, 103),
        Letter("b", 106, 111, 108),
        Letter(" ", 111, 111, 111),
        Letter("+", 199.5, 202.5, 201),
    )
    kept = without_specks(canvas(drawn), Placed(letters, 197, 10))
    assert "".join(c.text for c in kept.letters) == "Ab "


def test_the_stem_of_a_letter_is_no_wall_between_cells() -> None:
    line = Placed(
        (
            Letter("I", 100, 102, 101),
            Letter("l", 103, 105, 104),
            Letter(" ", 105, 105, 105),
            Letter("l", 130, 132, 131),
        ),
        200,
        10,
    )
    assert line.has_stem(Rule(101, 194, 101, 206))
    assert not line.has_stem(Rule(131, 194, 131, 206))
    assert not line.has_stem(Rule(101, 210, 101, 230))


def test_an_underlined_value_of_a_fax_is_not_cut_at_its_stems() -> None:
    seed = 7_104_030
    fill = samples.fills("cme", 5, 71)[4]
    pages = drawing.memo(fill, samples.habit(seed), seed)
    (referral,) = read_sheets(sheets(spoil.tiff([spoil.fax(pages[0], seed)]), "f.tif") or (), written=WRITTEN)
    assert referral.fields["address.last_known"].value == fill["last_address"]
    assert (referral.fields["carers"].value or "").endswith("lyas")
    assert not [m for m in marks("cme", fill, [referral]) if m.silent]
