"""Whether a child is on a roll that a school or the data team has sent us, for the officer who looks into the database:
what we can look up ourselves stands in the mail (policy 3.1, 3.2, 4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.council.office import Office
from bot.matching import Child, Known, match
from bot.register.unit import Unit
from outbound import dates
from rules import Case, Send


def found_on_rolls(office: Office, unit: Unit, case: Case, send: Send) -> dict[str, Any]:
    """`on-roll`: each school that has this child for certain, with the day of its list. Of a protected child nothing:
    its school may say where it lives."""
    child = _child(case.facts, case.born)
    if "database-check" not in send.questions or case.protected or not child.surname_key:
        return {}
    rows = unit.rows_of_pupil(child.surname_key, child.date_of_birth, child.upn)
    found = match(child, [Known(str(n), _child(row.fields, row.date_of_birth)) for n, row in enumerate(rows)])
    certain = [rows[int(one.known.ref)] for one in found.certain]
    return {"on-roll": tuple(dict.fromkeys(_line(office, unit, row.school, row.mail_id) for row in certain)) or None}


def _child(fields: Mapping[str, Any], born: date | None) -> Child:
    """By what a roll tells of a pupil."""
    surname, forenames, upn = (str(fields.get(f"child.{name}") or "") for name in ("surname", "forenames", "upn"))
    return Child(surname, forenames, born, upn)


def _line(office: Office, unit: Unit, laestab: str, mail: int) -> str:
    school, listed = office.directory.school(laestab), unit.mail(mail)
    day = f", by the list of {dates.day(listed.received.date())}" if listed else ""
    return f"{school.name if school else laestab}{day}"
