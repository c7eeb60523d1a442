"""What an officer orders of our asking: a question once more, no reminders until a day, none to one party."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rules.case import Ask, Case, morning
from rules.plan import Plan

AGAIN, HOLD, STOPPED = "ask.again", "hold", "chasing.stopped"


def asked_again(plan: Plan, asks: Sequence[Ask]) -> Iterator[tuple[str, list[Ask]]]:
    """Of the questions of one mail, those that an officer wants put again now, and the key of that mail."""
    for order in plan.case.seen.get(AGAIN, ()):
        key = f"{asks[0].mail}|again|{order.seq}"
        mine = [ask for ask in asks if ask.id in order.values["asks"]]
        if mine and key not in plan.case.done and plan.reachable(mine[0].party, order.received):
            yield key, mine


def held(plan: Plan) -> bool:
    """Whether reminders wait for a day that an officer has named; a concern ends that (1.4)."""
    until = held_until(plan.case)
    return until is not None and not plan.ready(morning(until))


def held_until(case: Case) -> date | None:
    """The day, past or to come, until which an officer holds the reminders."""
    order = case.latest(HOLD)
    return date.fromisoformat(str(order.values["until"])) if order and not case.concern else None


def stopped(case: Case) -> frozenset[str]:
    """The asks of which an officer wants no reminder, said before they were late; a concern since ends that (1.4)."""
    orders = case.seen.get(STOPPED, ())
    concern = case.latest("concern.raised")
    since = concern.seq if concern else 0
    return frozenset(str(name) for order in orders if order.seq > since for name in order.values["asks"])
