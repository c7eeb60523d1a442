"""The pages that are made from the code say what the code says, and every row of the policy has its story.

Make the pages anew with `python -m docs.make`, or with CMEBOT_MAKE_DOCS=1 in the environment of this test.
"""

import os
import re
from pathlib import Path

import pytest

from docs.make import PAGES, write
from docs.policy_page import rows, stories
from docs.tables import HOME, Unexplained, meanings

ROOT = HOME.parent
VERSION_ROWS = [
    "A1", "A2", "A4", "A5", "B1a", "B2", "B4", "B5", "B6", "B7", "B8", "B9", "B10", "B14", "B15",
    "C1", "C2", "C2b", "C3", "C4", "C5", "C6", "C7", "C8", "C10", "C12", "D3", "D4", "E1", "E2",
]  # fmt: skip
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.fixture(scope="module", autouse=True)
def _anew() -> None:
    if os.environ.get("CMEBOT_MAKE_DOCS"):
        write()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_code_says(name: str) -> None:
    assert (HOME / name).read_text("utf-8") == PAGES[name](), f"docs/{name} is stale: python -m docs.make"


@pytest.mark.parametrize("row", VERSION_ROWS)
def test_every_row_of_this_version_has_a_story(row: str) -> None:
    shown = [story.name for story in stories() if row in story.rows]
    assert shown, f"no test in tests/stories is named test_{row.lower()}_..."


def test_the_page_has_the_rows_of_this_version_and_no_others() -> None:
    assert [row.name for row in rows()] == VERSION_ROWS


def test_a_key_that_nobody_explains_is_found() -> None:
    with pytest.raises(Unexplained, match=r"\[DigestSettings\].*colour"):
        meanings("DigestSettings", ["at", "colour"])


def _pages() -> list[Path]:
    return sorted([*HOME.rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])


@pytest.mark.parametrize("page", _pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_leads_nowhere(page: Path) -> None:
    targets = [link.partition("#")[0] for link in _LINK.findall(page.read_text("utf-8"))]
    inside = [t for t in targets if t and "://" not in t and not t.startswith("mailto:")]
    # The picture of the demo is made by hand before a release.
    gone = [t for t in inside if not (page.parent / t).exists() and not t.endswith("demo.png")]
    assert not gone
