import pytest

from parsers.values import choice


@pytest.mark.parametrize(
    ("raw", "kind", "value"),
    [("Y", "yesno", "yes"), ("no.", "yesno", "no"), ("M", "gender", "male"), ("girl", "gender", "female"),
     ("Med", "level", "medium"), ("H", "level", "high")],
)  # fmt: skip
def test_the_usual_words_and_letters(raw: str, kind: str, value: str) -> None:
    assert choice.parse(raw, kind).value == value


def test_what_stands_beside_the_answer_is_kept() -> None:
    assert choice.with_rest("Yes – 6/11, 7/11", "yesno") == ("yes", "6/11, 7/11")
    assert choice.with_rest("Large dog in the yard - Medium", "level") == ("medium", "Large dog in the yard")


def test_a_letter_that_begins_a_name_is_no_answer() -> None:
    assert choice.with_rest("M Smith", "gender")[0] is None
    assert choice.parse("perhaps", "yesno").confidence < 0.8
