"""Lists of phrases that lie in TOML beside the code, as one pattern each: officers can read them and add to them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@lru_cache(maxsize=8)
def table(name: str) -> Mapping[str, Any]:
    """The file `NAME.toml` of this package. Raises FileNotFoundError, tomllib.TOMLDecodeError."""
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


def any_of(
    phrases: Iterable[str], before: str = "", after: str = "", *, flags: re.RegexFlag = re.IGNORECASE
) -> re.Pattern[str]:
    """One pattern, without regard to case, for any of the phrases between `before` and `after`."""
    return re.compile(f"{before}(?:{'|'.join(phrases)}){after}", flags)


@lru_cache(maxsize=64)
def listed(name: str, key: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """`any_of` the list `key` of the file `NAME.toml`."""
    return any_of(table(name)[key], before, after)
