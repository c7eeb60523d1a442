"""Plays what hypothesis thinks of: at each step time passes, and somebody says one of the things to be said then."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from rules.proving.moves import moves
from tests.rules.tale import PACK, Tale, hub_tale

PLANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 200)), max_size=10)
"""Pairs: so many hours pass, then which of the moves."""
CLOCKS = st.sampled_from(["2014-11-26T10:00", "2015-07-16T15:00", "2024-08-05T10:00", "2026-10-21T10:00"])
"""Before half term, before the summer, before the law changes, and today."""


def played(plan: list[tuple[int, int]], when: str = "2014-11-26T10:00", **form: str) -> Tale:
    tale = hub_tale(form, when)
    for hours, which in plan:
        pass_time(tale, timedelta(hours=hours))
        said = list(moves(PACK, tale.case, tale.now))
        if said:
            say(tale, which, len(said))
    return tale


def pass_time(tale: Tale, span: timedelta) -> None:
    tale.until((tale.now + span).replace(tzinfo=None).isoformat())


def say(tale: Tale, which: int, of: int) -> None:
    move = list(moves(PACK, tale.case, tale.now))[which % of]
    for kind, values in move.events:
        tale._add(kind, values, by=f"{move.role}@council.example", role=move.role)
    tale._work()
