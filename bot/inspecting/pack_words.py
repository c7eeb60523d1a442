"""Whether each mail of a pack could be written on each day on which its rule may send it, and each answer be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bot.council.office import Office
from bot.inspecting.finding import Finding
from outbound.errors import CannotRender
from rules.pack import Rule

FIRST = date(2013, 9, 1)
"""The oldest day of which the packs speak."""


def findings(office: Office, where: Mapping[str, str]) -> Iterator[Finding]:
    """Errors, with the place of the rule or question."""
    days = _days(office)
    for rule in office.pack.rules:
        for problem in dict.fromkeys(_unwritten(office, rule, days)):
            yield Finding("error", where.get(f"rule {rule.id}", rule.source), f"{rule.id}: {problem}")
    for name in sorted({q for rule in office.pack.rules for q in rule.ask} & set(office.pack.questions)):
        for problem in _unheard(office, name):
            yield Finding("error", where.get(f"question {name}", name), f"question {name}: {problem}")


def _days(office: Office) -> list[date]:
    """One day of each time in which the words are the same."""
    changes = {FIRST}
    for entries in office.wording.entries.values():
        for entry in entries:
            changes |= {entry.dates.start} if entry.dates.start > FIRST else set()
            changes |= {entry.dates.until + timedelta(days=1)} if entry.dates.until < date.max else set()
    return sorted(changes)


def _unwritten(office: Office, rule: Rule, days: list[date]) -> Iterator[str]:
    for targets, questions in ((rule.of, rule.ask), (rule.tell, ())):
        for role in (target.role for target in targets if questions or targets is rule.tell):
            if role in ("writer", "referrer", "unknown"):  # Who they are, and what they may know, lies in the event.
                continue
            if role not in office.wording.disclose:
                yield f"nothing says what {role} may be told: name it under [disclose] in wording.toml"
            for day in _in_force(rule, days):
                name = rule.wording or (questions[0] if questions else rule.id)
                try:
                    office.wording.choose(name, questions, role, day)
                except CannotRender as problem:
                    yield f"there is no wording {problem.wording!r} on {day.isoformat()}: its mail could not be written"
                    break


def _in_force(rule: Rule, days: list[date]) -> Iterator[date]:
    start, end = rule.in_force.start or FIRST, rule.in_force.end or date.max
    inside = {day for day in days if start <= day <= end}
    yield from sorted(inside | {start})


def _unheard(office: Office, name: str) -> Iterator[str]:
    question = office.pack.questions[name]
    if not question.answers:
        return
    words = office.says.questions.get(name)
    if words is None:
        yield "nobody can answer it: says.toml does not say what people write"
        return
    for answer in question.answers:
        if answer.event not in words.answers:
            yield f"nobody can answer {answer.event}: it is no answer to that question in says.toml"
