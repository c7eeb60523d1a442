"""Who a row is about: a child of a case, or a pupil on a roll. Certain, doubtful, or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

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
    found = find_child(work, dict(row.fields))
    roll = _on_roll(work, row)
    same = found.same
    if same is not None and same.state != "closed":
        return Seen(case=same.ref, school=roll)
    earlier = same.ref if same is not None else ""
    maybe = found.perhaps if found.perhaps is not None and found.perhaps.state != "closed" else None
    return Seen("", maybe.ref if maybe else "", found.why if maybe else "", earlier, roll)


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
