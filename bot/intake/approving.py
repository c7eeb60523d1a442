"""One tap for each mail: an officer was shown what would leave, and says yes or no."""

from __future__ import annotations

import re

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Writer
from bot.arrivals.verdict import DONE, Verdict, quarantine
from bot.cases.authority import may_answer
from bot.cases.casework import Casework
from bot.intake import heard
from bot.outbox.hours import Hours
from bot.outbox.modes import APPROVAL, EVENING_RULE, judge
from bot.register.rows import OutboxRow
from outbound import dates

_YES = re.compile(r"\W*(?:1\b|yes\b|send\b|ok(?:ay)?\b|approved?\b|go ahead)", re.IGNORECASE)
_NO = re.compile(r"\W*(?:2\b|no\b|do(?:n.t| not)\b|stop\b|keep\b|cancel)", re.IGNORECASE)
_NUMBERS = re.compile(r"\d{1,3}")


def take(work: Casework, arrival: Arrival, who: Writer, asked: OutboxRow) -> Verdict:
    """The answer to such a mail, or to the evening mail of the shadow."""
    if not who.officer or not may_answer(work, asked.ref, asked, who):
        return quarantine("a reply to a request for leave, from somebody who may not give it")
    said = arrival.reading.new_text.strip()
    if asked.rule == EVENING_RULE:
        return _judged(work, arrival, who, asked, said)
    row = work.unit.outbox(str(asked.asks[0]))
    done = _decide(work, row, said, who)
    heard.tell(work, asked.ref, arrival, who, done)
    return DONE


def _decide(work: Casework, row: OutboxRow | None, said: str, who: Writer) -> str:
    if row is None or row.state != "held" or not row.why.startswith(APPROVAL):
        return "That mail has been dealt with already."
    if _NO.match(said):
        judge(work.unit, wrong=1)
        work.unit.cancel(row.key, f"{who.address} said no")
        return "We have not sent it, and will not."
    if not _YES.match(said):
        return "We could not tell whether to send it: reply with 1 to send it, or with 2 not to."
    judge(work.unit, right=1)
    if _too_late(work, row):
        work.unit.cancel(row.key, "what it asks was answered or withdrawn meanwhile")
        return "We have not sent it: what it asks has been answered or withdrawn meanwhile."
    leaves = Hours(work.office).opens(row, work.now)
    work.unit.release(row.key, leaves)
    if leaves > work.now:
        return f"It leaves at {dates.moment(leaves, year=False)}, in its reader's working time."
    return "We have sent it."


def _too_late(work: Casework, row: OutboxRow) -> bool:
    if not row.ref or not row.asks:
        return False
    case = work.case(row.ref)
    known = [case.asks[str(a)] for a in row.asks if str(a) in case.asks]
    return bool(known) and not any(ask.waits for ask in known)


def _judged(work: Casework, arrival: Arrival, who: Writer, asked: OutboxRow, said: str) -> Verdict:
    """ "All right", or the numbers of those that they would not have sent."""
    heard.tell(work, "", arrival, who, _judge(work, asked, said))
    return DONE


def _judge(work: Casework, asked: OutboxRow, said: str) -> str:
    """What came of it, in words."""
    if work.unit.meta(f"judged|{asked.key}") is not None:
        return "You have judged these mails already: your first word counts."
    shown = len(asked.asks)
    named = {int(n) for n in _NUMBERS.findall(said) if 1 <= int(n) <= shown}
    if not named and not re.match(r"\W*(?:all|yes|right|ok|fine|good|none)", said, re.IGNORECASE):
        return "Reply with 'all right', or with the numbers that were wrong."
    work.unit.set_meta(f"judged|{asked.key}", work.now.isoformat())
    judge(work.unit, right=shown - len(named), wrong=len(named))
    return f"Thank you: {shown - len(named)} right, {len(named)} wrong."
