"""The laws of `step`, whatever people may say and whenever: every move of the walk of `check --prove` is one here."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from rules import Case, Event, Record, Send, Step, Watch, fold, step, step_case
from rules.case import Ask
from rules.folded import pack_fold
from rules.folding import extend
from rules.future import copy_of, settle, settled
from rules.proving.moves import Said, moves
from rules.proving.starts import Start, starts
from tests.rules.play import CLOCKS, PLANS, pass_time, played
from tests.rules.tale import PACK, Tale

Plan = list[tuple[int, int]]
_LONG = timedelta(days=120)
BEGINNINGS = starts(PACK)


@settings(max_examples=40, deadline=None)
@given(PLANS, CLOCKS)
def test_step_is_pure(plan: Plan, when: str) -> None:
    """The same question has the same answer, and asking changes nothing."""
    tale = played(plan, when)
    before, case = list(tale.history), tale.case
    stored = pack_fold(case)
    first = step(PACK, PACK.calendar, tale.history, tale.now)
    assert first == step(PACK, PACK.calendar, tale.history, tale.now) == step_case(PACK, PACK.calendar, case, tale.now)
    assert tale.history == before and pack_fold(case) == stored


@settings(max_examples=40, deadline=None)
@given(PLANS, CLOCKS, st.integers(1, 600), st.integers(1, 600))
def test_step_is_monotone_in_time(plan: Plan, when: str, sooner: int, more: int) -> None:
    """What is due does not cease to be due because nobody looked; and nothing is due before the moment it gave."""
    tale = played(plan, when)
    quiet = step(PACK, PACK.calendar, tale.history, tale.now)
    first = tale.now + timedelta(hours=sooner)
    second = first + timedelta(hours=more)
    if quiet.wake is not None and first < quiet.wake:
        assert step(PACK, PACK.calendar, tale.history, first).actions == quiet.actions == ()
    due = {a.key for a in _lasting(step(PACK, PACK.calendar, tale.history, first).actions, second)}
    later = step(PACK, PACK.calendar, tale.history, second)
    assert due <= {a.key for a in later.actions}


def _lasting(actions: tuple[Send | Record, ...], later: datetime) -> list[Record]:
    """What is written down whatever the hour: a mail may wait for the next morning. A question that the law of that
    later day forbids is not late, but lapsed."""
    late = [a for a in actions if isinstance(a, Record) and a.kind == "ask.overdue"]
    return [a for a in late if not PACK.forbids(str(a.values["question"]), later)]


@settings(max_examples=40, deadline=None)
@given(PLANS, CLOCKS)
def test_nothing_is_done_twice(plan: Plan, when: str) -> None:
    tale = played(plan, when)
    pass_time(tale, _LONG)
    mails = [mail.key for _, mail in tale.sent]
    assert len(mails) == len(set(mails))
    ours = [(e.kind, e.values["key"]) for e in tale.history if e.values.get("key") and e.kind not in _OF_ONE_MAIL]
    assert len(ours) == len(set(ours))


_OF_ONE_MAIL = frozenset({"ask.sent", "ask.chased"})
"""A mail with several questions is one event for each of them."""


@settings(max_examples=40, deadline=None)
@given(PLANS, CLOCKS)
def test_an_open_case_has_a_next_step(plan: Plan, when: str) -> None:
    tale = played(plan, when)
    for _ in range(2):
        todo = step(PACK, PACK.calendar, tale.history, tale.now)
        assert tale.case.closed or todo.wake, tale.kinds()
        pass_time(tale, timedelta(days=45))


@settings(max_examples=30, deadline=None)
@given(PLANS, CLOCKS)
def test_every_ask_ends_in_an_answer_an_escalation_or_a_withdrawal(plan: Plan, when: str) -> None:
    """In half a year of silence each question of an open case is answered, withdrawn, given up, or with the next in
    line; what still waits then is with the last in line, every week."""
    tale = played(plan, when)
    asked = [ask.id for ask in tale.case.open_asks()]
    pass_time(tale, timedelta(days=180))
    case = tale.case
    for name in asked:
        ask = case.asks[name]
        assert case.closed or ask.state in ("answered", "withdrawn", "exhausted") or _with_the_last(ask, tale.now), ask
        if ask.state == "exhausted" and PACK.questions[ask.question].passes and not case.closed:
            assert ask.party.role == "designated-officer" or _passed_on(case, ask, tale), ask


def _with_the_last(ask: Ask, now: datetime) -> bool:
    assert ask.last_sent is not None
    return ask.party.role == "designated-officer" and now - ask.last_sent < timedelta(days=15)


def _passed_on(case: Case, ask: Ask, tale: Tale) -> bool:
    """Another of its chain, or the same question that the next in line had already."""
    chain = [a for a in case.asks.values() if a.root == ask.root and a.id != ask.id]
    return bool(chain) or any(key.startswith(f"{ask.id}|to|") for key in case.done)


@settings(max_examples=40, deadline=None)
@given(PLANS)
def test_the_order_of_answers_that_came_together_changes_nothing_that_matters(plan: Plan) -> None:
    """Agencies that answer in one batch of mails: whichever is written down first, the same is asked and told."""
    tale = played(plan)
    case = tale.case
    waiting = [a for a in case.open_asks("agency-enquiry") if case.closed is None]
    told = []
    for order in (waiting, waiting[::-1]):
        mine = copy_of(case)
        for ask in order:
            _answered(mine, ask, tale.now)
        done, wake = settle(PACK, mine, tale.now)
        told.append(
            (_shape([one.action for one in done]), wake, mine.state, sorted(a.state for a in mine.asks.values()))
        )
    assert told[0] == told[1]


def _answered(case: Case, ask: Ask, now: datetime) -> None:
    of = ask.party.role
    answer = {"ask": ask.id, "question": ask.question, "of": of, "answer": "agency.no-trace"}
    for kind, values in (("ask.answered", answer), ("agency.no-trace", {})):
        extend(case, Event(case.last + 1, kind, now, now, by=f"{of}@agency.example", role=of, values=values))


def _shape(actions: list[Send | Record]) -> list[tuple[str, ...]]:
    """Actions without the numbers of the events that set them off."""
    found = []
    for a in actions:
        if isinstance(a, Send):
            found.append((a.kind, a.rule, str(a.to), *a.questions))
        else:
            found.append((a.kind, str(a.values.get("question", "")), str(a.values.get("of", ""))))
    return sorted(found)


@settings(max_examples=40, deadline=None)
@given(PLANS, CLOCKS)
def test_looking_in_more_often_sends_the_same_asks(plan: Plan, when: str) -> None:
    """A daemon that looks in when it is not asked to does nothing more than one that sleeps until its moment."""
    tale, other = played(plan, when), played(plan, when)
    pass_time(tale, timedelta(days=20))
    for _ in range(20):
        pass_time(other, timedelta(days=1))
    sent = [[(t, m.kind, m.rule, str(m.to), m.questions) for t, m in one.sent] for one in (tale, other)]
    assert sent[0] == sent[1]


@settings(max_examples=40, deadline=None)
@given(PLANS, CLOCKS)
def test_a_case_in_hand_is_what_its_history_folds_to(plan: Plan, when: str) -> None:
    """The future on a copy is that of the history, event by event."""
    tale = played(plan, when)
    assert fold(tale.history, PACK.required) == tale.case
    mine = copy_of(tale.case)
    done, wake = settle(PACK, mine, tale.now + timedelta(days=7))
    history = [*tale.history, *(event for one in done for event in one.events)]
    again = fold(history, PACK.required)
    assert again == mine
    assert step_case(PACK, PACK.calendar, again, tale.now + timedelta(days=7)).wake == wake


@settings(max_examples=40, deadline=None)
@given(PLANS, CLOCKS)
def test_who_has_watched_a_case_sees_what_a_stranger_to_it_sees(plan: Plan, when: str) -> None:
    """What is remembered of earlier looks changes nothing: after each event, and while months pass."""
    tale = played(plan, when)
    pass_time(tale, _LONG)
    watch = Watch(PACK, PACK.calendar, Case(required=PACK.required))
    for at, event in enumerate(tale.history):
        if event.kind == "undone":
            watch = Watch(PACK, PACK.calendar, fold(tale.history[: at + 1], PACK.required))
        elif event.seq not in watch.case.undone:
            extend(watch.case, event)
        assert _seen(watch, event.recorded) == step_case(PACK, PACK.calendar, watch.case, event.recorded)
    for days in range(0, 700, 35):
        later = tale.now + timedelta(days=days)
        assert _seen(watch, later) == step_case(PACK, PACK.calendar, watch.case, later)


def _seen(watch: Watch, now: datetime) -> Step:
    """Looked at twice, it is the same."""
    first = watch.step(now)
    assert watch.step(now) == first
    return first


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(BEGINNINGS), PLANS)
def test_who_watches_a_case_of_any_beginning_as_it_goes_sees_what_a_stranger_sees(begun: Start, plan: Plan) -> None:
    """At each moment at which the rules asked to be woken, after what was done then, and after what somebody said."""
    watch = Watch(PACK, PACK.calendar, Case(required=PACK.required))
    now = _said(watch, begun.said, begun.role, begun.at)
    for hours, which in plan:
        now = _lived(watch, now, now + timedelta(hours=hours * hours))
        may = [move for move in moves(PACK, watch.case, now) if all(kind != "undone" for kind, _ in move.events)]
        if may:
            move = may[which % len(may)]
            _said(watch, move.events, move.role, now)
    _lived(watch, now, now + _LONG)


def _said(watch: Watch, events: Iterable[Said], role: str, now: datetime) -> datetime:
    for kind, values in events:
        event = Event(watch.case.last + 1, kind, now, now, by=f"{role}@council.example", role=role, values=values)
        extend(watch.case, event)
    return now


def _lived(watch: Watch, now: datetime, until: datetime) -> datetime:
    """What the rules do of themselves up to that moment."""
    while now <= until:
        assert watch.step(now) == step_case(PACK, PACK.calendar, watch.case, now)
        _, wake = settled(watch, now)
        quiet = step_case(PACK, PACK.calendar, watch.case, now)
        assert quiet == Step((), wake) == watch.step(now)
        if wake is None:
            break
        now = wake
    return until


@settings(max_examples=30, deadline=None)
@given(PLANS, CLOCKS)
def test_time_only_adds_to_a_history(plan: Plan, when: str) -> None:
    tale = played(plan, when)
    before = list(tale.history)
    pass_time(tale, timedelta(days=30))
    assert tale.history[: len(before)] == before
    assert all(a.recorded <= b.recorded for a, b in pairwise(tale.history))
