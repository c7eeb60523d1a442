"""A sheet of A4 to write on: places in points from the top left corner, drawn at 300 dots an inch."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

DOTS = 300 / 72
_FILES = {
    "arial": ("fontpkg_arimo", "Arimo[wght].ttf", "Regular"),
    "arial bold": ("fontpkg_arimo", "Arimo[wght].ttf", "Bold"),
    "sans": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", "Regular"),
    "caveat": ("fontpkg_caveat", "Caveat[wght].ttf", "Regular"), "kalam": ("fontpkg_kalam", "Kalam-Light.ttf", ""),
    "indie": ("fontpkg_indie_flower", "IndieFlower-Regular.ttf", ""),
    "shadows": ("fontpkg_shadows_into_light", "ShadowsIntoLight.ttf", ""),
}  # fmt: skip
HANDS = {"caveat": 1.6, "kalam": 1.3, "indie": 1.3, "shadows": 1.35}
"""Fonts like a hand, and how much larger they are written than print."""


@cache
def font(name: str, size: float) -> ImageFont.FreeTypeFont:
    package, file, variation = _FILES[name]
    with (files(package) / "files" / file).open("rb") as data:
        loaded = ImageFont.truetype(data, size * DOTS)
    if variation:
        loaded.set_variation_by_name(variation)
    return loaded


@dataclass(frozen=True)
class Habit:
    """How someone fills in a form. `face` is the font of the values (a hand of HANDS, or print), `size` in points;
    `dots` leaves the dotted lines standing behind (or under) what is written; `tick` is what a table cell is ticked
    with; `delete` how "Yes / No" is answered."""

    face: str = "arial"
    size: float = 9.5
    underlined: bool = False
    dots: bool = False
    tick: str = "X"
    delete: str = "struck"
    ink: int = 20

    @property
    def hand(self) -> bool:
        return self.face in HANDS


@dataclass
class Sheet:
    habit: Habit
    dice: random.Random
    picture: Image.Image = field(default_factory=lambda: Image.new("L", (2481, 3508), 255))

    def __post_init__(self) -> None:
        self._draw = ImageDraw.Draw(self.picture)

    def say(self, x: float, base: float, text: str, size: float = 9.5, face: str = "arial", ink: int = 15) -> float:
        """Prints, and gives the right edge."""
        used = font(face, size)
        self._draw.text((x * DOTS, base * DOTS), text, ink, used, anchor="ls")
        return x + used.getlength(text) / DOTS

    def write(self, x: float, base: float, text: str) -> float:
        """What is filled in: typed, or by hand with a baseline and a slant that are not quite even."""
        habit = self.habit
        if not text:
            return x
        if not habit.hand:
            end = self.say(x, base, text, habit.size, habit.face, habit.ink)
            if habit.underlined:
                self.line(x - 2, base + 1.5, end, base + 1.5, 0.6)
            return end
        used, dice = font(habit.face, habit.size * HANDS[habit.face] * self.dice.uniform(0.92, 1.08)), self.dice
        base += dice.uniform(-1.5, 1)
        rise = dice.uniform(-0.03, 0.02)
        for word in text.split(" "):
            self._draw.text(
                (x * DOTS, (base + dice.uniform(-0.6, 0.6)) * DOTS), word, habit.ink + 40, used, anchor="ls"
            )
            step = used.getlength(word + " ") / DOTS * dice.uniform(0.97, 1.1)
            x, base = x + step, base + rise * step
        return x

    def line(self, x0: float, y0: float, x1: float, y1: float, thick: float = 0.5, ink: int = 20) -> None:
        self._draw.line((x0 * DOTS, y0 * DOTS, x1 * DOTS, y1 * DOTS), ink, max(1, round(thick * DOTS)))

    def table(self, xs: list[float], ys: list[float]) -> None:
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])

    def band(self, x0: float, y0: float, x1: float, y1: float, ink: int) -> None:
        self._draw.rectangle((x0 * DOTS, y0 * DOTS, x1 * DOTS, y1 * DOTS), fill=ink)

    def box(self, x: float, base: float, ticked: bool, side: float = 7.2) -> float:
        top = base - side + 0.4
        self._draw.rectangle(
            (x * DOTS, top * DOTS, (x + side) * DOTS, (top + side) * DOTS), outline=20, width=round(0.6 * DOTS)
        )
        if ticked:
            self._cross(x, top, side)
        return x + side

    def _cross(self, x: float, top: float, side: float) -> None:
        kind, wild = self.habit.tick, self.habit.hand
        by = self.dice.uniform(0, 2.5) if wild else 0
        if kind in ("✓", "tick"):
            self.line(x + 1, top + side * 0.55, x + side * 0.4, top + side - 1 + by, 0.9)
            self.line(x + side * 0.4, top + side - 1 + by, x + side - 0.5 + by, top + 0.8 - by, 0.9)
        else:
            self.line(x + 1.2 - by, top + 1.2 - by, x + side - 1.2 + by, top + side - 1.2 + by, 0.7)
            self.line(x + side - 1.2 + by, top + 1.2 - by, x + 1.2 - by, top + side - 1.2 + by, 0.7)

    def tick(self, x: float, base: float) -> None:
        """A mark in a table cell, about `x`."""
        if self.habit.hand or self.habit.tick in ("tick", "✓"):
            side = self.dice.uniform(8, 12)
            self._cross(x - side / 2 + self.dice.uniform(-4, 4), base - side + 1, side)
        else:
            self.say(x - 3, base, self.habit.tick, 10, "arial")


def wrapped(text: str, face: str, size: float, width: float) -> list[str]:
    """Lines of the text that fit into `width` points; its own line ends are kept."""
    used, lines = font(face, size), list[str]()
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}".strip()
            if line and used.getlength(longer) / DOTS > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines
