from __future__ import annotations

from bot.register.register import Register
from tests.register.rows import LATER, NOW


def test_the_last_value_counts(register: Register) -> None:
    with register.begin() as unit:
        assert unit.meta("clock") is None
        unit.set_meta("clock", "2026-03-04")
        unit.set_meta("clock", "2026-03-05")
        assert unit.meta("clock") == "2026-03-05"


def test_wrong_codes_are_remembered_with_who_sent_them(register: Register) -> None:
    with register.begin() as unit:
        unit.count_wrong_code(NOW, "AAAAAAAAAA", "a@stranger.example")
        unit.count_wrong_code(LATER, "BBBBBBBBBB", "b@stranger.example")
        assert [(wrong.code, wrong.sender) for wrong in unit.wrong_codes_since(LATER)] == [
            ("BBBBBBBBBB", "b@stranger.example")
        ]
        assert len(unit.wrong_codes_since(NOW)) == 2
