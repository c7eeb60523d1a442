"""One child, two referrers: one case, and each of them is told what it said itself, and no more. Officers see who they
are, and which other cases this one has to do with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.council.directory import Directory
from bot.matching import Found, Match
from outbound import dates
from rules import Case
from rules.case import Occurrence

REFERRALS = ("referral.received", "referral.joined", "letter.received")
_THEIR_OWN = frozenset({
    "quote", "understood", "proposed", "still-missing", "next", "closed", "chosen", "say-what", "another",
    "question", "area",
})  # fmt: skip
"""What a reply says of the mail that it answers, and of nobody else's."""


_NAMES_ALONE = frozenset(
    {"missing", "still-missing", "next", "closed", "chosen", "say-what", "another", "question", "area"}
)


def open_same(found: Match) -> Found | None:
    """The open case that this child is on for certain."""
    return next((one for one in found.certain if not one.known.closed), None)


def referrals_of(case: Case) -> list[Occurrence]:
    """Every form and letter that made this case what it is, in order."""
    return sorted((seen for kind in REFERRALS for seen in case.seen.get(kind, ())), key=lambda seen: seen.seq)


def writers(case: Case) -> list[Occurrence]:
    """The first mail of each who referred this child."""
    return list({seen.by: seen for seen in reversed(referrals_of(case))}.values())[::-1]


def may_know(directory: Directory, case: Case, facts: Mapping[str, Any], address: str) -> dict[str, Any]:
    """The facts that the reader at that address may be told. A school that the child is no pupil of, though it sent a
    form, hears its own words: what the child's school wrote is not for it. Where nobody has proved that a school sent
    the form, schools hear what is missing by its name, and no value (docs/explanation/design.md, who is believed)."""
    if case.facts.get("form") == "list":
        return dict(facts)  # A list is of no one child: its mails hold the reader's own rows alone.
    reader = directory.who_is(address)
    if reader is None or reader.role != "school":
        return dict(facts)
    if _unproved(case):
        return {name: value for name, value in facts.items() if name in _NAMES_ALONE}
    if reader.which == case.facts.get("school"):
        return dict(facts)
    own: dict[str, Any] = {}
    for seen in referrals_of(case):
        writer = directory.who_is(seen.by)
        if writer is not None and (writer.role, writer.which) == (reader.role, reader.which):
            own |= seen.values.get("said") or seen.values.get("fields") or {}
    return own | {name: value for name, value in facts.items() if name in _THEIR_OWN}


def _unproved(case: Case) -> bool:
    """Whether the case rests on a mail that only bears a school's address, until somebody who is believed has
    answered."""
    return case.facts.get("unproved") == "yes" and not any(ask.state == "answered" for ask in case.asks.values())


def cases_of(case: Case, kind: str) -> list[str]:
    """The other cases that events of that kind name, each once."""
    return list(dict.fromkeys(str(seen.values["case"]) for seen in case.seen.get(kind, ())))


def linked(directory: Directory, case: Case) -> dict[str, Any]:
    """Brothers and sisters, earlier episodes, and who referred this child, where no form says so: for officers (see
    [disclose])."""
    referrers = [_referrer(directory, seen.by) for seen in writers(case)]
    unsaid = len(referrers) > 1 or case.facts.get("form") == "letter"
    return {
        "siblings": tuple(cases_of(case, "sibling.linked")) or None,
        "linked": tuple(cases_of(case, "case.linked")) or None,
        "earlier": tuple(_episode(o) for o in case.seen.get("earlier.linked", ())) or None,
        "referrers": (tuple(dict.fromkeys(referrers)) if unsaid else ()) or None,
    }


def named(ref: str, case: Case) -> str:
    """A sibling's case and name, as that case has it now: the name is kept in no other history."""
    name = " ".join(str(case.facts[n]) for n in ("child.forenames", "child.surname") if case.facts.get(n))
    return f"{ref}: {name}" if name else ref


def _episode(seen: Occurrence) -> str:
    values = {name: str(seen.values.get(name) or "") for name in ("case", "outcome", "closed")}
    ended = f", closed as {values['outcome'].replace('-', ' ')}" if values["outcome"] else ""
    on = f" on {dates.day(dates.parse(values['closed']))}" if values["closed"] else ""
    return f"{values['case']}{ended}{on}"


def _referrer(directory: Directory, address: str) -> str:
    person = directory.who_is(address)
    return person.name if person and person.name else address
