"""Commands of officers in mails out of the blue."""

from __future__ import annotations

import pytest

from tests.answers.conftest import Ask


def test_a_close_is_shown_back(ask: Ask) -> None:
    found = ask("", "Please close CME-2016-00012 as returned, back at school since Monday")
    assert found.verdict == "confirm"
    assert found.answers[0].values == {
        "command": "close",
        "case": "CME-2016-00012",
        "outcome": "returned",
        "why": "back at school since Monday",
    }


def test_a_close_beside_a_concern_is_refused(ask: Ask) -> None:
    found = ask("", "Close CME-2016-00012 as traced. He has bruises and says his stepdad hits him.")
    assert found.verdict == "ask"
    assert found.answers[-1].event == "concern.raised"


@pytest.mark.parametrize(
    "mail", ["Do not close CME-2016-00012", "Should we close CME-2016-00012?", "close", "Lunch on Friday?"]
)
def test_no_command(ask: Ask, mail: str) -> None:
    assert ask("", mail).verdict == "ask"


def test_a_correction_names_the_forms_field(ask: Ask) -> None:
    values = ask("", "The postcode should be OX5 2ZY, not OX5 2ZZ").answers[0].values
    assert (values["field"], values["value"]) == ("address.postcode", "OX5 2ZY")


def test_merge_names_the_other_case(ask: Ask) -> None:
    found = ask("", "Merge CME-2016-00012 with CME-2016-00044")
    assert (found.verdict, found.answers[0].values["case"]) == ("confirm", "CME-2016-00044")


@pytest.mark.parametrize(
    ("mail", "outcome"),
    [
        ("close CME-2016-00012 as not-cme: moved within the county, on roll", "not-cme"),
        ("close: on roll elsewhere", "on-roll-elsewhere"),
        ("Please close this as traced: she has started at Oak School", "traced"),
    ],
)
def test_the_outcome_that_is_named_goes_before_the_words_that_say_why(ask: Ask, mail: str, outcome: str) -> None:
    assert ask("", mail).answers[0].values["outcome"] == outcome


@pytest.mark.parametrize("field", ["address.protected", "protected address"])
def test_a_field_may_be_named_as_we_name_it(ask: Ask, field: str) -> None:
    values = ask("", f"correct {field}: yes").answers[0].values
    assert (values["field"], values["value"]) == ("address.protected", "yes")


def test_yes_is_no_address(ask: Ask) -> None:
    assert ask("", "correct the address: no").verdict == "ask"
