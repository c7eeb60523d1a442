"""Filled forms in the shape of the county's two, made with python-docx and a PDF writer of forty lines, with the
habits of those who fill them in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.table import Table, _Cell

DOTS = "…………………………"
RISKS = (
    "Aggressive pupil", "Aggressive parent", "Previous history of aggression", "Threatening environment",
    "Known drugs/drink abuse", "Possible drugs/drink abuse",
)  # fmt: skip
TRIED = (
    "Has school attempted to contact parents?",
    "Has school attempted to phone other named contacts?",
    "Have school attempted to obtain information from current involved professionals / previous school.",
)


def memo(v: Mapping[str, str], *, paragraphs: bool = False, sen: str = "struck") -> bytes:
    """Appendix 1. `paragraphs`: addresses in a paragraph a line, not in line breaks; `sen`: of "Yes / No"
    the other answer is `struck` out, or the answer typed `behind`, `bold`, `underlined`, `highlighted`, or `alone`."""
    document = Document()
    for line in ("APPENDIX 1", "MISSING CHILDREN MEMO – Enquiries to administrator", "", "Please send to:",
                 "The Administrator, Third Floor, County Hall", "Email: missing.children@council.example"):  # fmt: skip
        document.add_paragraph(line)
    top = document.add_table(1, 2).rows[0].cells
    _say(top[0], "Enquiry from –", f"Name: {v['name']}", f"Address: {v['address']}")
    _say(
        top[1],
        f"Telephone : {v['telephone']}",
        f"Fax:  {v['fax']}",
        f"Email: {v['email']}",
        f"Date of Enquiry: {v['date']}",
    )
    document.add_paragraph()
    child = document.add_table(2, 4)
    _say(child.cell(0, 0).merge(child.cell(0, 1)), "Name of Child", "Surname\tFirst Name")
    _say(child.cell(0, 2), "DOB")
    _say(child.cell(0, 3), "School last attended")
    for column, key in enumerate(("surname", "first", "dob", "school")):
        _say(child.cell(1, column), v[key])
    numbers = document.add_table(1, 2).rows[0].cells
    _say(numbers[0], f"UPN No: {v['upn']}")
    _sen(numbers[1], v["sen"], sen)
    rest = document.add_table(4, 1)
    _say(rest.cell(0, 0), f"Parent / Carer: {v['carer']}")
    _block(rest.cell(1, 0), "Last known address: ", v["last"], paragraphs)
    _block(rest.cell(2, 0), "Address believed to have moved to: ", v["moved"], paragraphs)
    rest.cell(2, 0).add_paragraph(f"Local Authority: {v['authority']}")
    _block(rest.cell(3, 0), "Any other information, including last date of attendance: ", v["other"], paragraphs)
    return _bytes(document)


def _sen(cell: _Cell, answer: str, way: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.add_run("SEN:  ")
    for word in (answer,) if way == "alone" and answer else ("Yes", " / ", "No"):
        run, font = (run := paragraph.add_run(word)), run.font
        font.strike = bool(answer) and way == "struck" and word != answer
        font.bold, font.underline = (word == answer and way == look for look in ("bold", "underlined"))
        if word == answer and way == "highlighted":
            font.highlight_color = WD_COLOR_INDEX.YELLOW
    if way == "behind" and answer:
        paragraph.add_run(f"   {answer}")


def _block(cell: _Cell, label: str, value: str, paragraphs: bool) -> None:
    cell.paragraphs[0].add_run(label)
    for line in value.split("\n") if paragraphs else (value,):
        cell.add_paragraph(line)
    cell.add_paragraph()


def hub(
    v: Mapping[str, Any], *, fill: str = "over", twins: str = "tabs", ticks: str = "X", page_two: str | None = None
) -> bytes:
    """Appendix 2. `fill`: values typed `over` the dots, or the dots `deleted`; `twins`: the carers side by side by
    `tabs`, in a `table`, or with the tabs lost to `blanks`; `page_two` is the child's name there."""
    document = Document()
    for line in ("APPENDIX 2", "Early Intervention Hub", "Suspected Missing Pupil Referral Form",
                 "Referrer please complete all sections of form as fully as possible"):  # fmt: skip
        document.add_paragraph(line)
    _frame(document, "PUPIL DETAILS")
    for line in _pupil(v, fill):
        document.add_paragraph(line)
    _frame(document, "REFERRAL DETAILS")
    document.add_paragraph(
        _pair(_f("Referral Date", v["referred"], fill), _f("Referred by (name of Referrer)", v["by"], fill))
    )
    document.add_paragraph(_pair(_f("Phone No", v["phone"], fill), _f("Email Address", v["email"], fill)))
    _frame(document, "PARENT/GUARDIAN/CARER DETAILS")
    document.add_paragraph("Person(s) with whom the child lives.")
    _twins(document, [_carer(c, fill) for c in v["carers"]], twins)
    document.add_paragraph("Other relevant Information / known family members:")
    document.add_paragraph(v["family"])
    _frame(document, "INTERVENTION PREVIOUSLY TRIED BY SCHOOL")
    name = f"{v['forenames']} {v['surname']}".strip() if page_two is None else page_two
    document.add_paragraph(_pair(f"Child’s Name:{name}{'' if name else DOTS}", f"Date of Birth: {v['dob'] or DOTS}"))
    _options(document, ("Yes", "No", "", "Dates"), TRIED, v["tried"], ticks)
    document.add_paragraph("Additional Information / Previous Concerns")
    document.add_paragraph(v["concerns"])
    _frame(document, "INITIAL HEALTH AND SAFETY RISK ASSESSMENT")
    _risks(document, v, ticks)
    return _bytes(document)


def _f(label: str, value: str, fill: str) -> str:
    if not value:
        return f"{label} {DOTS}"
    return f"{label}{' ' if fill == 'over' else '  '}{value}{'……………' if fill == 'over' else ''}"


def _pair(*pieces: str) -> str:
    return "\t".join(pieces)


def _pupil(v: Mapping[str, Any], fill: str) -> list[str]:
    box = {"Male": "Male ☒  Female ☐", "Female": "Male ☐  Female ☒", "": "Male ☐  Female ☐"}[v["gender"]]
    return [
        _pair(_f("Surname", v["surname"], fill), _f("NCY", v["year"], fill), _f("UPN No.", v["upn"], fill)),
        _pair(_f("Other Surname(s) pupil may be known by", v["others"], fill), _f("Date of birth", v["dob"], fill)),
        _pair(_f("Forename(s)", v["forenames"], fill), f"Gender   {box}"),
        _f("Address", v["address"][0], fill),
        v["address"][1] or DOTS * 3,
        _f("Post Code", v["postcode"], fill),
        _f("Current School", v["current"], fill),
        _f("Previous School (If Known)", v["previous"], fill),
    ]


def _carer(c: Mapping[str, Any], fill: str) -> list[str]:
    box = {"Yes": "Yes ☒  No ☐", "No": "Yes ☐  No ☒", "": "Yes ☐  No ☐"}[c["responsible"]]
    return [
        f"{_f('Title:', c['title'], fill)}  {_f('Surname:', c['surname'], fill)}",
        _f("Forename:", c["forename"], fill),
        _f("Address (if different)", c["address"][0], fill),
        c["address"][1] or DOTS * 2,
        f"{DOTS}{_f('Post Code:', c['postcode'], fill)}",
        _f("Home Phone:", c["home"], fill),
        _f("Mobile :", c["mobile"], fill),
        f"Parental Responsibility?  {box}",
        _f("Relationship to Pupil", c["relation"], fill),
    ]


def _twins(document: Any, carers: Sequence[list[str]], how: str) -> None:
    rows = list(zip(*carers, strict=True))
    if how == "table":
        table = document.add_table(len(rows), 2)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                _say(table.cell(number, column), text)
        return
    for row in rows:
        document.add_paragraph(("\t" if how == "tabs" else "     ").join(row))


def _options(document: Any, heads: Sequence[str], questions: Sequence[str], answers: Any, tick: str) -> None:
    table = document.add_table(len(questions) + 1, len(heads))
    for column, head in enumerate(heads):
        _say(table.cell(0, column), head)
    for row, (question, (answer, dates)) in enumerate(zip(questions, answers, strict=True), 1):
        _say(table.cell(row, 2), question)
        _say(table.cell(row, 3), dates)
        if answer:
            _say(table.cell(row, heads.index(answer)), tick)


def _risks(document: Any, v: Mapping[str, Any], tick: str) -> None:
    table = document.add_table(len(RISKS) + 2, 5)
    heads = ("Activity", "Risk Posed", "High", "Medium", "Low")
    for column, head in enumerate(heads):
        _say(table.cell(0, column), head)
    other = "Other (please specify)" + (f": {v['other_text']}" if v["other_text"] else "")
    for row, (risk, level) in enumerate(zip((*RISKS, other), (*v["risks"], v["other_risk"]), strict=True), 1):
        _say(table.cell(row, 1), risk)
        if level:
            _say(table.cell(row, heads.index(level)), tick)


def _frame(document: Any, text: str) -> None:
    _say(document.add_table(1, 1).cell(0, 0), text)


def _say(cell: _Cell, *lines: str) -> None:
    cell.paragraphs[0].add_run(lines[0])
    for line in lines[1:]:
        cell.add_paragraph(line)


def _bytes(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(lines: Sequence[tuple[float, float, str]], rules: Sequence[tuple[float, float, float, float]] = ()) -> bytes:
    """A page of A4: texts (x, y from the top, words) in ten-point Helvetica, and rules (x0, y0, x1, y1)."""
    drawn = [f"BT /F1 10 Tf {x:.1f} {842 - y:.1f} Td ({_escaped(text)}) Tj ET" for x, y, text in lines]
    drawn += [f"{a:.1f} {842 - b:.1f} m {c:.1f} {842 - d:.1f} l S" for a, b, c, d in rules]
    stream = "\n".join(drawn).encode("cp1252")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        b"/Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(out),
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


__all__ = ["RISKS", "TRIED", "Table", "hub", "memo", "pdf"]
