import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from parsers.documents import pdf, pdf_pictures
from parsers.documents.layout import Unreadable
from parsers.documents.pdf_page import Glyph, Page, Rule, once
from parsers.documents.pdf_parts import parts_of
from tests.forms.generate import pdf as written


def grid(xs: list[float], ys: list[float]) -> list[tuple[float, float, float, float]]:
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


def test_lines_from_the_top_and_gaps_between_pieces() -> None:
    layout = pdf.read(written([(50, 120, "Forename Matteo"), (50, 100, "Surname Okonjo"), (300, 100, "NCY 8")]))
    assert [(p.after, p.text) for p in layout.parts] == [
        ("line", "Surname Okonjo"), ("gap", "NCY 8"), ("line", "Forename Matteo"),
    ]  # fmt: skip


def test_rules_make_cells_and_an_empty_cell_is_one_too() -> None:
    data = written(
        [(55, 115, "Surname"), (205, 115, "Okonjo Okonjo Okonjo"), (55, 145, "DOB")],
        grid([50, 200, 350], [100, 130, 160]),
    )
    cells = [(p.text, p.cell.row, p.cell.col) for p in pdf.read(data).parts if p.cell]
    assert cells == [("Surname", 0, 0), ("Okonjo Okonjo Okonjo", 0, 1), ("DOB", 1, 0), ("", 1, 1)]


def test_a_missing_rule_joins_two_cells() -> None:
    rules = [r for r in grid([50, 200, 350], [100, 130, 160]) if not (r[0] == r[2] == 200)] + [(200, 130, 200, 160)]
    data = written([(55, 115, "Over both, and long enough"), (205, 145, "right")], rules)
    cells = {p.text: (p.cell.row, p.cell.col, p.cell.span) for p in pdf.read(data).parts if p.cell and p.text}
    assert cells == {"Over both, and long enough": (0, 0, 2), "right": (1, 1, 1)}


def test_a_rule_through_a_word_strikes_it_out_and_one_below_marks_it() -> None:
    data = written(
        [(50, 100, "SEN: answer"), (150, 100, "Yes"), (200, 100, "No, not at all")],
        [(149, 97, 168, 97), (199, 101, 270, 101)],
    )
    parts = {p.text: p for p in pdf.read(data).parts}
    assert parts["Yes"].struck
    assert not parts["Yes"].marked
    assert parts["No, not at all"].marked
    assert not parts["SEN: answer"].struck


def test_a_page_without_text_or_picture_holds_nothing() -> None:
    assert not pdf_pictures.is_scan(written([]))
    with pytest.raises(Unreadable, match="no text and no picture"):
        pdf.read(written([]))


def test_a_damaged_file_says_so() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        pdf.read(b"%PDF-1.4 and no more")


def test_letters_pressed_flat_are_letters_all_the_same() -> None:
    """As a damaged matrix makes them: of no height, each left of the one before."""
    glyphs = [Glyph(c, 2.0 - n / 5, 2.2 - n / 5, 842.0, 0.0, 0.0) for n, c in enumerate("2009")]
    parts = parts_of([Page(1, tuple(glyphs), (Rule(0.0, 842.0, 300.0, 842.5),))])
    assert "".join(sorted("".join(p.text for p in parts))) == "0029"


@pytest.mark.parametrize("apart", [0.1, 0.4, 0.7, 1.0])
def test_bold_letters_that_are_each_printed_twice(apart: float) -> None:
    """Ten points: an l is 2.2 wide, so "Mill" keeps both."""
    letters, x = [], 50.0
    for letter in "Miss Tess Allbill, 11 Mill Hill":
        letters += [(x, 100, letter), (x + apart, 100, letter)]
        x += stringWidth(letter, "Helvetica", 10)
    assert " ".join(pdf.read(written(letters)).text().split()) == "Miss Tess Allbill, 11 Mill Hill"


def test_words_that_lie_on_the_page_twice() -> None:
    said = ["Surname Rossiter-Hill", "Forename Loïs", *(f"Line {n} of the form, all of it" for n in range(9))]
    lines = [(50, 100 + 14 * n, text) for n, text in enumerate(said)]
    shadow = [(x + 0.5, y, text) for x, y, text in lines]
    assert pdf.read(written([*lines, *shadow])).text().split("\n") == said


@pytest.mark.parametrize("again", [0, 1, 2])
def test_letters_of_a_ligature_are_no_letter_drawn_twice(again: int) -> None:
    """Fonts have one sign for tt, ff, ffi, which is told as its letters, all at the place of the sign: as LibreOffice
    prints Carlito. Be the whole word there a second time, a hair apart or not at all, or not."""
    words, glyphs = [("o", "ffi", "c", "e"), ("A", "tt", "e", "n", "d"), ("Schi", "fff", "ahrt")], []
    for time in range(2 if again else 1):
        x = 50.0 + (0.4 if again == 2 else 0.0) * time
        for sign in (sign for word in words for sign in (*word, " ")):
            glyphs += [Glyph(c, x, x + 4.0 * len(sign), 100.0, 7.0, 10.0) for c in sign]
            x += 4.0 * len(sign)
    assert "".join(g.char for g in once(glyphs)).split() == ["office", "Attend", "Schifffahrt"]


def test_digits_set_a_little_apart_are_one_number() -> None:
    letters, x = [], 50.0
    for letter in "Tel 01611 and 11.11.2011, once more":
        letters.append((x, 100, letter))
        x += stringWidth(letter, "Helvetica", 10) + 0.5
    assert " ".join(pdf.read(written(letters)).text().split()) == "Tel 01611 and 11.11.2011, once more"


def test_a_blank_that_was_only_left_open_is_one_where_a_letter_reaches_into_it() -> None:
    """Words that are placed one by one, in a font with narrow blanks: half of one is seen beside an f or an r."""
    for one, two in (("Bay of", "East"), ("Mr", "Jones")):
        close = [(50, 100, one), (50 + stringWidth(one, "Helvetica", 10) + 1.9, 100, two)]
        said = pdf.read(written([*close, (50, 130, "Nothing else is said here")])).text()
        assert said.split("\n")[0] == f"{one} {two}"
