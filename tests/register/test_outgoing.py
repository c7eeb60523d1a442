from __future__ import annotations

from datetime import timedelta

import pytest

from bot.register.errors import RegisterError
from bot.register.register import Register
from tests.register.rows import LATER, NOW, letter

MINUTE = timedelta(minutes=1)


def test_a_key_is_queued_once_whatever_became_of_it(register: Register) -> None:
    full = letter(
        "k", code="K7QF2MXA9T", questions=("agency-enquiry", "s2s-message"), asks=({"key": "a"}, 2), subject="S"
    )
    with register.begin() as unit:
        assert unit.queue(full)
        assert not unit.queue(letter("k", subject="another"))
        assert unit.outbox("k") == full
        unit.mark_sent("k", NOW)
        assert not unit.queue(full)
        assert unit.outbox_by_code("K7QF2MXA9T") == unit.outbox("k")
        assert unit.outbox("none") is None


def test_one_code_is_one_mail(register: Register) -> None:
    with register.begin() as unit:
        unit.queue(letter("a", code=None))
        unit.queue(letter("b", code=None))
        unit.queue(letter("c", code="K7QF2MXA9T"))
    with pytest.raises(Exception, match="UNIQUE"), register.begin() as unit:
        unit.queue(letter("d", code="K7QF2MXA9T"))


def test_alarms_leave_first_then_in_the_order_of_writing(register: Register) -> None:
    with register.begin() as unit:
        unit.queue(letter("second", created=NOW + MINUTE))
        unit.queue(letter("first"))
        unit.queue(letter("alarm", created=NOW + 2 * MINUTE, priority=0))
        unit.queue(letter("tomorrow", not_before=LATER))
        unit.queue(letter("held", state="held"))
        assert [row.key for row in unit.sendable(NOW, 10)] == ["alarm", "first", "second"]
        assert [row.key for row in unit.sendable(NOW, 1)] == ["alarm"]
        assert unit.next_sendable() == NOW


def test_what_failed_waits_for_its_next_try(register: Register) -> None:
    with register.begin() as unit:
        unit.queue(letter("k"))
        unit.trying("k", LATER)
        assert unit.sendable(NOW, 10) == [], "should the process die now, it comes again later"
        unit.mark_failed("k", "450 try later")
        assert unit.sendable(NOW, 10) == []
        (again,) = unit.sendable(LATER, 10)
    assert (again.attempts, again.why) == (1, "450 try later")


def test_held_until_a_person_lets_it_go(register: Register) -> None:
    with register.begin() as unit:
        unit.queue(letter("k"))
        unit.hold("k", "no address")
        assert [row.why for row in unit.held()] == ["no address"]
        assert unit.sendable(NOW, 10) == []
        unit.release("k", NOW)
        assert [row.key for row in unit.sendable(NOW, 10)] == ["k"]
        assert unit.held() == []


def test_what_has_left_cannot_be_held_or_cancelled(register: Register) -> None:
    with register.begin() as unit:
        unit.queue(letter("k"))
        unit.mark_sent("k", LATER, "<theirs@provider.example>")
        assert not unit.cancel("k", "no longer needed")
        sent = unit.outbox("k")
    with pytest.raises(RegisterError, match="key k"), register.begin() as unit:
        unit.hold("k", "too late")
    assert sent is not None
    assert (sent.state, sent.sent_at, sent.provider_message_id) == ("sent", LATER, "<theirs@provider.example>")


def test_cancelled_before_it_left(register: Register) -> None:
    with register.begin() as unit:
        unit.queue(letter("k"))
        assert unit.cancel("k", "the ask was withdrawn")
        assert not unit.cancel("k", "twice")
        assert unit.sendable(LATER, 10) == []
        assert [row.why for row in unit.outbox_of("CME-2026-00001")] == ["the ask was withdrawn"]


def test_known_by_our_message_id_or_the_providers_in_the_order_asked(register: Register) -> None:
    with register.begin() as unit:
        for key in ("a", "b", "c"):
            unit.queue(letter(key))
        unit.mark_sent("a", NOW, "<theirs@provider.example>")
        found = unit.outbox_by_message_ids(["<c@borough.example>", "<unknown@x.example>", "<theirs@provider.example>"])
        assert [row.key for row in found] == ["c", "a"]
        assert unit.outbox_by_message_ids([]) == []


def test_sent_between(register: Register) -> None:
    with register.begin() as unit:
        for n, key in enumerate(("a", "b", "c")):
            unit.queue(letter(key))
            unit.mark_sent(key, NOW + n * MINUTE)
        assert [row.key for row in unit.sent_between(NOW, NOW + 2 * MINUTE)] == ["a", "b"]
