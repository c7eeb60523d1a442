"""A pack's files (TOML) become a Pack: validated at the border, merged with what it extends, compiled once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rules import packdeclared as declared
from rules.almanac import Occasion
from rules.calendar import Calendar, Terms
from rules.conditions import UnknownFact, compile_conditions
from rules.dated import Dated
from rules.definition import Definition
from rules.duration import BadDuration, Duration, parse_span
from rules.expected import ExpectedList
from rules.pack import (
    AnswerRule,
    Chase,
    Forbidden,
    Ground,
    Pack,
    Question,
    Role,
    Rule,
    Signal,
    Silence,
    Target,
    Trigger,
    Unverified,
)
from rules.packdeclared import BadPack
from rules.packplace import line_of
from rules.packtables import (
    ChaseTable,
    FileTable,
    QuestionTable,
    RoleTable,
    RuleTable,
)

PACKS = Path(__file__).parent / "packs"
_WORDS = frozenset({"says", "wording"})
"""Files whose name begins so hold words, not rules: `wording.toml`, `wording-lists.toml`."""


@dataclass
class _Draft:
    """What has been read so far, the extended pack's files first."""

    rules: dict[str, Rule] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    required: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lists: dict[str, list[Any]] = field(default_factory=dict)
    holidays: set[date] = field(default_factory=set)
    terms: list[tuple[date, date]] = field(default_factory=list)
    events: set[str] = field(default_factory=set)
    kept_open: Duration | None = None
    forbidden: dict[str, Forbidden] = field(default_factory=dict)
    unverified: dict[str, Unverified] = field(default_factory=dict)
    rosters: dict[str, ExpectedList] = field(default_factory=dict)
    grounds: dict[str, Ground] = field(default_factory=dict)
    occasions: dict[str, Occasion] = field(default_factory=dict)
    definitions: list[Definition] = field(default_factory=list)
    core: frozenset[str] = frozenset()
    """The rules that no pack can lose: the alarm, the confirmation, the officer's close."""


def load_pack(name: str, *, folder: Path = PACKS, school_terms: Mapping[str, Terms] | None = None) -> Pack:
    """The pack of that name with all that it extends. `school_terms`: by LAESTAB, "" for all schools; in the school
    years that they name they go before the pack's. Raises BadPack."""
    draft = _Draft()
    chain = list(_chain(name, folder))
    _read(draft, PACKS / "core.toml")
    draft.core = frozenset(draft.rules)
    for path in (p for pack in chain for p in _files(pack)):
        _read(draft, path)
    assert draft.kept_open is not None, "core.toml says it"
    own = dict(school_terms or {})
    terms = {**own, "": own.get("", Terms()).over(Terms(tuple(draft.terms)))}
    calendar = Calendar(frozenset(draft.holidays), terms)
    return Pack(
        name,
        tuple(draft.rules.values()),
        draft.questions,
        draft.roles,
        draft.required,
        calendar,
        frozenset(draft.events),
        draft.kept_open,
        draft.rosters,
        tuple(draft.forbidden.values()),
        tuple(draft.unverified.values()),
        draft.grounds,
        tuple(draft.occasions.values()),
        tuple(draft.definitions),
    )


def pack_tables(name: str, file: str, folder: Path = PACKS) -> list[dict[str, Any]]:
    """That file (`says.toml`, `wording.toml`) of the pack and of all it extends, what is extended first; after each the
    further ones of its kind (`wording-*.toml`), by name."""
    stem = file.removesuffix(".toml")
    paths = (path for pack in _chain(name, folder) for path in (pack / file, *sorted(pack.glob(f"{stem}-*.toml"))))
    return [_toml(path) for path in paths if path.is_file()]


def pack_files(name: str, folder: Path = PACKS) -> list[Path]:
    """Every file of the pack and of all it extends, in the order in which they are read. Raises BadPack."""
    homes = list(_chain(name, folder))
    words = [path for home in homes for path in sorted(home.glob("*.toml")) if _holds_words(path)]
    return [PACKS / "core.toml", *(path for home in homes for path in _files(home)), *words]


def _chain(name: str, folder: Path) -> Iterator[Path]:
    home = folder / name if (folder / name).is_dir() else PACKS / name
    if not home.is_dir():
        raise BadPack(f"there is no pack {name!r} in {folder}")
    manifest = home / "pack.toml"
    extends = _toml(manifest).get("extends", "") if manifest.is_file() else ""
    if extends:
        yield from _chain(extends, folder)
    yield home


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise BadPack(f"{path.parent.name}/{path.name}: {problem}") from problem


def _files(pack: Path) -> list[Path]:
    """The pack's own files; pack.toml, which names the lists that the others use, first."""
    found = (path for path in pack.glob("*.toml") if not _holds_words(path))
    return sorted(found, key=lambda p: (p.name != "pack.toml", p.name))


def _holds_words(path: Path) -> bool:
    return path.stem.partition("-")[0] in _WORDS


def _read(draft: _Draft, path: Path) -> None:
    where, text = f"{path.parent.name}/{path.name}", path.read_text("utf-8")
    try:
        _take(draft, FileTable.model_validate(_toml(path)), where)
    except ValidationError as problem:
        faults = [(line_of(text, e["loc"]), ".".join(map(str, e["loc"])), e["msg"]) for e in problem.errors()]
        raise BadPack("; ".join(f"{where}:{line}: {loc}: {said}" for line, loc, said in faults)) from problem
    except BadPack as problem:
        raise problem.on_line(where, text) from problem


def _take(draft: _Draft, file: FileTable, where: str) -> None:
    draft.lists |= file.lists
    draft.events |= set(file.events)
    draft.kept_open = declared.kept_open(file.kept_open, where) if file.kept_open else draft.kept_open
    draft.required |= {form: tuple(table.required) for form, table in file.form.items()}
    draft.grounds |= {n: Ground(n, g.says, g.cite, g.school_days, g.joint) for n, g in file.ground.items()}
    draft.occasions |= {o.id: declared.occasion(o, where) for o in file.occasion}
    draft.definitions += [declared.definition(d, where) for d in file.definition]
    draft.holidays |= {day for days in file.holidays.values() for day in days}
    draft.terms += [term for terms in file.terms.values() for term in terms]
    named = {rule.id for rule in file.rule} | {r.id for p in file.pathway.values() for r in p.rule}
    for name in draft.core & (named | set(file.drop.rules)):
        raise BadPack(
            f"{where}: the rule {name} belongs to the engine: no pack can change it or take it out", "rule", name
        )
    for name in file.drop.rules:
        draft.rules.pop(name, None)
    for name, question in file.question.items():
        draft.questions[name] = _question(name, question, where)
    for name, expected in file.roster.items():
        draft.rosters[name] = declared.roster(name, expected, where)
    for name, role in file.role.items():
        draft.roles[name] = _role(name, role, where)
    draft.forbidden |= {law.id: declared.forbidden(law, where) for law in file.forbid}
    draft.unverified |= {name: declared.unverified(name, table, where) for name, table in file.unverified.items()}
    every = [("", rule) for rule in file.rule]
    every += [(pathway, rule) for pathway, table in file.pathway.items() for rule in table.rule]
    for pathway, rule in every:
        draft.rules[rule.id] = _rule(rule, pathway, draft.lists, f"{where}: {rule.id}")


def _chase(table: ChaseTable | None) -> Chase | None:
    return None if table is None else Chase(parse_span(table.every).duration, table.times, table.tell)


def _role(name: str, table: RoleTable, where: str) -> Role:
    try:
        return Role(name, table.then, _chase(table.chase))
    except BadDuration as problem:
        raise BadPack(f"{where}: role {name}: {problem}", "role", name) from problem


def _question(name: str, table: QuestionTable, where: str) -> Question:
    answers = tuple(AnswerRule(e, tuple(a.must), tuple(a.needs), a.ends) for e, a in table.answer.items())
    silence = Silence(table.on_silence.event, table.on_silence.at) if table.on_silence else None
    try:
        due = parse_span(table.due)
        again = parse_span(table.again).duration if table.again else None
        chase = _chase(table.chase)
    except BadDuration as problem:
        raise BadPack(f"{where}: question {name}: {problem}", "question", name) from problem
    return Question(
        name,
        table.cite,
        due,
        where,
        chase,
        silence,
        answers,
        again,
        table.deputy,
        table.passes,
        tuple(table.implied_by),
        table.unclear,
        table.each,
    )


def _rule(table: RuleTable, pathway: str, lists: Mapping[str, list[Any]], where: str) -> Rule:
    try:
        after = parse_span(table.after) if table.after else None
        return Rule(
            id=table.id,
            cite=table.cite,
            when=_trigger(table.when, lists, where),
            source=where,
            pathway=pathway,
            on=frozenset(_expand(table.on, lists)),
            conditions=compile_conditions(table.conditions, where),
            unless=frozenset(_expand(table.unless, lists)),
            after=after,
            ask=tuple(table.ask),
            of=_targets(table.of, lists, where),
            tell=_targets(table.tell, lists, where),
            wording=table.wording or (table.id if table.tell and not table.ask else ""),
            open=table.open,
            close=table.close,
            withdraw=tuple(table.withdraw),
            record=table.record,
            once=table.once,
            at_once=table.at_once,
            group=table.group,
            propose=table.propose,
            in_force=Dated(table.in_force.start, table.in_force.end),
        )
    except BadDuration as problem:
        raise BadPack(f"{where}: {problem}", "rule", table.id) from problem
    except UnknownFact as problem:
        raise BadPack(str(problem), "rule", table.id) from problem


def _expand(names: Sequence[Any], lists: Mapping[str, list[Any]]) -> list[Any]:
    """A list's name stands for its members."""
    return [item for name in names for item in (lists.get(name, [name]) if isinstance(name, str) else [name])]


def _trigger(when: object, lists: Mapping[str, list[Any]], where: str) -> Trigger:
    if isinstance(when, dict) and "all" in when:
        return Trigger(tuple(_signal(s, where) for s in _expand(when["all"], lists)), all_of=True)
    items = when if isinstance(when, list) else [when]
    return Trigger(tuple(_signal(s, where) for s in _expand(items, lists)))


def _signal(item: object, where: str) -> Signal:
    if isinstance(item, str):
        return Signal(item)
    if not isinstance(item, dict):
        raise BadPack(
            f"{where}: 'when' is an event, a list, or a table with all, event, closed, overdue or exhausted",
            "rule",
            where.rpartition(": ")[2],
        )
    rest = dict(item)
    for mark in ("closed", "overdue", "exhausted"):
        if mark in rest and "event" not in rest:
            name = f"{mark}:{rest.pop(mark)}"
            return Signal(name, tuple(rest.items()))
    return Signal(str(rest.pop("event")), tuple(rest.items()))


def _targets(items: Sequence[Any], lists: Mapping[str, list[Any]], where: str) -> tuple[Target, ...]:
    found = []
    for item in _expand(items, lists):
        table: dict[str, Any] = {"role": item} if isinstance(item, str) else dict(item)
        conditions = compile_conditions(table.pop("if", {}), where)
        found.append(Target(str(table["role"]), bool(table.get("deputy", False)), conditions))
    return tuple(found)
