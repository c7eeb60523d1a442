"""Whom an officer means in an order: "the police", "Bardwell Hill", an address, a name."""

from __future__ import annotations

from bot.council.office import Office
from rules import Party


def is_meant(office: Office, to: Party, said: str) -> bool:
    """Whether these words name that party: its role, its address, its school, or the person who holds the role."""
    plain = _plain(said)
    if not plain:
        return False
    directory = office.directory
    if "@" in plain:
        person = directory.who_is(plain)
        return to.which == plain or (person is not None and (person.role, person.which) == (to.role, to.which))
    school = directory.school(said)
    if school is not None:
        return to.which == school.laestab
    holder = directory.holder(to)
    names = (to.role, office.wording.roles.get(to.role, ""), holder.name if holder else "")
    return any(plain in (name := _plain(one)) or (name and name in plain) for one in names)


def _plain(text: str) -> str:
    return text.lower().replace("-", " ").strip(" .,;:").removeprefix("the ").strip()
