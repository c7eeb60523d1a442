"""A runaway is stopped and told of; an alarm never waits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config.settings import LimitSettings
from bot.outbox.limits import Limits
from bot.outbox.sending import send_due
from bot.register.register import Register
from tests.bot.test_sending import Gate, row

NOW = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path / "r.db", write=True) as opened:
        opened.upgrade()
        yield opened


def queue(register: Register, count: int, address: str, priority: int = 5, prefix: str = "k") -> None:
    with register.begin() as unit:
        for n in range(count):
            unit.queue(replace(row(f"{prefix}{n:03d}", priority), address=address))


def limits(**settings: int) -> Limits:
    return Limits(LimitSettings(**settings), internal=lambda address: address.endswith("@council.example"))


def test_more_than_a_minute_allows_wait_for_their_turn_and_all_leave(register: Register) -> None:
    queue(register, 7, "office@school.example")
    gate, slow = Gate(), limits(domain_a_minute=3)
    assert [send_due(register, gate, NOW + n * MINUTE, slow) for n in range(3)] == [3, 3, 1]
    with register.read() as snapshot:
        assert snapshot.held() == []
        assert snapshot.outbox("k006").attempts == 1  # type: ignore[union-attr]


def test_one_domain_does_not_keep_back_another(register: Register) -> None:
    queue(register, 5, "office@school.example")
    queue(register, 2, "enquiries@police.example", prefix="p")
    gate = Gate()
    send_due(register, gate, NOW, limits(domain_a_minute=3))
    assert gate.passed.count("enquiries@police.example") == 2


def test_a_runaway_is_stopped_and_waits_for_a_person(register: Register) -> None:
    queue(register, 60, "office@school.example")
    gate, cap = Gate(), limits(domain_a_minute=1000)
    for n in range(3):
        send_due(register, gate, NOW + n * MINUTE, cap)
    assert len(gate.passed) == 50
    with register.read() as snapshot:
        held = snapshot.held()
    assert len(held) == 10 and "has had 50 mails today" in held[0].why


def test_the_councils_own_people_have_more(register: Register) -> None:
    queue(register, 60, "officer@council.example")
    gate = Gate()
    send_due(register, gate, NOW, limits(domain_a_minute=1000))
    assert len(gate.passed) == 60


def test_the_cap_is_of_a_day_in_london_and_outlives_a_restart(register: Register) -> None:
    late = datetime(2026, 9, 10, 22, 59, tzinfo=UTC)  # A minute to midnight, in summer.
    queue(register, 3, "office@school.example", prefix="a")
    gate = Gate()
    assert send_due(register, gate, late, limits(outside_a_day=3)) == 3
    queue(register, 1, "office@school.example", prefix="b")
    assert send_due(register, gate, late, limits(outside_a_day=3)) == 0
    queue(register, 1, "office@school.example", prefix="c")
    assert send_due(register, gate, late + 2 * MINUTE, limits(outside_a_day=3)) == 1


def test_a2_an_alarm_is_kept_back_by_neither(register: Register) -> None:
    queue(register, 5, "office@school.example")
    queue(register, 5, "office@school.example", priority=0, prefix="alarm")
    gate = Gate()
    assert send_due(register, gate, NOW, limits(domain_a_minute=1, outside_a_day=1)) == 6
    with register.read() as snapshot:
        assert all(snapshot.outbox(f"alarm{n:03d}").state == "sent" for n in range(5))  # type: ignore[union-attr]
