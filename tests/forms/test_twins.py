"""Two parents side by side in lines whose tabs are lost."""

from __future__ import annotations

from datetime import date

from parsers.forms import read_body
from tests.forms.test_bodies import values

HEAD = "Suspected Missing Pupil Referral Form\nSurname: Achterberg\nNCY: 9\nDate of birth: 5/6/2001\n"
PARENTS = (
    "PARENT/GUARDIAN/CARER DETAILS\n"
    "Title: Ms  Surname: Bos          Title: Mr  Surname: Achterberg\n"
    "Forename: Anke                   Forename: Joost\n"
    "Address (if different)           Address (if different) 7 Wharf Cottages\n"
    "                                 Brightsea\n"
    "Mobile :                         Mobile : 07700 900 622\n"
    "Other relevant Information / known family members:\nA grandmother in Netherby.\n"
)


def test_a_line_far_to_the_right_belongs_to_the_right_column() -> None:
    (referral,) = read_body(HEAD + PARENTS, None, written=date(2014, 11, 18))
    told = values(referral)
    assert told["carer_2.address"] == "7 Wharf Cottages\nBrightsea"
    assert "carer_1.address" not in told
    assert (told["carer_1.forename"], told["carer_2.forename"]) == ("Anke", "Joost")
    assert told["carer_2.mobile"] == "07700 900 622"
    assert told["information.other"] == "A grandmother in Netherby."
