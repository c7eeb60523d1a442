"""Who a row is about: a child of a case, or a pupil on a roll. Certain, doubtful, or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.casework import Casework
from bot.matching import Match, match
from bot.referrals import child_of, find_child
from bot.register.rows import CaseRow, ListRow

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """`case`: the open case that this child is on for certain. `maybe`: one that it may be on, and `why`. `earlier`: a
    closed one of the same child. `school`: the LAESTAB of the roll that holds this child for certain."""

    case: str = ""
    maybe: str = ""
    why: str = ""
    earlier: str = ""
    school: str = ""


def look(work: Casework, row: ListRow) -> Seen:
    """Who the row is about, among the cases and on the rolls."""
    return replace(who_is(work, row.fields), school=_on_roll(work, row))


def who_is(work: Casework, fields: Mapping[str, Any]) -> Seen:
    """Who these words are about, among the cases."""
    found = find_child(work, dict(fields))
    same, perhaps = found.same, found.perhaps
    if same is not None and same.state != "closed":
        return Seen(case=same.ref)
    earlier = same.ref if same is not None else ""
    maybe = perhaps.ref if perhaps is not None and perhaps.state != "closed" else ""
    return Seen("", maybe, found.why if maybe else "", earlier)


def is_child_of(work: Casework, row: ListRow, ref: str) -> Seen:
    """Whether a row that was kept is the child of this case: for certain (`case`), perhaps (`maybe`), or not."""
    case = work.unit.case(ref)
    found = match(child_of(dict(row.fields)), [case] if case else [])
    if found.same is not None:
        return Seen(case=ref)
    return Seen(maybe=ref, why=found.why) if found.perhaps is not None else Seen()


def _on_roll(work: Casework, row: ListRow) -> str:
    """The last list of pupils on roll is for matching alone (3.1, 3.2); a doubtful match there is none."""
    child = child_of(dict(row.fields))
    alike = work.unit.rows_alike("roll", child.surname_key, child.date_of_birth)
    found: Match = match(child, [_as_case(one) for one in alike])
    if found.same is None:
        return ""
    return next(one.school for one in alike if _key(one) == found.same.ref)


def _key(row: ListRow) -> str:
    return f"{row.mail_id}|{row.n}"


def _as_case(row: ListRow) -> CaseRow:
    """A pupil on roll as matching knows children."""
    child = child_of(dict(row.fields))
    return CaseRow(
        ref=_key(row), opened=_LONG_AGO, surname_key=child.surname_key, forename_key=child.forename_key,
        surname=child.surname, forenames=child.forenames, date_of_birth=child.date_of_birth, upn=child.upn,
    )  # fmt: skip
