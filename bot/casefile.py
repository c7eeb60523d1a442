"""A case as the register lists it: what can be sought and shown without folding."""

from __future__ import annotations

from datetime import datetime

from bot.matching import name_key
from bot.register.rows import CaseRow
from bot.rosters.asked import is_list
from rules import Case
from rules.case import FOLD_VERSION
from rules.folded import pack_fold


def case_row(ref: str, case: Case, wake: datetime | None) -> CaseRow:
    """The row to be stored with the fold; `wake` is when the rules must be asked again."""
    assert case.opened is not None, f"{ref} has no event"
    surname, forenames = text(case, "child.surname"), text(case, "child.forenames")
    return CaseRow(
        ref=ref,
        opened=case.opened,
        kind="roster" if is_list(ref) else "case",
        pathway=case.pathway,
        concern=case.concern,
        state=case.state,
        outcome=case.outcome,
        next_due=wake,
        surname_key=name_key(surname),
        forename_key=name_key(forenames),
        surname=surname,
        forenames=forenames,
        date_of_birth=case.born,
        upn=text(case, "child.upn"),
        school=text(case, "school"),
        hub=text(case, "hub"),
        fold=pack_fold(case),
        fold_version=FOLD_VERSION,
        seq=case.last,
    )


def text(case: Case, fact: str) -> str:
    return str(case.facts.get(fact) or "")
