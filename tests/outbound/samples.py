"""Made-up cases and letters that the tests of this folder share."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from outbound.dates import LONDON
from outbound.letter import Choice, Letter
from outbound.wording import Wording, load_wording
from rules.packfile import pack_tables

UPN = "H931920414007"
STREET = "7 Kiln Lane"

FACTS: dict[str, Any] = {
    "child.surname": "Farthingale",
    "child.forenames": "Tamsin",
    "child.date_of_birth": "2005-02-09",
    "child.upn": UPN,
    "child.gender": "F",
    "child.year_group": "5",
    "school.last_attended": "Wychwood Fields Infant School",
    "address.last_known": f"{STREET}\nAdderbury\nOX17 3QQ",
    "address.moved_to": "somewhere near Corby",
    "carers": "Ms Wren Farthingale",
    "attendance.last_day": "2014-10-02",
    "absence.first_day": "2014-10-03",
    "referrer.name": "Mr P. Quill",
    "referrer.telephone": "01632 960114",
    "risk.aggressive_parent": "high",
    "risk.threatening_environment": "medium",
    "risk.known_substance_abuse": "low",
    "information.other": f"Family said they might leave {STREET}. UPN {UPN}.",
    "risk.groups": "domestic violence",
    "missing": ("child.date_of_birth", "address.last_known"),
    "area": "north",
    "worker": "Jo Pettifer",
    "visit.date": "2014-11-27",
    "card-left": "yes",
    "neighbours": "no",
    "quote": "She said she is frightened to go home.",
    "text": "We have not seen this girl since half term.",
    "writer.name": "Jo Carver",
    "writer.address": "jo@wychwood-fields.example",
    "received": "2014-11-12T20:30:00+00:00",
    "officer": "Robin Oakes",
    "proposed": ("Found at the home address on Thursday 27 November 2014",),
    "understood": ("No response at the door", "Card left: yes"),
    "still-missing": ("neighbours",),
    "asked.name": "Jo Pettifer",
    "asked.role": "Hub worker",
    "was-due": "2014-11-28T17:00:00+00:00",
    "question": "home-visit",
    "agency": "Thames Valley Police",
    "address": "16 Long Row, Corby NN17 1ZZ",
    "school": "Windrush Community College",
    "date": "2014-11-24",
    "why": "the family lives in another Hub's area",
    "other.ref": "CME-2014-00017",
    "other.child.surname": "Farthingale",
    "other.child.forenames": "Tamzin",
    "other.child.date_of_birth": "2005-02-09",
    "other.school.name": "Wychwood Fields Infant School",
    "children": (
        {"child.forenames": "Tamsin", "child.surname": "Farthingale", "child.date_of_birth": "2005-02-09"},
        {"child.forenames": "Odd", "child.surname": "Nilsen", "attendance.last_day": "2014-10-10"},
    ),
    "rows": 412,
    "bad-rows": ("Row 17: the date of birth 31/02/2004 is no date",),
}


@cache
def wording() -> Wording:
    return load_wording(pack_tables("oxfordshire", "wording.toml"))


def names() -> frozenset[str]:
    """Of all wordings."""
    return frozenset(name for name, _ in wording().entries)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def letter(name: str, role: str, **more: Any) -> Letter:
    """A letter of that wording to that role, about the made-up case."""
    plain = Letter(
        key="7f3a", rule=f"hub.{name}", kind="ask", wording=name, questions=(name,), role=role,
        to_address=f"{role}@council.example", to_name=role.replace("-", " ").capitalize(),
        from_address="hub.north@council.example", from_name="Children Missing Education team",
        date=at("2014-11-26T12:00"), refs=("CME-2014-00042",), code="K7QF2MXA9T",
        cite="3.7; Pathway, day 5", why="The Hub manager has allocated this visit to you",
        due=at("2014-11-28T12:00"), facts=FACTS,
    )  # fmt: skip
    return replace(plain, **more)


VISIT = (
    Choice(1, "No response at the door", "visit.no-response"),
    Choice(2, "The family has left the address", "visit.left-address"),
    Choice(3, "The child is at the address", "visit.at-address"),
    Choice(4, "No visit was made", "visit.not-made"),
)
