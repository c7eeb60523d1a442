"""Golden readings: `pytest tests/forms --regenerate` writes them anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from parsers.reading import Referral

GOLDEN = Path(__file__).parents[1] / "golden"

Check = Callable[[str, Sequence[Referral]], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the golden readings of forms anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Check:
    """Compares readings with the file of that name: what is filled in, what is doubted, what is a problem."""
    regenerate = request.config.getoption("--regenerate", default=False)

    def check(name: str, referrals: Sequence[Referral]) -> None:
        file = GOLDEN / f"{name}.json"
        told = [_told(referral) for referral in referrals]
        if regenerate:
            file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
        assert told == json.loads(file.read_text("utf-8"))

    return check


def _told(referral: Referral) -> dict[str, object]:
    return {
        "form": referral.form,
        "values": {name: f.value for name, f in referral.fields.items() if f.value is not None},
        "doubted": {name: f.confidence for name, f in referral.fields.items() if not f.sure},
        "problems": {p.field: p.problem for p in referral.problems},
    }
