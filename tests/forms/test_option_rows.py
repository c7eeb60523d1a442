"""A table of options in a picture: a rule that is lost or seen where none is puts a tick in doubt, and so a blank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from parsers.documents import docx
from parsers.documents.layout import Cell, Layout, Part
from parsers.forms.checks import finish
from parsers.forms.reader import find
from parsers.reading import Referral
from tests.forms.filled import HUB
from tests.forms.generate import hub
from tests.forms.people import WRITTEN

Parts = list[Part]


def pictured(change: Callable[[Parts], Parts] = lambda parts: parts) -> Referral:
    """The form as if it had been a picture, after something happened to its parts."""
    layout: Layout = docx.read(hub(HUB, twins="table"))
    (found,) = find(replace(layout, parts=tuple(change(list(layout.parts))), seen=True), "attachment p.jpg")
    return finish(found, WRITTEN)


def row(parts: Parts, label: str) -> tuple[int, int]:
    cell = next(p.cell for p in parts if p.cell and p.text == label)
    return cell.table, cell.row


def in_row(part: Part, where: tuple[int, int]) -> bool:
    return part.cell is not None and (part.cell.table, part.cell.row) == where


def without_low(parts: Parts) -> Parts:
    """The cell of "Low" runs into the one above: no rule parts them."""
    where = row(parts, "Aggressive parent")
    return [p for p in parts if not (in_row(p, where) and p.cell and p.cell.col == 4)]


def without_the_rule_below(parts: Parts) -> Parts:
    """Two rows are one: the first takes the cells of the second."""
    table, first = row(parts, "Aggressive parent")
    joined = [
        replace(p, cell=replace(p.cell, row=first)) if p.cell and in_row(p, (table, first + 1)) else p for p in parts
    ]
    return sorted(
        joined, key=lambda p: (p.cell.table, p.cell.row, p.cell.col) if p.cell and p.cell.table == table else ()
    )


def with_a_rule_through_the_row(parts: Parts) -> Parts:
    """What is ticked in the row stands in one of its own, without a label."""
    table, at = row(parts, "Aggressive parent")
    end = max(n for n, p in enumerate(parts) if in_row(p, (table, at))) + 1
    lower = [replace(p, cell=replace(p.cell, row=p.cell.row + 1)) if p.cell and p.cell.table == table else p
             for p in parts[end:]]  # fmt: skip
    stray = [Part("☒" if col == 2 else "", "cell", Cell(table, at + 1, col, 1)) for col in range(5)]
    return [*parts[:end], *stray, *lower]


def test_in_a_sound_table_a_tick_and_a_blank_are_sure() -> None:
    fields = pictured().fields
    assert (fields["risk.aggressive_pupil"].value, fields["risk.aggressive_pupil"].sure) == ("low", True)
    assert (fields["risk.aggressive_parent"].value, fields["risk.aggressive_parent"].sure) == (None, True)
    assert (fields["intervention.contacted_parents"].value, fields["intervention.contacted_parents"].sure) == (
        "yes",
        True,
    )


@pytest.mark.parametrize("change", [without_low, without_the_rule_below, with_a_rule_through_the_row])
def test_a_rule_lost_or_too_many_makes_its_row_doubtful(change: Callable[[Parts], Parts]) -> None:
    assert not pictured(change).fields["risk.aggressive_parent"].sure


def test_an_answer_of_which_no_box_was_seen_is_doubtful() -> None:
    def boxless(parts: Parts) -> Parts:
        return [replace(p, text="Gender") if "Gender" in p.text else p for p in parts]

    gender = pictured(boxless).fields["child.gender"]
    assert (gender.value, gender.sure) == (None, False)


def test_a_value_of_which_a_part_looks_struck_out_is_doubtful() -> None:
    def struck(parts: Parts) -> Parts:
        return [replace(p, struck=((len(p.text) - 9, len(p.text)),)) if p.text == HUB["family"] else p for p in parts]

    assert pictured().fields["information.other"].sure
    assert not pictured(struck).fields["information.other"].sure


def test_dates_beside_an_answer_that_look_struck_out_are_doubtful() -> None:
    def struck(parts: Parts) -> Parts:
        where = row(parts, "Has school attempted to contact parents?")
        return [replace(p, struck=((0, len(p.text)),)) if in_row(p, where) and "/" in p.text else p for p in parts]

    assert pictured().fields["intervention.contacted_parents_dates"].sure
    dates = pictured(struck).fields["intervention.contacted_parents_dates"]
    assert (dates.value, dates.sure) == (None, False)
