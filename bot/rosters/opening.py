"""A case from a row of a list: the row, and what was answered about it, are its first events (4.5, 4.7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.cases.casework import Casework, Origin
from bot.cases.linking import link
from bot.rosters.looking import Seen, who_is
from rules.calendar import LONDON

LISTED = {"leavers": "leaver.listed", "rising-fives": "rising-five.listed", "police": "police.listed"}
_SAYS = {"leavers": "On the leavers report", "rising-fives": "On the list of rising fives"}
CONCERN = "concern"
"""What of a row's notes raises a person at once (1.4)."""
_OF_THE_CASE = (CONCERN, "destination", "provision", "nhs.number", "enrolment", "laestab", "school.current")
"""What a row says that is no fact of a case: shown in the row's own event."""


def open_case(
    work: Casework,
    kind: str,
    ref: str,
    row: Mapping[str, Any],
    school: str,
    origin: Origin,
    said: str = "",
    seen: Seen | None = None,
) -> str:
    """The case of the row's child: the open one it is on, else a new one. `said`: what the school wrote of it; `seen`:
    who it is, where that was asked just now."""
    seen = seen or who_is(work, row["fields"])
    if seen.case:
        join(work, seen.case, kind, ref, row, origin)
        _mark(work, row, seen.case)
        return seen.case
    case = work.new_case()
    fields = _fields(work, kind, row, school, said)
    work.note(case, LISTED[kind], {"list": ref, "row": row["row"], "fields": fields, **_told(row)}, origin)
    link(work, case, seen.others, origin, believed=True)
    _mark(work, row, case)
    return case


def _mark(work: Casework, row: Mapping[str, Any], case: str) -> None:
    """The row knows its case; a case that it may be instead is kept beside it."""
    stored = work.unit.list_row(int(row["mail"]), int(row["n"]))
    if stored is not None:
        doubt = f"{stored.case_ref}: {stored.why}" if stored.why and stored.case_ref != case else ""
        work.unit.settle_row(stored, "opened", case=case, why=doubt)


def join(work: Casework, case: str, kind: str, ref: str, row: Mapping[str, Any], origin: Origin) -> None:
    """The child's open case hears that a list tells of it; what nobody knew is added."""
    known = work.case(case).facts
    listed = {n: v for n, v in row["fields"].items() if n not in _OF_THE_CASE and not known.get(n)}
    fields = {} if kind == "police" else listed
    work.note(case, LISTED[kind], {"list": ref, "row": row["row"], "fields": fields, **_told(row)}, origin)


def _told(row: Mapping[str, Any]) -> dict[str, str]:
    """The values of the event itself: the clock of policy 8.1 runs from `returned-at`."""
    wanted = ("returned-at", "missing-since", "police.reference", "destination", "provision")
    return {name: row["fields"][name] for name in wanted if row["fields"].get(name)}


def _fields(work: Casework, kind: str, row: Mapping[str, Any], laestab: str, said: str) -> dict[str, Any]:
    told = dict(row["fields"])
    school = work.office.directory.school(laestab) if laestab else None
    area = work.office.directory.area(" ".join(told.get(n, "") for n in ("address.last_known", "address.postcode")))
    other = [f"{_SAYS[kind]}, row {row['row']}."]
    if listed := told.get("destination") or told.get("provision"):
        other.append(f"The list says: {listed}.")
    if said:
        other.append(f"The school says: {said}")
    if note := told.get("information.other"):
        other.append(note)
    fields: dict[str, Any] = {n: v for n, v in told.items() if n not in _OF_THE_CASE}
    fields |= {"form": f"{kind}-list", "referred-by": "list", "information.other": " ".join(other)}
    fields["referral.arrived"] = work.now.astimezone(LONDON).date().isoformat()
    if school is not None:
        fields |= {"school": school.laestab, "hub": school.hub, "school.last_attended": school.name}
    elif area is not None:
        fields["hub"] = area.hub
    if area is not None:
        fields |= {"district": area.district, "in-county": not area.authority}
    return fields
