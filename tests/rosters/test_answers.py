"""Which row a line of a reply speaks of; and what a few words say of where a child went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.rosters.answers import Said, by_row, who_is
from parsers.rosters.destinations import destination, is_away, is_early_years

CHILDREN = {"L2": "Isla Penhaligon", "L3": "Temi Ogunbanjo", "L9": "Kit Penhaligon", "L12": "Mary-Ann d'Abreu"}


@pytest.mark.parametrize(
    ("line", "codes", "text"),
    [
        ("L2 not known", ("L2",), "not known"),
        ("l3: Willow Lane School", ("L3",), "Willow Lane School"),
        ("Row 9 - home educated", ("L9",), "home educated"),
        ("L2, L9 and L12 don't know", ("L2", "L9", "L12"), "don't know"),
        ("L3 Temi Ogunbanjo = Willow Lane School", ("L3",), "Willow Lane School"),
        ("> Kit Penhaligon: Willow Lane School", ("L9",), "Willow Lane School"),
        ("1. Isla - Willow Lane School", ("L2",), "Willow Lane School"),
        ("Mary-Ann d’Abreu, gone abroad", ("L12",), "gone abroad"),
    ],
)
def test_a_code_or_a_name_begins_the_line(line: str, codes: tuple[str, ...], text: str) -> None:
    assert by_row(line, CHILDREN) == ([Said(codes, text)], "")


@pytest.mark.parametrize("line", ["L2 Temi: not known", "L77 not known", "L2 and L77 not known", "L2 no, that was L3"])
def test_a_line_at_odds_with_itself_is_in_doubt(line: str) -> None:
    said, _ = by_row(line, CHILDREN)
    assert said and all(one.doubt for one in said)


@pytest.mark.parametrize(
    "line", ["Penhaligon: not known", "Isla and Kit: not known", "The Isla of Wight school", "2: not known", "Thanks!"]
)
def test_what_may_be_of_two_children_or_of_none_is_left_to_the_sentence(line: str) -> None:
    said, rest = by_row(line, CHILDREN)
    assert not said and rest == line


def test_a_name_on_its_own_line_speaks_of_the_next() -> None:
    said, rest = by_row("Isla Penhaligon\nWillow Lane School\n\nKind regards", CHILDREN)
    assert said == [Said(("L2",), "Willow Lane School")] and rest == "Kind regards"


def test_a_name_means_one_child_or_nobody() -> None:
    assert who_is("Isla", CHILDREN) == "L2" and who_is("Kit Penhaligon", CHILDREN) == "L9"
    assert who_is("Penhaligon", CHILDREN) == "" and who_is("", CHILDREN) == "" and who_is("Bob", CHILDREN) == ""


@given(st.text(max_size=80))
def test_no_text_beats_it_and_no_row_is_made_up(text: str) -> None:
    said, _ = by_row(text, CHILDREN)
    assert all(code in CHILDREN for one in said for code in one.codes)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Willow Lane School", "school"), ("St Wystan's C of E Primary", "school"), ("931/9004", "school"),
        ("EHE", "home"), ("To be educated at home", "home"), ("Elective home education", "home"),
        ("Spain", "vague"), ("another school", "vague"), ("a private school", "vague"), ("Leicester area", "vague"),
        ("Not known", "nothing"), ("n/k", "nothing"), ("?", "nothing"), ("", "nothing"), ("moved away", "nothing"),
    ],
)  # fmt: skip
def test_where_a_child_went(text: str, says: str) -> None:
    assert destination(text) == says


def test_gone_somewhere_is_an_answer_only_without_a_maybe() -> None:
    assert is_away("gone back to Portugal with her dad") and is_away("home educated")
    assert not is_away("might have gone to Portugal") and not is_away("gone to Portugal?") and not is_away("bananas")


def test_a_nursery_is_no_school_place() -> None:
    assert is_early_years("Little Ducks nursery") and not is_early_years("Nursery class of Willow Lane Primary School")


def test_each_part_of_a_sentence_that_begins_with_another_child_is_its_own() -> None:
    said, rest = by_row("Isla is at Willow Lane School, Kit never came", CHILDREN)
    assert [(one.codes, one.text) for one in said] == [(("L2",), "is at Willow Lane School"), (("L9",), "never came")]
    assert not rest
    for together in ("Isla and Kit are at Willow Lane School", "Isla moved, and her brother Kit too"):
        assert by_row(together, CHILDREN) == ([], together)
