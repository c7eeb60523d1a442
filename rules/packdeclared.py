"""What a pack declares besides rules and questions: expected lists, occasions of the calendar, the definition of
missing education, what the law forbids, and facts that nobody has verified."""

from __future__ import annotations

from rules.almanac import BadOccasion, Occasion, parse_when
from rules.dated import Dated
from rules.definition import Definition
from rules.duration import BadDuration, Duration, parse_span
from rules.expected import BadDay, ExpectedList, parse_day
from rules.pack import Forbidden, Unverified
from rules.packplace import line_named
from rules.packtables import DefinitionTable, ForbidTable, OccasionTable, RosterTable, UnverifiedTable


class BadPack(ValueError):
    """A pack that is not sound: the message names the file and line, the rule and the mend. `about`: the kind and name
    of what is wrong, by which its line is found."""

    def __init__(self, message: str, *about: str) -> None:
        super().__init__(message)
        self.about = about

    def on_line(self, where: str, text: str) -> BadPack:
        """The same with the line, where it is known."""
        told = str(self)
        if not self.about or not told.startswith(f"{where}:"):
            return self
        return BadPack(f"{where}:{line_named(text, *self.about)}{told.removeprefix(where)}")


def kept_open(text: str, where: str) -> Duration:
    try:
        return parse_span(text).duration
    except BadDuration as problem:
        raise BadPack(f"{where}: kept_open: {problem}", "kept_open", "") from problem


def roster(name: str, table: RosterTable, where: str) -> ExpectedList:
    try:
        days = tuple(map(parse_day, table.due))
    except BadDay as problem:
        raise BadPack(f"{where}: roster {name}: {problem}", "roster", name) from problem
    return ExpectedList(name, table.says, table.cite, tuple(table.senders), days, table.once_come)


def occasion(table: OccasionTable, where: str) -> Occasion:
    try:
        when = parse_when(table.on)
    except BadOccasion as problem:
        raise BadPack(f"{where}: {table.id}: {problem}", "occasion", table.id) from problem
    dated = Dated(table.in_force.start, table.in_force.end)
    source = f"{where}: {table.id}"
    return Occasion(table.id, table.cite, when, tuple(table.tell), table.wording, source, table.document, dated)


def definition(table: DefinitionTable, where: str) -> Definition:
    try:
        span = parse_span(table.out_for)
    except BadDuration as problem:
        raise BadPack(f"{where}: definition: {problem}", "definition", table.cite) from problem
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
