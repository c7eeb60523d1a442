"""What in the configuration and the directory names nobody or nowhere: mistyped addresses, Hubs and school numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bot.council.office import Office
from bot.inspecting.finding import Finding

_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_LAESTAB = 7
"""Digits of a school's number: three of the authority, four of the school."""


def misnamed(office: Office) -> Iterator[Finding]:
    """Each with what to mend."""
    hubs = {person.which for person in office.directory.people if person.role == "hub-manager"}
    yield from _mailboxes(office, hubs)
    yield from _schools(office)
    for hub in sorted({area.hub for area in office.directory.areas.values() if area.hub} - hubs):
        problem = f"postcodes.csv: nobody manages the Hub {hub!r}: correct it, or add its hub-manager to people.csv"
        yield Finding("error", "directory", problem)


def _mailboxes(office: Office, hubs: set[str]) -> Iterator[Finding]:
    for box in office.config.mailbox:
        where = f"config.toml, mailbox {box.name}"
        if not _ADDRESS.fullmatch(box.address):
            yield Finding("error", where, f"address = {box.address!r} is no address: our mails could not be answered")
        if box.hub and box.hub not in hubs:
            problem = f"hub = {box.hub!r}: nobody manages it. Correct it, or add its hub-manager to people.csv"
            yield Finding("error", where, problem)


def _schools(office: Office) -> Iterator[Finding]:
    schools = office.directory.schools
    for school in schools:
        if school.laestab and len(school.number) != _LAESTAB:
            problem = f"schools.csv: {school.name}: {school.laestab!r} is no LAESTAB: seven digits, as in 931/4000"
            yield Finding("error", "directory", problem)
    for number, times in Counter(school.number for school in schools if school.number).items():
        if times > 1:
            named = " and ".join(school.name for school in schools if school.number == number)
            yield Finding("error", "directory", f"schools.csv: {named} have one LAESTAB, {number}: correct one of them")
