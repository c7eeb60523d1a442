"""The two forms, filled in as schools do: the Hub referral as a Word file, the memo typed into a mail."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from docx import Document
from docx.document import Document as Doc

Fields = Mapping[str, str]

_BLANK = "…………………………"
_RISKS = (
    ("Aggressive pupil", "risk.aggressive_pupil"),
    ("Aggressive parent", "risk.aggressive_parent"),
    ("Previous history of aggression", "risk.previous_aggression"),
    ("Threatening environment", "risk.threatening_environment"),
    ("Known drugs/drink abuse", "risk.known_substance_abuse"),
    ("Possible drugs/drink abuse", "risk.possible_substance_abuse"),
    ("Other (please specify)", "risk.other"),
)
_STEPS = (
    ("Has school attempted to contact parents?", "intervention.contacted_parents"),
    ("Has school attempted to phone other named contacts?", "intervention.phoned_named_contacts"),
    (
        "Have school attempted to obtain information from current involved professionals / previous school.",
        "intervention.asked_professionals",
    ),
)


def hub_form(fields: Fields) -> bytes:
    """Appendix 2 as a .docx; names of fields as the reading gives them."""
    document = Document()
    _heading(document)
    _pupil(document, fields)
    _referrer(document, fields)
    _carer(document, fields)
    _school_steps(document, fields)
    _risks(document, fields)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def _heading(document: Doc) -> None:
    document.add_paragraph("APPENDIX 2")
    document.add_paragraph("Early Intervention Hub")
    document.add_paragraph("Suspected Missing Pupil Referral Form")
    document.add_paragraph("Referrer please complete all sections of form as fully as possible")


def _pupil(document: Doc, f: Fields) -> None:
    gender = f.get("child.gender", "").lower()
    male, female = ("☒" if gender == sex else "☐" for sex in ("male", "female"))
    document.add_paragraph("PUPIL DETAILS")
    _line(
        document,
        f"Surname  {_of(f, 'child.surname')}",
        f"NCY  {_of(f, 'child.year_group')}",
        f"UPN No.  {_of(f, 'child.upn')}",
    )
    _line(
        document,
        f"Other Surname(s) pupil may be known by  {_of(f, 'child.other_surnames')}",
        f"Date of birth  {_of(f, 'child.date_of_birth')}",
    )
    _line(document, f"Forename(s)  {_of(f, 'child.forenames')}", f"Gender   Male {male}  Female {female}")
    _line(document, f"Address  {_of(f, 'address.last_known')}")
    _line(document, f"Post Code  {_of(f, 'address.postcode')}")
    _line(document, f"Current School  {_of(f, 'school.current')}")
    _line(document, f"Previous School (If Known)  {_of(f, 'school.previous')}")


def _referrer(document: Doc, f: Fields) -> None:
    document.add_paragraph("REFERRAL DETAILS")
    _line(
        document,
        f"Referral Date  {_of(f, 'referral.date')}",
        f"Referred by (name of Referrer)  {_of(f, 'referrer.name')}",
    )
    _line(document, f"Phone No  {_of(f, 'referrer.telephone')}", f"Email Address  {_of(f, 'referrer.email')}")


def _carer(document: Doc, f: Fields) -> None:
    document.add_paragraph("PARENT/GUARDIAN/CARER DETAILS")
    document.add_paragraph("Person(s) with whom the child lives.")
    both = ("carer_1", "carer_2")
    _line(document, *(f"Title:  {_of(f, f'{c}.title')}  Surname:  {_of(f, f'{c}.surname')}" for c in both))
    _line(document, *(f"Forename:  {_of(f, f'{c}.forename')}" for c in both))
    _line(document, *(f"Address (if different)  {_of(f, f'{c}.address')}" for c in both))
    _line(document, *(f"Post Code:  {_of(f, f'{c}.postcode')}" for c in both))
    _line(document, *(f"Home Phone:  {_of(f, f'{c}.home_phone')}" for c in both))
    _line(document, *(f"Mobile :  {_of(f, f'{c}.mobile')}" for c in both))
    _line(document, *("Parental Responsibility?  Yes ☐  No ☐" for _ in both))
    _line(document, *(f"Relationship to Pupil  {_of(f, f'{c}.relationship')}" for c in both))
    document.add_paragraph("Other relevant Information / known family members:")
    document.add_paragraph(f.get("information.other", ""))


def _school_steps(document: Doc, f: Fields) -> None:
    document.add_paragraph("INTERVENTION PREVIOUSLY TRIED BY SCHOOL")
    document.add_paragraph(
        "School should have carried out the following actions before referring to the Early Intervention Hub."
    )
    child = " ".join(f.get(n, "") for n in ("child.forenames", "child.surname")).strip()
    _line(document, f"Child’s Name: {child or _BLANK}", f"Date of Birth:  {_of(f, 'child.date_of_birth')}")
    table = document.add_table(rows=1, cols=4)
    for cell, title in zip(table.rows[0].cells, ("Yes", "No", "", "Dates"), strict=True):
        cell.text = title
    for label, name in _STEPS:
        cells = table.add_row().cells
        cells[0].text = "X" if f.get(name) == "yes" else ""
        cells[1].text = "X" if f.get(name) == "no" else ""
        cells[2].text, cells[3].text = label, f.get(f"{name}_dates", "")
    document.add_paragraph("Additional Information / Previous Concerns")
    document.add_paragraph(f.get("information.additional", ""))


def _risks(document: Doc, f: Fields) -> None:
    document.add_paragraph("INITIAL HEALTH AND SAFETY RISK ASSESSMENT")
    table = document.add_table(rows=1, cols=5)
    for cell, title in zip(table.rows[0].cells, ("Activity", "Risk Posed", "High", "Medium", "Low"), strict=True):
        cell.text = title
    for number, (label, name) in enumerate(_RISKS):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = ("1. Home Visit" if number == 0 else ""), label
        for cell, level in zip(cells[2:], ("high", "medium", "low"), strict=True):
            cell.text = "X" if f.get(name) == level else ""


def _line(document: Doc, *pieces: str) -> None:
    document.add_paragraph("\t".join(pieces))


def _of(fields: Fields, name: str) -> str:
    return fields.get(name) or _BLANK


def memo(fields: Fields) -> str:
    """Appendix 1, typed into a mail."""
    f = {name: fields.get(name, "") for name in _MEMO}
    return f"""MISSING CHILDREN MEMO - Enquiries to administrator

Enquiry from -
Name: {f["referrer.name"]}
Address: {f["referrer.address"]}
Telephone: {f["referrer.telephone"]}
Fax:
Email: {f["referrer.email"]}
Date of Enquiry: {f["referral.date"]}

Name of Child
Surname: {f["child.surname"]}
First Name: {f["child.forenames"]}
DOB: {f["child.date_of_birth"]}
School last attended: {f["school.last_attended"]}
UPN No: {f["child.upn"]}
SEN: {f["child.sen"]}
Parent / Carer: {f["carers"]}
Last known address: {f["address.last_known"]}
Address believed to have moved to: {f["address.moved_to"]}
Local Authority: {f["address.local_authority"]}
Any other information, including last date of attendance: {f["information.other"]}
"""


_MEMO = (
    "referrer.name", "referrer.address", "referrer.telephone", "referrer.email", "referral.date", "child.surname",
    "child.forenames", "child.date_of_birth", "school.last_attended", "child.upn", "child.sen", "carers",
    "address.last_known", "address.moved_to", "address.local_authority", "information.other",
)  # fmt: skip
