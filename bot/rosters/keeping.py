"""Names that the police list and that are on no case: kept for the days that the council sets, for a referral may come
the day after; then deleted, with the mail that brought them (8.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.cases.casework import Casework
from bot.matching.described import child_of
from bot.register.rows import ListRow
from bot.rosters.looking import Seen, is_child_of
from bot.rosters.opening import join
from bot.rosters.subjects import origin_of, today, told
from bot.views.asked import is_list

DELETED = "names of a police list that were on no case, deleted after the days that the council sets"


def meet(work: Casework) -> None:
    """The cases opened just now are held against the names that were kept."""
    fresh, work.fresh = work.fresh, []
    for ref in fresh:
        if not is_list(ref):
            _meet(work, ref)


def _meet(work: Casework, ref: str) -> None:
    child = child_of(work.case(ref).facts)
    if not child.surname_key:
        return
    for row in work.unit.kept_alike(child.surname_key, child.date_of_birth):
        seen = is_child_of(work, row, ref)
        if seen.case:
            tell(work, row, ref)
        elif seen.maybe and not row.why:
            _ask(work, row, seen)


def tell(work: Casework, row: ListRow, case: str) -> None:
    """The match is told, and the 72 hours run, as if the list had come now (8.1)."""
    join(work, case, row.kind, row.ref, told(row), origin_of(work, row.ref))
    work.unit.settle_row(row, "matched", case=case)
    work.advance(case)


def _ask(work: Casework, row: ListRow, seen: Seen) -> None:
    """A doubtful match that a new referral makes: one question to the officer, on the list's own thread."""
    rows = [told(row, maybe=seen.maybe, why=seen.why, state=row.state)]
    work.unit.settle_row(row, row.state, due=row.due, case=seen.maybe, why=seen.why)
    if work.case(row.ref).closed is not None:
        work.note(row.ref, "reopened", {})
    work.note(row.ref, "list.doubts", {"list": row.kind, "rows": rows}, origin_of(work, row.ref))
    work.advance(row.ref)


def forget(work: Casework, rows: Sequence[ListRow]) -> None:
    """The rows, the mail that brought them, and what was said about the list: what is on a case stays there."""
    for row in rows:
        work.unit.forget_row(row)
    for mail, ref in dict.fromkeys((row.mail_id, row.ref) for row in rows):
        if work.unit.empty_list_mail(mail, DELETED) and work.case(ref).closed is not None:
            work.unit.erase(ref)


def until(work: Casework) -> date:
    """The last day of a name that is kept from today on."""
    return today(work) + timedelta(days=work.office.config.lists.keep_unmatched_days)
