"""What is heard in any reply, whatever was asked: a refuge, a risk group, a name off the roll. The word of one who is
believed counts."""

from __future__ import annotations

from collections.abc import Mapping

from bot.arrivals.trust import Trust
from bot.cases import news
from bot.cases.authority import own_school
from bot.cases.casework import Casework, Origin
from bot.cases.linking import PROTECTED, withhold
from bot.hearing.reply import Reply, names_another
from parsers.derived import derive
from parsers.reading import ChildMention, FieldValue

RISK_GROUPS = "risk.groups"
_LONGEST = 4000


def told(reply: Reply) -> Mapping[str, FieldValue]:
    if reply.who.trust < Trust.BODY:
        return {}
    return derive(reply.text, reply.origin.received.date())


def heed(work: Casework, ref: str, text: str, origin: Origin) -> None:
    """Both, in the words of one row of a body's list."""
    heard = derive(text, origin.received.date())
    heed_protection(work, ref, origin, heard, text)
    heed_groups(work, ref, origin, heard)


def heed_news(work: Casework, reply: Reply, heard: Mapping[str, FieldValue]) -> None:
    """Of a reply to no list: a risk group, and what the child's own school says of its roll."""
    heed_groups(work, reply.ref, reply.origin, heard)
    heed_removal(work, reply)


_ROLL_SETTLED = ("removal.reported", "roll.date", "enquiries.concluded", "letter.held")


def heed_removal(work: Casework, reply: Reply) -> None:
    """A school says in a thread that the name is off its roll, or to come off: what follows is what follows of a notice
    (3.4, 3.10). Where that was told before, or the roll is settled, it is no news."""
    case = work.case(reply.ref)
    if not own_school(case, reply.who) or names_another(work, reply) or case.closed is not None:
        return
    if any(case.latest(kind) is not None for kind in _ROLL_SETTLED):
        return
    surname, forenames = (str(case.facts.get(name) or "") for name in ("child.surname", "child.forenames"))
    child = ChildMention(surname, forenames)
    for answer in news.hear(work, reply.who, reply.origin, reply.text, child).told:
        if answer.event == news.REMOVAL:
            news.note(work, reply.ref, answer, reply.origin)


def heed_protection(work: Casework, ref: str, origin: Origin, heard: Mapping[str, FieldValue], words: str) -> None:
    """A refuge, or an address that must not be told: it is withheld from this mail on (A4). The tracking officer, whose
    enquiries say less from now on, hears whose `words` these were; "" where they are the officer's own."""
    protected = heard.get(PROTECTED)
    if protected is not None and protected.value == "yes":
        said = {"heard": "yes", "text": words[:_LONGEST]} if words else {}
        withhold(work, ref, origin, **said)


def heed_groups(work: Casework, ref: str, origin: Origin, heard: Mapping[str, FieldValue]) -> None:
    """A risk group of paragraph 2.6: recorded, and it weighs (A4)."""
    groups = heard.get(RISK_GROUPS)
    if groups is None or not groups.sure:
        return
    known = str(work.case(ref).facts.get(RISK_GROUPS) or "")
    both = ", ".join(dict.fromkeys(g.strip() for g in f"{known},{groups.value}".split(",") if g.strip()))
    if both != known:
        work.note(ref, "fact.corrected", {"field": RISK_GROUPS, "from": known, "to": both}, origin)
