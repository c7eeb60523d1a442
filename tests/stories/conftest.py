from pathlib import Path

import pytest

from tests.stories.story import Story


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "county")
