"""Who a form, a letter or a row of a list is about, who is known, and what the two make of each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.matching.names import name_key


@dataclass(frozen=True, slots=True)
class Child:
    """A child as far as somebody says. Names as written, in any alphabet; `upn` as parsed; `address` with or without
    its postcode; `carers` a name each. What is not known is empty, and speaks neither for nor against."""

    surname: str = ""
    forenames: str = ""
    date_of_birth: date | None = None
    upn: str = ""
    address: str = ""
    postcode: str = ""
    carers: tuple[str, ...] = ()
    other_surnames: str = ""

    @property
    def surname_key(self) -> str:
        return name_key(self.surname)

    @property
    def forename_key(self) -> str:
        return name_key(self.forenames)


@dataclass(frozen=True, slots=True)
class Known:
    """A child that we know already. `ref` is what the caller knows it by (a case's reference, a row of a list);
    `closed`: that episode is over."""

    ref: str
    child: Child
    closed: bool = False


class Kept(NamedTuple):
    """The same, as a register keeps it: all that is weighed. `carers` a line each; `house`, number and street, and
    `postcode` of the home, as `features.home` takes them apart."""

    ref: str
    surname: str
    forenames: str
    date_of_birth: date | None
    upn: str
    other_surnames: str
    carers: str
    postcode: str
    house: str
    closed: bool

    def known(self) -> Known:
        carers = tuple(self.carers.split("\n")) if self.carers else ()
        child = Child(
            self.surname,
            self.forenames,
            self.date_of_birth,
            self.upn,
            self.house,
            self.postcode,
            carers,
            self.other_surnames,
        )
        return Known(self.ref, child, self.closed)


@dataclass(frozen=True, slots=True)
class Found:
    """One that may be meant: `score` in bits (0: as likely as not), and in words what speaks for and against it."""

    known: Known
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Match:
    """Who is meant. `certain`: the same child beyond reasonable doubt, open episodes first; may be joined unasked.
    `likely`: an officer is asked, the likeliest first. `siblings`: of the same family, and another child."""

    certain: tuple[Found, ...] = ()
    likely: tuple[Found, ...] = ()
    siblings: tuple[Found, ...] = field(default=())

    @property
    def same(self) -> Known | None:
        """The one that is certain; an open episode before a closed one."""
        return self.certain[0].known if self.certain else None

    @property
    def why(self) -> str:
        best = self.certain or self.likely
        return best[0].why if best else ""
