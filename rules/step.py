"""The whole policy as one pure function: a history in, what is due out, and the moment it must be asked again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rules.calendar import Calendar
from rules.case import Case
from rules.chasing import CONCLUDE, chase
from rules.firing import fire
from rules.folding import fold
from rules.history import Event, Party, Send, Step
from rules.pack import Pack
from rules.plan import Plan

NEXT_STEP = "next-step"
_BEGINS = frozenset({"referral.received", "letter.received"})
"""What is about a child, whatever pathway it is on."""


def step(pack: Pack, calendar: Calendar, history: Iterable[Event], now: datetime) -> Step:
    """What is due at `now` (aware) in a subject with that history. Asked twice, it says the same."""
    return step_case(pack, calendar, fold(history, pack.required), now)


def step_case(pack: Pack, calendar: Calendar, case: Case, now: datetime) -> Step:
    """The same for a history that is folded already."""
    plan = Plan(calendar, case, now)
    fire(pack, plan)
    if not plan.closing:  # What is about to be closed is not chased any more.
        chase(pack, plan)
        _next_step(pack, plan)
    return plan.step()


def _next_step(pack: Pack, plan: Plan) -> None:
    """An open case always has a next step (docs/explanation/design.md): where nothing is waited for and nothing will
    happen by itself, the officer in charge is asked what is to become of it, be it that no rule has taken it up."""
    case = plan.case
    idle = (
        case.closed is None
        and (case.pathway or _BEGINS & case.seen.keys())
        and plan.wake is None
        and not case.open_asks()
    )
    if not idle or plan.records or plan.sends or plan.joins or plan.closing:
        return
    hub = case.pathway == "hub"
    to = Party("hub-manager", str(case.facts.get("hub", ""))) if hub else Party("tracking-officer")
    if not plan.reachable(to, plan.now):
        return
    key = f"{NEXT_STEP}|{case.last}|{to}"
    due = plan.calendar.due(plan.now, pack.questions[CONCLUDE].due.duration)
    mail = Send("ask", key, NEXT_STEP, "4.4", to, CONCLUDE, (CONCLUDE,), (f"{key}#{CONCLUDE}",), due, trigger=case.last)
    plan.send(mail)
