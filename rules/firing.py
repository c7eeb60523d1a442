"""Which rules an event has set off, when each falls due, and what it then does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from rules.case import LIMITS, PATHWAY_BESIDE, Ask, Case, Occurrence
from rules.chasing import withdraw_all
from rules.duration import Span, WorkingDays
from rules.history import Party, Send
from rules.pack import Pack, Rule, Signal, Target, Trigger
from rules.parties import is_school, party
from rules.plan import Plan, leaves


def fire(pack: Pack, plan: Plan) -> None:
    """Every rule that an event of the case has set off and that is due."""
    for place in plan.turns.take_rules():
        plan.look_at(place)
        for occurrence in _open_occurrences(plan, pack.rules[place]):
            _consider(pack, plan, pack.rules[place], occurrence)


def candidates(pack: Pack, case: Case) -> dict[int, Rule]:
    """The rules that some event of this case may set off, by their places in the pack."""
    found = set[int]()
    for name in case.seen.keys() & pack.places_by_signal.keys():
        found.update(pack.places_by_signal[name])
    # A rule of a pathway on which the case never was has nothing to look at.
    been = {case.pathway, *case.left}
    every = ((place, pack.rules[place]) for place in found)
    return {place: rule for place, rule in every if not rule.pathways or not been.isdisjoint(rule.pathways)}


def _open_occurrences(plan: Plan, rule: Rule) -> Iterable[Occurrence]:
    """Those about which the rule has not yet done all that it ever does; a withdrawal may make an action due anew."""
    case, least, name = plan.case, rule.deeds, rule.id
    acted = case.acted if least and not case.again else {}
    if rule.once:
        return () if acted.get(name, 0) >= least > 0 else first(plan, rule, occurrences(rule, case))
    if not acted:
        return occurrences(rule, case)
    if len(rule.when.signals) > 1:
        return [o for o in occurrences(rule, case) if acted.get(f"{name}|{o.seq}", 0) < least]
    signal, pathways = rule.when.signals[0], rule.pathways
    return [
        o
        for o in case.seen[signal.name]
        if acted.get(f"{name}|{o.seq}", 0) < least
        and (not pathways or o.pathway in pathways)
        and (not signal.values or _matches(signal, o))
    ]


def first(plan: Plan, rule: Rule, found: Sequence[Occurrence]) -> Sequence[Occurrence]:
    """What sets a rule off that acts once: the first that falls due while the rule is in force."""
    if not rule.in_force.bounded:
        return found[:1]
    return [o for o in found if rule.in_force.at(max(_falls_due(plan, rule, o), o.received))][:1]


def occurrences(rule: Rule, case: Case) -> Sequence[Occurrence]:
    """What has set the rule off in this case, in order."""
    found = _triggered(rule.when, case)
    if rule.pathways:
        return [occurrence for occurrence in found if occurrence.pathway in rule.pathways]
    return found


def _triggered(trigger: Trigger, case: Case) -> Sequence[Occurrence]:
    if len(trigger.signals) == 1:
        return _matching(trigger.signals[0], case)
    matches = [_matching(signal, case) for signal in trigger.signals]
    if trigger.all_of:
        return [max((m[0] for m in matches), key=lambda o: o.seq)] if all(matches) else []
    found = [o for m in matches for o in m]
    return sorted(found, key=lambda o: o.seq) if len(found) > 1 else found


def _matching(signal: Signal, case: Case) -> Sequence[Occurrence]:
    seen = case.seen.get(signal.name, ())
    return [o for o in seen if _matches(signal, o)] if signal.values else seen


def _matches(signal: Signal, occurrence: Occurrence) -> bool:
    return all(_same(occurrence.values.get(name), wanted) for name, wanted in signal.values)


def _same(found: object, wanted: object) -> bool:
    if wanted is True or wanted is False:
        return bool(found) is wanted
    return found in wanted if isinstance(wanted, list) else found == wanted


def _consider(pack: Pack, plan: Plan, rule: Rule, occurrence: Occurrence) -> None:
    case = plan.case
    if rule.unless and case.since(rule.unless, occurrence.seq):
        return
    due = _falls_due(plan, rule, occurrence)
    if not _holds_then(rule, case, occurrence, due):
        return
    limit = rule.after is not None and rule.after.origin in LIMITS
    if not plan.ready(due, limit=limit):
        return
    for condition in rule.conditions:
        if not condition.holds(case, plan.now):
            return
    _act(pack, plan, rule, occurrence, max(due, occurrence.received))


def _falls_due(plan: Plan, rule: Rule, occurrence: Occurrence) -> datetime:
    if rule.after is None:
        return occurrence.received
    origin = plan.case.origin(rule.after.origin) if rule.after.origin else None
    return plan.calendar.over(origin or occurrence.at, rule.after.duration, str(plan.case.facts.get("school", "")))


def _holds_then(rule: Rule, case: Case, occurrence: Occurrence, due: datetime) -> bool:
    """A rule of a pathway holds while the case is on it, and for what fell due before it was left; after the close,
    only what tells, and had fallen due, and what the close itself sets off."""
    if rule.pathways and case.pathway not in rule.pathways and not due <= case.left.get(occurrence.pathway, due):
        return False
    if case.closed is None or rule.at_once:
        return True
    closing = case.latest("closed")
    if closing is not None and occurrence.seq >= closing.seq:
        return True
    return not rule.ask and due <= case.closed


def _act(pack: Pack, plan: Plan, rule: Rule, occurrence: Occurrence, due: datetime) -> None:
    base = rule.id if rule.once else f"{rule.id}|{occurrence.seq}"
    in_force = rule.in_force.at(due)
    inherited = _withdraw(plan, rule, occurrence) if rule.withdraw and in_force else []
    # What the law has come to forbid does not leave, however long ago it fell due (an officer may have been asked to
    # conclude meanwhile, or the bot was off).
    lawful = not pack.forbids(rule.wording, plan.now)
    for target in rule.tell if lawful else ():
        _tell(plan, rule, target, occurrence, due, base)
    if rule.ask and lawful:
        for target in rule.of:
            _ask(pack, plan, rule, target, occurrence, due, base, inherited)
    if not in_force:
        return
    if rule.record:
        plan.record(f"{base}|record", rule.record, rule=rule.id, cite=rule.cite, trigger=occurrence.seq)
    if rule.open and _opens(plan.case, rule.open):
        plan.record(f"{base}|open", "pathway.opened", pathway=rule.open, rule=rule.id, cite=rule.cite)
    if rule.close and plan.case.closed is None:
        _close(plan, rule, base, occurrence)


def _opens(case: Case, pathway: str) -> bool:
    return not case.concern if pathway == PATHWAY_BESIDE else case.pathway != pathway


def _withdraw(plan: Plan, rule: Rule, occurrence: Occurrence) -> list[Ask]:
    questions = () if "all" in rule.withdraw else rule.withdraw
    return withdraw_all(plan, rule.id, occurrence, questions)


def _close(plan: Plan, rule: Rule, base: str, occurrence: Occurrence) -> None:
    """Closing withdraws what is still asked. A case is never closed without an officer: the worker's own confirmed
    visit (3.7), else the officer in charge."""
    deciders = (OFFICERS | {"hub-worker"}) if rule.close == "at-address" else OFFICERS
    if occurrence.role not in deciders:
        return
    withdraw_all(plan, rule.id, occurrence)
    outcome = str(occurrence.values.get("outcome") or "") if rule.close == "as-said" else rule.close
    plan.record(f"{base}|close", "closed", outcome=outcome, rule=rule.id, cite=rule.cite, by_role=occurrence.role)


OFFICERS = frozenset({"tracking-officer", "designated-officer", "hub-manager"})


def _addressee(
    plan: Plan, rule: Rule, target: Target, occurrence: Occurrence, due: datetime, base: str
) -> Party | None:
    """Who is meant, where the target's conditions hold and the rule is in force when the mail may first leave: what
    waits for a school until September is under September's law, and so is what falls due anew in September."""
    if not all(condition.holds(plan.case, plan.now) for condition in target.conditions):
        return None
    to = party(target.role, plan.case, occurrence, deputy=target.deputy)
    if rule.in_force.bounded:
        undone = plan.case.latest("undone") if f"{base}|{to}" in plan.case.again else None
        anew = max(due, undone.received) if undone else due
        if not rule.in_force.at(anew if rule.at_once else leaves(plan.calendar, to, anew)):
            return None
    return to


def _key(plan: Plan, base: str, to: Party) -> str:
    """One for ever; made new only by the withdrawal of what counts as never sent."""
    key = f"{base}|{to}"
    again = plan.case.again.get(key)
    return f"{key}~{again}" if again else key


def _tell(plan: Plan, rule: Rule, target: Target, occurrence: Occurrence, due: datetime, base: str) -> None:
    to = _addressee(plan, rule, target, occurrence, due, base)
    if to is None:
        return
    key = f"{_key(plan, base, to)}|told" if rule.ask else _key(plan, base, to)
    if key in plan.case.done or any(s.key == key for s in plan.sends):
        return
    if plan.reachable(to, due, at_once=rule.at_once):
        wording = rule.wording or rule.id
        mail = Send("notice", key, rule.id, rule.cite, to, wording, trigger=occurrence.seq, at_once=rule.at_once)
        plan.send(mail)


def _ask(
    pack: Pack,
    plan: Plan,
    rule: Rule,
    target: Target,
    occurrence: Occurrence,
    due: datetime,
    base: str,
    inherited: list[Ask],
) -> None:
    to = _addressee(plan, rule, target, occurrence, due, base)
    if to is None:
        return
    key = _key(plan, base, to)
    if key in plan.case.done or f"{key}|joined" in plan.case.done:
        return
    may = [q for q in rule.ask if not pack.forbids(q, plan.now)]
    if not may or not plan.reachable(to, due, at_once=rule.at_once):
        return
    withdrawn = {a.id for a in inherited}
    new = [q for q in may if not _asked_already(pack, plan, q, to, withdrawn)]
    if not new:
        plan.join(f"{key}|joined", rule.ask[0], to)
        return
    wording = rule.wording or new[0]
    asks = tuple(f"{key}#{q}" for q in new)
    by = _deadline(pack, plan, new, to, inherited)
    mail = Send("ask", key, rule.id, rule.cite, to, wording, tuple(new), asks, by, trigger=occurrence.seq)
    plan.send_with(mail, rule.group)


def _asked_already(pack: Pack, plan: Plan, question: str, to: Party, withdrawn: set[str]) -> bool:
    """An open ask of the same question and recipient is joined, not repeated; nor is one put again within the time
    that the question gives (B5 and C3: not within five working days). A tap is about one order, and joined to none."""
    if pack.questions[question].each:
        return False
    if any(s.to == to and question in s.questions for s in plan.sends):
        return True
    for ask in plan.case.asks.values():
        if ask.question != question or ask.party != to or ask.id in withdrawn or ask.state == "withdrawn":
            continue
        again = pack.questions[question].again
        if ask.waits or (again and plan.now < plan.calendar.over(ask.asked, again)):
            return True
    return False


def _deadline(pack: Pack, plan: Plan, questions: list[str], to: Party, inherited: list[Ask]) -> datetime:
    """The earliest deadline of the questions. Where the time runs from an event (the 48 hours from the allocation), an
    ask that takes a withdrawn one's place has the time that is left; when none is left, until the next working day."""
    dues = [due_of(plan, pack.questions[q].due, to) for q in questions]
    running = {q for q in questions if pack.questions[q].due.origin}
    dues += [ask.due for ask in inherited if ask.question in running]
    due = min(dues)
    return due if due > plan.now else plan.calendar.due(plan.now, WorkingDays(1))


def due_of(plan: Plan, span: Span, to: Party) -> datetime:
    school = to.which if is_school(to) else ""
    origin = plan.case.origin(span.origin) if span.origin else None
    return plan.calendar.due(origin or plan.now, span.duration, school)
