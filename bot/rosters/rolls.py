"""Whether a child is on a roll that a school or the data team has sent us, for the officer who looks into the database:
what we can look up ourselves stands in the mail (policy 3.1, 3.2, 4.1)."""

from __future__ import annotations

from typing import Any

from bot.children import child_of
from bot.matching import Known, match
from bot.office import Office
from bot.register.unit import Unit
from outbound import dates
from rules import Case, Send


def found_on_rolls(office: Office, unit: Unit, case: Case, send: Send) -> dict[str, Any]:
    """`on-roll`: each school that has this child for certain, with the day of its list. Of a protected child nothing:
    its school may say where it lives."""
    child = child_of(case.facts)
    if "database-check" not in send.questions or case.protected or not child.surname_key:
        return {}
    alike = unit.rows_alike("roll", child.surname_key, child.date_of_birth)
    certain = {
        one.known.ref for one in match(child, [Known(str(n), child_of(r.fields)) for n, r in enumerate(alike)]).certain
    }
    rows = [row for n, row in enumerate(alike) if str(n) in certain]
    return {"on-roll": tuple(dict.fromkeys(_line(office, unit, row.school, row.mail_id) for row in rows)) or None}


def _line(office: Office, unit: Unit, laestab: str, mail: int) -> str:
    school, listed = office.directory.school(laestab), unit.mail(mail)
    day = f", by the list of {dates.day(listed.received.date())}" if listed else ""
    return f"{school.name if school else laestab}{day}"
