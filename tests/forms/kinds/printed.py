"""A layout printed to a PDF, as a word processor does: lines with tab stops, tables with rules, struck words with a
line through them. Marked values become fields to fill in, where they are wanted."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from parsers.documents.layout import Cell, Layout, Part
from tests.documents.made import Row, blocks
from tests.forms.kinds.marked import BEGIN, END

LEFT, RIGHT, TOP, BOTTOM = 50.0, 545.0, 790.0, 60.0
STEP, SIZE = 14.0, 9
_ATOMS = re.compile(f"({BEGIN}[^{END}]*{END}|[☒☐✓]|\\n| +|[^ \\n☒☐✓{BEGIN}{END}]+)")
_DINGBATS = {"☒": "✘", "☐": "❏", "✓": "✓"}

pdfmetrics.registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))


@dataclass(frozen=True, slots=True)
class Widget:
    """A field of a form: on which page (from 0), where (points, from below), what it holds; `box` is one to tick."""

    page: int
    rect: tuple[float, float, float, float]
    value: str
    box: bool = False


@dataclass
class Printer:
    """`fields`: marked values and boxes are left out and noted as widgets. `face` is the font, `signs` what it has one
    sign for."""

    fields: bool = False
    face: str = "Vera"
    signs: Mapping[str, str] = field(default_factory=dict)
    page: int = 0
    y: float = TOP
    widgets: list[Widget] = field(default_factory=list)
    _data: io.BytesIO = field(default_factory=io.BytesIO)

    def printed(self, layout: Layout) -> bytes:
        self._canvas = Canvas(self._data, pagesize=(595, 842))
        for line, rows in blocks(layout):
            if rows:
                self._table(rows)
            else:
                self._room(STEP)
                self.y = self._line(line, LEFT, RIGHT, self.y)
        self._canvas.save()
        return self._data.getvalue()

    def _room(self, height: float) -> None:
        if self.y - height < BOTTOM:
            self._canvas.showPage()
            self.page, self.y = self.page + 1, TOP

    def _line(self, parts: list[Part], left: float, right: float, y: float, *, draw: bool = True) -> float:
        """The baseline below a paragraph. Pieces between tabs stand at stops that share out the width."""
        x, low, top = left, y, y
        for number, part in enumerate(parts):
            y = top if self.fields else y  # A form to fill in was laid out before anyone wrote in it.
            stop = left + (right - left) * number / len(parts)
            x = max(x + 2 * SIZE, stop) if number else left
            end = left + (right - left) * (number + 1) / len(parts) if number + 1 < len(parts) else right
            x, y = self._piece(part, x, y, left, right, end, draw)
            low = min(low, y)
        return low - STEP

    def _piece(
        self, part: Part, x: float, y: float, left: float, right: float, end: float, draw: bool
    ) -> tuple[float, float]:
        struck = {n for a, b in part.struck for n in range(a, b)}
        for match in _ATOMS.finditer(part.text):
            atom = match[0]
            if atom == "\n":
                x, y = left, y - STEP
                continue
            if atom[0] == BEGIN:
                atom = atom[1:-1]
                if self.fields:
                    alone = not part.text[match.end() :].strip(" \n….")
                    x, y = self._field(atom, x, y, end if alone else x + _wide(atom) + 14, draw)
                    continue
                for word in re.split(r"( +|\n)", atom):
                    if word == "\n":
                        x, y = left, y - STEP
                    elif word:
                        x, y = self._word(word, x, y, left, right, draw, struck=False)
                continue
            x, y = self._word(atom, x, y, left, right, draw, struck=match.start() in struck)
        return x, y

    def _word(
        self, word: str, x: float, y: float, left: float, right: float, draw: bool, *, struck: bool
    ) -> tuple[float, float]:
        font = "ZapfDingbats" if word in _DINGBATS else self.face
        shown = _DINGBATS.get(word, word)
        for letters, sign in self.signs.items():
            shown = shown.replace(letters, sign)
        wide = pdfmetrics.stringWidth(shown, font, SIZE)
        if x + wide > right and x > left and word.strip():
            x, y = left, y - STEP
        if draw and self.fields and word in "☒☐":
            self.widgets.append(Widget(self.page, (x, y - 1, x + 9, y + 8), "on" if word == "☒" else "", box=True))
            self._canvas.rect(x, y - 1, 9, 9)
            return x + 11, y
        if draw:
            self._canvas.setFont(font, SIZE)
            self._canvas.drawString(x, y, shown)
            if struck:
                self._canvas.line(x, y + 3, x + wide, y + 3)
        return x + wide, y

    def _field(self, value: str, x: float, y: float, end: float, draw: bool) -> tuple[float, float]:
        """A field to the end of its piece; a wide one is as many lines high as its value needs."""
        wide = max(40.0, end - x - 6)
        lines = sum(1 + int(_wide(line) / wide) for line in value.split("\n")) if wide > 120 else 1
        bottom = y - 3 - STEP * (lines - 1)
        if draw:
            self.widgets.append(Widget(self.page, (x + 1, bottom, x + wide, y + 10), value))
        return x + wide, y - STEP * (lines - 1)

    def _table(self, rows: list[Row]) -> None:
        xs = _columns(rows)
        for row in rows:
            tall = max(self._cell(cell, lines, xs, draw=False) for cell, lines in row)
            self._room(tall)
            for cell, lines in row:
                self._cell(cell, lines, xs, draw=True)
                self._canvas.rect(xs[cell.col], self.y - tall + 11, xs[cell.col + cell.span] - xs[cell.col], tall)
            self.y -= tall
        self.y -= STEP

    def _cell(self, cell: Cell, lines: list[list[Part]], xs: list[float], *, draw: bool) -> float:
        y = self.y
        for line in lines:
            y = self._line(line, xs[cell.col] + 4, xs[cell.col + cell.span] - 4, y, draw=draw)
        return self.y - y + 4


def _wide(text: str) -> float:
    return float(pdfmetrics.stringWidth(text, "Vera", SIZE))


def _columns(rows: list[Row]) -> list[float]:
    """The places of the upright rules: wide columns for long texts."""
    count = max(cell.col + cell.span for row in rows for cell, _ in row)
    longest = [8.0] * count
    for row in rows:
        for cell, lines in row:
            if cell.span == 1:
                text = max((sum(len(p.text) for p in line) for line in lines), default=0)
                longest[cell.col] = max(longest[cell.col], min(text, 45.0))
    xs = [LEFT]
    for wide in longest:
        xs.append(xs[-1] + (RIGHT - LEFT) * wide / sum(longest))
    return xs


def printed(layout: Layout) -> bytes:
    """The layout on A4 pages."""
    return Printer().printed(layout)
