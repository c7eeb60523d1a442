"""The tutorial's commands do what the tutorial says, in its order, as they stand there."""

import os
import re
import subprocess
import sys
from pathlib import Path

from docs.tables import HOME

_BLOCK = re.compile(r"^( *)```(sh|text)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}\b")
_SET_UP = ("make ", "PATH=")
"""Done already where this test runs."""


def steps() -> list[list[str]]:
    """Each command with the output that is shown for it, "" where none is."""
    found: list[list[str]] = []
    for indent, kind, text in _BLOCK.findall((HOME / "tutorial.md").read_text("utf-8")):
        plain = "".join(line.removeprefix(indent) for line in text.splitlines(keepends=True))
        if kind == "text":
            found[-1][1] = plain
        elif not plain.startswith(_SET_UP):
            found.append([plain, ""])
    return found


def test_the_tutorial_is_true(tmp_path: Path) -> None:
    told = steps()
    script = "set -e\n" + "".join(f"{command}echo @@@\n" for command, _ in told)
    home = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(HOME.parent)}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env={**os.environ, **home}, timeout=100, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    for (command, shown), came in zip(told, done.stdout.split("@@@\n"), strict=False):
        assert _CODE.sub("CODE", came) == _CODE.sub("CODE", shown), command
