"""Letters that a picture hardly tells apart: a name that may be another's is doubted, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.documents.layout import Cell, Doubt, Layout, Part
from parsers.forms.alike import is_torn, skeleton
from parsers.forms.checks import finish
from parsers.forms.definition import forms
from parsers.forms.found import Doubtful, FoundForm, Seen
from parsers.forms.reader import find
from parsers.reading import Referral

WRITTEN = date(2014, 11, 24)


def seen(raw: str, *doubts: Doubtful, recognised: bool = True) -> Seen:
    return Seen(raw, "attachment p.jpg, page 1", doubts=doubts, recognised=recognised)


def read(recognised: bool = True, **fields: Seen) -> Referral:
    form = next(f for f in forms() if f.name == "hub-referral")
    names = {name.replace("__", "."): value for name, value in fields.items()}
    return finish(FoundForm(form, names, recognised=recognised), WRITTEN)


@pytest.mark.parametrize(
    ("read", "other"), [("i", "ı"), ("s", "ş"), ("é", "e"), ("Ł", "L"), ("l", "I"), ("O", "0"), ("q", "g")]
)
def test_a_letter_is_torn_between_those_that_look_like_it(read: str, other: str) -> None:
    assert is_torn(Doubtful(read, 0.98, ((other, 0.015),)))
    assert not is_torn(Doubtful(read, 0.98, ((other, 0.001),)))
    assert not is_torn(Doubtful(read, 0.98, (("w", 0.015),)))


def test_one_word_has_one_skeleton_however_it_was_read() -> None:
    assert skeleton("Llewellyn") == skeleton("llewelyn")
    assert skeleton("Ilhan") == skeleton("llhan")
    assert skeleton("Aydın") == skeleton("Aydin") != skeleton("Adyin")


def test_a_torn_letter_makes_a_name_a_doubt_and_leaves_a_text_alone() -> None:
    torn = Doubtful("i", 0.98, (("ı", 0.015),), "Aydin")
    referral = read(child__surname=seen("Aydin", torn), information__other=seen("Rang Mr Aydin in vain", torn))
    assert not referral.fields["child.surname"].sure
    assert referral.fields["information.other"].sure


def test_a_name_torn_in_one_place_is_in_doubt_in_the_other() -> None:
    torn = Doubtful("i", 0.98, (("ı", 0.015),), "Aydin")
    referral = read(child__surname=seen("Aydin"), carer_1__surname=seen("Aydin", torn), carer_2__surname=seen("Moss"))
    assert not referral.fields["child.surname"].sure
    assert referral.fields["carer_2.surname"].sure


def test_a_name_spelt_in_two_ways_is_sure_in_neither() -> None:
    referral = read(child__surname=seen("Penhallow"), carer_1__surname=seen("Penhalow"), carer_2__surname=seen("Moss"))
    assert not referral.fields["child.surname"].sure
    assert not referral.fields["carer_1.surname"].sure
    assert referral.fields["carer_2.surname"].sure


def test_what_was_typed_is_not_doubted_for_its_spelling() -> None:
    referral = read(
        recognised=False,
        child__surname=seen("Penhallow", recognised=False), carer_1__surname=seen("Penhalow", recognised=False),
    )  # fmt: skip
    assert referral.fields["child.surname"].sure


def test_a_name_that_begins_with_a_small_l_begins_with_another_letter() -> None:
    referral = read(carer_1__forename=seen("lika"), carer_1__surname=seen("de la Torre"))
    assert not referral.fields["carer_1.forename"].sure
    assert referral.fields["carer_1.surname"].sure


def test_a_speck_is_no_name() -> None:
    assert not read(child__forenames=seen("+")).fields["child.forenames"].sure


def test_ink_that_could_not_be_read_leaves_a_blank_in_doubt() -> None:
    blank = read(child__year_group=seen("", Doubtful("…", 0.5))).fields["child.year_group"]
    assert (blank.value, blank.sure) == (None, False)
    assert read(child__year_group=seen("", Doubtful("…", 1.0))).fields["child.year_group"].sure


def test_a_letter_where_only_a_digit_may_stand_is_no_doubt() -> None:
    nought = Doubtful("0", 0.9, (("O", 0.09),), "0JT")
    eight = Doubtful("8", 0.9, (("6", 0.09),), "8JT")
    assert read(address__postcode=seen("EX10 0JT", nought)).fields["address.postcode"].sure
    assert not read(address__postcode=seen("EX10 8JT", eight)).fields["address.postcode"].sure


def _memo(*row: Part) -> Layout:
    lines = ("Missing Children Memo", "Name: Mrs P. Vane", "Address: The Grange School", "Telephone: 01632 960123")
    family = [
        Part("Surname: Penrose", "cell", Cell(1, 0, 0)), Part("First Name: Ada", "cell", Cell(1, 0, 1)),
        Part("DOB: 3 May 2005", "cell", Cell(1, 0, 2)), *row,
        Part("Last known address: 4 Mill Lane", "cell", Cell(1, 2, 0, 3)),
    ]  # fmt: skip
    return Layout((*map(Part, lines), *family), seen=True)


def test_words_of_a_table_that_belong_to_nothing_put_their_row_in_doubt() -> None:
    whole = Part("Parent / Carer: Mr Ivo Penrose", "cell", Cell(1, 1, 0, 3))
    cut = (Part("Parent / Carer: Mr", "cell", Cell(1, 1, 0)), Part("Ivo Penrose", "cell", Cell(1, 1, 1, 2)))
    for row, sure in (((whole,), True), (cut, False)):
        (found,) = find(_memo(*row), "attachment p.jpg")
        assert finish(found, WRITTEN).fields["carers"].sure is sure


def test_a_doubt_says_in_which_word_it_stands() -> None:
    part = Part("Parent / Carer: Mr Ivo Penrose", "cell", Cell(1, 1, 0, 3), doubts=(Doubt(19, 0.9, (("l", 0.1),)),))
    (found,) = find(_memo(part), "attachment p.jpg")
    assert [d.word for d in found.seen["carers"].doubts] == ["Ivo"]
