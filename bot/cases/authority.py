"""Who may do what: answer an ask, change a case, give an order (docs/explanation/design.md, trust)."""

from __future__ import annotations

from bot.arrivals.trust import Trust, Writer
from bot.cases.casework import Casework
from bot.register.rows import OutboxRow
from rules import Case

MANAGERS = {"hub-worker": "hub-manager", "tracking-officer": "designated-officer", "hub-manager": "designated-officer"}
DECIDING = frozenset({"close", "traced", "reopen", "correct", "assign", "merge", "split", "stop-chasing", "hold"})
"""Orders that weigh: for the officer in charge alone."""
ANSWERABLE = frozenset({"tracking-officer", "designated-officer"})


def may_answer(work: Casework, ref: str, row: OutboxRow, who: Writer) -> bool:
    """Nobody answers another's ask, deputies and managers of the same Hub excepted; a code alone is no authority."""
    if who.trust < Trust.BODY:
        return False
    if row.address == who.address:
        return True
    if who.trust is Trust.BODY:
        return row.address.rpartition("@")[2] == who.address.rpartition("@")[2]
    hub = str(work.case(ref).facts.get("visit.hub") or work.case(ref).facts.get("hub") or "")
    for person in work.office.directory.roles_of(who.address):
        in_charge = person.role == row.role != "hub-worker" or person.role == MANAGERS.get(row.role)
        if person.role == "designated-officer" or (in_charge and person.which in ("", hub)):
            return True
    return False


def own_school(case: Case, who: Writer) -> bool:
    """A school, authenticated, that the child of this case is a pupil of."""
    return who.trust >= Trust.BODY and who.role == "school" and case.facts.get("school") == who.which


def may_change(case: Case, who: Writer) -> bool:
    """Whether a form of theirs may change an open case: an officer's, or that of the child's own school."""
    return who.trust is Trust.PERSON or own_school(case, who)


def may_order(work: Casework, ref: str, who: Writer, command: str) -> bool:
    """An order that weighs is for the two officers and the manager of the case's own Hub; its workers may note. What is
    about no case (a list, help) is for every officer."""
    if not who.officer or not ref:
        return who.officer
    hub = work.case(ref).facts.get("hub")
    roles = work.office.directory.roles_of(who.address)
    if any(p.role in ANSWERABLE or (p.role == "hub-manager" and p.which == hub) for p in roles):
        return True
    return command not in DECIDING and any(p.role in ("hub-manager", "hub-worker") and p.which == hub for p in roles)
