"""Two parents side by side in lines whose tabs are lost."""

from __future__ import annotations

from datetime import date

from parsers.forms import read_body, read_document
from tests.forms.generate import pdf
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


def test_a_label_that_stands_further_in_on_both_sides_was_pushed_by_nothing() -> None:
    lines = [(150, 60, "Suspected Missing Pupil Referral Form"), (54, 90, "Surname Achterberg"), (300, 90, "NCY 9"),
             (54, 105, "Date of birth 5/6/2001"), (54, 120, "PARENT/GUARDIAN/CARER DETAILS"),
             (54, 135, "Title: Ms"), (120, 135, "Surname: Bos"), (303, 135, "Title: Mr"), (370, 135, "Surname: Moor"),
             (54, 150, "Forename: Anke"), (303, 150, "Forename: Joost"),
             (131, 165, "Post Code: EX98 4TD"), (380, 165, "Post Code: EX97 2LL"),
             (54, 180, "Mobile : 07700 900 733"), (303, 180, "Mobile : 07700 900 622")]  # fmt: skip
    (referral,) = read_document(pdf(lines), "form.pdf", written=date(2014, 11, 18))
    for name, wanted in (("carer_1", "EX98 4TD"), ("carer_2", "EX97 2LL")):
        found = referral.fields[f"{name}.postcode"]
        assert (found.value, found.sure) == (wanted, True)
    assert values(referral)["carer_2.mobile"] == "07700 900 622"


def test_dots_before_a_label_on_one_side_push_nothing() -> None:
    for left, right in (
        ("Post Code: EX98 4TD", "…………Post Code: EX97 2LL"),
        ("…………Post Code: EX98 4TD", "Post Code: EX97 2LL"),
    ):
        places = [54 if text.startswith("…") else 131 for text in (left, right)]
        lines = [(150, 60, "Suspected Missing Pupil Referral Form"), (54, 90, "Surname Achterberg"), (300, 90, "NCY 9"),
                 (54, 105, "Date of birth 5/6/2001"), (54, 120, "PARENT/GUARDIAN/CARER DETAILS"),
                 (54, 135, "Title: Ms"), (120, 135, "Surname: Bos"), (303, 135, "Title: Mr"),
                 (370, 135, "Surname: Moor"), (54, 150, "Forename: Anke"), (303, 150, "Forename: Joost"),
                 (places[0], 165, left), (places[1] + 249, 165, right),
                 (54, 180, "Mobile : 07700 900 733"), (303, 180, "Mobile : 07700 900 622")]  # fmt: skip
        (referral,) = read_document(pdf(lines), "form.pdf", written=date(2014, 11, 18))
        for field in ("carer_1.postcode", "carer_2.postcode", "carer_1.mobile", "carer_2.mobile"):
            assert referral.fields[field].sure, (left, field)
        assert values(referral)["carer_2.mobile"] == "07700 900 622"
