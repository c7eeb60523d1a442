"""Which holder of a role a case means: decided from the case's facts alone, so that keys are the same each time."""

from __future__ import annotations

from rules.case import Case, Occurrence
from rules.history import Party

SCHOOLS = frozenset({"school", "other-school"})

# A role that has several holders, and the fact of the case that tells them apart. The school is that of the referral:
# a school that an answer names is another one, and is told nothing.
_BY_FACT = {
    "school": "school",
    "other-school": "other-school",
    "housing": "district",
    "assessment-teams": "hub",
}
# Here the event that triggered says which holder is meant, before the case does.
_BY_EVENT = {"hub-worker": "worker", "other-authority": "authority"}


def party(role: str, case: Case, occurrence: Occurrence, *, deputy: bool = False) -> Party:
    """The party for that role in this case; `writer` is who wrote the mail that triggered,
    `referrer` who first told us of the child."""
    if role == "writer":
        return Party(occurrence.role or "writer", occurrence.by)
    if role == "referrer":
        return Party(str(case.facts.get("referred-by") or "writer"), str(case.facts.get("referrer") or ""))
    if deputy:
        return Party(role, "deputy")
    if role == "hub-manager":
        # A visit at an address found meanwhile is that area's Hub's (C2b).
        return Party(role, str(case.facts.get("visit.hub") or case.facts.get("hub") or ""))
    if name := _BY_EVENT.get(role):
        return Party(role, str(occurrence.values.get(name) or case.facts.get(name) or ""))
    return Party(role, str(case.facts.get(_BY_FACT.get(role, "")) or ""))


def is_school(to: Party) -> bool:
    return to.role in SCHOOLS
