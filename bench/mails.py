"""Mails for the benchmarks: a filled memo as a Word file of the usual size, each of another child."""

from __future__ import annotations

import os
import random
import zipfile
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import Path

from docx import Document

_SYLLABLES = ("bar", "den", "hol", "kes", "lin", "mor", "pen", "ros", "tal", "wex", "yar", "zel")
ARRIVED = datetime(2014, 11, 25, 9, 55, tzinfo=UTC)
CHILDREN = (8, 5)
"""Children and families: 1.6 a family is normal."""
SIZE = 53_000
"""Bytes of a usual mail with a form (measured on the county's blank forms)."""


def memo_docx(number: int) -> bytes:
    """Appendix 1, filled in for a child that no other number has."""
    home = number * CHILDREN[1] // CHILDREN[0]
    surname, forename = _name(home), _name(number)
    born = date(2004, 1, 1) + timedelta(days=number * 29 % 4000)
    house, letter = home % 300 + 1, chr(ord("A") + home // 300 % 20)
    document = Document()
    for line in (
        "MISSING CHILDREN MEMO – Enquiries to administrator", "Enquiry from –", "Name: Mrs A. Wainscott",
        "Address: Bardwell Hill Academy, Banbury", "Telephone : 01632 960123", "Fax:",
        "Email: office@bardwell-hill.example", "Date of Enquiry: 24/11/2014",
    ):  # fmt: skip
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=4)
    heads = ("Name of Child\nSurname", "First Name", "DOB", "School last attended")
    values = (surname, forename, f"{born:%d/%m/%Y}", "Bardwell Hill Academy")
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), (*heads, *values), strict=True):
        cell.text = text
    for line in (
        "UPN No:    SEN: No", f"Parent / Carer: Ms {letter}. {surname}",
        f"Last known address: {house} {_name(home + 500)} Road, Banbury OX16 {home % 9 + 1}A{letter}",
        "Address believed to have moved to:", "Local Authority:",
        "Any other information, including last date of attendance:", "Last attended 3 October 2014.",
    ):  # fmt: skip
        document.add_paragraph(line)
    data = BytesIO()
    document.save(data)
    return _padded(data.getvalue(), number)


def _name(number: int) -> str:
    return "".join(_SYLLABLES[number // 12**n % 12] for n in range(3)).capitalize()


def _padded(data: bytes, number: int) -> bytes:
    """With a picture's worth of bytes in the package, so that the mail has the usual size."""
    out = BytesIO(data)
    room = max(0, SIZE * 3 // 4 - len(data) - 500)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/media/logo.png", random.Random(number).randbytes(room), zipfile.ZIP_STORED)
    return out.getvalue()


def memo_mail(number: int) -> bytes:
    return _mail(
        number, "Dear team,\n\nPlease find our referral attached.\n\nKind regards\nThe office\n", memo_docx(number)
    )


def concern_mail(number: int) -> bytes:
    words = "Wren Abbotsley in year 6 told a friend that her stepfather hits her with a belt. She is not in today."
    return _mail(number, words, None)


def _mail(number: int, text: str, attachment: bytes | None) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["Authentication-Results"] = "mx.council.example; dmarc=pass header.from=bardwell-hill.example"
    mail["From"], mail["To"] = "office@bardwell-hill.example", "missing.pupils@council.example"
    mail["Subject"], mail["Date"] = "Referral", "Mon, 24 Nov 2014 09:12:00 +0000"
    mail["Message-ID"] = f"<{number}@bench.example>"
    mail.set_content(text)
    if attachment is not None:
        mail.add_attachment(attachment, maintype="application", subtype="octet-stream", filename="memo.docx")
    return mail.as_bytes()


def deliver(raw: bytes, inbox: Path, number: int) -> None:
    """As a mail server does: written beside, then renamed in."""
    name = f"{1_400_000_000 + number}.M{number}.bench"
    (inbox / "tmp" / name).write_bytes(raw)
    arrived = ARRIVED.timestamp()
    os.utime(inbox / "tmp" / name, (arrived, arrived))
    (inbox / "tmp" / name).rename(inbox / "new" / name)
