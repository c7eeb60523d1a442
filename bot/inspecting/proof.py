"""`cmebot check --prove`: walks the pack, reads each mail as its reader would, tells a counter-example as a story."""

from __future__ import annotations

import gc
import re
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from bot.council.office import Office
from bot.letters import reasons, speech
from outbound import dates
from outbound.disclosure import UnknownRole
from outbound.errors import CannotRender
from outbound.letter import Letter, LetterKind
from outbound.sheet import lay_out
from outbound.templating import page
from rules import Case, Send
from rules.future import Done
from rules.proving import Bounds, Broken, Report, prove
from rules.proving.node import Node
from rules.proving.samples import SECRETS
from rules.proving.starts import Start
from rules.proving.walk import story_of

_SPECIAL: dict[str, LetterKind] = {"alarm": "alarm", "alarm-sender": "alarm", "confirm": "confirm"}
_LAWS = {
    "next-step": "An open case has no next step",
    "closed-unasked": "A case is closed without an officer's yes",
    "waits-for-ever": "A question waits for ever",
    "protected": "A protected address is in a mail",
    "law": "The law in force forbids it",
    "twice": "The same is done twice",
    "never-rests": "The rules never come to rest",
    "unwritten": "A mail cannot be written",
}
_REF = "CME-2026-00001"


def prove_office(
    office: Office,
    *,
    seconds: float = 60,
    states: int = 1_000_000,
    broken: int = 200,
    begin: list[Start] | None = None,
) -> Report:
    """Walks the office's pack for at most so long, so many states and so many findings."""
    end = time.monotonic() + seconds
    gc.disable()  # What the walk has seen is kept to its end: to look through it for waste is most of the time.
    try:
        bounds = Bounds(states, broken, lambda: time.monotonic() < end)
        return prove(office.pack, Reader(office).look, bounds, begin)
    finally:
        gc.enable()


@dataclass
class Reader:
    """Reads mails as their readers would see them. Mails that differ only in names and days are read once; so is a mail
    that comes again while only time has passed."""

    office: Office
    _again: set[Any] = field(default_factory=set)
    _read: dict[Any, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def look(self, node: Node, done: Done, case: Case) -> Iterator[tuple[str, str]]:
        """Laws that this mail breaks, and how."""
        send = done.action
        assert isinstance(send, Send)
        era = self._era(done.at)
        again = (
            node.spoken, send.wording, send.questions, send.to, send.kind, send.escalated, send.rule, send.trigger,
            case.pathway, case.protected, era,
        )  # fmt: skip
        if send.to.role in ("unknown", "writer") or again in self._again:
            return
        self._again.add(again)
        told = speech.facts_of(self.office, _REF, case, send, lambda _: Case())
        secret = frozenset(name for name, value in told.items() if _names_home(str(value)))
        key = (
            send.wording, send.questions, send.to.role, send.kind, send.escalated, case.protected, era,
            frozenset(name for name, value in told.items() if value), secret,
        )  # fmt: skip
        if key not in self._read:
            self._read[key] = tuple(self._faults(send, done.at, told, case.protected))
        yield from self._read[key]

    def _faults(self, send: Send, at: datetime, told: dict[str, Any], protected: bool) -> Iterator[tuple[str, str]]:
        name = " and ".join(send.questions) if send.wording in ("chase", "escalation") else send.wording
        try:
            text = self._text(send, at, told, protected)
        except (CannotRender, UnknownRole) as problem:
            yield "unwritten", f"the mail {name} to {send.to.role}: {problem}"
            return
        if protected and (found := _names_home(text)):
            yield "protected", f"the mail {name} to {send.to.role} says where the child is: \u201c{found}\u201d"
        for law in self.office.pack.forbidden:
            for phrase in law.phrases if law.in_force.at(at) else ():
                if match := re.search(phrase, text):
                    yield (
                        "law",
                        f"{law.says} ({law.cite}). The mail {name} to {send.to.role} says \u201c{match[0]}\u201d",
                    )

    def _text(self, send: Send, at: datetime, told: dict[str, Any], protected: bool) -> str:
        """The page in both shapes, on one line, in small letters."""
        kind: LetterKind = _SPECIAL.get(send.wording) or ("chase" if send.kind == "chase" else send.kind)
        letter = Letter(
            key="0" * 10, rule=send.rule, kind=kind, wording=send.wording, to_address="reader@example.org",
            role=send.to.role, from_address="team@council.example", date=at,
            questions=send.questions, refs=(_REF,), cite=send.cite, why=reasons.why_person(self.office, send),
            due=send.due, chase=send.chase, escalated=send.escalated, asked_on=at, facts=told, protected=protected,
        )  # fmt: skip
        sheet = {"sheet": lay_out(letter, self.office.wording)}
        both = f"{page('mail.txt.jinja').render(sheet)} {page('mail.html.jinja').render(sheet)}"
        return " ".join(both.lower().split())

    def _era(self, at: datetime) -> tuple[int, int]:
        """Wordings have their dates, as the law has: how many of them have begun by that day, and how many are over."""
        begins, ends = self._dates
        day: date = at.date()
        return bisect_right(begins, day), bisect_left(ends, day)

    @cached_property
    def _dates(self) -> tuple[list[date], list[date]]:
        """The days on which a wording, a phrase or a law begins to hold, and the last days on which one does."""
        said = self.office.wording
        dated = [entry.dates for entries in said.entries.values() for entry in entries]
        dated += [dates for variants in said.phrases.values() for dates, _ in variants]
        laws = [law.in_force for law in self.office.pack.forbidden]
        begins = {one.start for one in dated} | {law.start or date.min for law in laws}
        return sorted(begins), sorted({one.until for one in dated} | {law.end or date.max for law in laws})


@lru_cache(maxsize=10_000)
def _names_home(text: str) -> str:
    low = text.lower()
    return next((secret for secret in SECRETS if secret in low), "")


def told(office: Office, report: Report, places: Mapping[str, str]) -> Iterator[str]:
    """The findings, each with its story, and how far the walk went."""
    for found in report.broken:
        yield f"error: {_place(places, found.rule)}: {_LAWS[found.law]}: {found.how}"
        yield from _story(office, found)
        yield ""
    yield reach(report)


def _place(places: Mapping[str, str], rule: str) -> str:
    return f"{places.get(f'rule {rule}', 'the pack')}: {rule}" if rule else "the pack"


def reach(report: Report) -> str:
    """How far the walk went, in one paragraph."""
    until = f" up to {dates.day(report.until)}" if report.until else ""
    beginnings = f"{report.starts} beginning{'' if report.starts == 1 else 's'}"
    seen = f"Walked {report.states} states from {beginnings}{until}: {report.steps} moves, {report.mails} mails."
    if not report.starts or not report.states:
        return f"{seen} No case begins in this pack."
    if not report.left:
        return f"{seen} All that can be told apart was seen."
    deeper = f"Of those in which they act up to {_times(report.begun)} some were seen; {report.left} states were left."
    if report.whole < 0:
        return f"{seen} The time was too short to see all that silence leads to. {deeper}"
    whole = "that silence leads to"
    if report.whole:
        whole = f"in which people act up to {_times(report.whole)}, at any moment, and what silence then leads to,"
    return f"{seen} All {whole} was seen. {deeper}"


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def _story(office: Office, found: Broken) -> Iterator[str]:
    """Who did what when, and what the bot did then; reminders in between are counted. The last mail of the rule is
    the one that is wrong."""
    way = story_of(found.node)
    quiet = 0
    for at, did, done in way:
        last = at == found.node.now and done is found.node.done
        if did == "time passes" and not last and all(_is_chase(one) for one in done):
            quiet += sum(isinstance(one.action, Send) for one in done)
            continue
        if quiet:
            yield f"    ... {quiet} reminder{'' if quiet == 1 else 's'} ..."
            quiet = 0
        yield f"  {dates.moment(at)}: {did}"
        yield from (f"    -> {line}" for line in _lines(office, done, found.rule if last else ""))


def _is_chase(one: Done) -> bool:
    return not isinstance(one.action, Send) or one.action.kind == "chase"


def _lines(office: Office, done: tuple[Done, ...], guilty: str) -> Iterator[str]:
    """What the bot did, those who get the same in one line."""
    told: dict[str, list[str]] = {}
    for one in done:
        action = one.action
        if isinstance(action, Send):
            names = " and ".join(action.questions) or action.wording
            title = office.wording.title(action.questions[0] if action.questions else action.wording, one.at.date())
            kind = {"ask": "asks", "chase": "reminds", "notice": "tells"}[action.kind]
            here = "   <- here" if guilty and action.rule == guilty else ""
            told.setdefault(f"the bot {kind} {{}}: {title} ({names}){here}", []).append(action.to.role)
        elif action.kind == "closed":
            told[f"the case is closed as {action.values.get('outcome') or 'said'}"] = []
        elif action.kind == "pathway.opened":
            told[f"the case goes on the pathway {action.values.get('pathway')}"] = []
        elif action.values.get("silence"):
            told[f"silence to {action.values.get('question')} counts as {action.kind}"] = []
    yield from (line.replace("{}", ", ".join(roles), 1) for line, roles in told.items())


def as_json(report: Report, places: Mapping[str, str]) -> dict[str, Any]:
    """The report for programs."""
    return {
        "states": report.states, "steps": report.steps, "mails": report.mails, "starts": report.starts,
        "whole": report.whole, "left": report.left, "until": report.until.date().isoformat() if report.until else None,
        "broken": [
            {
                "law": b.law, "where": _place(places, b.rule), "rule": b.rule, "problem": b.how,
                "story": [
                    {"at": at.isoformat(), "did": did, "sent": _sent(done)} for at, did, done in story_of(b.node)
                ],
            }
            for b in report.broken
        ],
    }  # fmt: skip


def _sent(done: tuple[Done, ...]) -> list[dict[str, Any]]:
    mails = [d.action for d in done if isinstance(d.action, Send)]
    return [
        {"kind": m.kind, "to": str(m.to), "rule": m.rule, "questions": list(m.questions), "wording": m.wording}
        for m in mails
    ]
