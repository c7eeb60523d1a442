"""Writes the pages that are made from the code: `python -m docs.make`. A test fails while one of them is stale."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docs import commands_page, config_page, pack_page, policy_page, words_page
from docs.tables import HOME

PAGES: Mapping[str, Callable[[], str]] = {
    "reference/config.md": config_page.page,
    "reference/commands.md": commands_page.page,
    "reference/pack.md": pack_page.page,
    "reference/words.md": words_page.page,
    "policy.md": policy_page.page,
}


def write() -> None:
    for name, page in PAGES.items():
        (HOME / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    write()
