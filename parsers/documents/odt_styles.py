"""How text of an OpenDocument file looks, as far as it says what was meant: struck out, chosen, hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.documents.line import bright

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ODF = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
OFFICE, TEXT, TABLE, DRAW, FORM, STYLED = (
    _ODF.format(name) for name in ("office", "text", "table", "drawing", "form", "style")
)
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"

ANCESTORS = 20
"""A style inherits from so many others at most; a circle ends here."""

_COLOUR = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")


@dataclass(frozen=True, slots=True)
class Marks:
    """What a style says; None where it says nothing, so that what lies around it holds."""

    struck: bool | None = None
    bold: bool | None = None
    underlined: bool | None = None
    bright: bool | None = None
    ringed: bool | None = None
    hidden: bool | None = None

    def under(self, inner: Marks) -> Marks:
        """These marks with those of a style within."""
        return Marks(
            _first(inner.struck, self.struck), _first(inner.bold, self.bold),
            _first(inner.underlined, self.underlined), _first(inner.bright, self.bright),
            _first(inner.ringed, self.ringed), _first(inner.hidden, self.hidden),
        )  # fmt: skip


def _first(inner: bool | None, outer: bool | None) -> bool | None:
    return outer if inner is None else inner


class Styles:
    """The styles of content.xml and styles.xml, by family and name."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._own: dict[tuple[str, str], tuple[Marks, str]] = {}
        self._whole: dict[tuple[str, str], Marks] = {}
        for root in roots:
            for style in root.iterfind(f"*/{STYLED}style"):
                key = style.get(f"{STYLED}family", ""), style.get(f"{STYLED}name", "")
                self._own[key] = _marks(style), style.get(f"{STYLED}parent-style-name", "")

    def of(self, family: str, element: Element) -> Marks:
        """The marks of a paragraph or a span, with what its style inherits."""
        key = family, element.get(f"{TEXT}style-name", "")
        if key not in self._whole:
            self._whole[key] = self._inherited(family, key[1])
        return self._whole[key]

    def _inherited(self, family: str, name: str) -> Marks:
        marks = Marks()
        for _ in range(ANCESTORS):
            if (family, name) not in self._own:
                break
            own, name = self._own[family, name]
            marks = own.under(marks)
        return marks


def _marks(style: Element) -> Marks:
    said = style.find(f"{STYLED}text-properties")
    if said is None:
        return Marks()
    background = said.get(f"{_FO}background-color")
    return Marks(
        struck=_drawn(said, "text-line-through-style", "text-line-through-type"),
        bold=None if (weight := said.get(f"{_FO}font-weight")) is None else weight in ("bold", "700", "800", "900"),
        underlined=_drawn(said, "text-underline-style", "text-underline-type"),
        bright=None if background is None else _is_bright(background),
        ringed=None if (border := said.get(f"{_FO}border")) is None else border != "none",
        hidden=None if (shown := said.get(f"{TEXT}display")) is None else shown == "none",
    )


def _drawn(said: Element, *names: str) -> bool | None:
    values = [value for name in names if (value := said.get(f"{STYLED}{name}")) is not None]
    return "none" not in values if values else None


def _is_bright(colour: str) -> bool:
    found = _COLOUR.fullmatch(colour)
    return found is not None and bright(*(int(pair, 16) for pair in found.groups()))
