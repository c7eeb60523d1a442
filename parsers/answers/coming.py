""" "Back on Monday": come, or to come? Without a verb, or with "is", of a day that may lie ahead it is no fact yet."""

from __future__ import annotations

import re
from datetime import date

from parsers.answers.clauses import Clause
from parsers.answers.evidence import Evidence
from parsers.answers.things import Thing

_IS_BACK = re.compile(r"(?:^| is| are) (?:now |also )?back(?: [^ ]+){0,2} <date>")
_SOON = 31
"""Days."""


def may_come(evidence: Evidence, written: date) -> bool:
    """ "Back on Monday", "he is back on the 20th": it may be said of a day to come."""
    said = evidence.clause.joined
    return (
        "back" in said[evidence.start : evidence.end]
        and _IS_BACK.search(said) is not None
        and _ahead(evidence.clause, written)
    )


def is_here(clause: Clause, written: date) -> bool:
    """ "Back in today" asks for no time: the day is not to come."""
    return _IS_BACK.match(clause.joined) is not None and not _ahead(clause, written)


def _ahead(clause: Clause, written: date) -> bool:
    return any(_soon(thing, written) for thing in clause.things("date"))


def _soon(thing: Thing, written: date) -> bool:
    return thing.day is not None and 0 < (thing.day.future - written).days <= _SOON
