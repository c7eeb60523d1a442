"""What a council has checked itself: facts of the pack for which nobody had found a source."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.council.directory_rows import BadDirectory

SIGNED_OFF = "signed-off.csv"
HOW_TO_SIGN = f"When you have checked it, add a line to {SIGNED_OFF} in your directory folder: fact,by,on."


def signed_off(folder: Path) -> Mapping[str, tuple[str, date]]:
    """The facts signed off: by whom, and when. Nothing where there is no such file. Raises BadDirectory."""
    path = folder / SIGNED_OFF
    if not path.is_file():
        return {}
    found: dict[str, tuple[str, date]] = {}
    with path.open(newline="", encoding="utf-8-sig") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            try:
                found[row["fact"].strip()] = (row["by"].strip(), date.fromisoformat(row["on"].strip()))
            except (KeyError, AttributeError, ValueError) as problem:
                raise BadDirectory(
                    f"{path}, line {number}: write fact,by,on, with the day as 2026-11-25 ({problem})"
                ) from problem
    return found
