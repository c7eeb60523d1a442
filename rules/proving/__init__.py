"""Walks what can become of a case under a pack, and holds every state that it reaches against the promises that no pack
may break (docs/explanation/proof.md). Pure: the same pack gives the same walk."""

from rules.proving.laws import Broken
from rules.proving.walk import Bounds, Report, prove

__all__ = ["Bounds", "Broken", "Report", "prove"]
