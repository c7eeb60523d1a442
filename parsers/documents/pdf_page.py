"""A page of a PDF as drawn: characters and rules, y downwards from the top, in points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character; `base` is its baseline, `tall` the height of its ink, `size` the font size. One that was recognised
    in a picture is `sure` from 0 to 1; `others` are what else it may be, likeliest first."""

    char: str
    left: float
    right: float
    base: float
    tall: float
    size: float
    sure: float = 1.0
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line, or (`shade`) a bright patch behind text."""

    left: float
    top: float
    right: float
    bottom: float
    shade: bool = False

    @property
    def level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Shape:
    """Something small that was drawn: a `square`, as of a box to tick, or ink, as of a cross in one."""

    left: float
    top: float
    right: float
    bottom: float
    square: bool = False

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
