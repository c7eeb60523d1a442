"""Whoever was asked in vain hears that nothing more is needed (B15)."""

from __future__ import annotations

from collections.abc import Iterator

from rules.case import Ask, Case
from rules.history import Send
from rules.plan import Plan


def withdrawn_mails(case: Case) -> Iterator[tuple[str, Ask]]:
    """Mails all of whose questions are over and at least one of them withdrawn, by somebody else than the one asked."""
    withdrawn: dict[str, Ask] = {}
    for ask in case.asks.values():
        if ask.state == "withdrawn" and f"{ask.mail}|nothing-more" not in case.done:
            withdrawn.setdefault(ask.mail, ask)
    for mail, ask in withdrawn.items():
        if not any(a.waits for a in case.asks.values() if a.mail == mail):
            yield mail, ask


def tell_nothing_more(plan: Plan, mail: str, ask: Ask) -> None:
    """Each who was asked hears that nothing more is needed, and no more than that (B15)."""
    key = f"{mail}|nothing-more"
    if any(a.question == ask.question and a.party == ask.party and a.seq > ask.seq for a in plan.case.asks.values()):
        return  # The same person was asked the same anew, with later news.
    withdrawn = next(o for o in reversed(plan.case.seen["ask.withdrawn"]) if o.values["ask"] == ask.id)
    if withdrawn.values.get("by_role") == ask.party.role and ask.party.role not in {"hub-worker"}:
        return
    if plan.reachable(ask.party, withdrawn.received):
        plan.send(
            Send("notice", key, ask.rule, ask.cite, ask.party, "nothing-more", (), (ask.id,), trigger=withdrawn.seq)
        )
