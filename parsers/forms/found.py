"""What was found of a form in a document: its values as they stand there."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.documents.layout import Box
from parsers.forms.definition import Form


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A character of a value that was recognised in a picture, how sure it is, what else it may be, and its word."""

    text: str
    sure: float
    others: tuple[tuple[str, float], ...] = ()
    word: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A value as found: the words, and where they stand."""

    raw: str
    source: str
    confidence: float = 1.0
    problem: str = ""
    boxes: tuple[Box, ...] = ()
    """Where on the page the words stand, in a format that has pages."""
    doubts: tuple[Doubtful, ...] = ()
    recognised: bool = False
    """In a picture."""
    nobodys: bool = False
    """Beside a label that was not found: words that are no value for certain."""


@dataclass(frozen=True, slots=True)
class FoundForm:
    """One filled form in a document: the declared form, and what was seen for each of its fields. `hand`: it is filled
    in by hand."""

    form: Form
    seen: dict[str, Seen]
    hand: bool = False
    recognised: bool = False
    """It was a picture."""
