"""What is heard in any reply, whatever was asked: a refuge, a risk group. The word of one who is believed counts."""

from __future__ import annotations

from collections.abc import Mapping

from bot.arrivals.trust import Trust
from bot.cases.casework import Casework, Origin
from bot.cases.linking import PROTECTED, withhold
from bot.hearing.reply import Reply
from parsers.derived import derive
from parsers.reading import FieldValue

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
