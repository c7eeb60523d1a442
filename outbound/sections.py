"""The requests of a mail, one by one: words, facts, quoted lines, and the answers that one tap gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from outbound import dates, shown
from outbound.letter import Choice, Letter
from outbound.templating import listing, render
from outbound.wording import Entry, Wording

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tap:
    """A choice as it is shown. `href` opens a reply that says it."""

    number: int
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """The answers to one question; `heading` is empty where the mail asks only one."""

    heading: str
    taps: tuple[Tap, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Lines under a heading: what somebody wrote, what was understood."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One request, or one thing told. `compare` holds label, here, there, and whether they differ."""

    lead: str
    quote: Listed
    rows: Rows
    risk: Rows | None
    compare: tuple[tuple[str, str, str, bool], ...]
    bullets: Listed
    box: str
    more: tuple[str, ...]
    groups: tuple[Group, ...]
    hint: str
    silence: str
    basis: str


@dataclass(frozen=True, slots=True)
class Material:
    """What sections are made of: the letter, the facts that its reader may know, and the words of sentences."""

    letter: Letter
    wording: Wording
    facts: Mapping[str, Any]
    words: Mapping[str, Any]
    tag: str

    @property
    def day(self) -> date:
        return day_of(self.letter)


def day_of(letter: Letter) -> date:
    """The day in London on which the letter leaves: it chooses the wordings and the law."""
    return letter.date.astimezone(dates.LONDON).date()


def sections(entries: Sequence[Entry], material: Material) -> tuple[Section, ...]:
    """A section for each wording; a fact that stood in an earlier one is not listed again. Raises CannotRender."""
    out: list[Section] = []
    told: set[tuple[str, str]] = set()
    for entry, groups in zip(entries, _groups(entries, material), strict=True):
        section = _section(entry, material, groups, told)
        told.update(section.rows)
        out.append(section)
    return tuple(out)


def _section(entry: Entry, material: Material, groups: tuple[Group, ...], told: set[tuple[str, str]]) -> Section:
    facts, wording, day = material.facts, material.wording, material.day
    more = [render(one, entry.name, material.words) for one in entry.more]
    basis = f"Legal basis: {material.words[entry.basis]}" if entry.basis else ""
    basis = "" if ("", basis) in told else basis
    told.add(("", basis))
    rows = shown.rows(entry, facts, wording, day)
    return Section(
        lead=render(entry.lead, entry.name, material.words),
        quote=Listed(_heading(entry, entry.quote, wording), _quoted(facts.get(entry.quote))),
        rows=tuple(row for row in rows if row not in told),
        risk=shown.risk_rows(facts) if entry.risk else None,
        compare=_compare(entry.compare, facts, wording, day),
        bullets=Listed(_heading(entry, entry.bullets, wording), _bullets(entry.bullets, facts, wording, day)),
        box=render(entry.box, entry.name, material.words),
        more=tuple(filter(None, more)),
        groups=groups,
        hint=_hint(groups),
        silence=render(entry.silence, entry.name, material.words),
        basis=basis,
    )


def _hint(groups: Sequence[Group]) -> str:
    """How to answer, above the numbered choices."""
    numbers = [str(tap.number) for group in groups for tap in group.taps]
    return f"Reply with {listing(numbers, 'or')}, or in your own words" if numbers else ""


def _heading(entry: Entry, name: str, wording: Wording) -> str:
    return shown.label(name, entry, wording) if name else ""


def _quoted(value: Any) -> tuple[str, ...]:
    return tuple(line for line in str(value or "").splitlines() if line.strip())


def _groups(entries: Sequence[Entry], material: Material) -> list[tuple[Group, ...]]:
    """For each section its choices: those of its question; in a section for several questions, a group each. Choices
    of no named question stand in the last section."""
    letter, wording = material.letter, material.wording
    choices = [Choice(*choice) for choice in letter.choices]
    asked = list(dict.fromkeys(choice.question for choice in choices))
    out: list[tuple[Group, ...]] = []
    for entry in entries:
        last = entry is entries[-1]
        mine = [q for q in asked if len(entries) == 1 or q == entry.name or (last and q not in letter.questions)]
        out.append(tuple(
            Group(
                wording.title(question, material.day) if question and len(mine) > 1 else "",
                tuple(_tap(c, letter, material.tag) for c in choices if c.question == question),
            )
            for question in mine
        ))  # fmt: skip
    return out


def _tap(choice: Choice, letter: Letter, tag: str) -> Tap:
    return Tap(choice.number, choice.label, _mailto(letter, tag, choice))


def _mailto(letter: Letter, tag: str, choice: Choice) -> str:
    """RFC 6068: a reply that says the choice; the tag in its subject is what it is known by."""
    subject, body = _quoted_in_link(f"Re: {tag}"), _quoted_in_link(f"{choice.number}: {choice.label}")
    return f"mailto:{quote(letter.from_address, safe='@')}?subject={subject}&body={body}"


# The same few labels stand in every mail, and one tag in each of its links.
_quoted_in_link = lru_cache(maxsize=1024)(quote)


def _compare(
    names: Sequence[str], facts: Mapping[str, Any], wording: Wording, day: date
) -> tuple[tuple[str, str, str, bool], ...]:
    """Two children side by side: `child.surname` against `other.child.surname`; nothing where there is no other."""
    out = []
    if not any(name.startswith("other.") for name in facts):
        return ()
    for name in names:
        here, there = facts.get(name), facts.get(f"other.{name}")
        if here or there:
            fact = wording.facts[name]
            both = ["not known" if v in (None, "") else str(shown.show(v, fact, wording, day)) for v in (here, there)]
            out.append((fact.label, both[0], both[1], bool(here and there and both[0].lower() != both[1].lower())))
    return tuple(out)


def _bullets(name: str, facts: Mapping[str, Any], wording: Wording, day: date) -> tuple[str, ...]:
    if not name or not facts.get(name):
        return ()
    said = shown.show(facts[name], wording.facts[name], wording, day)
    return said if isinstance(said, tuple) else (str(said),)
