"""What `cmebot check` finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend (error), to know (warning), to look up and sign off (unverified), or tried and found well
    (proved); and where."""

    level: Literal["error", "warning", "unverified", "proved"]
    where: str
    problem: str
