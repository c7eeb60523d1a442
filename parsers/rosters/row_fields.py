"""What the fields of a list's row are called, and what they say, where more than one module speaks of them. No library
is loaded with it."""

from __future__ import annotations

from parsers.reading import RosterRow

PARTED = ("child.surname", "child.forenames")
"""What a whole name is parted into; which part is which may be a guess."""
ENQUIRIES = "enquiries"
"""The kind of list that answers many of our enquiries (policy 4.1)."""
REFERENCE, ANSWER, HEADING = "our.reference", "answer", "heading"
"""Of such a list: our reference or code, what a row says of its child, and what stands above it."""


def said_for_sure(row: RosterRow) -> dict[str, str]:
    """What is said beyond doubt, and how a name in one piece may be parted."""
    return {name: f.value for name, f in row.fields.items() if f.value and (f.sure or name in PARTED)}
