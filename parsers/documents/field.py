"""Fields of older Word files (.rtf, .doc): form fields, and symbols put in by a field."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.documents import ticks
from parsers.documents.layout import EMPTY, TICKED

UNDEFINED = 25
"""The result of a form field that nobody has touched: its default holds."""


@dataclass(slots=True)
class Field:
    """A field: its instruction, and what its form field holds (`kind` 1 is a check box,
    2 a drop-down)."""

    instruction: list[str] = field(default_factory=list)
    kind: int = 0
    result: int = UNDEFINED
    default: int = 0
    entries: list[str] = field(default_factory=list)
    said: bool = False

    def says(self) -> str | None:
        """The state of a check box, the entry of a drop-down, a symbol; None where the result's text says it."""
        words = "".join(self.instruction).split()
        name = words[0].upper() if words else ""
        chosen = self.default if self.result == UNDEFINED else self.result
        if self.kind == 1 or name == "FORMCHECKBOX":
            return TICKED if chosen else EMPTY
        if self.kind == 2 or name == "FORMDROPDOWN":
            return self.entries[chosen].strip() if 0 <= chosen < len(self.entries) else ""
        if name == "SYMBOL" and len(words) > 1 and words[1].isascii() and words[1].isdigit() and len(words[1]) < 6:
            return ticks.symbol(_font_named("".join(self.instruction)), int(words[1]))
        return None


def _font_named(instruction: str) -> str:
    _, _, after = instruction.partition("\\f")
    pieces = after.split('"')
    return pieces[1] if len(pieces) > 2 else after.strip().split(" ")[0]
