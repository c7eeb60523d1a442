"""Every kind of digital form, filled in for a few children: right, never silently wrong, nothing invented. `python -m
bench.forms` reads sixty of each."""

from __future__ import annotations

import pytest

from tests.forms.scoring import Score
from tests.forms.variants import BODIES, fills, kinds, reads_body, reads_file, writable

FORMS = range(3)
MADE = {kind: make for kind, make in kinds().items() if not kind.endswith("_office")}


@pytest.mark.parametrize("kind", [*MADE, *BODIES])
def test_what_was_filled_in_is_read(kind: str) -> None:
    score = Score()
    for number in FORMS:
        for fill in fills(number):
            if not writable(kind, fill):
                continue
            if kind in BODIES:
                found = reads_body(BODIES[kind](fill, number))
            else:
                found = reads_file(MADE[kind](fill, number))
            score.add(fill, found, f"{fill.form} {number}")
    assert (score.known, score.silent, score.invented) == (score.forms, 0, 0), score.misses
    assert score.share_right == 1 and score.share_doubted <= 0.02, score.misses


def test_a_wrong_value_is_seen_as_one() -> None:
    """The scoring itself: a form read against another child's truth is all silent errors."""
    one, other = fills(0)[0], fills(1)[0]
    score = Score()
    score.add(one, reads_file(MADE["docx_plain"](other, 1)), "other")
    assert score.silent > 5 and score.share_right < 0.5
    assert not Score().misses
