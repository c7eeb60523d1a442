"""In which file and line of a pack something stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from rules.packfile import PACKS, pack_files

_RULE = re.compile(r'\s*id\s*=\s*"([^"]+)"')
_TABLE = re.compile(r"\s*\[{1,2}(question|role|unverified|wording|form)\.\"?([^\].\"]+)\"?\]{1,2}\s*(?:#.*)?$")


def places(name: str, folder: Path = PACKS) -> Mapping[str, str]:
    """`rule hub.missing` -> `oxfordshire/hub.toml:18`, for rules, questions, roles, wordings and unverified facts; a
    later file goes before an earlier one, as it does when the pack is read."""
    found: dict[str, str] = {}
    for path in pack_files(name, folder):
        where = f"{path.parent.name}/{path.name}"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if match := _RULE.match(line):
                found[f"rule {match[1]}"] = f"{where}:{number}"
            elif match := _TABLE.match(line):
                found[f"{match[1]} {match[2]}"] = f"{where}:{number}"
    return found
