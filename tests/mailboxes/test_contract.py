"""What every kind of mailbox keeps to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.mailboxes.port import Mailbox, MailboxBusy
from bot.register.register import Register
from bot.register.rows import NewMail
from tests.mailboxes.boxes import Box, EwsBox, GraphBox, ImapBox, MaildirBox, letter

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)


@pytest.fixture(params=["maildir", "imap", "imap without MOVE", "graph", "ews"])
def box(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Box]:
    if request.param == "maildir":
        yield MaildirBox(tmp_path / "mail")
        return
    if request.param == "graph":
        yield GraphBox(request.getfixturevalue("graph"), tmp_path / "lease")
        return
    if request.param == "ews":
        yield EwsBox(request.getfixturevalue("exchange"), tmp_path / "lease")
        return
    server = request.getfixturevalue("dovecot" if request.param == "imap" else "old_dovecot")
    imap = ImapBox(server, tmp_path / "lease")
    yield imap
    imap.relay.stop()


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path / "register.db", write=True) as opened:
        opened.upgrade()
        yield opened


def take_in(register: Register, mailbox: Mailbox, die_after: int | None = None) -> None:
    """As intake does it: finish what was written down before, then write down and finish what is new."""
    with register.read() as past:
        left = past.unmoved(mailbox.name)
    for place in left:
        mailbox.finish(place, place.target)
        with register.begin() as unit:
            unit.moved(place)
    for n, arrived in enumerate(mailbox.fetch(100), 1):
        identity = arrived.raw.partition(b"\r\n")[0].decode()
        with register.begin() as unit:
            known = unit.mail_by_identity(identity)
            number = known.id if known else unit.add_mail(NewMail(identity, NOW, NOW, arrived.raw))
            unit.add_place(replace(arrived.place, mail_id=number))
        if n == die_after:
            return
        mailbox.finish(arrived.place, "done")
        with register.begin() as unit:
            unit.moved(arrived.place)


def test_the_oldest_comes_first_opened_or_not_and_byte_for_byte(box: Box) -> None:
    for n in range(1, 5):
        box.put(letter(n), seen=n % 2 == 0)
    mailbox = box.open()
    assert [arrived.raw for arrived in mailbox.fetch(3)] == [letter(1), letter(2), letter(3)]
    assert mailbox.address == box.address
    mailbox.close()


def test_what_was_seen_takes_nobodys_place(box: Box) -> None:
    for n in range(1, 6):
        box.put(letter(n))
    mailbox = box.open()
    seen = {(one.place.uidvalidity, one.place.uid) for one in mailbox.fetch(2)}
    assert [arrived.raw for arrived in mailbox.fetch(2, seen)] == [letter(3), letter(4)]
    mailbox.close()


def test_what_was_not_finished_is_there_again(box: Box) -> None:
    box.put(letter(1))
    for _ in range(2):
        mailbox = box.open()
        assert [arrived.raw for arrived in mailbox.fetch(10)] == [letter(1)]
        mailbox.close()


def test_done_and_quarantine(box: Box) -> None:
    for n in (1, 2, 3):
        box.put(letter(n))
    mailbox = box.open()
    first, second, third = (arrived.place for arrived in mailbox.fetch(10))
    mailbox.finish_all([first, third], "done")
    mailbox.finish(second, "quarantine")
    mailbox.close()
    assert box.lying("inbox") == []
    assert box.lying("done") == [letter(1), letter(3)]
    assert box.lying("quarantine") == [letter(2)]


def test_finishing_twice_is_finishing_once(box: Box) -> None:
    box.put(letter(1))
    mailbox = box.open()
    (place,) = (arrived.place for arrived in mailbox.fetch(10))
    mailbox.finish(place, "done")
    mailbox.finish(place, "done")
    mailbox.close()
    assert box.lying("done") == [letter(1)]


def test_lesson_9_a_second_poll_is_kept_out_until_the_first_ends(box: Box) -> None:
    first = box.open()
    with pytest.raises(MailboxBusy, match="being read by process"):
        box.open()
    first.close()
    box.open().close()


@pytest.mark.parametrize("die_after", [1, 2, 3])
def test_killed_between_writing_down_and_moving_nothing_is_lost_or_doubled(
    box: Box, register: Register, die_after: int
) -> None:
    for n in (1, 2, 3):
        box.put(letter(n))
    mailbox = box.open()
    take_in(register, mailbox, die_after)
    if isinstance(box, ImapBox):
        box.relay.cut()
    mailbox.close()
    again = box.open()
    take_in(register, again)
    again.close()
    assert box.lying("inbox") == []
    assert box.lying("done") == [letter(1), letter(2), letter(3)]
    with register.read() as past:
        assert past.unmoved("missing.pupils") == []
        assert [past.raw_mail(number) for number in (1, 2, 3)] == [letter(1), letter(2), letter(3)]
        assert past.mail(4) is None


def test_lesson_11_a_mail_that_arrives_while_reading_waits_for_the_next_poll(box: Box) -> None:
    box.put(letter(1))
    mailbox = box.open()
    reading = mailbox.fetch(10)
    seen = [next(reading).raw]
    box.put(letter(2))
    seen += [arrived.raw for arrived in reading]
    assert seen == [letter(1)]
    assert [arrived.raw for arrived in mailbox.fetch(10)] == [letter(1), letter(2)]
    mailbox.close()


def test_a_look_along_the_queue_takes_the_first_bytes_and_what_is_wanted_is_fetched_whole(box: Box) -> None:
    for n in range(1, 5):
        box.put(letter(n))
    mailbox = box.open()
    heads = list(mailbox.heads(3, 40))
    assert [head.raw for head in heads] == [box.head(letter(n), 40) for n in (1, 2, 3)]
    third, first = heads[2].place, heads[0].place
    mailbox.finish(heads[1].place, "done")
    wanted = mailbox.fetch_these([third, heads[1].place, first])
    assert [arrived.raw for arrived in wanted] == [letter(3), letter(1)]
    mailbox.close()


def test_a_second_look_along_the_queue_asks_only_for_what_has_come_since(box: Box) -> None:
    box.put(letter(1))
    box.put(letter(2))
    mailbox = box.open()
    seen = {(head.place.uidvalidity, head.place.uid) for head in mailbox.heads(10, 40)}
    box.put(letter(3))
    assert [head.raw for head in mailbox.heads(10, 40, seen)] == [box.head(letter(3), 40)]
    seen |= {(head.place.uidvalidity, head.place.uid) for head in mailbox.heads(10, 40, seen)}
    assert list(mailbox.heads(10, 40, seen)) == []
    mailbox.close()


def test_one_taken_before_its_turn_keeps_back_no_other(box: Box) -> None:
    """A mail of serious concern is taken out of a long queue while that is being read. Where its batch was fetched
    already, it comes once more, and has no second effect: its identity is known."""
    for n in range(20):
        box.put(letter(n))
    mailbox = box.open()
    grave = [head.place for head in mailbox.heads(20, 40)][18]
    reading = mailbox.fetch(20)
    seen = [next(reading).raw]
    (early,) = mailbox.fetch_these([grave])
    mailbox.finish(early.place, "done")
    seen += [arrived.raw for arrived in reading]
    mailbox.close()
    assert early.raw == letter(18)
    assert [raw for raw in seen if raw != letter(18)] == [letter(n) for n in range(20) if n != 18]
    assert seen.count(letter(18)) <= 1
