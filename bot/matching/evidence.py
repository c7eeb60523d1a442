"""What two descriptions of a child have in common, field by field, and what that weighs (docs/decisions/016)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.matching import birth, names
from bot.matching.birth import Agreement
from bot.matching.features import Features, named
from bot.matching.names import Likeness
from bot.matching.weights import Weights
from parsers.values import upn

Plain = Literal["same", "near", "unknown", "other"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`swapped`: surname and forename stand in each other's box. `home`: `same` house, `near` is the postcode alone."""

    surname: Likeness
    forename: Likeness
    born: Agreement
    upn: Plain
    home: Plain
    carers: Plain
    swapped: bool = False

    @property
    def family(self) -> bool:
        """One household, as far as it is known."""
        kin = self.surname in ("same", "part", "alike")
        return (kin and (self.home == "same" or self.carers == "same")) or (
            self.home in ("same", "near") and self.carers == "same"
        )

    @property
    def contradicts(self) -> bool:
        """Something that both say, and that cannot be true of one child (a changed UPN excepted)."""
        return self.upn == "other" or self.born in ("swapped", "digit", "other")


def compare(one: Features, other: Features) -> Evidence | None:
    """None for whom nobody can mean, as most of those looked at are: the number does not agree, and of names and
    birthday, or of birthday and home, neither does; or the forename does not, and it is no family."""
    number = one.upn == other.upn != ""
    born, home = birth.agreement(one.born, other.born), _home(one, other)
    if not number and born == "other" and home not in ("same", "near"):
        return None
    surname, forename, swapped = _names(one, other)
    if not number and surname == "other" and (forename == "other" or born == "other"):
        return None
    carers = _carers(one, other)
    if not number and forename == "other" and "same" not in (home, carers):
        return None
    return Evidence(surname, forename, born, _upn(one, other), home, carers, swapped)


def _names(one: Features, other: Features) -> tuple[Likeness, Likeness, bool]:
    surname = names.alike_surnames(one.surname, other.surname)
    forename = names.alike_forenames(one.forenames, other.forenames)
    if surname == "other":
        if _formerly(one, other) or _formerly(other, one):
            surname = "part"
        elif forename == "other" and _crossed(one, other):
            return "same", "same", True
    return surname, forename, False


def _formerly(one: Features, other: Features) -> bool:
    """The one has borne a surname of the other."""
    return bool(one.others) and not set(one.others).isdisjoint(other.surname)


def _crossed(one: Features, other: Features) -> bool:
    """Each name stands in the other's box; a further forename may be left out, and one letter of the surname wrong."""
    return _in_the_wrong_box(one, other) or _in_the_wrong_box(other, one)


def _in_the_wrong_box(one: Features, other: Features) -> bool:
    if not one.surname or not other.forenames or one.surname[0][0] != other.forenames[0][0]:
        return False
    if names.alike_surnames(one.forenames, other.surname) not in ("same", "part", "alike"):
        return False
    return names.alike_forenames(one.surname, other.forenames) in ("same", "short", "nickname", "alike")


def _upn(one: Features, other: Features) -> Plain:
    """A mistyped number says nothing, nor does it that a temporary one was replaced."""
    if not one.upn or not other.upn or not _sound(one.upn):
        return "unknown"
    if one.upn == other.upn:
        return "same"
    lasting = not upn.is_temporary(one.upn) and not upn.is_temporary(other.upn)
    return "other" if lasting and _sound(other.upn) else "unknown"


@lru_cache(maxsize=10_000)
def _sound(number: str) -> bool:
    return upn.check_letter(number[1:]) == number[0]


def _home(one: Features, other: Features) -> Plain:
    if (
        one.house
        and one.house == other.house
        and (one.postcode == other.postcode or not one.postcode or not other.postcode)
    ):
        return "same"
    if not one.postcode or not other.postcode:
        return "unknown"
    if one.postcode != other.postcode:
        return "other"
    return "near"


def _carers(one: Features, other: Features) -> Plain:
    """The whole name of one carer, title aside; a surname alone is the child's own and says nothing."""
    mine, theirs = _full_names(one.carers), _full_names(other.carers)
    if not mine or not theirs:
        return "unknown"
    return "same" if any(a <= b or b <= a for a in mine for b in theirs) else "other"


def _full_names(carers: tuple[str, ...]) -> list[frozenset[str]]:
    return [name for carer in carers if len(name := named(carer)) > 1]


def score(evidence: Evidence, one: Features, other: Features, weights: Weights) -> float:
    """The posterior log-odds in bits that both are one child: 0 is even, 10 is a thousand to one."""
    total = weights.prior
    total += weights.surname(evidence.surname, "".join(one.surname if not evidence.swapped else other.surname))
    total += weights.forename(evidence.forename, one.forenames[0] if one.forenames else "")
    total += weights.of("born", evidence.born) + weights.of("upn", evidence.upn)
    home, carers = weights.of("home", evidence.home), weights.of("carers", evidence.carers)
    # Both say "of that household", and say it only once: brothers and sisters share both.
    total += max(home, carers) if home > 0 and carers > 0 else home + carers
    return total + (weights.of("names", "swapped") if evidence.swapped else 0.0)


def in_words(evidence: Evidence) -> str:
    """For the officer who holds both beside each other: what agrees, what is alike, what differs."""
    told = [
        ("surname", evidence.surname), ("forename", evidence.forename), ("date of birth", evidence.born),
        ("UPN", evidence.upn), ("address", evidence.home), ("carer", evidence.carers),
    ]  # fmt: skip
    if evidence.swapped:
        told = [("names, the other way round", "same"), *told[2:]]
    same = [field for field, level in told if level == "same"]
    alike = [_ALIKE[level].format(field) for field, level in told if level in _ALIKE]
    other = [f"another {field}" for field, level in told if level == "other" and field != "address"]
    parts = [f"the same {_listed(same)}" if same else "", _listed(alike), *([f"but {_listed(other)}"] if other else [])]
    return ", ".join(filter(None, parts)) or "nothing that tells them apart"


_ALIKE = {
    "part": "part of the {}", "short": "a shorter or longer {}", "nickname": "a short or foreign form of the {}",
    "alike": "a similar {}", "swapped": "day and month of the {} swapped", "digit": "one digit of the {} different",
    "near": "the same postcode",
}  # fmt: skip


def _listed(items: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""
