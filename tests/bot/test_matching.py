"""Certain is joined, likely is an officer's question, twins and siblings are never one."""

from datetime import UTC, date, datetime

import pytest

from bot.matching import Child, match, name_key
from bot.register.rows import CaseRow

BORN = date(2012, 3, 4)


def known(surname: str, forenames: str, born: date | None = BORN, upn: str = "") -> CaseRow:
    return CaseRow(
        "CME-2026-00001", datetime(2026, 9, 1, tzinfo=UTC), date_of_birth=born, upn=upn,
        surname_key=name_key(surname), forename_key=name_key(forenames),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("child", "row"),
    [
        (Child("Ó'Dálaigh", "Zoë", BORN), known("O'Dalaigh", "Zoe")),
        (Child("SMYTH-JONES", "ann marie", BORN), known("Smyth Jones", "Ann-Marie")),
    ],
    ids=["accents", "capitals and hyphens"],
)
def test_the_same_name_and_birthday_is_the_same_child(child: Child, row: CaseRow) -> None:
    assert match(child, [row]).same is row


@pytest.mark.parametrize(
    ("child", "row"),
    [
        (Child("Okonjo", "Katherine", BORN), known("Okonjo", "Kathryn")),
        (Child("Okonjo", "Ben", BORN), known("Okonjo", "Benjamin")),
        (Child("Okonjo", "Ben", None), known("Okonjo", "Ben")),
        (Child("Okonjo", "Ben", date(2012, 4, 3)), known("Okonjo", "Ben")),
        (Child("Okonjo-Reed", "Ben", BORN), known("Reed", "Ben")),
        (Child("Okonjo", "Ben", BORN, "A838200026003"), known("Okonjo", "Tom", BORN, "A838200026003")),
    ],
    ids=[
        "spelling",
        "short form",
        "no birthday",
        "day and month swapped",
        "other surname",
        "a sibling's UPN pasted in",
    ],
)
def test_likely_is_asked_and_never_joined(child: Child, row: CaseRow) -> None:
    found = match(child, [row])
    assert found.same is None and found.perhaps is row and found.why


@pytest.mark.parametrize(
    ("child", "row"),
    [
        (Child("Okonjo", "Ben", BORN), known("Okonjo", "Thomas")),
        (Child("Okonjo", "Ben", date(2014, 1, 9)), known("Okonjo", "Ben")),
        (Child("", "", None), known("", "", None)),
    ],
    ids=["twins", "the same name, years apart", "nothing known of either"],
)
def test_others_are_others(child: Child, row: CaseRow) -> None:
    found = match(child, [row])
    assert found.same is None and found.perhaps is None
