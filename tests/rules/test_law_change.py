"""The law changes under open cases: 19 August 2024, from which no removal from roll is backdated."""

from itertools import pairwise

from rules import Send
from rules.future import settle
from rules.proving.samples import HOME
from tests.rules.tale import PACK, Tale, at


def tracked(when: str = "2024-06-20T10:00") -> Tale:
    """A tracking case in which nobody answers anything."""
    tale = Tale(now=at(when))
    fields = {
        "child.surname": "Penhale", "child.forenames": "Ada", "child.date_of_birth": "2013-05-03",
        "address.last_known": HOME, "attendance.last_day": "2024-05-01",
    }  # fmt: skip
    tale.tell(
        when, "referral.received", "school", form="cme-referral", fields=fields, school="931/9001", hub="north",
        district="cherwell", **{"in-county": True, "referred-by": "school"},
    )  # fmt: skip
    return tale


def test_a_question_that_the_law_has_come_to_forbid_lapses_and_the_new_one_is_asked() -> None:
    tale = tracked()
    tale.until("2024-10-04T10:00")
    assert tale.asked("roll-date", "tracking-officer")[0] == "Wed 17 Jul 09:00"
    late = [t for t, m in tale.sent if "roll-date" in m.questions and t >= at("2024-08-19T00:00")]
    assert late == []
    lapsed = [e for e in tale.history if e.kind == "ask.withdrawn" and e.values["why"] == "lapsed"]
    assert lapsed and all(e.recorded >= at("2024-08-19T00:00") for e in lapsed)
    assert tale.asked("enquiries-concluded", "tracking-officer")
    told = [m for _, m in tale.sent if m.wording == "nothing-more"]
    assert [m.to.role for m in told] == ["designated-officer"]


def test_a_date_given_too_late_tells_no_school_to_take_a_name_off() -> None:
    tale = tracked()
    tale.until("2024-08-16T10:00")
    sent: list[Send] = tale.answer("2024-08-19T10:00", "roll-date", "roll.date", "tracking-officer", date="2024-06-21")
    sent += tale.until("2024-09-06T10:00")
    assert "roll-date-school" not in {m.wording for m in sent}
    assert any("enquiries-concluded" in m.questions for m in sent)


def test_what_waits_for_a_school_until_september_is_under_septembers_law() -> None:
    tale = tracked()
    tale.until("2024-08-15T10:00")
    sent: list[Send] = tale.answer("2024-08-16T10:00", "roll-date", "roll.date", "tracking-officer", date="2024-06-21")
    sent += tale.until("2024-11-29T10:00")
    assert "roll-date-school" not in {m.wording for m in sent}
    assert any("enquiries-concluded" in m.questions for m in sent)


def test_what_falls_due_anew_after_the_change_is_under_the_new_law() -> None:
    """The child was back in July, which withdrew the question; in August it turns out that it was not so."""
    tale = tracked()
    tale.until("2024-07-17T09:00")
    tale.tell("2024-07-17T10:00", "child.returned", "school")
    assert "roll-date" not in {a.question for a in tale.case.open_asks()}
    tale.until("2024-08-20T09:00")
    trigger = next(a.trigger for a in tale.case.asks.values() if a.question == "conclude")
    sent: list[Send] = tale.answer("2024-08-20T10:00", "conclude", "not-so")
    tale._add("undone", {"event": trigger}, by="officer@council.example", role="tracking-officer")
    sent += tale._work()
    questions = {q for m in sent for q in m.questions}
    assert "s2s-message" in questions and "roll-date" not in questions


def test_before_the_change_the_school_is_told_the_date() -> None:
    tale = tracked("2014-06-05T10:00")
    tale.until("2014-07-07T10:00")
    sent = tale.answer("2014-07-08T10:00", "roll-date", "roll.date", "tracking-officer", date="2014-05-01")
    assert [(m.wording, m.to.role) for m in sent if m.kind == "ask"] == [("roll-date-school", "school")]


def test_the_next_in_line_has_a_question_once_however_many_rounds_it_comes_from() -> None:
    tale = tracked("2014-09-08T10:00")
    tale.until("2015-06-30T10:00")
    assert len(tale.asked("s2s-message", "tracking-officer")) > 10
    open_ones = [a for a in tale.case.open_asks("s2s-message") if a.party.role == "designated-officer"]
    assert len(open_ones) == 1
    weeks = [
        t
        for t, m in tale.sent
        if m.kind == "chase" and m.to.role == "designated-officer" and "s2s-message" in m.questions
    ]
    assert all((b - a).days >= 6 for a, b in pairwise(weeks))


def test_what_has_ended_is_looked_at_no_more() -> None:
    tale = tracked("2014-09-08T10:00")
    tale.until("2015-03-30T10:00")
    assert len(tale.case.live) < 10 < len(tale.case.asks)
    assert settle(PACK, tale.case, tale.now)[0] == []
