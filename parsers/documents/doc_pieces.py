"""Where the text of an older Word document lies: the piece table gives the bytes of each stretch, pages of runs give
the look of bytes and the paragraphs that they end ([MS-DOC] 2.4.1, 2.4.6.1)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from parsers.documents.doc_bytes import DAMAGED, Block
from parsers.documents.doc_properties import Look, look
from parsers.documents.layout import Unreadable

PIECES = 20_000
PAGES = 1_000
"""Pages of runs; a form has a dozen."""

CHARACTERS = 400_000
"""Further text is not looked at."""

_PAGE = 512
_COMPRESSED = 1 << 30
_PRM0 = {0x41: 0x0800, 0x55: 0x0835, 0x57: 0x0837, 0x5C: 0x083C, 0x5E: 0x2A3E}
"""Short modifiers of a piece (2.9.215) that matter here."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` (exclusive), at byte `place`, one or two bytes (`width`) each; `group` modifies
    their look."""

    start: int
    end: int
    place: int
    width: int
    group: bytes = b""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one look; the first lies at byte `place`."""

    text: str
    look: Look
    place: int
    width: int


def pieces(clx: Block) -> list[Piece]:
    """The piece table (Clx, 2.9.38): modifiers, then where each piece is."""
    place, groups = 0, list[bytes]()
    while clx.number(place, 1) == 1:
        length = clx.number(place + 1, 2)
        groups.append(clx.cut(place + 3, length))
        place += 3 + length
    if clx.number(place, 1) != 2:
        raise Unreadable(DAMAGED)
    count = (clx.number(place + 1, 4) - 4) // 12
    if not 0 < count <= PIECES:
        raise Unreadable(DAMAGED)
    bounds = clx.numbers(place + 5, count + 1)
    found = []
    for n in range(count):
        at = place + 5 + 4 * (count + 1) + 8 * n
        coded, modifier = clx.number(at + 2, 4), clx.number(at + 6, 2)
        if bounds[n + 1] < bounds[n]:
            raise Unreadable(DAMAGED)
        compressed = bool(coded & _COMPRESSED)
        byte = (coded & (_COMPRESSED - 1)) // (2 if compressed else 1)
        found.append(Piece(bounds[n], bounds[n + 1], byte, 1 if compressed else 2, _group(modifier, groups)))
    return found


def _group(modifier: int, groups: list[bytes]) -> bytes:
    if modifier & 1:
        return groups[modifier >> 1] if modifier >> 1 < len(groups) else b""
    code = _PRM0.get((modifier >> 1) & 0x7F)
    return code.to_bytes(2, "little") + bytes((modifier >> 8,)) if code else b""


class Runs(Generic[T]):
    """Byte ranges and what is said of them, from the pages of formatted runs (ChpxFkp 2.9.33, PapxFkp 2.9.174)."""

    def __init__(self, document: Block, table: Block, pages: Callable[[Block, int, int], T]) -> None:
        count = max(0, (len(table.data) - 4) // 8)
        numbers = dict.fromkeys(n & 0x3FFFFF for n in table.numbers(4 * (count + 1), count)) if count else {}
        if len(numbers) > PAGES:
            raise Unreadable(DAMAGED)
        found: list[tuple[int, int, T]] = []
        for number in numbers:
            page = Block(document.cut(number * _PAGE, _PAGE))
            runs = page.number(_PAGE - 1, 1)
            bounds = page.numbers(0, runs + 1)
            found += [(bounds[n], bounds[n + 1], pages(page, runs, n)) for n in range(runs)]
        self._runs = sorted(found, key=lambda run: run[0])
        self._starts = [run[0] for run in self._runs]

    def at(self, place: int, otherwise: T) -> tuple[T, int]:
        """What is said of a byte, and up to which byte that holds at most."""
        n = bisect_right(self._starts, place)
        following = self._starts[n] if n < len(self._starts) else 1 << 32
        if n and place < self._runs[n - 1][1]:
            return self._runs[n - 1][2], min(self._runs[n - 1][1], following)
        return otherwise, following


def character_group(page: Block, runs: int, number: int) -> bytes:
    """The modifiers of a run of characters."""
    at = 2 * page.number(4 * (runs + 1) + number, 1)
    return page.cut(at + 1, page.number(at, 1)) if at else b""


def paragraph_group(page: Block, runs: int, number: int) -> bytes:
    """The modifiers of a paragraph, without the number of its style."""
    at = 2 * page.number(4 * (runs + 1) + 13 * number, 1)
    if not at:
        return b""
    size = page.number(at, 1)
    if size:
        return page.cut(at + 1, 2 * size - 1)[2:]
    return page.cut(at + 2, 2 * page.number(at + 1, 1))[2:]


def stretches(document: Block, table: list[Piece], runs: Runs[bytes], first: int, last: int) -> Iterator[Stretch]:
    """The characters `first` to `last` (exclusive), cut where the look changes."""
    last = min(last, first + CHARACTERS)
    looks: dict[bytes, Look] = {}
    for piece in table:
        start, end = max(piece.start, first), min(piece.end, last)
        place = piece.place + (start - piece.start) * piece.width
        stop = place + (end - start) * piece.width
        while place < stop:
            group, until = runs.at(place, b"")
            until = min(stop, max(place + piece.width, until - (until - place) % piece.width))
            raw = document.cut(place, until - place)
            text = raw.decode("cp1252" if piece.width == 1 else "utf-16-le", "replace")
            group += piece.group
            if group not in looks:
                looks[group] = look(group)
            yield Stretch(text, looks[group], place, piece.width)
            place = until
