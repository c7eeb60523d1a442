"""A case as the register lists it: what can be sought and shown without folding."""

from __future__ import annotations

from datetime import datetime

from bot.council.office import Office
from bot.matching import home
from bot.matching.described import child_of
from bot.register.rows import CaseRow
from bot.register.unit import Snapshot, Unit
from bot.views.asked import is_list
from rules import Case, fold
from rules.case import FOLD_VERSION
from rules.folded import pack_fold, unpack_fold


def case_row(ref: str, case: Case, wake: datetime | None) -> CaseRow:
    """The row to be stored with the fold; `wake` is when the rules must be asked again."""
    assert case.opened is not None, f"{ref} has no event"
    child = child_of(case.facts)
    house, postcode = home(child)
    return CaseRow(
        ref=ref,
        opened=case.opened,
        kind="roster" if is_list(ref) else "case",
        pathway=case.pathway,
        concern=case.concern,
        state=case.state,
        outcome=case.outcome,
        next_due=wake,
        surname_key=child.surname_key,
        forename_key=child.forename_key,
        surname=child.surname,
        forenames=child.forenames,
        date_of_birth=case.born,
        upn=child.upn,
        other_surnames=child.other_surnames,
        carers="\n".join(child.carers),
        postcode=postcode,
        house=house,
        school=str(case.facts.get("school") or ""),
        hub=str(case.facts.get("hub") or ""),
        fold=pack_fold(case),
        fold_version=FOLD_VERSION,
        seq=case.last,
    )


def stored_case(office: Office, unit: Snapshot | Unit, row: CaseRow) -> Case:
    """The fold that is stored with the row, where this version of the code made it; else that of the history."""
    if row.fold is not None and row.fold_version == FOLD_VERSION and row.seq:
        return unpack_fold(row.fold, office.pack.required)
    return fold(unit.history(row.ref), office.pack.required)
