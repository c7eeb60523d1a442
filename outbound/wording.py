"""What mails say: the wordings of a pack, dated as rules are, checked when they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

import msgspec

from outbound import tables
from outbound.errors import CannotRender, WordingError
from outbound.numbers import Number, Opening
from outbound.templating import Sentence, amid, identifier, read_sentence

_T = TypeVar("_T")

FRAMES = ("chase", "escalation", "receipt")
"""Wordings that stand around another's: the request is the question's own."""

LETTER_WORDS = frozenset(
    ("who", "by", "overdue", "protected", "team", "council", "reply_to", "refs", "ref", "chase", "then", "asked_on",
     "now", "ring", "request")
)  # fmt: skip
"""What a sentence may use besides facts and phrases; `outbound.sheet` gives them."""

_LONGEST_SUBJECT = 44
_TABLES = {"wording", "phrase", "fact", "disclose", "role", "council", "number", "digest"}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Dates:
    start: date = date.min
    until: date = date.max

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.until


@dataclass(frozen=True, slots=True)
class Entry:
    """One wording. `lead` is its first paragraph; `asks` whether it expects an answer. The other fields are
    those of `outbound.tables.WordingTable`."""

    name: str
    subject: str
    lead: Sentence
    asks: bool
    silence: Sentence
    chased: Sentence
    more: tuple[Sentence, ...]
    box: Sentence
    details: tuple[str, ...]
    compare: tuple[str, ...]
    quote: str
    bullets: str
    basis: str
    tone: str
    risk: bool
    numbers: bool
    bare: bool
    foot: str
    labels: Mapping[str, str]
    uses: frozenset[str]
    """The names that its sentences take: facts (`child_date_of_birth`), phrases, words of the letter."""
    dates: Dates


@dataclass(frozen=True, slots=True)
class Fact:
    """How a fact is shown: `label` for a list ("Date of birth"), `kind` as `outbound.tables.FactKind` has it, `asked`
    amid a sentence that asks for it ("the date of birth", "whether a card was left")."""

    label: str
    kind: str
    asked: str


@dataclass(frozen=True)
class Wording:
    """All that a pack says. `disclose` is what each role may be told (`disclosure.view`)."""

    entries: Mapping[tuple[str, str], tuple[Entry, ...]]
    phrases: Mapping[str, tuple[tuple[Dates, str], ...]]
    facts: Mapping[str, Fact]
    identifiers: Mapping[str, str]
    """The facts by the names that sentences use."""
    disclose: Mapping[str, frozenset[str]]
    roles: Mapping[str, str]
    numbers: tuple[Number, ...]
    digest: Mapping[str, str]
    council: str
    team: str
    policy: str

    def __contains__(self, name: str) -> bool:
        """Whether there is a wording of that name."""
        return (name, "") in self.entries

    def find(self, name: str, role: str, day: date) -> Entry | None:
        """The wording in force on that day, the role's own first."""
        for key in ((name, role), (name, "")):
            for entry in self.entries.get(key, ()):
                if day in entry.dates:
                    return entry
        return None

    def choose(self, name: str, questions: Sequence[str], role: str, day: date, *, rule: str = "") -> tuple[Entry, ...]:
        """The wordings of one mail: the rule's own where it names one, else one made for just these questions
        together (`accept-referral+database-check`), else one each. A reminder says what was asked first: `rule` is
        the one that asked, where its name is that of a wording. Raises CannotRender."""
        first = rule if name in FRAMES else name
        alone = first if first not in FRAMES and (len(questions) < 2 or first not in questions) else ""
        for candidate in filter(None, (alone, "+".join(questions), "+".join(sorted(questions)))):
            if entry := self.find(candidate, role, day):
                return (entry,)
        found = [self.find(question, role, day) for question in questions]
        if not found or None in found:
            lacking = next((q for q, entry in zip(questions, found, strict=True) if entry is None), name)
            raise CannotRender(lacking, f"no wording of that name is in force on {day.isoformat()}")
        return tuple(entry for entry in found if entry)

    def title(self, question: str, day: date) -> str:
        """The short request of a question, as a digest names it; the question's own name where it has none."""
        entry = self.find(question, "", day)
        return entry.subject if entry else question.replace("-", " ")

    def said(self, day: date) -> dict[str, str]:
        """The phrases in force on that day."""
        return {
            name: text for name, variants in self.phrases.items() for dates, text in reversed(variants) if day in dates
        }


def load_wording(packs: Sequence[Mapping[str, Any]]) -> Wording:
    """The wordings of a pack and of what it extends, the extended one first; a later table replaces an earlier one of
    the same name. Raises WordingError, which says the table and the mend."""
    merged: dict[str, Any] = {}
    for pack in packs:
        for key, value in pack.items():
            if key not in _TABLES:
                raise WordingError(key, f"is not a table that wording.toml knows (known: {', '.join(sorted(_TABLES))})")
            merged[key] = [*merged.get(key, []), *value] if key == "number" else {**merged.get(key, {}), **value}
    council = _convert(merged.get("council", {}), tables.CouncilTable, "council")
    facts = {name: _fact(name, table) for name, table in merged.get("fact", {}).items()}
    wording = Wording(
        entries=_entries(merged.get("wording", {})),
        phrases={name: tuple(_phrases(name, value)) for name, value in merged.get("phrase", {}).items()},
        facts=facts,
        identifiers={identifier(name): name for name in facts},
        disclose={role: frozenset(names) for role, names in merged.get("disclose", {}).items()},
        roles=merged.get("role", {}),
        numbers=tuple(_number(at, table) for at, table in enumerate(merged.get("number", []), 1)),
        digest=merged.get("digest", {}),
        council=council.name,
        team=council.team,
        policy=council.policy,
    )
    _check(wording)
    return wording


def _convert(table: Any, shape: type[_T], where: str) -> _T:
    try:
        return msgspec.convert(table, shape)
    except msgspec.ValidationError as problem:
        raise WordingError(where, str(problem)) from problem


def _entries(wordings: Mapping[str, Any]) -> dict[tuple[str, str], tuple[Entry, ...]]:
    out: dict[tuple[str, str], list[Entry]] = {}
    for name, variants in wordings.items():
        for variant in [variants] if isinstance(variants, Mapping) else variants:
            shared = {key: value for key, value in variant.items() if key != "role"}
            for role, own in {"": {}, **variant.get("role", {})}.items():
                out.setdefault((name, role), []).append(_entry(name, role, {**shared, **own}))
    return {key: tuple(found) for key, found in out.items()}


def _entry(name: str, role: str, raw: Mapping[str, Any]) -> Entry:
    where = f"wording.{name}" + (f".role.{role}" if role else "")
    table = _convert(raw, tables.WordingTable, where)
    if bool(table.ask) == bool(table.say):
        raise WordingError(where, "needs either `ask` (an answer is expected) or `say` (none is)")
    # A subject is read on a locked screen by whoever sits beside: it is fixed, so that no fact can stand in it.
    if "{" in table.subject or not table.subject.isascii() or not 0 < len(table.subject) <= _LONGEST_SUBJECT:
        raise WordingError(where, f"`subject` must be plain words without facts, at most {_LONGEST_SUBJECT} characters")
    if table.ask and not table.silence and name not in FRAMES:
        raise WordingError(where, "an `ask` needs `silence`: what happens if nothing is done")
    said = (table.ask or table.say, table.silence, table.chased, table.box, *table.more)
    sentences = [read_sentence(where, one) for one in said]
    lead, silence, chased, box, *more = sentences
    return Entry(
        name=name, subject=table.subject, asks=bool(table.ask), lead=lead, silence=silence, chased=chased, box=box,
        more=tuple(more), details=table.details, compare=table.compare, quote=table.quote,
        bullets=table.bullets, basis=table.basis, tone=table.tone, risk=table.risk, numbers=table.numbers,
        bare=table.bare, foot=table.foot, labels=table.labels, uses=frozenset().union(*(one.uses for one in sentences)),
        dates=_dates(table.start, table.until),
    )  # fmt: skip


def _fact(name: str, table: Any) -> Fact:
    shown = _convert({"label": table} if isinstance(table, str) else table, tables.FactTable, f"fact.{name}")
    return Fact(shown.label, shown.kind, shown.asked or f"the {amid(shown.label)}")


def _phrases(name: str, value: Any) -> Iterable[tuple[Dates, str]]:
    for variant in [{"text": value}] if isinstance(value, str) else value:
        table = _convert(variant, tables.PhraseTable, f"phrase.{name}")
        yield _dates(table.start, table.until), table.text


def _number(at: int, raw: Any) -> Number:
    table = _convert(raw, tables.NumberTable, f"number, the {at}. one")
    openings = tuple(Opening(frozenset(map(_DAYS.index, o.days)), o.opens, o.closes) for o in table.open)
    if table.hours == "office" and not openings:
        raise WordingError(f"number, the {at}. one", f"{table.name} needs `open`: on which days, from when to when")
    plain = Number(table.name, table.number, table.hours, table.area, openings, table.said, verified=table.verified)
    return replace(plain, start=table.start or date.min, until=table.until or date.max)


def _dates(start: date | None, until: date | None) -> Dates:
    return Dates(start or date.min, until or date.max)


def _check(wording: Wording) -> None:
    """Every fact that is shown has a label, and every name in a sentence is one that is given: a slip is found when
    the pack is read, not when a mail is due."""
    known = LETTER_WORDS | wording.phrases.keys() | wording.identifiers.keys()
    for (name, _), variants in wording.entries.items():
        for entry in variants:
            details = [fact for either in entry.details for fact in either.split("|")]
            shows = (*details, *entry.compare, *filter(None, (entry.quote, entry.bullets)))
            for fact in shows:
                if fact not in wording.facts:
                    raise WordingError(f"wording.{name}", f"shows {fact!r}, for which [fact] has no label")
            if strange := sorted(entry.uses - known):
                raise WordingError(
                    f"wording.{name}", f"uses {strange[0]!r}, which is no fact, phrase or word of a letter"
                )
            if entry.basis and entry.basis not in wording.phrases:
                raise WordingError(f"wording.{name}", f"has the basis {entry.basis!r}, which is no phrase")
