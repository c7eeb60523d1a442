"""The whole policy as one pure function: a history in, what is due out, and the moment it must be asked again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rules.calendar import Calendar
from rules.case import Case
from rules.chasing import chase
from rules.firing import candidates, fire
from rules.folding import fold
from rules.history import Event, Party, Send, Step
from rules.memory import CHASED, Memory
from rules.pack import Pack
from rules.plan import Plan
from rules.turns import CONCLUDE, NEXT_STEP, Turns

_BEGINS = frozenset({"referral.received", "letter.received"})
"""What is about a child, whatever pathway it is on."""


def step(pack: Pack, calendar: Calendar, history: Iterable[Event], now: datetime) -> Step:
    """What is due at `now` (aware) in a subject with that history. Asked twice, it says the same."""
    return step_case(pack, calendar, fold(history, pack.required), now)


def step_case(pack: Pack, calendar: Calendar, case: Case, now: datetime) -> Step:
    """The same for a history that is folded already."""
    plan = Plan(calendar, case, now, Turns(case, candidates(pack, case)))
    _look(pack, plan)
    return plan.step()


def reminds_only(pack: Pack, said: Step) -> bool:
    """Whether all that is due are reminders, of which nothing else can come: when done, `wake` holds as it is."""
    return CHASED not in pack.listeners and all(isinstance(a, Send) and a.kind == "chase" for a in said.actions)


class Watch:
    """A case that is asked about again and again, as time passes and events are added to it. It says the same as
    `step_case`, and looks only at what may have changed."""

    def __init__(self, pack: Pack, calendar: Calendar, case: Case) -> None:
        self.pack, self.calendar, self.case = pack, calendar, case
        self._memory = Memory(pack, case)

    def step(self, now: datetime) -> Step:
        memory = self._memory
        memory.recall(now)
        plan = Plan(self.calendar, self.case, now, memory.turns)
        _look(self.pack, plan)
        said = plan.step()
        memory.remember(plan)
        return said


def _look(pack: Pack, plan: Plan) -> None:
    fire(pack, plan)
    if not plan.closing:  # What is about to be closed is not chased any more.
        chase(pack, plan)
        _next_step(pack, plan)


def _next_step(pack: Pack, plan: Plan) -> None:
    """An open case always has a next step (docs/explanation/design.md): where nothing is waited for and nothing will
    happen by itself, the officer in charge is asked what is to become of it, be it that no rule has taken it up."""
    case = plan.case
    if plan.records or plan.sends or plan.joins or case.closed is not None or any(ask.waits for ask in plan.turns.live):
        return
    if plan.waits or not (case.pathway or _BEGINS & case.seen.keys()):
        return
    plan.look_at(NEXT_STEP)
    kept = next((seen for seen in reversed(case.seen.get("not-so", ())) if seen.values.get("rule") == NEXT_STEP), None)
    if kept and not plan.ready(plan.calendar.over(kept.at, pack.kept_open)):
        return
    hub = case.pathway == "hub"
    to = Party("hub-manager", str(case.facts.get("hub", ""))) if hub else Party("tracking-officer")
    if not plan.reachable(to, plan.now):
        return
    key = f"{NEXT_STEP}|{case.last}|{to}"
    due = plan.calendar.due(plan.now, pack.questions[CONCLUDE].due.duration)
    asks = (f"{key}#{CONCLUDE}",)
    plan.send(Send("ask", key, NEXT_STEP, "4.4", to, NEXT_STEP, (CONCLUDE,), asks, due, trigger=case.last))
