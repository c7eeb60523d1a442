"""What a school says of a child abroad: a street or a town is no school, an address without a school is an answer."""

from __future__ import annotations

import pytest

from tests.answers.conftest import Ask


@pytest.mark.parametrize(
    ("reply", "values"),
    [
        ("The address there is Inonu Cad. 12, Izmir. We were not told a school.", {"address": "Inonu Cad. 12, Izmir"}),
        ("ul. Debowa 4, Krakow. School not known.", {"address": "ul. Debowa 4, Krakow"}),
        ("They live at 14 Rue Pasteur, Lyon, France now. No idea which school.", {"country": "France"}),
        ("They have gone to Porto in Portugal, new school not known", {"country": "Portugal"}),
        ("Poland, Szkola Podstawowa nr 9 in Gdynia", {"country": "Poland", "school": "Szkola Podstawowa nr 9"}),
        ("Bulgaria, she is enrolled at Ivan Vazov", {"country": "Bulgaria", "school": "Ivan Vazov"}),
    ],
)
def test_b3_a_street_or_a_town_is_no_school(ask: Ask, reply: str, values: dict[str, str]) -> None:
    (found,) = ask("abroad-details", reply).answers
    assert (found.event, found.values) == ("abroad.details", values)
