"""One paragraph while it is read: pieces between tabs, each with what is struck out, marked or stressed in it."""

from __future__ import annotations

from typing import Protocol

from parsers.documents import ticks
from parsers.documents.layout import Cell, Part, Span


def bright(red: int, green: int, blue: int) -> bool:
    """A colour as of a highlighter pen; greys and pale tints are the form's own."""
    return max(red, green, blue) >= 200 and max(red, green, blue) - min(red, green, blue) >= 128


_CONTROLS = dict.fromkeys(code for code in range(32) if code not in (9, 10))
"""Characters that are no text; one of them parts table cells where labels are looked for."""


class Look(Protocol):
    """How characters look. None where a style says nothing of it, nor one around it."""

    @property
    def struck(self) -> bool | None: ...
    @property
    def bold(self) -> bool | None: ...
    @property
    def underlined(self) -> bool | None: ...
    @property
    def bright(self) -> bool | None: ...
    @property
    def ringed(self) -> bool | None: ...


class Line:
    """Text is added from left to right, `parts` gives what came of it."""

    __slots__ = ("_length", "_pieces")

    def __init__(self) -> None:
        self._pieces: list[tuple[list[str], list[Span], list[Span], list[Span]]] = [([], [], [], [])]
        self._length = 0

    @property
    def empty(self) -> bool:
        return len(self._pieces) == 1 and not self._length

    @property
    def blank(self) -> bool:
        """Whether no word was said."""
        return not any(text.strip() for pieces, *_ in self._pieces for text in pieces)

    @property
    def fresh(self) -> bool:
        """Whether no word was said since the last tab."""
        return not any(text.strip() for text in self._pieces[-1][0])

    def say(self, text: str, struck: bool = False, marked: bool = False, stressed: bool = False) -> None:
        text = text if text.isprintable() else text.translate(_CONTROLS)
        if not text:
            return
        pieces, crossed, chosen, louder = self._pieces[-1]
        pieces.append(text)
        span = (self._length, self._length + len(text))
        self._length = span[1]
        if struck:
            _join(crossed, span)
        if marked:
            _join(chosen, span)
        if stressed:
            _join(louder, span)

    def say_in(self, look: Look, text: str) -> None:
        marked = look.bright or look.ringed or (look.bold and look.underlined)
        self.say(text, bool(look.struck), bool(marked), bool(look.bold or look.underlined))

    def gap(self) -> None:
        self._pieces.append(([], [], [], []))
        self._length = 0

    def parts(self, cell: Cell | None = None) -> list[Part]:
        return [
            Part(
                ticks.plain("".join(text)), "gap" if number else "line", cell, tuple(struck), tuple(marked), tuple(loud)
            )
            for number, (text, struck, marked, loud) in enumerate(self._pieces)
        ]


def _join(spans: list[Span], span: Span) -> None:
    if spans and spans[-1][1] == span[0]:
        span = spans.pop()[0], span[1]
    spans.append(span)
