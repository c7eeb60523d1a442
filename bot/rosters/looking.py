"""Who a row is about: a child of a case, or a pupil on a roll. Certain, doubtful, or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.cases.casework import Casework
from bot.cases.children import find_child
from bot.matching import Known, Match, match
from bot.matching.described import child_of
from bot.register.rows import ListRow
from bot.views.referrers import open_same


@dataclass(frozen=True, slots=True)
class Seen:
    """`case`: the open case that this child is on for certain. `maybe`: an open one that it may be on, and `why`.
    `school`: the LAESTAB of the roll that holds this child for certain. `others`: its earlier cases, and its brothers
    and sisters."""

    case: str = ""
    maybe: str = ""
    why: str = ""
    school: str = ""
    others: Match = field(default_factory=Match)


def look(work: Casework, row: ListRow) -> Seen:
    """Who the row is about, among the cases and on the rolls."""
    return replace(who_is(work, row.fields), school=_on_roll(work, row))


def who_is(work: Casework, fields: Mapping[str, Any]) -> Seen:
    """Who these words are about, among the cases."""
    found = find_child(work, fields)
    same = open_same(found)
    if same is not None:
        return Seen(case=same.known.ref)
    maybe = next((one for one in found.likely if not one.known.closed), None)
    others = Match(certain=found.certain, siblings=found.siblings)
    return Seen("", maybe.known.ref if maybe else "", maybe.why if maybe else "", others=others)


def is_child_of(work: Casework, row: ListRow, ref: str) -> Seen:
    """Whether a row that was kept is the child of this case: for certain (`case`), perhaps (`maybe`), or not."""
    found = match(child_of(row.fields), [Known(ref, child_of(work.case(ref).facts))])
    if found.certain:
        return Seen(case=ref)
    return Seen(maybe=ref, why=found.why) if found.likely else Seen()


def _on_roll(work: Casework, row: ListRow) -> str:
    """The last list of pupils on roll is for matching alone (3.1, 3.2); a doubtful match there is none."""
    child = child_of(row.fields)
    rows = work.unit.rows_of_pupil(child.surname_key, child.date_of_birth, child.upn)
    found = match(child, [Known(one.school, child_of(one.fields)) for one in rows])
    return found.certain[0].known.ref if found.certain else ""
