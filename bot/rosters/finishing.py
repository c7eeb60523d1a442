"""A list of which every row is settled: the sender is told, each school is asked in one mail, the officer in one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from bot.cases.casework import Casework, Origin
from bot.register.rows import ListRow
from bot.rosters import enquiries, keeping
from bot.rosters.subjects import begin, origin_of, told
from bot.views.asked import name_of
from outbound.shown import first_of
from parsers.rosters.answers import code_of

MOST_LINES, MOST_REFUSED = 100, 2_000
"""Of rows on a case, and of rejected rows, in one mail and its file; the others are counted."""
AT_ONCE = 10
"""Schools in one commit."""
_ASKING = "lists.asking"
"""Where the register keeps which lists' schools are still to be asked, and the last school that was."""
_SETTLED = ("known", "on-roll", "over-age")


def finish(work: Casework, ref: str, origin: Origin) -> None:
    """Once a list: what is told and asked because of it."""
    if work.case(ref).latest("list.read"):
        return
    kind = str(work.case(ref).facts["list"])
    answers = kind == enquiries.KIND
    more = enquiries.figures(work, ref, origin) if answers else {}
    work.note(ref, "list.read", {"list": kind, **_figures(work, ref), **more}, origin)
    doubts = enquiries.doubts(work, ref, origin) if answers else _doubts(work, ref)
    if doubts:
        work.note(ref, "list.doubts", {"list": kind, "rows": doubts}, origin)
    work.advance(ref)
    if answers:
        enquiries.ask_for_taps(work, ref, origin)
    if kind == "leavers":
        _ask_schools(work, ref)
    if kind == "rising-fives":
        _ask_officer(work, ref, work.unit.list_rows(ref, "opened"), origin)
    if kind == "on-roll":
        _replace(work, ref)
    if kind == "police":
        for row in work.unit.list_rows(ref, "refused"):
            work.unit.settle_row(row, "refused", due=keeping.until(work), why=row.why)


def _figures(work: Casework, ref: str) -> dict[str, Any]:
    """How many rows became what; the rejected ones with their reasons, and those on a case already."""
    counts = work.unit.row_counts(ref)
    refused = [f"Row {row.line}{_called(row)}: {row.why}" for row in work.unit.list_rows(ref, "refused")]
    matched = [f"{code_of(row.line)}{_called(row)}: {row.case_ref}" for row in work.unit.list_rows(ref, "matched")]
    return {
        "rows": sum(counts.values()),
        "counts": {
            **{state: counts.get(state, 0) for state in ("asked", "opened", "matched", "waiting", "kept", "repeated")},
            "refused": len(refused),
            "settled": sum(counts.get(state, 0) for state in _SETTLED),
            "doubtful": len(work.unit.doubtful_rows(ref)),
        },
        "refused": list(first_of(refused, MOST_REFUSED)),
        "matched": list(first_of(matched, MOST_LINES)),
    }


def _called(row: ListRow) -> str:
    """The child's name, but for the police's: those are kept for some days only, and a mail of ours is kept longer."""
    if row.kind == "police":
        return ""
    name = name_of(row.fields) or row.fields.get("child.name", "")
    return f", {name}" if name else ""


def _doubts(work: Casework, ref: str) -> list[dict[str, Any]]:
    """All doubtful matches of a list: one review mail, a row each."""
    found = []
    for row in work.unit.doubtful_rows(ref):
        own = row.case_ref if row.state == "opened" else ""
        other, _, why = row.why.partition(": ") if own else (row.case_ref, "", row.why)
        found.append(told(row, maybe=other, why=why, state=row.state, **({"case": own} if own else {})))
    return found


def ask_next(work: Casework) -> int:
    """The next schools of the leavers lists that are read, one mail each; how many. A few in one commit: three hundred
    mails at once would keep an alarm waiting."""
    waiting = json.loads(work.unit.meta(_ASKING) or "[]")
    if not waiting:
        return 0
    ref, done = waiting[0]
    rows = [row for row in work.unit.list_rows(ref, "asked") if row.school > done]
    rows.sort(key=lambda row: (row.school, row.n))
    origin = origin_of(work, ref)
    schools = [(school, list(own)) for school, own in groupby(rows, key=lambda row: row.school)]
    for school, own in schools[:AT_ONCE]:
        values = {"of-list": ref, "mail": origin.mail, "rows": [told(row) for row in own]}
        work.advance(begin(work, "leavers", "leavers.asked", values, origin, school))
    left = [[ref, schools[AT_ONCE - 1][0]]] if len(schools) > AT_ONCE else []
    work.unit.set_meta(_ASKING, json.dumps([*left, *waiting[1:]]))
    return len(schools[:AT_ONCE]) or 1


def _ask_schools(work: Casework, ref: str) -> None:
    waiting = json.loads(work.unit.meta(_ASKING) or "[]")
    work.unit.set_meta(_ASKING, json.dumps([*waiting, [ref, ""]]))


def _ask_officer(work: Casework, ref: str, rows: Sequence[ListRow], origin: Origin) -> None:
    if rows:
        asked = [told(row, case=row.case_ref) for row in rows]
        values = {"of-list": ref, "mail": origin.mail, "rows": asked}
        work.advance(begin(work, "rising-fives", "rising-fives.asked", values, origin))


def ask_about_rising(work: Casework, mails: Iterable[int], rows: Iterable[tuple[str, int]]) -> None:
    """Children who have come of age since: one mail for those of one list."""
    by_list: dict[str, list[ListRow]] = {}
    for mail, (ref, n) in zip(mails, rows, strict=True):
        row = work.unit.list_row(mail, n)
        if row is not None and row.state == "opened":
            by_list.setdefault(ref, []).append(row)
    for ref, opened in by_list.items():
        _ask_officer(work, ref, opened, origin_of(work, ref))


def _replace(work: Casework, ref: str) -> None:
    """A list of pupils on roll takes the place of the one before it, school by school."""
    for mail in work.unit.replace_roll(ref):
        work.unit.empty_list_mail(mail, "a list of pupils on roll, replaced by the next one")
