"""Patterns sorted by their first letters find what they find one by one."""

from __future__ import annotations

import re

import pytest

from parsers import concerns
from parsers.lettered import any_lettered
from parsers.wording import table
from tests.mail.learning import examples

PATTERNS = [
    "hit", "(?:his|her) dad", "(?:very )?cold|[abc]old", r"\w+ing hard", "(?!left)l[eo]ft", "(?:a|an)? ?eel", r"no\b",
    "(?:(?:is|was) )*(?:un)?safe", "x{0,2}yes", r"\(sic\)",
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["he hit", "her dad", "very cold", "bold", "cold", "trying hard", "left", "loft", "an eel", "eel", "no", "now",
     "was unsafe", "safe", "xxyes", "yes", "a (sic)", "nothing here", ""],
)  # fmt: skip
def test_any_is_any(text: str) -> None:
    one_by_one = any(re.search(rf"\b(?:{pattern})", text) for pattern in PATTERNS)
    assert bool(any_lettered(PATTERNS).search(text)) == one_by_one


def test_the_lists_find_no_less() -> None:
    harm, calm = examples()
    kinds = table("concerns")["kind"]
    parts = [p for kind in kinds for key in ("words", "other", "always") for p in kind.get(key, ())]
    plain = concerns._words(parts)
    for sentence in (*harm, *calm[::5]):
        assert bool(concerns._any_word().search(sentence)) == bool(plain.search(sentence)), sentence
