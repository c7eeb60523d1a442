"""Forms retyped in a mail: other labels, another order, no title, a signature below."""

from __future__ import annotations

from datetime import date

from parsers.forms import read_body
from parsers.reading import Referral

WRITTEN = date(2014, 11, 18)

RETYPED = """Hello

First name: Oisín
Last name: Ó Dálaigh
Ethnicity: White Irish
DOB: 3rd Oct 2006
UPN: n/a
Address: 12 Tanner's Row
Brightsea
EX97 1AA
Parents: Máire and Liam Ó Dálaigh
Moved to: unknown
School: Netherby CE Primary
Referred by: Mrs Gwen Pritchard
Email: office@netherby.example
Date: 17.11.2014
Notes: The neighbour says that they have gone back to Ireland.
We rang on 12/11 and 13/11.
"""


def body(text: str, html: str | None = None) -> tuple[Referral, ...]:
    return read_body(text, html, written=WRITTEN)


def values(referral: Referral) -> dict[str, str]:
    return {name: f.value for name, f in referral.fields.items() if f.value is not None}


def test_other_words_in_another_order() -> None:
    (referral,) = body(RETYPED)
    assert values(referral) == {
        "child.forenames": "Oisín",
        "child.surname": "Ó Dálaigh",
        "child.date_of_birth": "2006-10-03",
        "address.last_known": "12 Tanner's Row\nBrightsea\nEX97 1AA",
        "carers": "Máire and Liam Ó Dálaigh",
        "address.moved_to": "unknown",
        "school.last_attended": "Netherby CE Primary",
        "referrer.name": "Mrs Gwen Pritchard",
        "referrer.email": "office@netherby.example",
        "referral.date": "2014-11-17",
        "information.other": "The neighbour says that they have gone back to Ireland.\nWe rang on 12/11 and 13/11.",
        "destination.country": "Ireland",
        "referral.reason": "abroad",
    }


def test_what_follows_the_form_is_no_part_of_it() -> None:
    for farewell in ("Kind regards,\nJo Bell", "Thanks\nJo", "-- \nJo Bell", "This email is confidential.", "Regards"):
        (referral,) = body(f"{RETYPED}\n{farewell}\nTel: 01632 960333")
        assert values(referral) == values(body(RETYPED)[0]), farewell


def test_a_signature_without_a_farewell_is_cut_too() -> None:
    (referral,) = body(f"{RETYPED}\nJo Bell\nAttendance Officer\nNetherby CE Primary | 01632 960333\n")
    assert values(referral) == values(body(RETYPED)[0])


def test_a_second_paragraph_of_the_notes_stays() -> None:
    (referral,) = body(f"{RETYPED}\nThe aunt in Easthaven has not answered the phone either.\n")
    assert values(referral)["information.other"].endswith("has not answered the phone either.")


def test_a_forwarded_form_is_read_through_its_quote_marks() -> None:
    quoted = "".join(f"> {line}\n" for line in RETYPED.split("\n"))
    assert values(body(f"Forwarding this.\n\n{quoted}")[0]) == values(body(RETYPED)[0])


def test_a_number_among_the_parents_is_nobodys_for_sure() -> None:
    (referral,) = body(RETYPED.replace("Moved to:", "Tel: 07700 900 111\nMoved to:"))
    assert referral.fields["referrer.telephone"].confidence < 0.8


def test_a_table_of_html_with_headings_over_values_and_ticks_under_options() -> None:
    html = (
        "<p>Hub referral</p><table><tr><th>Surname</th><th>First name</th><th>DOB</th><th>UPN</th><th>Year</th></tr>"
        "<tr><td>Achterberg</td><td>Wim</td><td>14/02/2003</td><td></td><td>7</td></tr></table>"
        "<p>Address: 4 Cooper's Yard, Easthaven</p><table><tr><td></td><td>High</td><td>Medium</td><td>Low</td></tr>"
        "<tr><td>Aggressive pupil</td><td></td><td></td><td>x</td></tr>"
        "<tr><td>Aggressive parent</td><td>&#10003;</td><td></td><td></td></tr></table>"
    )
    (referral,) = body("", html)
    assert referral.form == "hub-referral"
    assert values(referral) == {
        "child.surname": "Achterberg",
        "child.forenames": "Wim",
        "child.date_of_birth": "2003-02-14",
        "child.year_group": "7",
        "address.last_known": "4 Cooper's Yard, Easthaven",
        "risk.aggressive_pupil": "low",
        "risk.aggressive_parent": "high",
    }


def test_html_without_a_form_leaves_the_plain_text_to_speak() -> None:
    assert values(body(RETYPED, "<p>See the attached.</p>")[0]) == values(body(RETYPED)[0])


def test_a_letter_that_uses_the_words_is_no_form() -> None:
    assert (
        body("The mother's Surname: has changed and her Address: is unknown. Date of birth of the child is 3/4/05.")
        == ()
    )
    assert body("I wanted to ask about the CME referral for Sam. Name: Sam. Tel: 01632 960001") == ()
    assert body("") == ()


def test_one_line_with_lost_tabs_is_cut_at_its_labels() -> None:
    (referral,) = body(
        "Suspected Missing Pupil Referral Form\nSurname Achterberg NCY 9 UPN No.\n"
        "Forename(s) Wim Gender Male\nDate of birth 5 June 2001\n"
    )
    assert values(referral) == {
        "child.surname": "Achterberg",
        "child.year_group": "9",
        "child.forenames": "Wim",
        "child.gender": "male",
        "child.date_of_birth": "2001-06-05",
    }


def test_parents_in_columns_beside_one_column_of_labels() -> None:
    rows = (
        ("", "Parent 1", "Parent 2"), ("Title", "Ms", "Mr"), ("Surname", "Bos", "Achterberg"),
        ("First name", "Anke", "Joost"),
        ("Mobile", "", "07700 900 622"), ("PR (Y/N)", "Y", "N"),
    )  # fmt: skip
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    child = "<p>Hub referral</p><p>Surname: Achterberg</p><p>NCY: 9</p><p>DOB: 5/6/2001</p>"
    (referral,) = body("", f"{child}<table>{table}</table>")
    told = values(referral)
    assert {n: v for n, v in told.items() if n.startswith("carer_1")} == {
        "carer_1.title": "Ms",
        "carer_1.surname": "Bos",
        "carer_1.forename": "Anke",
        "carer_1.parental_responsibility": "yes",
    }
    assert {n: v for n, v in told.items() if n.startswith("carer_2")} == {
        "carer_2.title": "Mr",
        "carer_2.surname": "Achterberg",
        "carer_2.forename": "Joost",
        "carer_2.mobile": "07700 900 622",
        "carer_2.parental_responsibility": "no",
    }
