"""Names of WordprocessingML (ISO/IEC 29500), and its switches."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = f"{W}val"

_NAMES = ("del", "moveFrom", "instrText", "delText", "pPr", "tblPr", "tblGrid", "trPr", "sdtPr", "sdtEndPr",
          "footnoteReference", "commentReference")  # fmt: skip
SKIPPED = {f"{W}{name}" for name in _NAMES} | {f"{MC}Fallback"}
"""What says nothing, or says it again."""


def on(element: Element | None) -> bool:
    """A switch: present means on, unless its value says off."""
    return element is not None and element.get(VAL, "1") not in ("0", "false", "off", "none")
