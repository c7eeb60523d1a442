from pathlib import Path

import pytest

from bot.config.sandbox import write_sandbox
from bot.running.startup import make_register


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The configuration of a county with somebody who runs the bot."""
    write_sandbox(tmp_path / "county")
    path = tmp_path / "county" / "config.toml"
    path.write_text('operator = "it@council.example"\n' + path.read_text("utf-8"), "utf-8")
    make_register(path)
    return path
