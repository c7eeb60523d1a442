"""A child taken apart: what is compared, field by field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.matching.child import Child, Kept
from bot.matching.names import words
from parsers.values import postcode as codes
from parsers.values import upn

_HOUSE = re.compile(r"\b(\d{1,4}[A-Za-z]?)\b")
_NOT_STREET = re.compile(r"\b(?:flat|apartment|apt|unit|room)\s+\w+\b[,\s]*", re.I)
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "prof", "and", "mother", "father", "mum", "dad"})


@dataclass(frozen=True, slots=True)
class Features:
    """`house`: number and street, the postcode and the flat left out. `upn` has the shape of one; whether its check
    letter is right, and who the `carers` are, is asked where two are compared: few come so far."""

    surname: tuple[str, ...]
    forenames: tuple[str, ...]
    born: date | None
    upn: str
    postcode: str
    house: str
    carers: tuple[str, ...]
    others: tuple[str, ...]


def features(child: Child) -> Features:
    return Features(
        words(child.surname),
        words(child.forenames),
        child.date_of_birth,
        _number(child.upn),
        _postcode(child),
        _house(child.address),
        child.carers,
        words(child.other_surnames),
    )


def as_kept(row: Kept) -> Features:
    """A child whose home the register has taken apart before."""
    return Features(
        words(row.surname),
        words(row.forenames),
        row.date_of_birth,
        _number(row.upn),
        row.postcode,
        row.house,
        tuple(row.carers.split("\n")),
        words(row.other_surnames),
    )


@lru_cache(maxsize=1000)
def named(carer: str) -> frozenset[str]:
    """The words of a carer's name, without a title."""
    return frozenset(words(carer)) - _TITLES


def home(child: Child) -> tuple[str, str]:
    """House and postcode: what two addresses of one home have in common. "" for what is not said."""
    return _house(child.address), _postcode(child)


def _postcode(child: Child) -> str:
    where = child.postcode or child.address
    return _postcode_in(where) if where else ""


@lru_cache(maxsize=100)
def _postcode_in(where: str) -> str:
    return codes.find(where) or ""


def _number(raw: str) -> str:
    if not raw:
        return ""
    number = raw.replace(" ", "").upper()
    return number if upn.SHAPE.fullmatch(number) else ""


@lru_cache(maxsize=100)
def _house(address: str) -> str:
    """ "12 Quarry Steps" of "Flat 3, 12 Quarry Steps, Banbury OX16 9ZZ" as "12quarrysteps"; "" without a number."""
    if not address:
        return ""
    bare = _NOT_STREET.sub("", codes.FIND.sub("", address))
    found = _HOUSE.search(bare)
    if not found:
        return ""
    street = re.split(r"[,\n;]", bare[found.end() :], maxsplit=1)[0]
    return f"{found[1].lower()}{''.join(words(street)[:2])}"
