"""The declared forms: what a form asks for, in which words and order. Read from the TOML files beside this one."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

FieldType = Literal[
    "name", "whole-name", "line", "lines", "address", "free", "date", "birth", "phone", "email", "upn", "postcode",
    "yesno", "gender", "level", "year",
]  # fmt: skip
"""What a box holds: a `line` of text, several `lines`, an `address`, or `free` text in which anything may stand."""

FORMS = tuple(sorted(file.name[:-5] for file in files(__package__).iterdir() if file.name.endswith(".toml")))
"""The names of the declared forms: a file each."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a label may stand for: the field `name`, or, with no name, the heading of a section. `order` is its place
    in the form. `rest` is the field of what stands beside a choice (its dates, its explanation)."""

    name: str
    section: str
    order: int
    type: FieldType = "line"
    rest: str = ""
    enters: bool = True
    """False for a field with which its section is hardly begun, having a heading and a first field of its own."""


@dataclass(frozen=True, eq=False)
class Form:
    """A declared form. `labels` gives, for the letters and digits of a label, what it may stand for; `fields` every
    name that a reading reports, in order; `twins` the sections that stand side by side."""

    name: str
    titles: frozenset[str]
    stops: frozenset[str]
    another: frozenset[str]
    """Headings of a further child."""
    labels: dict[str, tuple[Target, ...]]
    spelt: dict[str, frozenset[str]]
    """As declared, with blanks, for labels that stand in the middle of a line without a mark."""
    fields: dict[str, FieldType]
    twins: tuple[tuple[str, str], ...]
    titled: bool = False
    """Recognised by its title alone, as its labels are those of other forms."""

    @cached_property
    def any_label(self) -> frozenset[str]:
        return frozenset(self.labels)

    @cached_property
    def twin_labels(self) -> frozenset[str]:
        """Labels that may begin a line of a section that has a twin."""
        sections = {name for pair in self.twins for name in pair}
        return frozenset(
            k for k, targets in self.labels.items() if any(t.name and t.section in sections for t in targets)
        )


def letters(text: str) -> str:
    """Letters and digits alone, lower case: what a label is compared by."""
    return "".join(filter(str.isalnum, text.lower()))


@cache
def forms() -> tuple[Form, ...]:
    """Every declared form."""
    return tuple(_form(tomllib.loads(files(__package__).joinpath(f"{n}.toml").read_text("utf-8"))) for n in FORMS)


def _form(declared: dict[str, Any]) -> Form:
    labels: dict[str, list[Target]] = {}
    spelt: dict[str, set[str]] = {}
    fields: dict[str, FieldType] = {}
    for target, words in _targets(declared["section"]):
        for word in (way for declared_word in words for way in _ways(declared_word)):
            labels.setdefault(letters(word), []).append(target)
            spelt.setdefault(letters(word), set()).add(word)
        if target.name:
            fields[target.name] = target.type
            if target.rest:
                fields[target.rest] = "lines"
    return Form(
        declared["name"],
        frozenset(letters(t) for t in declared["titles"]),
        frozenset(letters(t) for t in (*declared["prose"], *declared["another"])),
        frozenset(letters(t) for t in declared["another"]),
        {key: tuple(dict.fromkeys(targets)) for key, targets in labels.items()},
        {key: frozenset(words) for key, words in spelt.items()},
        {name: kind for name, kind in fields.items() if kind != "whole-name" and not name.startswith("check.")},
        tuple((a, b) for a, b in declared.get("twins", ())),
        declared.get("titled", False),
    )


def _ways(label: str) -> list[str]:
    """A label as declared, and with the words that people shorten when they type it anew."""
    ways = [label]
    for word, short in (("information", "info"), ("including", "inc"), ("including", "incl")):
        ways += [re.sub(word, short, way, flags=re.I) for way in ways if word in way.lower()]
    return ways


def _targets(sections: list[dict[str, Any]]) -> list[tuple[Target, list[str]]]:
    """Headings and fields in the order of the form, each with its labels."""
    by_name = {section["name"]: section for section in sections}
    found: list[tuple[Target, list[str]]] = []
    for section in sections:
        name = section["name"]
        found.append((Target("", name, len(found)), section["headings"]))
        like = section.get("like", name)
        for field in by_name[like].get("field", ()):
            own = field["name"].replace(f"{like}.", f"{name}.", 1) if like != name else field["name"]
            enters = section.get("entry", own) == own
            target = Target(own, name, len(found), field["type"], field.get("rest", ""), enters)
            found.append((target, field["labels"]))
    return found
