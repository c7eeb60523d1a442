"""Forms typed off: label and value line by line in a mail, in a table of an HTML mail, quoted in a forward, or as a
document of the school's own, in the words of other councils."""

from __future__ import annotations

import io
from html import escape
from random import Random
from typing import Any

from docx import Document

from tests.forms.people import Fill

MEMO: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("name", ("Completed by", "Your name", "Name of person completing form", "Referred by")),
    ("address", ("School address", "Address of school / agency")),
    ("telephone", ("Contact number", "Tel No", "Telephone number(s)")),
    ("fax", ("Fax", "Fax No")),
    ("email", ("E-mail address", "Email", "Contact email")),
    ("date", ("Date of referral", "Date of Enquiry", "Date form completed")),
    ("surname", ("Legal surname", "SURNAME*", "Family name", "Last name")),
    ("first", ("First name(s)", "Forename(s)", "Given name", "FIRST NAME*")),
    ("dob", ("DOB", "D.O.B", "Date of birth", "Date of Birth (dd/mm/yy)")),
    ("school", ("School last attended", "Current / last school", "Name of school")),
    ("upn", ("UPN", "Unique Pupil Number", "UPN No.")),
    ("sen", ("SEN", "Special educational needs", "SEND")),
    ("carer", ("Parent/carer name", "Name of parent(s) / carer(s)", "Parents / guardians")),
    ("last", ("Last known address", "Home address", "Current address")),
    ("moved", ("Forwarding address", "New address (if known)", "Address believed to have moved to")),
    ("authority", ("New local authority", "Local Authority", "Receiving LA")),
    ("other", ("Any other information", "Further information", "Reason for referral")),
)
HUB: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("surname", ("Surname", "Legal surname", "Last name")), ("year", ("NCY", "Year group", "Yr")),
    ("upn", ("UPN", "UPN number")), ("others", ("Other surnames", "Also known as", "AKA")),
    ("dob", ("Date of birth", "DOB")), ("forenames", ("Forename(s)", "First names", "Given name(s)")),
    ("gender", ("Gender", "Sex")), ("address", ("Address", "Home address", "Current address")),
    ("postcode", ("Post Code", "Postcode")), ("current", ("Current School", "Present school")),
    ("previous", ("Previous School", "Last school (if known)")),
    ("referred", ("Referral Date", "Date of referral")), ("by", ("Referred by", "Name of referrer")),
    ("phone", ("Phone No", "Telephone")), ("email", ("Email Address", "E-mail")),
)  # fmt: skip
CARER = (("title", "Title"), ("surname", "Surname"), ("forename", "Forename"), ("address", "Address (if different)"),
         ("postcode", "Post Code"), ("home", "Home Phone"), ("mobile", "Mobile"),
         ("responsible", "Parental Responsibility"), ("relation", "Relationship to Pupil"))  # fmt: skip
ACTIONS = (
    "Has school attempted to contact parents",
    "Has school attempted to phone other named contacts",
    "Have school attempted to obtain information from current involved professionals / previous school",
)
RISKS = ("Aggressive pupil", "Aggressive parent", "Previous history of aggression", "Threatening environment",
         "Known drugs/drink abuse", "Possible drugs/drink abuse")  # fmt: skip

Line = tuple[str, str]
"""A label and its value; no label where the line is a heading."""


def lines(fill: Fill, seed: int) -> list[Line]:
    """The form typed off, blank fields left standing or left out."""
    rng = Random(f"typed {seed}")
    memo = fill.form == "cme-referral"
    named = [(rng.choice(labels), _said(fill.values[key])) for key, labels in (MEMO if memo else HUB)]
    out: list[Line] = [("", "Missing Children Memo" if memo else "Suspected Missing Pupil Referral Form"), *named]
    if not memo:
        out += _rest_of_hub(fill.values)
    if rng.random() < 0.4:
        out = [(label, value) for label, value in out if value or not label]
    return out


def _rest_of_hub(v: dict[str, Any]) -> list[Line]:
    out: list[Line] = []
    for number, carer in enumerate(v["carers"], 1):
        out += [("", f"Parent / Carer {number}"), *((label, _said(carer[key])) for key, label in CARER)]
    out.append(("Other relevant information / known family members", v["family"]))
    out.append(("", "Intervention previously tried by school"))
    out += [(q, " - ".join(p for p in said if p)) for q, said in zip(ACTIONS, v["tried"], strict=True)]
    out.append(("Additional information / previous concerns", v["concerns"]))
    out.append(("", "Initial health and safety risk assessment"))
    out += list(zip(RISKS, v["risks"], strict=True))
    other = f"{v['other_text']} - {v['other_risk']}" if v["other_risk"] else ""
    return [*out, ("Other (please specify)", other)]


def _said(value: Any) -> str:
    return value if isinstance(value, str) else "\n".join(line for line in value if line)


def text(fill: Fill, seed: int) -> str:
    """A mail's text, with a greeting and a signature."""
    body = "\n".join(f"{label}: {value}".rstrip() if label else f"\n{value}\n" for label, value in lines(fill, seed))
    return f"Dear all,\n\nPlease find our referral below.\n\n{body}\n\nKind regards\n\nPat Thistlewood\nSchool office\n"


def quoted(fill: Fill, seed: int) -> str:
    """The same, forwarded with quote marks."""
    head = "From: School office <office@netherby.example>\nSent: 17 November 2014 09:12\nSubject: Referral\n\n"
    return "For you.\n\n" + "\n".join(f"> {line}" for line in (head + text(fill, seed)).split("\n"))


def html(fill: Fill, seed: int) -> str:
    """The same as a table in a mail."""
    rows = "".join(
        f"<tr><td><b>{escape(label)}</b></td><td>{escape(value).replace(chr(10), '<br>')}</td></tr>"
        if label
        else f"<tr><td colspan=2><b>{escape(value)}</b></td></tr>"
        for label, value in lines(fill, seed)
    )
    return f"<html><body><p>Dear all,</p><p>Our referral:</p><table border=1>{rows}</table><p>Regards</p></body></html>"


def document(fill: Fill, seed: int) -> bytes:
    """A Word file of the school's own: lines with a colon, or a table of two columns."""
    made = Document()
    told = lines(fill, seed)
    if seed % 2:
        table = made.add_table(len(told), 2)
        for row, (label, value) in zip(table.rows, told, strict=True):
            row.cells[0].text, row.cells[1].text = (label, value) if label else (value, "")
    else:
        for label, value in told:
            made.add_paragraph(f"{label}: {value}" if label else value)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()
