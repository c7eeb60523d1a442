"""The tables at the head of rich text: fonts with their code pages, and colours."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.documents.line import bright
from parsers.documents.rtf_tokens import codec_of_charset, codec_of_page

MOST = 5_000
"""Fonts and colours; further ones are not kept."""

_SYMBOLS = ("wingdings", "webdings", "symbol")
_PAGES = {"ansicpg": 0, "mac": 10000, "pc": 437, "pca": 850}


@dataclass(slots=True)
class Font:
    codec: str
    name: str = ""

    @property
    def symbols(self) -> bool:
        return self.name.lower().startswith(_SYMBOLS)


class Header:
    """What is said once for the document."""

    def __init__(self) -> None:
        self._codec = "cp1252"
        self._fonts: dict[int, Font] = {}
        self._default = 0
        self._current = Font(self._codec)
        self._colours: list[bool] = []
        self._mixed = {"red": 0, "green": 0, "blue": 0}

    def word(self, word: str, number: int) -> None:
        """A control word before the text that concerns the whole."""
        if word in _PAGES:
            self._codec = codec_of_page(_PAGES[word] or number)
        elif word == "deff":
            self._default = number

    def font_word(self, word: str, number: int) -> None:
        if word == "f" and len(self._fonts) < MOST:
            self._current = self._fonts[number] = Font(self._codec)
        elif word == "fcharset":
            self._current.codec = codec_of_charset(number, self._codec)
        elif word == "cpg":
            self._current.codec = codec_of_page(number)

    def font_text(self, text: str) -> None:
        if len(self._current.name) < MOST:
            self._current.name += text.strip("; ")

    def colour_word(self, word: str, number: int) -> None:
        if word in self._mixed:
            self._mixed[word] = number

    def colour_text(self, text: str) -> None:
        for _ in range(min(text.count(";"), MOST)):
            self._colours.append(bright(self._mixed["red"], self._mixed["green"], self._mixed["blue"]))
            self._mixed = {"red": 0, "green": 0, "blue": 0}

    def font(self, number: int) -> Font:
        """The font of that number; below 0, the one in which text stands that names none."""
        return self._fonts.get(self._default if number < 0 else number) or Font(self._codec)

    def bright(self, colour: int) -> bool:
        return 0 <= colour < len(self._colours) and self._colours[colour]
