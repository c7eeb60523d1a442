"""A form of another council, added by its declaration alone, read from every kind of file."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from docx import Document

from parsers.documents import docx
from parsers.forms import read_body, read_document
from parsers.reading import Referral
from tests.documents import made
from tests.forms.kinds.printed import printed
from tests.forms.test_bodies import RETYPED, values

WRITTEN = date(2014, 11, 18)
TITLE = "Birmingham CME Referral Form"
ROWS = (
    ("SURNAME*", "Achterberg"), ("FIRST NAME*", "Wim"), ("DOB*", "5/6/2005"), ("GENDER", "Male"), ("YEAR GROUP",
    "Year 5"),
    ("UPN", ""), ("CURRENT ADDRESS (include post code)", "4 Cooper's Yard\nEasthaven\nEX99 3QA"),
    ("PARENT'S NAME", "Anke Bos"), ("PHONE NO", "07700 900 622"), ("CURRENT/PREVIOUS SCHOOL", "Harbour Road Academy"),
    ("DATE LAST ATTENDED", "Friday 7 November 2014"), ("Looked After Child", ""),
    ("Formerly/Currently Known to Social Services", "☒"), ("Traveller", ""), ("Private Fostering", ""),
    ("Special Education Needs", "Yes"), ("ACTIONS TAKEN PRIOR TO REFERRAL", "Rang on 10/11. Last attended well."),
    ("OUTCOME OF HOME VISITS", "Nobody in on 12/11."), ("Date referred to MASH", ""), ("Outcome", ""),
    ("YOUR CONTACT DETAILS", ""), ("Name", "Mr T. Ashgrove"), ("Job title", "Attendance lead"), ("Team name",
    "Pastoral"),
    ("TEL NO", "01632 960407"), ("Email", "t.ashgrove@harbour-road.example"), ("DATE", "18/11/2014"),
)  # fmt: skip
READ = {
    "child.surname": "Achterberg", "child.forenames": "Wim", "child.date_of_birth": "2005-06-05",
    "child.gender": "male",
    "child.year_group": "5", "address.last_known": "4 Cooper's Yard\nEasthaven\nEX99 3QA", "carers": "Anke Bos",
    "carers.telephone": "07700 900 622", "school.current": "Harbour Road Academy", "attendance.last_day": "2014-11-07",
    "status.social_services": "yes", "child.sen": "yes", "information.other": "Rang on 10/11. Last attended well.",
    "visits.outcome": "Nobody in on 12/11.", "referrer.name": "Mr T. Ashgrove", "referrer.job": "Attendance lead",
    "referrer.team": "Pastoral", "referrer.telephone": "01632 960407",
    "referrer.email": "t.ashgrove@harbour-road.example", "referral.date": "2014-11-18",
}  # fmt: skip


def filled() -> bytes:
    document = Document()
    document.add_paragraph(TITLE)
    table = document.add_table(len(ROWS), 2)
    for row, (label, value) in zip(table.rows, ROWS, strict=True):
        row.cells[0].text, row.cells[1].text = label, value
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def told(referral: Referral) -> dict[str, str]:
    return {name: value for name, value in values(referral).items() if name in READ}


@pytest.mark.parametrize("write", [None, made.odt, made.rtf, made.doc, printed])
def test_it_is_read_from_every_kind_of_file(write: Callable[..., bytes] | None) -> None:
    data = filled() if write is None else write(docx.read(filled()))
    (referral,) = read_document(data, "form", written=WRITTEN)
    assert referral.form == "birmingham-cme"
    assert told(referral) == READ
    assert referral.problems == ()


def test_it_is_read_from_a_mail() -> None:
    text = TITLE + "\n" + "\n".join(f"{label}: {value}" for label, value in ROWS)
    (referral,) = read_body(text, None, written=WRITTEN)
    assert (referral.form, told(referral)) == ("birmingham-cme", READ)


def test_without_its_title_a_form_is_one_of_ours() -> None:
    (referral,) = read_body(RETYPED, None, written=WRITTEN)
    assert referral.form == "cme-referral"
