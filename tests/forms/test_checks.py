"""What contradicts itself is a problem, and both values stay as written."""

from __future__ import annotations

from datetime import date
from typing import Any

from parsers.forms import read_document
from parsers.reading import Referral
from tests.forms.filled import HUB, MEMO
from tests.forms.generate import hub, memo

WRITTEN = date(2014, 11, 18)


def of_hub(page_two: str | None = None, **changed: Any) -> Referral:
    return read_document(hub({**HUB, **changed}, page_two=page_two), "a.docx", written=WRITTEN)[0]


def of_memo(**changed: str) -> Referral:
    return read_document(memo({**MEMO, **changed}), "a.docx", written=WRITTEN)[0]


def problems(referral: Referral) -> set[str]:
    return {p.field for p in referral.problems}


def test_a_form_that_agrees_with_itself_has_no_problem() -> None:
    assert problems(of_hub()) == problems(of_memo()) == set()


def test_a_year_group_that_the_birth_denies() -> None:
    referral = of_hub(year="5")
    assert problems(referral) == {"child.year_group"}
    assert referral.fields["child.year_group"].value == "5"


def test_a_upn_with_a_wrong_letter() -> None:
    assert problems(of_memo(upn="Q207000016049")) == {"child.upn"}


def test_a_birth_in_the_future_or_too_long_ago() -> None:
    assert problems(of_memo(dob="09/03/2015")) == {"child.date_of_birth"}
    assert problems(of_memo(dob="09/03/1985")) == {"child.date_of_birth"}
    assert problems(of_memo(dob="09/03/2014")) == {"child.date_of_birth"}


def test_the_second_page_is_about_another_child() -> None:
    assert problems(of_hub(page_two="Elena D’Abruzzo")) == {"child.forenames"}
    assert problems(of_hub(page_two="Matteo")) == set()


def test_a_form_dated_long_after_its_mail_but_not_one_dated_tomorrow() -> None:
    assert problems(of_memo(date="17/11/15")) == {"referral.date"}
    assert problems(of_memo(date="19/11/14")) == set()


def test_two_ticks_are_no_answer() -> None:
    referral = of_hub(
        tried=(("Yes", ""), ("Yes", ""), ("Yes", "")), risks=("Low", "maybe", "", "", "", "")[:1] + ("",) * 5
    )
    assert problems(referral) == set()
    assert referral.fields["risk.aggressive_pupil"].value == "low"


def test_the_facts_that_the_clocks_need_come_from_the_free_text() -> None:
    assert of_hub().fields["absence.first_day"].value == "2014-11-06"
    assert of_memo().fields["attendance.last_day"].value == "2014-11-14"
    assert of_memo().fields["destination.country"].value == "France"
    assert "absence.first_day" not in of_memo().fields


def test_every_declared_field_is_reported_with_where_it_was_seen() -> None:
    referral = of_memo(fax="")
    assert referral.fields["referrer.fax"].value is None
    assert referral.fields["child.surname"].source == "attachment a.docx, table 2 row 1"
