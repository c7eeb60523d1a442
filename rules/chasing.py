"""The life of an ask after it was sent: overdue, chased, exhausted, passed on to the next person, withdrawn."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from rules.case import Ask, Case, Occurrence
from rules.duration import CalendarDays
from rules.ground import CORRECTED, lost_ground
from rules.history import Party, Send
from rules.nothing_more import tell_nothing_more, withdrawn_mails
from rules.ordered import asked_again, held, stopped
from rules.pack import Chase, Pack, Question
from rules.parties import is_school
from rules.plan import Plan, leaves
from rules.turns import CONCLUDE, NOTHING_MORE, Late

LAST_RESORT = "designated-officer"
WEEKLY = Chase(CalendarDays(7), times=10**6)
"""Every chain ends with the designated officer, weekly, until answered."""


def chase(pack: Pack, plan: Plan) -> None:
    """Everything that silence has brought due on the asks of the case."""
    for ask in plan.turns.take_asks():
        plan.look_at(ask.id)
        _look_at(pack, plan, ask)
    for mail in plan.turns.take_mails():
        plan.look_at(mail)
        late = plan.turns.promised.pop(mail, None)
        if late is not None and late.then == plan.now:
            _follow(pack, plan, late)
        else:
            _remind(pack, plan, plan.turns.asks_of(mail))
    if plan.turns.nothing_more and "ask.withdrawn" in plan.case.seen:
        plan.turns.nothing_more = False
        plan.look_at(NOTHING_MORE)
        for mail, ask in withdrawn_mails(plan.case):
            tell_nothing_more(plan, mail, ask)


def _remind(pack: Pack, plan: Plan, asks: list[Ask]) -> None:
    """Reminders of one mail."""
    open_asks = [ask for ask in asks if _counts(pack, plan, ask)]
    if not open_asks:
        return
    for key, again in asked_again(plan, open_asks):
        plan.send(replace(_chase_letter(again, again[0]), key=key))
    if open_asks[0].state == "overdue" and held(plan):
        return
    if not plan.turns.resting or any(ask.question == CONCLUDE for ask in open_asks):
        _chase_mail(pack, plan, asks, [ask for ask in open_asks if ask.state == "overdue"])


def _look_at(pack: Pack, plan: Plan, ask: Ask) -> None:
    """What becomes of one ask, reminders apart."""
    if ask.waits and ask.trigger in plan.case.undone:
        _withdraw(plan, ask, "undone")
    elif ask.waits and CORRECTED in plan.case.seen and lost_ground(pack, plan.case, ask, plan.now):
        _withdraw(plan, ask, "corrected")
    elif not pack.may_ask(ask.question, plan.now):
        _lapse(plan, ask)
    elif plan.case.closed is not None:
        return
    elif ask.waits:
        _watch(pack, plan, ask)
        _unless_it_arrived(pack, plan, ask)
        _what_it_means(pack, plan, ask)
    else:
        _next_person(pack, plan, ask)


def _counts(pack: Pack, plan: Plan, ask: Ask) -> bool:
    """Whether it may be chased."""
    case = plan.case
    if not ask.waits or ask.trigger in case.undone or case.closed is not None:
        return False
    return pack.may_ask(ask.question, plan.now)


def withdraw_all(plan: Plan, why: str, by: Occurrence, questions: tuple[str, ...] = ()) -> list[Ask]:
    """Withdraws the asks put before `by` that are still open, all or those of these questions. Those that went because
    of it, now or in an earlier step."""
    mine = [a for a in plan.case.asks.values() if a.seq < by.seq and (not questions or a.question in questions)]
    for ask in mine:
        if ask.waits:
            _withdraw(plan, ask, why, by)
    return [ask for ask in mine if ask.waits or ask.ended_by == why]


def _lapse(plan: Plan, ask: Ask) -> None:
    """The law or the pack has changed while the question was open: it is asked no more, and neither is anybody else."""
    if ask.waits:
        values = {"ask": ask.id, "question": ask.question, "of": ask.party.role, "why": "lapsed", "undone": False}
        plan.record(f"{ask.id}|withdrawn", "ask.withdrawn", **values)


def _withdraw(plan: Plan, ask: Ask, why: str, by: Occurrence | None = None) -> None:
    values = {"ask": ask.id, "question": ask.question, "of": ask.party.role, "why": why, "undone": by is None}
    cause = {"trigger": by.seq, "by_role": by.role} if by else {}
    plan.record(f"{ask.id}|withdrawn", "ask.withdrawn", **values, **cause)


def _watch(pack: Pack, plan: Plan, ask: Ask) -> None:
    """open -> overdue at its moment, with what silence means then."""
    question = pack.questions[ask.question]
    if ask.state == "open":
        if not plan.ready(ask.overdue):
            return
        plan.record(f"{ask.id}|overdue", "ask.overdue", ask=ask.id, question=ask.question, of=ask.party.role)
    if ask.escalated:
        return
    _silence(plan, question, ask, "overdue")
    if question.deputy:
        _pass_on(plan, question, ask, Party(ask.party.role, "deputy"))
    tell = _chase_of(pack, ask).tell
    if tell == "then":
        tell = pack.roles[ask.party.role].then if ask.party.role in pack.roles else ""
    if tell and tell != ask.party.role:
        _tell_late(plan, ask, tell)


def _silence(plan: Plan, question: Question, ask: Ask, at: str) -> None:
    meaning = question.silence
    if meaning and meaning.at == at and not ask.escalated and f"{ask.id}|silence" not in plan.case.done:
        plan.record(f"{ask.id}|silence", meaning.event, question=ask.question, of=ask.party.role, silence=True)


def _chase_of(pack: Pack, ask: Ask) -> Chase:
    role = pack.roles.get(ask.party.role)
    if ask.escalated and role and role.chase:
        return role.chase
    return pack.chase(ask.question, ask.party.role) or WEEKLY


def _chase_mail(pack: Pack, plan: Plan, asks: list[Ask], overdue: list[Ask]) -> None:
    """One chase for all that is still open of one mail; after the last, the next person."""
    unwanted = stopped(plan.case) if overdue else frozenset()
    for ask in overdue:
        if ask.id in unwanted:
            _give_up(plan, ask)
    overdue = [ask for ask in overdue if ask.id not in unwanted]
    if not overdue:
        return
    pace = _chase_of(pack, overdue[0])
    # Of a question that is open again the mail may have been reminded of before: no reminder has the number of another.
    first = max((overdue[0], *asks), key=lambda a: a.chased)
    when = first.overdue if first.chased == 0 else _next(plan, first, pace)
    may = plan.reachable(first.party, when) if first.chased < pace.times else plan.ready(when)
    if may:
        _follow(pack, plan, Late(overdue, first, pace))


def _follow(pack: Pack, plan: Plan, late: Late) -> None:
    """The next chase, whose moment has come; after the last, the next person. By a chase nothing changes, so that
    nobody need ask again before what follows it."""
    first, pace = late.first, late.pace
    if first.chased >= pace.times:
        for ask in late.asks:
            _exhaust(pack, plan, ask)
        return
    then = _paced(plan, first, pace, plan.now)
    if first.chased + 1 < pace.times:
        then = leaves(plan.calendar, first.party, then)
    plan.remind(_chase_letter(late.asks, first), Late(late.asks, late.asks[0], pace, then))


def _next(plan: Plan, ask: Ask, pace: Chase) -> datetime:
    assert ask.last_sent is not None
    return _paced(plan, ask, pace, ask.last_sent)


def _paced(plan: Plan, ask: Ask, pace: Chase, sent: datetime) -> datetime:
    return plan.calendar.later(sent, pace.every, ask.party.which if is_school(ask.party) else "")


def _chase_letter(late: list[Ask], first: Ask) -> Send:
    return Send(
        kind="chase",
        key=f"{first.mail}|chase|{first.chased + 1}",
        rule=first.rule,
        cite=first.cite,
        to=first.party,
        wording="chase",
        questions=tuple([a.question for a in late]),
        asks=tuple([a.id for a in late]),
        due=first.due,
        chase=first.chased + 1,
        trigger=first.trigger,
    )


def _exhaust(pack: Pack, plan: Plan, ask: Ask) -> None:
    question = pack.questions[ask.question]
    values = {"ask": ask.id, "question": ask.question, "of": ask.party.role, "passes": question.passes}
    plan.record(f"{ask.id}|exhausted", "ask.exhausted", **values)
    _silence(plan, question, ask, "exhausted")


def _give_up(plan: Plan, ask: Ask) -> None:
    """An officer wants nobody reminded of it: late, and given up. An answer still counts, and nobody else is asked."""
    values = {"ask": ask.id, "question": ask.question, "of": ask.party.role, "passes": False, "why": "stop-chasing"}
    plan.record(f"{ask.id}|exhausted", "ask.exhausted", **values)


def _unless_it_arrived(pack: Pack, plan: Plan, ask: Ask) -> None:
    """A question that came back for good goes to the deputy, where there is one, else to the next of the chain, now and
    not when it is late. The ask stays open, and its clock runs: a forged report silences nobody."""
    for report in plan.case.seen.get("bounced", ()):
        if not report.values.get("lasting") or ask.id not in report.values.get("asks", ()):
            continue
        if report.values.get("deputy") and pack.questions[ask.question].passes:
            _pass_on(plan, pack.questions[ask.question], ask, Party(ask.party.role, "deputy"))
        else:
            _next_person(pack, plan, ask)


def _what_it_means(pack: Pack, plan: Plan, ask: Ask) -> None:
    """An answer that we cannot tell goes to a person too, who says which it is (C4); the one who was asked may still
    say it plainly."""
    question = pack.questions[ask.question]
    if not question.unclear or ask.escalated:
        return
    if any(ask.id in reply.values.get("asks", ()) for reply in plan.case.seen.get("reply.unclear", ())):
        _pass_on(plan, question, ask, Party(question.unclear))


def _next_person(pack: Pack, plan: Plan, ask: Ask) -> None:
    """After the last chase the same question goes to the next of the chain."""
    role = pack.roles.get(ask.party.role)
    then = LAST_RESORT if ask.party.which == "deputy" else role.then if role else LAST_RESORT
    question = pack.questions[ask.question]
    if question.passes and then:
        _pass_on(plan, question, ask, Party(then, _which(plan.case, then)))


def _which(case: Case, role: str) -> str:
    return str(case.facts.get("hub", "")) if role == "hub-manager" else ""


def _pass_on(plan: Plan, question: Question, ask: Ask, to: Party) -> None:
    """The same question to the next person; an answer to either answers both."""
    key = f"{ask.mail}|to|{to}"
    if key in plan.case.done or any(a.root == ask.root and a.party == to for a in plan.case.asks.values()):
        return
    if _asked_anyway(plan, ask, to):
        return
    if not plan.reachable(to, plan.now):
        return
    if any(send.key == key for send in plan.sends):
        _add_question(plan, key, ask)
        return
    due = plan.calendar.due(plan.now, question.due.duration)
    plan.send(
        Send("ask", key, ask.rule, ask.cite, to, "escalation", (ask.question,), (ask.root,), due, 0, True, ask.trigger)
    )


def _asked_anyway(plan: Plan, ask: Ask, to: Party) -> bool:
    """Whether that person has the same question open already, from an earlier round or from somebody else who was
    silent as long: it is joined, not repeated."""
    key = f"{ask.id}|to|{to}|joined"
    if key in plan.case.done:
        return True
    now = (s for s in plan.sends if s.kind == "ask" and s.to == to and s.key != f"{ask.mail}|to|{to}")
    if any(a.question == ask.question and a.party == to and a.waits for a in plan.case.asks.values()) or any(
        ask.question in send.questions for send in now
    ):
        plan.join(key, ask.question, to, ask.id)
        return True
    return False


def _add_question(plan: Plan, key: str, ask: Ask) -> None:
    """A second question of the same mail is passed on in the same mail."""
    at = next(i for i, send in enumerate(plan.sends) if send.key == key)
    old = plan.sends[at]
    if ask.question not in old.questions:
        plan.change(at, replace(old, questions=(*old.questions, ask.question), asks=(*old.asks, ask.root)))


def _tell_late(plan: Plan, ask: Ask, role: str) -> None:
    to = Party(role, _which(plan.case, role))
    key = f"{ask.mail}|late|{to}"
    if key not in plan.case.done and plan.reachable(to, ask.overdue) and not any(s.key == key for s in plan.sends):
        plan.send(Send("notice", key, ask.rule, ask.cite, to, "overdue-told", (), (ask.id,), trigger=ask.trigger))
