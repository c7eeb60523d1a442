"""Content controls of Word, wherever they stand: around blocks, runs, rows or cells. A prompt is no answer, and a check
box says its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.documents.docx_names import W14, W, on
from parsers.documents.layout import EMPTY, TICKED

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SAID = (f"{W}t", f"{W}sym")


def settle(root: Element) -> None:
    """Blanks the prompts in the tree, and writes the state of each check box into its control."""
    for control in root.iter(f"{W}sdt"):
        about, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        if about is None or content is None:
            continue
        box = about.find(f"{W14}checkbox")
        if box is not None:
            checked = box.find(f"{W14}checked")
            ticked = checked is not None and checked.get(f"{W14}val", "1") in ("1", "true", "on")
            _say_instead(content, TICKED if ticked else EMPTY)
        elif on(about.find(f"{W}showingPlcHdr")):
            _say_instead(content, "")


def _say_instead(content: Element, text: str) -> None:
    """The first thing said in the content becomes `text`, the rest is blanked."""
    for said in list(content.iter(*_SAID)):
        said.tag = f"{W}t"
        said.text, text = text, ""
