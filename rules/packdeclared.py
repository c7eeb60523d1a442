"""What a pack declares besides rules and questions: expected lists, occasions of the calendar, the definition of
missing education, what the law forbids, and facts that nobody has verified."""

from __future__ import annotations

from rules.almanac import BadOccasion, Occasion, parse_when
from rules.dated import Dated
from rules.definition import Definition
from rules.duration import BadDuration, parse_span
from rules.expected import BadDay, ExpectedList, parse_day
from rules.pack import Forbidden, Unverified
from rules.packtables import DefinitionTable, ForbidTable, OccasionTable, RosterTable, UnverifiedTable


class BadPack(ValueError):
    """A pack that is not sound: the message names the file, the rule and the mend."""


def roster(name: str, table: RosterTable, where: str) -> ExpectedList:
    try:
        days = tuple(map(parse_day, table.due))
    except BadDay as problem:
        raise BadPack(f"{where}: roster {name}: {problem}") from problem
    return ExpectedList(name, table.says, table.cite, tuple(table.senders), days, table.once_come)


def occasion(table: OccasionTable, where: str) -> Occasion:
    try:
        when = parse_when(table.on)
    except BadOccasion as problem:
        raise BadPack(f"{where}: {table.id}: {problem}") from problem
    dated = Dated(table.in_force.start, table.in_force.end)
    source = f"{where}: {table.id}"
    return Occasion(table.id, table.cite, when, tuple(table.tell), table.wording, source, table.document, dated)


def definition(table: DefinitionTable, where: str) -> Definition:
    try:
        span = parse_span(table.out_for)
    except BadDuration as problem:
        raise BadPack(f"{where}: definition: {problem}") from problem
    dated = Dated(table.in_force.start, table.in_force.end)
    return Definition(table.cite, span, frozenset(table.on_roll), frozenset(table.educated), dated)


def forbidden(table: ForbidTable, where: str) -> Forbidden:
    return Forbidden(
        table.id,
        table.cite,
        table.says,
        where,
        tuple(table.asks),
        tuple(table.wordings),
        tuple(table.phrases),
        Dated(table.in_force.start, table.in_force.end),
    )


def unverified(name: str, table: UnverifiedTable, where: str) -> Unverified:
    rests = [f"rule {n}" for n in table.rules] + [f"question {n}" for n in table.questions]
    return Unverified(name, table.says, where, tuple(rests + [f"wording {n}" for n in table.wordings]))
