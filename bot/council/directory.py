"""The council's directory: who holds which role, which schools, agencies and authorities there are, which postcode
lies where. Data of the council, in CSV files, never code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.council.directory_rows import rows_of
from rules import Party


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to write to."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who an address belongs to: a role, which holder of it (a Hub's area, a district, an authority, a LAESTAB), and
    whether it stands in for another. `officer` means a person of the council in a role."""

    role: str
    which: str
    address: str
    name: str = ""
    deputy: bool = False
    officer: bool = False


@dataclass(frozen=True, slots=True)
class School:
    """A school: its LAESTAB as seven digits with a slash, its office's address, and the Hub of its area."""

    name: str
    office: str
    laestab: str
    hub: str
    postcode: str = ""

    @property
    def number(self) -> str:
        """The digits of its LAESTAB."""
        return _DIGITS.sub("", self.laestab)


@dataclass(frozen=True, slots=True)
class Area:
    """Where a postcode lies: a district and Hub of ours, or another authority."""

    district: str = ""
    hub: str = ""
    authority: str = ""


@dataclass(frozen=True)
class Directory:
    """Everybody the bot may write to or believe."""

    people: tuple[Person, ...]
    bodies: tuple[Person, ...]
    schools: tuple[School, ...]
    areas: Mapping[str, Area]
    _by_address: dict[str, Person] = field(init=False, repr=False, compare=False)
    _by_domain: dict[str, Person] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        schools = [Person("school", s.laestab, s.office, s.name) for s in self.schools if s.office]
        everyone = [*self.bodies, *schools, *self.people]
        object.__setattr__(self, "_by_address", {p.address: p for p in reversed(everyone)})
        domains = {p.address.rpartition("@")[2]: p for p in reversed([*self.bodies, *schools])}
        object.__setattr__(self, "_by_domain", domains)

    def who_is(self, address: str) -> Person | None:
        """The person or body of that address; anyone at a school's or agency's own domain writes for it."""
        found = self._by_address.get(address)
        if found is None and (body := self._by_domain.get(address.rpartition("@")[2])):
            found = Person(body.role, body.which, body.address, body.name)
        return found

    def roles_of(self, address: str) -> list[Person]:
        """Every role that an address holds: one person may have several."""
        own = [p for p in self.people if p.address == address]
        return own or [p for p in [self.who_is(address)] if p]

    def holder(self, to: Party) -> Contact | None:
        """Who holds that role, for that area, district, authority or school; None when nobody does."""
        if to.role in ("school", "other-school"):
            school = self.school(to.which)
            return Contact(school.office, school.name) if school else None
        deputy = to.which == "deputy"
        if to.role == "hub-worker":
            return self.worker(to.which)
        found = [p for p in (*self.people, *self.bodies) if p.role == to.role and p.deputy == deputy]
        exact = [p for p in found if p.which == to.which] if not deputy else found
        general = [p for p in found if not p.which]
        for person in exact or general or (found if len(found) == 1 else []):
            return Contact(person.address, person.name)
        return None

    def deputy(self, to: Party) -> Contact | None:
        """Who stands in for the holder of that role in that area."""
        found = [p for p in self.people if p.role == to.role and p.deputy and p.which in (to.which, "")]
        return Contact(found[0].address, found[0].name) if found else None

    def worker(self, who: str) -> Contact | None:
        """A Hub worker by address or by name, as the Hub manager wrote it."""
        wanted = who.strip().lower()
        for person in self.people:
            if person.role == "hub-worker" and wanted in (person.address, person.name.lower()):
                return Contact(person.address, person.name)
        return self._worker_by_part(wanted)

    def _worker_by_part(self, wanted: str) -> Contact | None:
        """By local part or first name, where only one has it."""
        workers = [p for p in self.people if p.role == "hub-worker"]
        found = [
            p for p in workers if wanted and wanted in (p.address.partition("@")[0], p.name.lower().partition(" ")[0])
        ]
        if not found and len(wanted) > 3:
            found = [p for p in workers if wanted in p.address.partition("@")[0] or wanted in p.name.lower()]
        return Contact(found[0].address, found[0].name) if len(found) == 1 else None

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of everybody and of every school, case folded."""
        named = [*(one.name for one in (*self.people, *self.bodies)), *(one.name for one in self.schools)]
        return frozenset(" ".join(name.casefold().split()) for name in named)

    @cached_property
    def _schools(self) -> tuple[tuple[School, str, str], ...]:
        """Each with its LAESTAB's digits, and its name without what people leave out."""
        return tuple((one, one.number, _plain(one.name)) for one in self.schools)

    def school(self, which: str) -> School | None:
        """A school by LAESTAB, or by its name as people write it."""
        digits, wanted = _DIGITS.sub("", which), _plain(which)
        for school, laestab, name in self._schools:
            if (len(digits) == 7 and laestab == digits) or (wanted and name == wanted):
                return school
        near = [s for s, _, name in self._schools if len(wanted) > 6 and (wanted in name or name in wanted)]
        return near[0] if len(near) == 1 else None

    def area(self, text: str) -> Area | None:
        """Where the (last) postcode in that text lies; None when there is none, or it is nowhere we know."""
        found = re.findall(r"\b([A-Z]{1,2})(\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", text.upper())
        for letters, district, _ in reversed(found):
            if area := self.areas.get(letters + district) or self.areas.get(letters):
                return area
        return None


_DIGITS = re.compile(r"\D")
_NOISE = re.compile(
    r"\b(the|school|academy|primary|catholic|junior|infant|community|college|free|c of e|ce)\b|[^a-z0-9]+"
)


def _plain(name: str) -> str:
    return _NOISE.sub("", name.lower().replace("st.", "st")) or re.sub(r"[^a-z0-9]", "", name.lower())


def load_directory(folder: Path) -> Directory:
    """Reads people.csv, bodies.csv, schools.csv and postcodes.csv. Raises BadDirectory."""
    people = tuple(
        Person(r["role"], r["area"], r["address"], r["name"], bool(r["deputy"]), True)
        for r in rows_of(folder / "people.csv", ("role", "area", "address", "name", "deputy"), address="address")
    )
    bodies = tuple(
        Person(r["role"], r["area"], r["address"], r["name"])
        for r in rows_of(folder / "bodies.csv", ("role", "area", "address", "name"), address="address")
    )
    columns = ("name", "office", "laestab", "hub", "postcode")
    schools = tuple(
        School(r["name"], r["office"], r["laestab"], r["hub"], r["postcode"])
        for r in rows_of(folder / "schools.csv", columns, address="office", needed=False)
    )
    return Directory(people, bodies, schools, dict(_areas(folder / "postcodes.csv")))


def _areas(path: Path) -> Iterator[tuple[str, Area]]:
    for row in rows_of(path, ("outward", "district", "hub", "authority")):
        yield row["outward"].upper(), Area(row["district"], row["hub"], row["authority"])
