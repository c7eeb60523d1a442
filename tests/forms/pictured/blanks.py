"""Writes the blank forms as the reader of pictures knows them, from the sheets drawn here:
`python -m tests.forms.pictured.blanks parsers/pictures/blanks`."""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from pathlib import Path

from tests.forms.pictured import pen, sheets
from tests.forms.pictured.people import People

_HEAD = "# What is printed on each page of the blank: [left, baseline, right] in points, A4 from the top left corner.\n"


class _Listening(pen.Sheet):
    """A sheet that notes what is printed on it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.said: list[tuple[float, float, float, str]] = []

    def say(self, x: float, base: float, text: str, size: float = 9.5, face: str = "arial", ink: int = 15) -> float:
        right = super().say(x, base, text, size, face, ink)
        if sum(c.isalpha() for c in text) > 1:
            self.said.append((x, base, right, text.strip()))
        return right


def blank(form: str) -> list[_Listening]:
    pages: list[_Listening] = []

    def sheet(habit: pen.Habit, dice: random.Random) -> _Listening:
        pages.append(_Listening(habit, dice))
        return pages[-1]

    drawn, fill = (sheets.memo, People(1).memo()) if form == "cme-referral" else (sheets.hub, People(1).hub())
    before, sheets.Sheet = sheets.Sheet, sheet  # type: ignore[assignment,misc]
    try:
        drawn(defaultdict(str, dict.fromkeys(fill, "")), pen.Habit(), 1)
    finally:
        sheets.Sheet = before  # type: ignore[misc]
    return pages


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for form in ("cme-referral", "hub-referral"):
        lines = [_HEAD]
        for page in blank(form):
            lines.append("\n[[page]]\nphrases = [\n")
            lines += [f'  [{x:.0f}, {y:.0f}, {r:.0f}, "{t}"],\n' for x, y, r, t in page.said]
            lines.append("]\n")
        (folder / f"{form}.toml").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
