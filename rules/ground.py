"""Whether a question has lost the ground on which it was put, because an officer has corrected a fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from rules.case import Ask, Case
from rules.conditions import Condition
from rules.pack import Pack

CORRECTED = "fact.corrected"
_ENDS_NO_SEARCH = frozenset({"address.protected"})
"""That an address is protected withholds it from mails (2.6); whoever was asked about the child still has to answer."""


def lost_ground(pack: Pack, case: Case, ask: Ask, now: datetime) -> bool:
    """By the facts as they stood when it was put its rule asks this question of this role, and by what they were
    corrected to since it does not. What has merely gone on meanwhile takes no question away."""
    since = [seen.values for seen in case.seen.get(CORRECTED, ()) if seen.seq > ask.seq]
    before = {str(one["field"]): one["from"] for one in reversed(since) if one["field"] not in _ENDS_NO_SEARCH}
    if not before:
        return False
    conditions = _conditions(pack, case, ask)
    if all(condition.holds(case, now) for condition in conditions):
        return False
    old = replace(case, facts={**case.facts, **before})
    return all(condition.holds(old, now) for condition in conditions)


def _conditions(pack: Pack, case: Case, ask: Ask) -> tuple[Condition, ...]:
    """Those of the rule, and of whom it asked first: an escalation stands and falls with that."""
    rule, root = pack.rule(ask.rule), case.asks.get(ask.root, ask)
    if rule is None:
        return ()
    target = next((of for of in rule.of if of.role == root.party.role), None)
    return (*rule.conditions, *(target.conditions if target else ()))
