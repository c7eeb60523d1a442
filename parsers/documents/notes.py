"""What a document carries beside its words, that was seen and neither run nor followed: macros, scripts, references to
the world outside."""

from __future__ import annotations

import re

from parsers.documents import package
from parsers.documents.layout import Unreadable, is_pdf

MACROS = "It holds macros, which were not run"
SCRIPTS = "It holds scripts or commands, which were not run"
OUTSIDE = "It points to something outside of itself, which was not fetched"

_LOOKED_AT = 5_000_000
_OUTSIDE = re.compile(rb"<Relationship\b(?=[^>]*TargetMode=[\"']External)(?![^>]*/hyperlink[\"'])[^>]*>", re.I)
_DDE = re.compile(rb"\bDDE(?:AUTO)?\b")
_SCRIPT = re.compile(rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|RichMedia)\b")
_LINKED = re.compile(rb"\\(?:objlink|objautlink|\*\\template)\b|INCLUDE(?:PICTURE|TEXT)\b")


def notes(data: bytes) -> tuple[str, ...]:
    """Sentences for a person, without their full stop; an empty tuple for a document that holds words alone."""
    if data.startswith(b"PK"):
        return _package(data)
    seen = data[:_LOOKED_AT]
    if is_pdf(data):
        return (SCRIPTS,) if _SCRIPT.search(seen) else ()
    if seen.lstrip()[:5] == b"{\\rtf":
        return (OUTSIDE,) if _LINKED.search(seen) else ()
    return (MACROS,) if "_VBA_PROJECT".encode("utf-16-le") in data else ()


def _package(data: bytes) -> tuple[str, ...]:
    try:
        opened = package.open_package(data)
        names = opened.namelist()
        found = [MACROS] if any(n.lower().endswith("vbaproject.bin") or n.startswith("Basic/") for n in names) else []
        related = [n for n in names if n.endswith(".rels")][:20]
        if any(_OUTSIDE.search(package.part(opened, n)) for n in related):
            found.append(OUTSIDE)
        if "word/document.xml" in names and _commands(package.part(opened, "word/document.xml")):
            found.append(SCRIPTS)
    except Unreadable:
        # Why it cannot be opened is the reader's to say.
        return ()
    return tuple(found)


def _commands(text: bytes) -> bool:
    return b"DDE" in text and _DDE.search(text) is not None
