"""An officer says whether a row of a list is the child of a case: one answer of a review mail that holds them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.cases.casework import Casework, Origin
from bot.rosters import enquiries, following
from bot.rosters.opening import join
from bot.rosters.subjects import origin_of
from bot.views.asked import ASKED, WITHDRAWN


def settle_doubt(work: Casework, row: Mapping[str, Any], event: str, origin: Origin, said: str = "") -> None:
    """The same child: the row goes to that case, and nothing more is asked about it; another child: all stays."""
    stored = work.unit.list_row(int(row["mail"]), int(row["n"]))
    if stored is None or event != "match.same":
        return
    if stored.kind == enquiries.KIND:
        enquiries.by_officer(work, row, said, origin, apply_it=True)
        return
    other = str(row["maybe"])
    join(work, other, stored.kind, stored.ref, row, origin_of(work, stored.ref))
    work.unit.settle_row(stored, "matched", case=other)
    work.advance(other)
    own = stored.case_ref if stored.state == "opened" else ""
    if own and own != other:
        _close_own(work, own, other, origin)
    _take_out(work, stored.ref, row, other, origin)


def _close_own(work: Casework, own: str, other: str, origin: Origin) -> None:
    """The case that the row had made is a duplicate; the officer who said so closes it."""
    work.note(own, "match.same", {"case": other, "episode": "this"}, origin)
    work.advance(own)


def _take_out(work: Casework, ref: str, row: Mapping[str, Any], other: str, origin: Origin) -> None:
    """Whoever is still asked about this row is asked no more."""
    for subject in work.unit.open_lists():
        case = work.case(subject.ref)
        begun = next((o for kind in ASKED if (o := case.latest(kind))), None)
        if begun is None or begun.values.get("of-list") != ref:
            continue
        if any(one["n"] == row["n"] for one in begun.values["rows"]):
            work.note(subject.ref, WITHDRAWN, {"row": row["row"], "case": other}, origin)
            following.close_when_done(work, subject.ref)
            work.store(subject.ref)
