"""Is this child on a case already? The same surname, forename and date of birth: yes. Less: an officer is asked.
Twins and siblings are never one (docs/explanation/design.md)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import JaroWinkler

from bot.register.rows import CaseRow

_ALIKE = 0.88
"""Below that likeness (Jaro-Winkler, 0 to 1) two forenames are two children."""


@dataclass(frozen=True, slots=True)
class Child:
    """Who a referral is about, as far as it says."""

    surname: str = ""
    forenames: str = ""
    date_of_birth: date | None = None
    upn: str = ""

    @property
    def surname_key(self) -> str:
        return name_key(self.surname)

    @property
    def forename_key(self) -> str:
        return name_key(self.forenames)


@dataclass(frozen=True, slots=True)
class Match:
    """`same`: the case that this child is on for certain. `perhaps`: one that an officer is asked about, and why."""

    same: CaseRow | None = None
    perhaps: CaseRow | None = None
    why: str = ""


def name_key(name: str) -> str:
    """A name without accents, capitals, hyphens and apostrophes: `O'Neill-Farah` and `ONEILL FARAH` are one."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]", "", plain)


def match(child: Child, candidates: Sequence[CaseRow]) -> Match:
    """Weighs the cases that share a surname, a date of birth or a UPN."""
    alive = sorted(candidates, key=lambda row: row.state == "closed")
    for row in alive:
        if _same(child, row):
            return Match(same=row)
    for row in alive:
        if why := _perhaps(child, row):
            return Match(perhaps=row, why=why)
    return Match()


def consistent(known: Child, told: Child) -> bool:
    """Whether two descriptions may be of one child: nothing that both say contradicts."""
    surname = not known.surname_key or not told.surname_key or known.surname_key == told.surname_key
    forename = not known.forename_key or not told.forename_key or _like(known.forename_key, told.forename_key)
    born = known.date_of_birth is None or told.date_of_birth is None or known.date_of_birth == told.date_of_birth
    return (surname and forename) or (born and known.date_of_birth is not None and (surname or forename))


def _same(child: Child, row: CaseRow) -> bool:
    named = child.surname_key and child.forename_key and child.date_of_birth
    mine = (child.surname_key, child.forename_key, child.date_of_birth)
    return bool(named) and mine == (row.surname_key, row.forename_key, row.date_of_birth)


def _perhaps(child: Child, row: CaseRow) -> str:
    surname = child.surname_key == row.surname_key != ""
    forename = _like(child.forename_key, row.forename_key)
    born = child.date_of_birth is not None and child.date_of_birth == row.date_of_birth
    unknown = child.date_of_birth is None or row.date_of_birth is None
    swapped = _swapped(child.date_of_birth, row.date_of_birth)
    if child.upn and child.upn == row.upn:
        return "the same UPN"
    if born and forename and not surname:
        return "the same date of birth and a like forename"
    if surname and forename and born:
        return "the same surname and date of birth, and a like forename"
    if surname and forename and (unknown or swapped):
        return "the same surname and a like forename, and no date of birth to tell them apart"
    return ""


def _like(one: str, other: str) -> bool:
    if not one or not other:
        return False
    return one.startswith(other) or other.startswith(one) or JaroWinkler.similarity(one, other) >= _ALIKE


def _swapped(one: date | None, other: date | None) -> bool:
    """Day and month the other way round."""
    return bool(one and other) and (one.year, one.day, one.month) == (other.year, other.month, other.day)  # type: ignore[union-attr]
