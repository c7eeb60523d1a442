"""Who the directory holds, against when the bot last started: a file that was cut in half can be read like a whole one,
and whoever stood in the other half is neither asked nor believed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import msgspec
import structlog

from bot.council.directory import Directory
from bot.council.office import Office
from bot.register.unit import Snapshot, Unit
from bot.views.health import tell_operator

log = structlog.get_logger()

_KEY = "directory"
_ROLE = "role "
_LEFT = 0.8
"""So much of a file stays, from one day to the next: people leave, but not a fifth of them at once."""


def call_the_roll(office: Office, unit: Unit, now: datetime) -> None:
    """Tells the operator, once, what is missing; from then on the directory of today is the measure."""
    missing = lost(unit, office.directory)
    if missing:
        log.error("the directory has shrunk", missing=len(missing))
        told = [
            "Please look at the directory: since the bot last started there is less in it.",
            *(f"{sentence}." for sentence in missing),
            "If that is right, there is nothing to do: you do not hear of it again. If not, put the whole file back, "
            "and restart the bot. Until then it neither asks nor believes whoever is missing.",
        ]
        tell_operator(office, unit, "directory", now, "CME Bot: there is less in the directory than before", told)
    now_held = _written(office.directory)
    if unit.meta(_KEY) != now_held:
        unit.set_meta(_KEY, now_held)


def lost(unit: Snapshot | Unit, directory: Directory) -> list[str]:
    """In sentences without a full stop: the files that are a fifth shorter, the roles that were held and are not."""
    before = msgspec.json.decode(unit.meta(_KEY) or "{}", type=dict[str, int])
    now = _roll(directory)
    shorter = [
        f"{name} has {now[name]} rows, and had {rows}"
        for name, rows in before.items()
        if not name.startswith(_ROLE) and now.get(name, 0) < rows * _LEFT
    ]
    roles = [name.removeprefix(_ROLE) for name in before if name.startswith(_ROLE) and name not in now]
    return [*shorter, *(f"nobody holds the role {role} any more; somebody did" for role in roles)]


def _roll(directory: Directory) -> dict[str, int]:
    files = {
        "people.csv": directory.people,
        "bodies.csv": directory.bodies,
        "schools.csv": directory.schools,
        "postcodes.csv": directory.areas,
    }
    held = Counter(
        f"{_ROLE}{one.role} {one.which}".rstrip() for one in (*directory.people, *directory.bodies) if not one.deputy
    )
    return {**{name: len(rows) for name, rows in files.items()}, **held}


def _written(directory: Directory) -> str:
    return msgspec.json.encode(dict(sorted(_roll(directory).items()))).decode()
