"""Several children in one mail."""

from __future__ import annotations

from datetime import date

from parsers.forms import read_body
from tests.forms.test_bodies import RETYPED, values

WRITTEN = date(2014, 11, 18)

CHILD = "Surname: Petrosyan\nForename: {}\nDate of birth: {}\nUPN:\nLast known address: {}\n\n"


def test_brothers_and_sisters_under_headings() -> None:
    one, two = CHILD.format("Ani", "12/12/2007", "9 Dock Street"), CHILD.format("Davit", "1/4/2010", "as above")
    head = "Completed by: Mr T. Ashgrove\nDate of referral: 17/11/14"
    text = f"{head}\n\nChild 1\n{one}Child 2\n{two}Thanks\nTom\n"
    ani, davit = read_body(text, None, written=WRITTEN)
    assert values(ani)["child.forenames"] == "Ani"
    assert values(ani)["address.last_known"] == "9 Dock Street"
    assert values(davit)["child.date_of_birth"] == "2010-04-01"
    assert values(davit)["referrer.name"] == values(ani)["referrer.name"] == "Mr T. Ashgrove"


def test_two_whole_forms_one_after_the_other_are_not_mixed() -> None:
    second = RETYPED.replace("Oisín", "Róise").replace("3rd Oct 2006", "9 May 2009").replace("Brightsea", "Netherby")
    first, other = read_body(f"{RETYPED}\n\n{second}", None, written=WRITTEN)
    assert values(first) == values(read_body(RETYPED, None, written=WRITTEN)[0])
    assert values(other) == values(read_body(second, None, written=WRITTEN)[0])


def test_the_same_blank_twice_without_a_word_between() -> None:
    blank = RETYPED.removeprefix("Hello\n\n")
    found = read_body(blank + blank.replace("Oisín", "Róise") + blank.replace("Oisín", "Cian"), None, written=WRITTEN)
    assert [values(referral)["child.forenames"] for referral in found] == ["Oisín", "Róise", "Cian"]
    assert {len(values(referral)) for referral in found} == {len(values(found[0]))}
