"""The names of people and places are known by their capitals, and say nothing else."""

from __future__ import annotations

import pytest

from parsers.proper import without_names


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Mr Hurt from the office", "Mr N from the office"),
        ("Please ring Mrs. Cutting-Payne", "Please ring Mrs N"),
        ("It is 12 Knife Grinders Yard, Thame", "It is 12 N place, Thame"),
        ("Now at Slaughter Hill Academy", "Now at N place"),
        ("Beaten outside Wood Farm Primary", "Beaten outside N place"),
    ],
)
def test_a_name_is_made_plain(written: str, plain: str) -> None:
    assert without_names(written) == plain


@pytest.mark.parametrize(
    "written",
    ["Dad Hit Her On The Road", "MUM HIT HIM IN MILL ROAD", "Mum Beats Him At School", "dad hurts her", "Hurt at home"],
)
def test_what_is_told_in_capitals_is_told(written: str) -> None:
    assert without_names(written) == written
