from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.register.register import Register


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    with Register.open(path, write=True) as opened:
        opened.upgrade()
        yield opened
