"""A form printed to a PDF: the same reader, over rules and words."""

from __future__ import annotations

from datetime import date

from parsers.forms import read_document
from tests.forms.generate import pdf
from tests.forms.test_bodies import values

WRITTEN = date(2014, 11, 18)

Words = list[tuple[float, float, str]]
Rules = list[tuple[float, float, float, float]]

LINES: Words = [
    (50, 60, "Suspected Missing Pupil Referral Form"),
    (50, 90, "Surname Achterberg........"), (250, 90, "NCY 9........"), (400, 90, "UPN No. ........"),
    (50, 110, "Forename(s) Wim........"), (300, 110, "Date of birth 5/6/2001........"),
    (50, 130, "Address 4 Cooper's Yard"), (50, 145, "Easthaven ........"),
    (50, 180, "Title: Ms  Surname: Bos"), (300, 180, "Title: Mr  Surname: Achterberg"),
    (50, 200, "Forename: Anke"), (300, 200, "Forename: Joost"),
    (50, 220, "Address (if different)"), (300, 220, "Address (if different) 7 Wharf"), (300, 235, "Netherby"),
    (50, 255, "Mobile : 07700 900 622"), (300, 255, "Mobile : "),
    (50, 300, "Initial health and safety risk assessment"),
]  # fmt: skip
RISKS = [["Risk posed", "High", "Medium", "Low"], ["Aggressive pupil", "", "", "X"], ["Threatening environment", "X"]]


def table(top: float, xs: list[float], texts: list[list[str]]) -> tuple[Words, Rules]:
    """Texts row by row, with all the rules."""
    words = [(xs[c] + 5, top + 20 * r + 14, t) for r, row in enumerate(texts) for c, t in enumerate(row) if t]
    bottom = top + 20 * len(texts)
    level: Rules = [(xs[0], top + 20 * r, xs[-1], top + 20 * r) for r in range(len(texts) + 1)]
    return words, level + [(x, top, x, bottom) for x in xs]


def test_columns_side_by_side_and_ticks_in_a_grid() -> None:
    words, rules = table(320, [50, 250, 350, 450, 550], RISKS)
    (referral,) = read_document(pdf(LINES + words, rules), "a.pdf", written=WRITTEN)
    assert values(referral) == {
        "child.surname": "Achterberg",
        "child.year_group": "9",
        "child.forenames": "Wim",
        "child.date_of_birth": "2001-06-05",
        "address.last_known": "4 Cooper's Yard\nEasthaven",
        "carer_1.title": "Ms",
        "carer_1.surname": "Bos",
        "carer_1.forename": "Anke",
        "carer_1.mobile": "07700 900 622",
        "carer_2.title": "Mr",
        "carer_2.surname": "Achterberg",
        "carer_2.forename": "Joost",
        "carer_2.address": "7 Wharf\nNetherby",
        "risk.aggressive_pupil": "low",
        "risk.threatening_environment": "high",
    }
    assert referral.fields["child.surname"].source == "attachment a.pdf, page 1"


def test_a_long_value_comes_close_to_the_next_label_of_its_line() -> None:
    close = [(50, 100, "Other Surname(s) pupil may be known by"), (250, 100, "Featherstonehaugh-Willoughby"),
             (393, 100, "Date of birth"), (470, 100, "11 May 2007")]  # fmt: skip
    (referral,) = read_document(pdf([*LINES[:4], *close, *LINES[6:]], []), "a.pdf", written=WRITTEN)
    assert values(referral)["child.other_surnames"] == "Featherstonehaugh-Willoughby"
    assert values(referral)["child.date_of_birth"] == "2007-05-11"
