"""The shape of the house: no module stands upon one that stands upon it."""

from __future__ import annotations

from graphlib import TopologicalSorter

import grimp


def test_no_modules_import_each_other_in_a_circle() -> None:
    house = grimp.build_graph("bot", "parsers", "rules", "outbound", cache_dir=None)
    below = {module: house.find_modules_directly_imported_by(module) for module in house.modules}
    TopologicalSorter(below).prepare()  # Raises CycleError, which names the circle.
    assert len(below) > 300
