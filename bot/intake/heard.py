"""A digest, an evening mail or a request for leave was answered: whoever wrote hears what came of it, in every mode.

They leave in every mode themselves, and an officer who is not told whether his word counted gives it again or gives up.
"""

from __future__ import annotations

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Writer
from bot.cases.casework import Casework


def tell(work: Casework, ref: str, arrival: Arrival, who: Writer, done: str) -> None:
    """`done`: what came of it, in words."""
    with work.gate.in_every_mode():
        work.letters.order_done(ref, arrival, who, done)
