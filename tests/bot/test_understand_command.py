"""`cmebot understand --batch`: a line that is no question with its reply is told by its number, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

GOOD = '{"id": "a", "question": "agency-enquiry", "reply": "No trace on our systems."}'


@pytest.mark.parametrize("bad", ["not json", "[1]", '{"id": "b", "question": "agency-enquiry"}', '{"reply": 5}'])
def test_a_bad_line_is_told_by_its_number(tmp_path: Path, bad: str) -> None:
    batch = tmp_path / "replies.jsonl"
    batch.write_text(f"{GOOD}\n\n{bad}\n", "utf-8")
    words = ["-c", "from bot.cli import main; main()", "understand", "--batch", str(batch), "--json"]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert "agency.no-trace" in done.stdout
    assert "line 3" in done.stderr and "Traceback" not in done.stderr
