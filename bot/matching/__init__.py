"""Is this child known to us? Pure: no database, no clock. The shell feeds it (bot.cases.children).

`sought(child)` says what those who may be meant are found by; `match(child, known)` gives the verdict, a `Match`:
certain, likely (with whom, and why), siblings, or nobody. What is joined and what is asked:
docs/decisions/016-who-is-this-child.md.
"""

from bot.matching.child import Child, Found, Kept, Known, Match
from bot.matching.features import home
from bot.matching.judging import consistent, match
from bot.matching.names import BEGINNING, CALLED, name_key
from bot.matching.seeking import Sought, sought

__all__ = [
    "BEGINNING",
    "CALLED",
    "Child",
    "Found",
    "Kept",
    "Known",
    "Match",
    "Sought",
    "consistent",
    "home",
    "match",
    "name_key",
    "sought",
]
