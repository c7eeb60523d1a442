"""A surgery is neither a school nor where a family lives."""

from __future__ import annotations

import pytest

from tests.answers.conftest import Ask


@pytest.mark.parametrize(
    "reply",
    [
        "Registered at Thame Health Centre, 31 Quarry Lane",
        "Registered with Foxhill Surgery in Thame",
        "Registered with Dr Patel at Foxhill Medical Centre",
    ],
)
def test_a_surgery_is_told_in_the_note_alone(ask: Ask, reply: str) -> None:
    (found,) = ask("agency-enquiry", reply).answers
    assert (found.event, found.values) == ("agency.trace", {"note": reply})


def test_the_familys_own_address_beside_it_counts(ask: Ask) -> None:
    (found,) = ask("agency-enquiry", "Living at 5 Tannery Road, registered at Thame Health Centre").answers
    assert found.values["address"] == "5 Tannery Road" and "school" not in found.values


def test_a_town_is_no_school(ask: Ask) -> None:
    assert "school" not in ask("agency-enquiry", "Family moved to Hull").answers[0].values
    assert ask("agency-enquiry", "The boy attends Foxhill").answers[0].values["school"] == "Foxhill"
