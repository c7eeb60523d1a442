"""Yes or no, by box, tick, strike or word."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.forms import choices, read_body

WRITTEN = date(2014, 11, 18)
CHILD = "<p>Surname: Okonjo</p><p>First name: Ngozi</p><p>DOB: 9.3.05</p><p>UPN:</p>"
FORM = f"<p>CME referral</p>{CHILD}<p>SEN: {{}}</p><p>LA:</p>"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Yes", "yes"), ("N", "no"), ("<s>Yes</s> / No", "no"), ("Yes / <s>No</s>", "yes"), ("Yes / No", None),
        ("Yes / <mark>No</mark>", "no"), ("Yes / No&nbsp;&nbsp; No", "no"), ("☒ Yes ☐ No", "yes"), ("Yes ☐ No ☒", "no"),
        ("Yes ☐ No ☐", None),
        ("Yes / <b><u>No</u></b>", "no"), ("", None),
    ],
)  # fmt: skip
def test_the_answer_that_was_meant(written: str, value: str | None) -> None:
    (referral,) = read_body("", FORM.format(written), written=WRITTEN)
    sen = referral.fields["child.sen"]
    assert (sen.value, sen.sure) == (value, True)


@pytest.mark.parametrize("written", ["☒ Yes ☒ No", "under assessment", "<s>Yes</s> / <s>No</s>"])
def test_what_is_no_clear_answer_is_doubted(written: str) -> None:
    (referral,) = read_body("", FORM.format(written), written=WRITTEN)
    assert referral.fields["child.sen"].confidence < 0.8
    assert "child.sen" in {p.field for p in referral.problems}


def test_two_ticks_in_a_row_of_options_are_doubted() -> None:
    rows = "<tr><td></td><td>High</td><td>Low</td></tr><tr><td>Aggressive pupil</td><td>x</td><td>x</td></tr>"
    child = "<p>Hub referral</p><p>Surname: Okonjo</p><p>NCY: 5</p><p>Gender: F</p><p>DOB: 9.3.05</p>"
    (referral,) = read_body("", f"{child}<table>{rows}</table>", written=WRITTEN)
    assert referral.form == "hub-referral"
    assert "risk.aggressive_pupil" in {p.field for p in referral.problems}


@pytest.mark.parametrize(
    ("said", "value", "incomplete"),
    [
        ("Yes ☒ No ☐", "yes", False), ("Yes ☐ No ☐", None, False), ("Yes ☒ No", "yes", True), ("Yes ☒", "yes", True),
        ("Yes ☐", None, True), ("☐ No ☒", "no", True), ("☒", "yes", False), ("Yes / No", None, True),
        ("Yes", "yes", False),
    ],
)  # fmt: skip
def test_in_a_picture_each_answer_has_its_box_and_each_box_its_answer(
    said: str, value: str | None, incomplete: bool
) -> None:
    assert choices.is_incomplete(said, "yesno", choices.Choice(value)) == incomplete
