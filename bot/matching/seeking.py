"""What a child is sought by among very many: a few may be meant, and only those are weighed (blocking)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.matching.birth import near
from bot.matching.child import Child
from bot.matching.features import home
from bot.matching.names import BEGINNING, CALLED, beginnings, name_key, words

_BETWEEN_WORDS = re.compile(r"[\s-]+")
_AFTER_A_SLIP = slice(2, 5)
"""Of a name in whose first two letters there is a slip, these stay."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Any one that agrees is enough: each of them survives another slip.

    `surnames`: the keys of the whole surname and of its words, first the whole, and that of the forenames, for either
    name may stand in the other's box; `begins`: how the surnames alone begin; `crossed`: what would be the surname
    then. `dates`: the birthday, first, and those that may be a slip of it. `called`: how the forenames begin, and
    `called_first` the first. The beginnings, shorter, and the initials are those of either name, and of what may stand
    for a forename. `parts`: what is left of a name in a longer one, and after a slip in its first letters. `upn`, and
    the home: `postcode` and `house`. "" and () for what nobody said."""

    surnames: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    crossed: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    called_first: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    surname_beginnings: tuple[str, ...] = ()
    surname_initials: tuple[str, ...] = ()
    surname_parts: tuple[str, ...] = ()
    forename_beginnings: tuple[str, ...] = ()
    forename_initials: tuple[str, ...] = ()
    forename_parts: tuple[str, ...] = ()
    upn: str = ""
    postcode: str = ""
    house: str = ""


def sought(child: Child) -> Sought:
    """By what this child, or a brother or sister, is found."""
    own, called = _each(_surnames(child)), words(child.forenames)
    crossed = _each(filter(None, ("".join(called), *called[:1])))
    surnames = _each((*own, *crossed[:1]))
    house, postcode = home(child)
    first = {name[:BEGINNING] for name in surnames}
    either = first.union(*map(beginnings, called))
    return Sought(
        surnames=surnames,
        begins=_each(name[:BEGINNING] for name in own),
        crossed=crossed,
        called=_each(word[:CALLED] for word in called),
        called_first=_each(word[:CALLED] for word in called[:1]),
        dates=near(child.date_of_birth) if child.date_of_birth else (),
        surname_beginnings=_each(first),
        surname_initials=_each(begin[0] for begin in first),
        surname_parts=_each(part for name in surnames for part in _parts(name, len(name))),
        forename_beginnings=_each(either),
        forename_initials=_each(begin[0] for begin in either),
        forename_parts=_each(part for word in called for part in _parts(word, CALLED)),
        upn=child.upn,
        postcode=postcode,
        house=house,
    )


def _surnames(child: Child) -> Iterator[str]:
    said = (child.surname, child.other_surnames, *_BETWEEN_WORDS.split(child.surname))
    yield from filter(None, map(name_key, said))


def _parts(name: str, most: int) -> Iterator[str]:
    """One letter alone stands in most names."""
    yield from (part for part in (name[:most], name[_AFTER_A_SLIP]) if len(part) > 1)


def _each(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
