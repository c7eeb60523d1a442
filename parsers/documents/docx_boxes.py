"""Text boxes of Word: where in the text they are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parsers.documents.docx_names import SKIPPED, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MOST = 200
"""Characters of a box that stands for a value in a line."""


def boxes_in(element: Element) -> Iterator[Element]:
    """The contents of the text boxes of a drawing, of alternates only the first choice."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in SKIPPED:
            yield from boxes_in(child)


def is_value(box: Element) -> bool:
    """Whether a box holds no more than a value: a short line or two, no table, no box of its own."""
    if any(True for _ in box.iter(f"{W}tbl", f"{W}txbxContent") if _ is not box):
        return False
    paragraphs = list(box.iter(f"{W}p"))
    return len(paragraphs) <= 3 and sum(len(t.text or "") for t in box.iter(f"{W}t")) <= _MOST


def has_words(box: Element) -> bool:
    """Whether the paragraph on which a box hangs says anything itself."""
    paragraph = next(box.iterancestors(f"{W}p"), None)
    if paragraph is None:
        return False
    return any((t.text or "").strip() for t in paragraph.iter(f"{W}t") if next(t.iterancestors(f"{W}p")) is paragraph)


def from_the_top(boxes: list[Element]) -> list[Element]:
    """Boxes that hang on one paragraph, in the order in which they are seen on the page, where that is said."""
    if len(boxes) < 2:
        return boxes
    places = [_place(box) for box in boxes]
    if any(place is None for place in places):
        return boxes
    return [box for _, box in sorted(zip(places, boxes, strict=True), key=lambda pair: pair[0] or (0, 0))]


def _place(box: Element) -> tuple[int, int] | None:
    anchor = next(box.iterancestors(f"{_WP}anchor"), None)
    if anchor is None:
        return None
    found = [anchor.findtext(f"{_WP}position{axis}/{_WP}posOffset") or "" for axis in "VH"]
    if not all(text.lstrip("-").isdigit() and len(text) < 12 for text in found):
        return None
    return int(found[0]), int(found[1])
