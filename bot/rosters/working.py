"""The rows of lists are worked off in batches, a commit each: whatever becomes of one, the others go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.cases.casework import Casework, Origin
from bot.register.rows import ListRow
from bot.rosters import enquiries, finishing, following, keeping, on_roll
from bot.rosters.looking import Seen, look
from bot.rosters.opening import CONCERN, join, open_case
from bot.rosters.subjects import origin_of, today, told
from parsers.rosters.destinations import destination, is_early_years
from rules import schoolage

BATCH = 100
"""Rows in one commit: between two of them other mail has its turn."""

Settle = Callable[[Casework, ListRow, Origin], None]


def work_off(work: Casework) -> int:
    """The next batch of staged rows; how many."""
    rows = work.unit.staged_rows(BATCH)
    settle_all(work, rows)
    return len(rows)


def settle_all(work: Casework, rows: Sequence[ListRow]) -> None:
    """Settles these rows; a list of which none is left is finished."""
    origins: dict[str, Origin] = {}
    for row in rows:
        if row.ref not in origins:
            origins[row.ref] = origin_of(work, row.ref)
        _BY_KIND[row.kind](work, row, origins[row.ref])
    for ref, origin in origins.items():
        if not work.unit.any_staged(ref):
            finishing.finish(work, ref, origin)


def refuse(work: Casework, row: ListRow, why: str) -> None:
    """A row that beat us is told of to the sender; the list goes on without it."""
    work.unit.settle_row(row, "refused", why=f"the bot failed on this row ({why[:200]})")
    if not work.unit.any_staged(row.ref):
        finishing.finish(work, row.ref, origin_of(work, row.ref))


def _leaver(work: Casework, row: ListRow, origin: Origin) -> None:
    """Leavers whose provision is established are none of ours; the others are asked about (4.5)."""
    unit = work.unit
    if unit.told_before(row.content):
        return unit.settle_row(row, "repeated")
    if row.fields.get(CONCERN):
        return _alarm(work, row, origin)
    if row.date_of_birth and today(work) > schoolage.ends(row.date_of_birth):
        return unit.settle_row(row, "over-age")
    if _place(work, row.fields.get("destination", "")):
        return unit.settle_row(row, "known")
    seen = look(work, row)
    if seen.case:
        return _join(work, row, seen, origin)
    if seen.school and seen.school != row.school:
        return unit.settle_row(row, "on-roll")
    return unit.settle_row(row, "asked", case=seen.maybe, why=seen.why)


def _alarm(work: Casework, row: ListRow, origin: Origin) -> None:
    """Words of serious concern in a row's notes: a case at once, whatever else the row says, and the alarm (1.4).
    Nobody is asked first where the child went."""
    case = open_case(work, row.kind, row.ref, told(row), row.school, origin)
    work.note(case, "concern.raised", {"quote": row.fields[CONCERN], "why": "the notes of a list"}, origin)
    if row.kind == "leavers":
        work.note(case, following.UNANSWERED, {"row": told(row)["row"], "list": row.ref, "why": "nobody was asked"})
    work.advance(case)


def _place(work: Casework, text: str) -> bool:
    """Whether the list names a school: one of the directory, or one by its own name. Home education counts once it is
    registered, and that the school is asked about."""
    return bool(text) and (work.office.directory.school(text) is not None or destination(text) == "school")


def _provided(work: Casework, text: str) -> bool:
    """Other provision that was notified: a school, or home education; a nursery is none for a child of school age."""
    return (_place(work, text) or destination(text) == "home") and not is_early_years(text)


def _rising_five(work: Casework, row: ListRow, origin: Origin) -> None:
    if work.unit.told_before(row.content):
        return work.unit.settle_row(row, "repeated")
    if row.fields.get(CONCERN):
        return _alarm(work, row, origin)
    return settle_rising(work, row, origin)


def settle_rising(work: Casework, row: ListRow, origin: Origin) -> None:
    """A case for each child of statutory school age on no roll and with no other provision; who is not yet of age waits
    until then (4.7)."""
    unit, born = work.unit, row.date_of_birth
    assert born is not None, "a rising five without a date of birth is refused"
    if _provided(work, row.fields.get("provision", "")):
        return unit.settle_row(row, "known")
    if today(work) > schoolage.ends(born):
        return unit.settle_row(row, "over-age")
    if today(work) < schoolage.begins(born):
        return unit.settle_row(row, "waiting", due=schoolage.begins(born))
    seen = look(work, row)
    if seen.case:
        return _join(work, row, seen, origin)
    if seen.school:
        return unit.settle_row(row, "on-roll")
    unit.settle_row(row, "opened", case=seen.maybe, why=seen.why)
    work.advance(open_case(work, row.kind, row.ref, told(row), row.school, origin, seen=seen))
    return None


def _missing(work: Casework, row: ListRow, origin: Origin) -> None:
    """The police's list is held against the register (8.2); names on no case are kept for some days."""
    unit = work.unit
    if unit.told_before(row.content):
        return unit.settle_row(row, "repeated")
    seen = look(work, row)
    if seen.case:
        return _join(work, row, seen, origin)
    return unit.settle_row(row, "kept", due=keeping.until(work), case=seen.maybe, why=seen.why)


def _join(work: Casework, row: ListRow, seen: Seen, origin: Origin) -> None:
    join(work, seen.case, row.kind, row.ref, told(row), origin)
    work.advance(seen.case)
    work.unit.settle_row(row, "matched", case=seen.case)


def _pupil(work: Casework, row: ListRow, origin: Origin) -> None:
    work.unit.settle_row(row, "roll")
    on_roll.tell(work, row, origin)


_BY_KIND: Mapping[str, Settle] = {
    "leavers": _leaver,
    "rising-fives": _rising_five,
    "police": _missing,
    "on-roll": _pupil,
    enquiries.KIND: enquiries.settle,
}


def wake_rows(work: Casework, limit: int = BATCH) -> int:
    """Rows whose day has come: a rising five is of age, a name that nobody referred is deleted."""
    rows = work.unit.rows_due(today(work), limit)
    of_age = [row for row in rows if row.state == "waiting"]
    for row in of_age:
        settle_rising(work, row, origin_of(work, row.ref))
    finishing.ask_about_rising(work, [row.mail_id for row in of_age], [(row.ref, row.n) for row in of_age])
    keeping.forget(work, [row for row in rows if row.state in ("kept", "refused")])
    return len(rows)
