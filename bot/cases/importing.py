"""The open cases of today, from a list: each becomes a case, with what was last asked of whom.

Nothing is taken in while a line is wrong; a line that was taken in, and a child that has a case, are passed over: the
same file twice is once.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.cases.casework import Casework, Origin
from bot.cases.children import find_child
from bot.cases.importing_table import BadImport, Table
from bot.cases.linking import link
from bot.views.referrers import open_same
from parsers.values import dates, upn
from parsers.values.parsed import Parsed
from rules import Party
from rules.calendar import LONDON
from rules.case import Occurrence
from rules.parties import party
from rules.sent import overdue

MAPPING = "import|cases"
"""Where the columns of the last import are remembered."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "child.surname": ("surname", "last name", "family name", "child surname", "legal surname"),
    "child.forenames": ("forename", "forenames", "first name", "first names", "given name", "child forename"),
    "child.date_of_birth": ("date of birth", "dob", "d.o.b.", "born"),
    "child.upn": ("upn", "unique pupil number"),
    "school": ("school", "last school", "school name", "laestab", "dfe number"),
    "address.last_known": ("address", "last known address", "home address"),
    "carers": ("parent", "parents", "carer", "parent/carer", "carers"),
    "pathway": ("pathway", "type", "kind"),
    "opened": ("opened", "date opened", "referred", "referral date", "date of referral"),
    "question": ("last asked", "question", "waiting for", "last action"),
    "of": ("asked of", "of", "waiting on", "whom"),
    "asked-on": ("asked on", "date asked", "last contact", "chased"),
    "reference": ("reference", "ref", "case number", "our ref"),
    "note": ("note", "notes", "comments"),
}
"""What a column may hold, and how lists head it."""
_USUAL = {name: field for field, names in FIELDS.items() for name in (field, *names)}
_ALWAYS = ("child.surname",)
_FACTS = ("child.surname", "child.forenames", "child.date_of_birth", "child.upn", "address.last_known", "carers")


@dataclass(frozen=True, slots=True)
class Line:
    """One case. `number` as a spreadsheet counts its rows."""

    number: int
    values: Mapping[str, str]

    @property
    def mark(self) -> str:
        return hashlib.sha256(json.dumps(dict(self.values), sort_keys=True).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a line: its case, or why it was passed over."""

    number: int
    ref: str
    why: str = ""


def is_heading(text: str, known: Mapping[str, str]) -> bool:
    """Whether it says what its column holds, as it was said before or as lists usually say it."""
    return text in known or _usual(text) in _USUAL


def guess(headings: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    """The field of each heading, as it was said before or as lists usually head it; "" where nobody knows."""
    return {h: known.get(h, _USUAL.get(_usual(h), "")) for h in headings}


def _usual(heading: str) -> str:
    return " ".join(heading.lower().replace("_", " ").split())


def lines(table: Table, mapping: Mapping[str, str]) -> list[Line]:
    out = []
    for number, row in enumerate(table.rows, table.first):
        values = {field: row[h] for h, field in mapping.items() if field and row.get(h)}
        if values:
            out.append(Line(number, values))
    return out


def take_in(work: Casework, found: Sequence[Line]) -> list[Imported]:
    """Every line, or none. Raises BadImport."""
    wrong = [f"line {line.number}: {problem}" for line in found for problem in _problems(work, line)]
    if wrong:
        raise BadImport("nothing was taken in:\n  " + "\n  ".join(wrong))
    return [_one(work, line) for line in found]


def _problems(work: Casework, line: Line) -> list[str]:
    values = line.values
    out = [f"{name} is missing" for name in _ALWAYS if not values.get(name)]
    parsed = {"child.date_of_birth": _born(work, values), "child.upn": upn.parse(values.get("child.upn", ""))}
    out += [f"{name}: {one.problem}" for name, one in parsed.items() if one.problem]
    for name in ("opened", "asked-on"):
        if name in values and not _day(work, values[name]):
            out.append(f"{name}: {values[name]!r} is no date")
    if values.get("school") and work.office.directory.school(values["school"]) is None:
        out.append(f"school: {values['school']!r} is not in the directory")
    if (pathway := _pathway(values)) not in ("hub", "tracking"):
        out.append(f"pathway: {pathway!r} is none of hub and tracking")
    return out + _problems_of_ask(work, _plain(values.get("question", "")), _plain(values.get("of", "")))


def _problems_of_ask(work: Casework, question: str, role: str) -> list[str]:
    out = []
    if question and question not in work.office.pack.questions:
        out.append(f"question: {question!r} is none of the pack's: see docs/reference/words.md")
    if question and role not in work.office.wording.roles:
        out.append(f"of: {role!r} is no role: say of whom it was asked")
    return out


def _one(work: Casework, line: Line) -> Imported:
    if ref := work.unit.meta(f"imported|{line.mark}"):
        return Imported(line.number, ref, "this line was taken in before")
    fields = _fields(work, line.values)
    found = find_child(work, fields)
    if same := open_same(found):
        return Imported(line.number, same.known.ref, "the child has an open case")
    ref = work.new_case()
    opened = _at(_day(work, line.values.get("opened", ""))) or work.now
    origin = Origin(None, min(opened, work.now), "import", "tracking-officer")
    told = {n: line.values[n] for n in ("reference", "note") if line.values.get(n)}
    question = _plain(line.values.get("question", ""))
    pathway = _pathway(line.values)
    work.note(ref, "case.imported", {"fields": fields, "pathway": pathway if question else "", **told}, origin)
    if question:
        _note_asked(work, ref, question, _plain(line.values["of"]), line)
    else:
        work.note(ref, "pathway.opened", {"pathway": pathway})
    link(work, ref, found, origin, believed=True)
    work.advance(ref)
    work.unit.set_meta(f"imported|{line.mark}", ref)
    return Imported(line.number, ref)


def _note_asked(work: Casework, ref: str, question: str, role: str, line: Line) -> None:
    """What was asked before our time is an ask like ours: its clock runs from the day on which it was put."""
    case, pack = work.case(ref), work.office.pack
    to = _party(work, ref, role)
    asked = _at(_day(work, line.values.get("asked-on", ""))) or work.now
    due = pack.calendar.due(asked, pack.questions[question].due.duration, to.which if role == "school" else "")
    rule = next((r for r in pack.rules if question in r.ask), None)
    contact = work.office.directory.holder(to)
    key = f"imported|{question}|{to}"
    values = {
        "ask": f"{key}#{question}", "key": key, "mail": key, "question": question, "of": to.role, "which": to.which,
        "address": contact.address if contact else "", "rule": rule.id if rule else "import",
        "cite": rule.cite if rule else pack.questions[question].cite, "trigger": case.last, "due": due.isoformat(),
        "overdue": overdue(pack.calendar, pack.questions[question], due, to).isoformat(),
    }  # fmt: skip
    work.note(ref, "ask.sent", values)


def _party(work: Casework, ref: str, role: str) -> Party:
    case = work.case(ref)
    seen = case.latest("case.imported")
    assert isinstance(seen, Occurrence)
    return party(role, case, seen)


def _fields(work: Casework, values: Mapping[str, str]) -> dict[str, object]:
    fields: dict[str, object] = {name: values[name] for name in _FACTS if values.get(name)}
    if born := _born(work, values).value:
        fields["child.date_of_birth"] = born
    if number := upn.parse(values.get("child.upn", "")).value:
        fields["child.upn"] = number
    school = work.office.directory.school(values.get("school", ""))
    if school is not None:
        fields |= {"school": school.laestab, "school.last_attended": school.name, "hub": school.hub}
    if area := work.office.directory.area(values.get("address.last_known", "")):
        fields |= {"district": area.district, "in-county": not area.authority}
        fields.setdefault("hub", area.hub)
    return fields


def _born(work: Casework, values: Mapping[str, str]) -> Parsed:
    return dates.parse(values.get("child.date_of_birth", ""), _today(work), birth=True)


def _day(work: Casework, text: str) -> date | None:
    found = dates.parse(text, _today(work)).value if text else None
    return date.fromisoformat(found) if found else None


def _today(work: Casework) -> date:
    return work.now.astimezone(LONDON).date()


def _at(day: date | None) -> datetime | None:
    return datetime.combine(day, time(9), LONDON) if day else None


def _pathway(values: Mapping[str, str]) -> str:
    said = _plain(values.get("pathway", "")) or "tracking"
    return "hub" if "hub" in said else "tracking" if "track" in said else said


def _plain(text: str) -> str:
    """ "Agency enquiry", "agency_enquiry" and "agency-enquiry" are one name."""
    return re.sub(r"[\s_-]+", "-", text.strip().lower())
