"""What the fields of a list's row are called where more than one module speaks of them. Nothing is loaded with it."""

from __future__ import annotations

PARTED = ("child.surname", "child.forenames")
"""What a whole name is parted into; which part is which may be a guess."""
ENQUIRIES = "enquiries"
"""The kind of list that answers many of our enquiries (policy 4.1)."""
REFERENCE, ANSWER, HEADING = "our.reference", "answer", "heading"
"""Of such a list: our reference or code, what a row says of its child, and what stands above it."""
