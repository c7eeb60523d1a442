"""What holds for the text of a group of rich text, and the row that is being described."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field

from parsers.documents.field import Field
from parsers.documents.rows import Edges

_MOST_CELLS = 64


@dataclass(slots=True)
class RowDefinition:
    """What `trowd` begins: edges in twips, and cells merged with the one before."""

    left: int = 0
    right: list[int] = field(default_factory=list)
    merged: set[int] = field(default_factory=set)

    def cell_ends(self, place: int) -> None:
        if len(self.right) < _MOST_CELLS:
            self.right.append(place)

    def edges(self) -> Edges:
        return Edges((self.left, *self.right), frozenset(self.merged))


@dataclass(slots=True)
class State:
    """Copied where a group opens, forgotten where it closes. `destination` says what its text is for ("": it is
    read), `level` in how many tables it stands, `blanks` how many characters follow an `u` for older programs,
    `upr` whether the group is one of two ways to say the same (1), or within it (2)."""

    destination: str = ""
    skipped: bool = False
    upr: int = 0
    level: int = 0
    blanks: int = 1
    font: int = -1
    struck: bool = False
    bold: bool = False
    underlined: bool = False
    bright: bool = False
    ringed: bool = False
    hidden: bool = False
    deleted: bool = False
    current: Field = field(default_factory=Field)
    row: RowDefinition = field(default_factory=RowDefinition)

    def inner(self) -> State:
        """For a group within: of a text that is said twice (`upr`), the one without Unicode is skipped."""
        state = copy(self)
        state.upr = 2 if self.upr == 1 and not self.skipped else 0
        state.skipped = self.skipped or state.upr == 2
        return state

    def plain(self) -> None:
        self.struck = self.bold = self.underlined = self.bright = self.ringed = self.hidden = self.deleted = False
        self.font = -1
