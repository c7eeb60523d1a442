"""docs/policy.md: from a paragraph of the policy to the rules that do it, the questions it asks and the stories that
prove it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from docs.tables import HOME, MADE, code, grid
from rules import Pack, load_pack
from rules.duration import CalendarDays, Duration, Hours, SchoolDays, WorkingDays, WorkingHours
from rules.pack import Question, Rule

STORIES = HOME.parent / "tests" / "stories"
_ROW = re.compile(r"[a-e]\d{1,2}[ab]?")
_UNITS: Mapping[type[Duration], str] = {
    WorkingDays: "working day", SchoolDays: "school day", CalendarDays: "day", Hours: "hour",
    WorkingHours: "working hour",
}  # fmt: skip


class UnknownName(LookupError):
    """docs/rows.toml names a rule or a question that the pack does not have."""


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation: its paragraphs, what is done, the rules and questions that do it, and, where the engine itself
    does it, in which files."""

    name: str
    paragraphs: str
    says: str
    rules: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    engine: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A test that tells a case, and the rows that it shows."""

    file: str
    name: str
    rows: frozenset[str]


def rows() -> tuple[Row, ...]:
    """Every row of docs/rows.toml, in its order."""
    return tuple(_row(name, told) for name, told in tomllib.loads((HOME / "rows.toml").read_text("utf-8")).items())


def _row(name: str, told: Mapping[str, Any]) -> Row:
    lists = {key: tuple(value) for key, value in told.items() if isinstance(value, list)}
    return Row(name, told["paragraphs"], told["says"], **lists)


def stories() -> tuple[Story, ...]:
    """The tests of tests/stories; `test_c6_b14_...` shows the rows C6 and B14."""
    found = []
    for path in sorted(STORIES.glob("test_*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found.append(Story(path.name, node.name, frozenset(_rows_of(node.name))))
    return tuple(found)


def _rows_of(test: str) -> Iterable[str]:
    for word in test.removeprefix("test_").split("_"):
        if not _ROW.fullmatch(word):
            return
        yield word[0].upper() + word[1:]


def page() -> str:
    pack, told = load_pack("oxfordshire"), stories()
    every = rows()
    parts = [MADE, "# From the policy to the code\n", _INTRO]
    parts.append(
        grid(
            ("row", "paragraphs", "what is done"),
            [(f"[{r.name}](#{r.name.lower()})", r.paragraphs, r.says) for r in every],
        )
    )
    parts += [_section(row, pack, told) for row in every]
    parts += ["## Rules that serve every row\n", _rules(_others(pack, every)), "## Questions\n", _questions(pack)]
    return "\n".join(parts)


def _section(row: Row, pack: Pack, told: Iterable[Story]) -> str:
    lines = [f"## {row.name}\n", f"{row.says} (Paragraphs: {row.paragraphs}.)\n"]
    if row.rules:
        lines.append(_rules([_rule(pack, row, name) for name in row.rules]))
    if row.questions:
        lines.append(f"Questions: {code(_question(pack, row, name).name for name in row.questions)}.\n")
    if row.engine:
        lines.append(f"In the engine: {', '.join(f'[{file}](../{file})' for file in row.engine)}.\n")
    shown = [story for story in told if row.name in story.rows]
    lines.append("Stories:\n\n" + "\n".join(f"- [{_title(s)}](../tests/stories/{s.file})" for s in shown) + "\n")
    return "\n".join(lines)


def _title(story: Story) -> str:
    return " ".join(story.name.removeprefix("test_").split("_")[len(story.rows) :])


def _rules(found: Iterable[Rule]) -> str:
    lines = [(f"`{r.id}`", r.cite, f"`{_file(r)}`", _dates(r)) for r in found]
    return grid(("rule", "cites", "stands in", "in force"), lines)


def _file(rule: Rule) -> str:
    return rule.source.partition(":")[0].removeprefix("packs/")


def _dates(rule: Rule) -> str:
    start, end = rule.in_force.start, rule.in_force.end
    return " ".join(filter(None, (f"from {start}" if start else "", f"until {end}" if end else "")))


def _rule(pack: Pack, row: Row, name: str) -> Rule:
    if (rule := pack.rule(name)) is None:
        raise UnknownName(f"docs/rows.toml, {row.name}: the pack has no rule {name!r}")
    return rule


def _question(pack: Pack, row: Row, name: str) -> Question:
    if name not in pack.questions:
        raise UnknownName(f"docs/rows.toml, {row.name}: the pack has no question {name!r}")
    return pack.questions[name]


def _others(pack: Pack, every: Iterable[Row]) -> list[Rule]:
    named = {name for row in every for name in row.rules}
    return [rule for rule in pack.rules if rule.id not in named]


def _questions(pack: Pack) -> str:
    lines = []
    for q in sorted(pack.questions.values(), key=lambda q: q.name):
        silence = f"`{q.silence.event}` when {q.silence.at}" if q.silence else ""
        due = span_words(q.due.duration) + (f" from `{q.due.origin}`" if q.due.origin else "")
        answers = ", ".join(f"`{a.event}`{' (confirmed by one tap)' if a.ends else ''}" for a in q.answers)
        lines.append((f"`{q.name}`", q.cite, due, silence, answers))
    return grid(("question", "cites", "due", "silence means", "answers"), lines)


def span_words(span: Duration) -> str:
    """`2 working days`."""
    return f"{span.n} {_UNITS[type(span)]}{'' if span.n == 1 else 's'}"


_INTRO = """\
The pack `oxfordshire` does what one county's policy of about 2013 obliges, with what the law has changed since; the
clock chooses which rule is in force. Each row below is one obligation: the paragraphs it comes from, the rules that
do it, the questions it asks, and the stories under `tests/stories` that prove it, a mail in and the right mails out.
A test fails when a row has no story. Files of rules lie under `rules/packs`.
"""
