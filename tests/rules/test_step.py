"""The laws of `step`: pure, nothing twice, no case without a next step, and every silence has its end."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from rules import Send, fold, load_pack, step, step_case
from rules.folded import pack_fold, unpack_fold
from tests.rules.tale import PACK, Tale, at, hub_tale

ANSWERS = {
    "on-roll-elsewhere": ["roll.nowhere", "roll.elsewhere", "application.pending"],
    "allocate-worker": ["worker.allocated", "hub.declined"],
    "home-visit": ["visit.no-response", "visit.left-address", "visit.at-address", "visit.not-made"],
    "cme-referral": ["hub.referred", "child.found", "parents.made-contact"],
    "database-check": ["database.nothing", "database.new-address", "database.new-school"],
    "agency-enquiry": ["agency.no-trace", "agency.trace"],
    "s2s-message": ["s2s.posted"],
    "roll-date": ["roll.date", "roll.stays"],
    "school-intervention": ["intervention.evidenced", "child.returned"],
    "conclude": ["not-so", "close", "child.traced"],
    "place-confirmed": ["place.confirmed", "place.none"],
    "visit-risk": ["visit.authorised", "visit.refused"],
    "waive-evidence": ["evidence.waived", "evidence.required"],
}
VALUES = {
    "worker.allocated": {"worker": "hub.worker.north@council.example"},
    "database.new-address": {"address": "2 Sea Road, Leicester LE3 0AA", "in-county": False, "authority": "leicester"},
    "roll.date": {"date": "2014-10-03"},
    "close": {"outcome": "returned"},
}

moves = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6), st.integers(1, 60)), max_size=12)


def play(plan: list[tuple[int, int, int]], **form: str) -> Tale:
    """Days go by, and some of the open asks are answered, in some way."""
    tale = hub_tale(form)
    for which, how, hours in plan:
        when = (tale.now + timedelta(hours=hours)).replace(tzinfo=None).isoformat()
        tale.until(when)
        waiting = [a for a in tale.case.open_asks() if a.question in ANSWERS]
        if waiting and tale.case.closed is None:
            ask = waiting[which % len(waiting)]
            kinds = ANSWERS[ask.question]
            kind = kinds[how % len(kinds)]
            tale.answer(when, ask.question, kind, of=ask.party.role, **VALUES.get(kind, {}))
    return tale


@settings(max_examples=60, deadline=None)
@given(moves)
def test_step_is_pure_and_nothing_is_done_twice(plan: list[tuple[int, int, int]]) -> None:
    tale = play(plan)
    assert step(PACK, PACK.calendar, tale.history, tale.now) == step(PACK, PACK.calendar, tale.history, tale.now)
    keys = [mail.key for _, mail in tale.sent]
    assert len(keys) == len(set(keys))


@settings(max_examples=60, deadline=None)
@given(moves)
def test_an_open_case_always_has_a_next_step(plan: list[tuple[int, int, int]]) -> None:
    tale = play(plan)
    case = tale.case
    todo = step(PACK, PACK.calendar, tale.history, tale.now)
    soon = todo.wake is not None and todo.wake < tale.now + timedelta(days=70)  # Growing up is no next step.
    assert case.closed or case.open_asks() or soon, tale.kinds()


@settings(max_examples=40, deadline=None)
@given(moves)
def test_a_case_is_never_closed_without_an_officer(plan: list[tuple[int, int, int]]) -> None:
    tale = play(plan)
    officers = {"hub-manager", "tracking-officer", "hub-worker", "designated-officer"}
    for event in tale.history:
        if event.kind == "closed":
            assert event.values["by_role"] in officers


@settings(max_examples=40, deadline=None)
@given(moves)
def test_a_stored_fold_says_what_the_history_says(plan: list[tuple[int, int, int]]) -> None:
    tale = play(plan)
    stored = unpack_fold(pack_fold(fold(tale.history, PACK.required)), PACK.required)
    assert step_case(PACK, PACK.calendar, stored, tale.now) == step(PACK, PACK.calendar, tale.history, tale.now)


@settings(max_examples=30, deadline=None)
@given(moves)
def test_mails_leave_in_their_recipients_working_time(plan: list[tuple[int, int, int]]) -> None:
    for when, mail in play(plan).sent:
        if not mail.at_once:
            school = mail.to.role in ("school", "other-school")
            assert PACK.calendar.leaves(when, to_school=school) == when, (when, mail)


def test_silence_everywhere_ends_with_the_designated_officer_every_week() -> None:
    tale = hub_tale()
    tale.until("2015-03-02T09:00")
    asked = {mail.to.role for _, mail in tale.sent if mail.escalated}
    assert "designated-officer" in asked
    weekly = [t for t, m in tale.sent if m.kind == "chase" and m.to.role == "designated-officer"]
    assert weekly and max(weekly) > at("2015-02-20T09:00")


def test_a_daemon_that_was_off_sends_one_chase_not_the_three_that_it_missed() -> None:
    tale = hub_tale()
    tale.now = at("2014-12-05T10:00")
    sent: list[Send] = tale._work()
    assert len([m for m in sent if m.kind == "chase" and m.to.role == "admissions"]) == 1


def test_a_referral_that_no_rule_takes_up_is_put_before_the_tracking_officer() -> None:
    tale = Tale(pack=load_pack("england"), now=at("2014-11-26T10:00"))
    sent = tale.tell("2014-11-26T10:00", "referral.received", "school", form="hub-referral", fields={})
    assert [(m.questions, m.to.role) for m in sent] == [(("conclude",), "tracking-officer")]
