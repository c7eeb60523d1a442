"""Which holder of a role a case means: decided from the case's facts alone, so that keys are the same each time."""

from __future__ import annotations

from rules.case import Case, Occurrence
from rules.history import Party

SCHOOLS = frozenset({"school", "other-school"})

# A role that has several holders, and the fact that tells them apart.
_BY_FACT = {
    "hub-manager": "hub",
    "hub-worker": "worker",
    "school": "school",
    "other-school": "other-school",
    "housing": "district",
    "other-authority": "authority",
    "assessment-teams": "hub",
}


def party(role: str, case: Case, occurrence: Occurrence, *, deputy: bool = False) -> Party:
    """The party for that role in this case; `writer` is who wrote the mail that triggered."""
    if role == "writer":
        return Party(occurrence.role or "writer", occurrence.by)
    if deputy:
        return Party(role, "deputy")
    fact = _BY_FACT.get(role, "")
    value = occurrence.values.get(fact) or case.facts.get(fact) or ""
    return Party(role, str(value))


def is_school(to: Party) -> bool:
    return to.role in SCHOOLS
