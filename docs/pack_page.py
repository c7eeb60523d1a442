"""docs/reference/pack.md, from the tables of rules/packtables.py and outbound/tables.py and the facts of a rule."""

from __future__ import annotations

import inspect
from typing import Any

import msgspec
from pydantic import BaseModel

from docs.config_page import model_keys
from docs.tables import MADE, default_words, grid, meanings, type_words
from outbound import tables
from parsers.answers import pattern
from rules import duration, packtables
from rules.conditions import FACTS

_RULES: dict[type[BaseModel], str] = {
    packtables.FileTable: "Any file of a pack",
    packtables.RuleTable: "[[rule]] and [[pathway.NAME.rule]]",
    packtables.InForceTable: "in_force",
    packtables.QuestionTable: "[question.NAME]",
    packtables.AnswerTable: "[question.NAME.answer]",
    packtables.ChaseTable: "chase",
    packtables.SilenceTable: "on_silence",
    packtables.RoleTable: "[role.NAME]",
    packtables.FormTable: "[form.NAME]",
    packtables.RosterTable: "[roster.KIND]",
    packtables.DropTable: "[drop]",
    packtables.ForbidTable: "[[forbid]]",
    packtables.UnverifiedTable: "[unverified.NAME]",
}
_WORDS: dict[type[msgspec.Struct], str] = {
    tables.WordingTable: "[wording.NAME]",
    tables.PhraseTable: "[[phrase.NAME]]",
    tables.FactTable: "[fact]",
    tables.NumberTable: "[[number]]",
    tables.OpeningTable: "open, of a number",
    tables.CouncilTable: "[council]",
}
_LINKED: dict[Any, str] = {
    **dict.fromkeys((*_RULES, *_WORDS, packtables.PathwayTable), "table"),
    packtables.Listed: "text or list",
}
_SPANS = {
    "5 working days": duration.WorkingDays,
    "2 school days": duration.SchoolDays,
    "28 days, 4 weeks": duration.CalendarDays,
    "48 hours": duration.Hours,
    "4 working hours": duration.WorkingHours,
}


def page() -> str:
    parts = [MADE, "# A policy pack\n", _INTRO, "# Rules and questions\n"]
    for model, title in _RULES.items():
        parts += [f"## {title}\n", model_keys(model, _LINKED)]
    parts += ["## What `if` may look at\n", _facts(), "## Spans of time\n", _spans()]
    parts += ["# What mails say: wording.toml\n", _WORDING]
    for struct, title in _WORDS.items():
        parts += [f"## {title}\n", _struct_keys(struct)]
    parts += ["# What people write: says.toml\n", _SAYS, f"```\n{_language()}\n```\n"]
    return "\n".join(parts)


def _facts() -> str:
    told = meanings("FACTS", FACTS)
    return grid(("fact", "is"), [(f"`{name}`", told[name]) for name in FACTS])


def _spans() -> str:
    rows = [(f"`{text}`", " ".join((kind.__doc__ or "").split())) for text, kind in _SPANS.items()]
    return grid(("written", "means"), [*rows, ("`next working day`", "The working day after.")]) + (
        "\n`from FACT` counts from that fact (a date) or from the last time that event happened; without it, from the "
        "event that set the rule off. `school-age.begins` and `school-age.ends` are the days on which the child's "
        "compulsory school age begins and ends; a rule that waits for one of them is no next step of the case.\n"
    )


def _struct_keys(struct: type[msgspec.Struct]) -> str:
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    told = meanings(struct.__name__, fields)
    rows = [
        (
            f"`{key}`",
            type_words(field.type, _LINKED),
            "required" if field.required else default_words(field.default),
            told[key],
        )
        for key, field in fields.items()
    ]
    return grid(("key", "takes", "default", "means"), rows)


def _language() -> str:
    doc = inspect.cleandoc(pattern.__doc__ or "")
    return doc.partition("\n\n")[2].rstrip()


_INTRO = """\
A pack is a folder of TOML files: the council's policy as data. `pack.toml` names it and says which pack it extends;
the other files may be called and cut as you like, but for `wording.toml` (what our mails say) and `says.toml` (what
people write back). Three packs come with the bot, under `rules/packs`: `core.toml`, which is laid under every pack
and cannot be lost, `england` (statute and guidance), and `oxfordshire` (one county's policy, which extends
`england`).

A later file wins: a rule, a question, a role or a list of the same name replaces the earlier one. `cmebot check`
reads the whole pack and says what is not sound.
"""

_WORDING = """\
One table for each mail, named as the question or the notice is. A sentence is a Jinja template over facts:
`child.name` is written `{{ child_name }}`. Also there: `{{ who }}` (the child's name, or "this child"), `{{ by }}`
("by 5pm on Thursday 4 December"), `{{ ref }}`, `{{ team }}`, `{{ ring }}` (whom to ring now) and every phrase. A fact
that a case may lack stands in `{% if %}`. `cmebot check` refuses a sentence that names what is not given.

`[disclose]` says for each role which facts it may be told: names, `child.*` for a group, `*` for all. A UPN is told
only where `child.upn` itself stands. A protected address is in no mail, whatever stands there. A role without an
entry gets no mail. `[role]` says how a role is called in a sentence; `[digest]` holds the digest's headings.
"""

_SAYS = """\
`[question.NAME]` lists its answers in the order in which the mail numbers them, and what a bare `yes`, `no` or `ok`
says. `[answer."EVENT"]` has the choice's `label`, the phrases that say it (`says`), and which `values` are taken from
the reply and how. `[class]` holds word lists that phrases name as `@name`. The lists of several packs are joined, so
that a council adds its own turns of phrase without copying ours. A phrase is written in a little language:
"""
