"""Labels that are printed on the blank and were not found in a picture (see parsers/pictures/lost): whose words those
are that stand about such a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.documents.pdf_page import LOST
from parsers.forms.chain import Link
from parsers.forms.found import Seen
from parsers.forms.stream import Slot, Stream
from parsers.values.parsed import one_line

_GUESS = 0.5
"""How sure it is that nothing stands with a label that was not found."""

_QUOTED = 200
"""Characters of what was given to no box that are told."""


def is_unseen(stream: Stream, link: Link) -> bool:
    return _between(stream, link.occurrence.start, link.occurrence.end)


def stands_in(stream: Stream, row: Sequence[Slot]) -> bool:
    """Whether such a label stands in a table's row: what a hand writes over it may be taken for walls between cells."""
    return any(_between(stream, slot.start, slot.end) for slot in row)


def _between(stream: Stream, start: int, end: int) -> bool:
    return any(doubt.sure == LOST for doubt in stream.doubts(start, end))


def told(seen: Seen, stream: Stream, link: Link) -> Seen:
    """What stands with such a label: whose it is, is a guess, so that it is no value, and is told. Of free text, which
    may say that a child is in danger, the words stay to be heard."""
    label = one_line(stream.text[link.occurrence.start : link.occurrence.end]).strip(" :")
    why = f"“{label}” was not found on the page; what is written about there was given to no box"
    said = f": “{one_line(seen.raw)[:_QUOTED]}”" if seen.raw else ""
    raw = seen.raw if link.target.type == "free" else ""
    return replace(
        seen, raw=raw, confidence=min(seen.confidence, _GUESS), problem=why + said, boxes=(), doubts=(), nobodys=True
    )
