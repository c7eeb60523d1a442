"""What fails is tried again, later and later; nothing leaves twice; the alarm leaves first."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.outbox.sending import GIVE_UP_AFTER, delay, send_due
from bot.register.errors import RegisterError
from bot.register.outgoing import OutboxWrites
from bot.register.register import Register
from bot.register.rows import OutboxRow
from outbound.transports.port import Delivery

NOW = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)


@dataclass
class Gate:
    """A way out that is shut for a while; notes what passed."""

    answers: list[Delivery] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        answer = self.answers.pop(0) if self.answers else Delivery("sent")
        if answer.state == "sent":
            self.passed.append(recipient)
        return answer

    def check(self) -> str:
        return ""

    def close(self) -> None:
        """Nothing is open."""


def row(key: str, priority: int = 5, kind: str = "ask") -> OutboxRow:
    return OutboxRow(
        key=key, ref="", role="police", address=f"{key}@police.example", kind=kind, created=NOW, not_before=NOW,
        raw=b"mail", message_id=f"<{key}@x.example>", priority=priority,
    )  # fmt: skip


@pytest.fixture
def register(tmp_path: Path) -> Register:
    opened = Register.open(tmp_path / "r.db", write=True)
    opened.upgrade()
    return opened


def queue(register: Register, *rows: OutboxRow) -> None:
    with register.begin() as unit:
        for one in rows:
            unit.queue(one)


def test_the_alarm_leaves_before_what_waited_longer(register: Register) -> None:
    gate = Gate()
    queue(register, row("usual"), row("alarm", priority=0))
    send_due(register, gate, NOW)
    assert gate.passed == ["alarm@police.example", "usual@police.example"]


def test_a_key_is_queued_once_and_sent_once(register: Register) -> None:
    gate = Gate()
    queue(register, row("a"), row("a"))
    assert send_due(register, gate, NOW) == 1
    assert send_due(register, gate, NOW + timedelta(days=1)) == 0


def test_later_is_tried_again_after_a_growing_delay(register: Register) -> None:
    gate = Gate(answers=[Delivery("later", "busy")] * 2)
    queue(register, row("a"))
    assert send_due(register, gate, NOW) == 0
    assert send_due(register, gate, NOW + timedelta(minutes=1)) == 0 and len(gate.answers) == 1
    assert send_due(register, gate, NOW + timedelta(minutes=2)) == 0
    assert send_due(register, gate, NOW + timedelta(minutes=6)) == 1


def test_where_nothing_can_be_written_nothing_is_sent(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: a mail whose leaving could not be written down would leave again with every tick."""
    gate = Gate()
    queue(register, row("a"))

    def full(self: object, key: str, again: datetime) -> None:
        raise RegisterError("the disk is full")

    monkeypatch.setattr(OutboxWrites, "trying", full)
    for _ in range(3):
        with pytest.raises(RegisterError):
            send_due(register, gate, NOW)
    assert not gate.passed


def test_an_alarm_of_which_the_end_is_not_known_comes_again_in_seconds(register: Register) -> None:
    def dies(raw: bytes, sender: str, recipient: str) -> Delivery:
        raise SystemExit

    gate = Gate()
    gate.send = dies  # type: ignore[method-assign]
    queue(register, row("alarm", priority=0, kind="alarm"), row("usual"))
    with pytest.raises(SystemExit):
        send_due(register, gate, NOW)
    with register.read() as snapshot:
        assert snapshot.sendable(NOW, 9) == []
        assert [r.key for r in snapshot.sendable(NOW + timedelta(seconds=5), 9)] == ["alarm"]
        assert len(snapshot.sendable(NOW + timedelta(minutes=2), 9)) == 2


def test_refused_goes_to_a_person_with_the_servers_words(register: Register) -> None:
    queue(register, row("a"))
    send_due(register, Gate(answers=[Delivery("refused", "550 no such user")]), NOW)
    with register.read() as snapshot:
        assert "550 no such user" in snapshot.held()[0].why


def test_at_last_a_person_is_told(register: Register) -> None:
    queue(register, row("a"))
    when, gate = NOW, Gate(answers=[Delivery("later", "busy")] * GIVE_UP_AFTER)
    for _ in range(GIVE_UP_AFTER):
        send_due(register, gate, when)
        when += timedelta(hours=6)
    with register.read() as snapshot:
        assert "tried 20 times" in snapshot.held()[0].why


def test_delays_grow_and_are_bounded() -> None:
    delays = [delay(n) for n in range(30)]
    assert delays == sorted(delays) and delays[0] == timedelta(minutes=2) and delays[-1] == timedelta(hours=6)
