"""What a child is sought by among very many: a few may be meant, and only those are weighed (blocking)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.matching.birth import near
from bot.matching.child import Child
from bot.matching.features import home
from bot.matching.names import BEGINNING, CALLED, beginnings, name_key, words

_BETWEEN_WORDS = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Sought:
    """Any one that agrees is enough: each of them survives another slip.

    `surnames`: the keys of the whole surname and of its words, first the whole. `dates`: the birthday, first, and those
    that may be a slip of it. `called`: how the forenames begin; the beginnings, shorter, are those of either name and
    of what may stand for it. Who was born on one of those dates is looked at where both names begin so, or one is
    called so; who lives in that `house` or at that `postcode` where a surname begins so, for a hostel has hundreds.
    "" and () for what nobody said."""

    surnames: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    surname_beginnings: tuple[str, ...] = ()
    forename_beginnings: tuple[str, ...] = ()
    upn: str = ""
    postcode: str = ""
    house: str = ""


def sought(child: Child) -> Sought:
    """By what this child, or a brother or sister, is found. Either name may stand in the other's box."""
    surnames, called = tuple(dict.fromkeys(_surnames(child))), words(child.forenames)
    house, postcode = home(child)
    first = {name[:BEGINNING] for name in surnames}
    return Sought(
        surnames,
        tuple(sorted({word[:CALLED] for word in called})),
        near(child.date_of_birth) if child.date_of_birth else (),
        tuple(sorted(first)),
        tuple(sorted({*first, *(begin for word in called for begin in beginnings(word))})),
        child.upn,
        postcode,
        house,
    )


def _surnames(child: Child) -> Iterator[str]:
    said = (child.surname, child.other_surnames, *_BETWEEN_WORDS.split(child.surname), child.forenames)
    yield from filter(None, map(name_key, said))
