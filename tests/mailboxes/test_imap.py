"""What only a server does: numbers anew, cuts the line, refuses; and what must never go out in clear."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.mailboxes.imap import ImapMailbox
from bot.mailboxes.port import MailboxError
from tests.dovecot import Dovecot
from tests.mailboxes.boxes import ImapBox, letter


@pytest.fixture
def box(dovecot: Dovecot, tmp_path: Path) -> Iterator[ImapBox]:
    made = ImapBox(dovecot, tmp_path / "lease")
    yield made
    made.relay.stop()


def test_received_is_the_servers_arrival_in_utc(box: ImapBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    (arrived,) = mailbox.fetch(1)
    mailbox.close()
    assert arrived.received is not None
    assert arrived.received.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - arrived.received) < timedelta(minutes=2)


def test_an_arrival_in_the_hour_that_october_has_twice(box: ImapBox, monkeypatch: pytest.MonkeyPatch) -> None:
    """01:30 GMT on the night the clocks go back, read on a computer that keeps London's time."""
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    try:
        moment = datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
        with box.server.as_user(box.user) as client:
            client.append(box.FOLDERS["inbox"], letter(1), msg_time=moment)
        mailbox = box.open()
        (arrived,) = mailbox.fetch(1)
        mailbox.close()
        assert arrived.received == moment
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_a_mail_says_is_written_into_no_line_of_the_log(box: ImapBox, caplog: pytest.LogCaptureFixture) -> None:
    box.put(letter(1))
    mailbox = box.open()
    with caplog.at_level("DEBUG"):
        list(mailbox.fetch(1))
    mailbox.close()
    assert "This is letter 1" not in caplog.text


def test_reading_leaves_no_trace_of_having_read(box: ImapBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    list(mailbox.fetch(1))
    mailbox.close()
    with box.server.as_user(box.user) as client:
        client.select_folder(box.FOLDERS["inbox"], readonly=True)
        assert client.search(["SEEN"]) == []


def test_a_line_cut_while_reading_is_made_anew_and_loses_nothing(box: ImapBox) -> None:
    for n in range(1, 8):
        box.put(letter(n))
    mailbox = ImapMailbox(box.settings(batch=2))
    raws = []
    for arrived in mailbox.fetch(100):
        raws.append(arrived.raw)
        if len(raws) in (2, 5):
            box.relay.cut()
    mailbox.close()
    assert raws == [letter(n) for n in range(1, 8)]
    assert box.relay.connections == 3


def test_a_line_cut_after_the_order_to_move_moves_once(box: ImapBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    (arrived,) = mailbox.fetch(1)
    box.relay.cut_after = 1
    mailbox.finish(arrived.place, "done")
    mailbox.close()
    assert box.relay.connections >= 2
    assert (box.lying("inbox"), box.lying("done")) == ([], [letter(1)])


@pytest.mark.parametrize("packets", range(1, 7))
def test_a_line_cut_while_logging_in_is_no_refusal_of_the_login(box: ImapBox, packets: int) -> None:
    """imapclient calls either of them a LoginError; a refused login is not tried again."""
    box.put(letter(1))
    box.relay.cut_after = packets
    mailbox = box.open()
    assert [arrived.raw for arrived in mailbox.fetch(1)] == [letter(1)]
    mailbox.close()
    # On a busy machine the last packets may come as one, and the line is never cut.
    assert box.relay.connections == 2 or (packets > 3 and box.relay.connections == 1)


def test_lesson_8_uids_of_a_folder_made_anew_mean_other_mails(box: ImapBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    (old,) = mailbox.fetch(1)
    mailbox.close()
    time.sleep(1.1)  # Dovecot takes a new UIDVALIDITY from the clock's seconds.
    with box.server.as_user(box.user) as client:
        client.delete_folder(box.FOLDERS["inbox"])
        client.create_folder(box.FOLDERS["inbox"])
    box.put(letter(2))
    again = box.open()
    again.finish(old.place, "done")
    (new,) = again.fetch(1)
    again.close()
    assert new.place.uid == old.place.uid
    assert new.place.uidvalidity != old.place.uidvalidity
    assert box.lying("inbox") == [letter(2)]


def test_a_folder_numbered_anew_while_it_is_read_is_not_read_on(box: ImapBox) -> None:
    for n in (1, 2):
        box.put(letter(n))
    mailbox = ImapMailbox(box.settings(batch=1))
    reading = mailbox.fetch(2)
    next(reading)
    time.sleep(1.1)
    with box.server.as_user(box.user) as client:
        client.delete_folder(box.FOLDERS["inbox"])
        client.create_folder(box.FOLDERS["inbox"])
    box.put(letter(3))
    box.put(letter(4))
    box.relay.cut()
    with pytest.raises(MailboxError, match="numbered anew"):
        list(reading)
    mailbox.close()


def test_what_a_person_deletes_meanwhile_is_passed_over(box: ImapBox) -> None:
    for n in (1, 2, 3):
        box.put(letter(n))
    mailbox = ImapMailbox(box.settings(batch=1))
    reading = mailbox.fetch(3)
    next(reading)
    with box.server.as_user(box.user) as client:
        client.select_folder(box.FOLDERS["inbox"])
        client.delete_messages([2])
        client.expunge()
    assert [arrived.raw for arrived in reading] == [letter(3)]
    mailbox.close()


def test_one_that_the_server_cannot_read_keeps_back_no_other(box: ImapBox) -> None:
    """Dovecot hangs up on it: the whole batch is lost each time."""
    for n in (1, 2, 3):
        box.put(letter(n))
    second = next(
        file
        for file in box.server.files(box.user)
        if file.read_bytes().replace(b"\r\n", b"\n") == letter(2).replace(b"\r\n", b"\n")
    )
    second.chmod(0)
    mailbox = box.open()
    raws: list[bytes] = []
    with pytest.raises(MailboxError, match=r"does not give the mails with the UIDs 2; the others were read"):
        raws.extend(arrived.raw for arrived in mailbox.fetch(10))
    mailbox.close()
    assert raws == [letter(1), letter(3)]


def test_without_move_only_our_own_mail_is_expunged(old_dovecot: Dovecot, tmp_path: Path) -> None:
    box = ImapBox(old_dovecot, tmp_path / "lease")
    box.put(letter(1))
    box.put(letter(2))
    with box.server.as_user(box.user) as client:
        client.select_folder(box.FOLDERS["inbox"])
        client.delete_messages([2])  # A person's mark: not ours to carry out.
    mailbox = box.open()
    (arrived,) = mailbox.fetch(10)
    mailbox.finish(arrived.place, "done")
    mailbox.close()
    box.relay.stop()
    assert (box.lying("inbox"), box.lying("done")) == ([letter(2)], [letter(1)])


def test_many_mails_take_few_round_trips(box: ImapBox) -> None:
    for n in range(60):
        box.put(letter(n))
    mailbox = box.open()
    places = [arrived.place for arrived in mailbox.fetch(100)]
    before_moving = box.relay.sent
    mailbox.finish_all(places, "done")
    mailbox.close()
    assert len(places) == 60
    assert before_moving < 20  # the greeting, TLS, login, folders: a dozen; then a listing, the sizes and two batches
    assert box.relay.sent - before_moving <= 2


def test_starttls(box: ImapBox) -> None:
    box.put(letter(1))
    mailbox = ImapMailbox(box.settings(security="starttls", port=box.server.clear_port))
    assert len(list(mailbox.fetch(1))) == 1
    mailbox.close()


def test_an_unknown_certificate_is_not_trusted_and_not_tried_again(box: ImapBox) -> None:
    mailbox = ImapMailbox(box.settings(tls=ssl.create_default_context()))
    with pytest.raises(MailboxError, match="certificate that cannot be trusted"):
        list(mailbox.fetch(1))
    assert box.relay.connections == 1
    mailbox.close()


def test_a_wrong_password_is_tried_once_and_told(box: ImapBox) -> None:
    mailbox = ImapMailbox(box.settings(password="wrong"))
    with pytest.raises(MailboxError, match="refuses the login"):
        list(mailbox.fetch(1))
    assert box.relay.connections == 1
    mailbox.close()


def test_a_server_that_is_down_is_told_of_after_some_tries(box: ImapBox) -> None:
    box.relay.stop()
    mailbox = box.open()
    with pytest.raises(MailboxError, match="cannot be reached"):
        list(mailbox.fetch(1))
    mailbox.close()


def test_a_missing_folder_is_named(box: ImapBox) -> None:
    mailbox = ImapMailbox(box.settings(folder="No such folder"))
    with pytest.raises(MailboxError, match="No such folder"):
        list(mailbox.fetch(1))
    mailbox.close()


def test_no_password_goes_out_in_clear(box: ImapBox) -> None:
    with pytest.raises(MailboxError, match="in clear"):
        ImapMailbox(box.settings(security="plain", host="imap.borough.example"))
    assert "correct-horse" not in repr(box.settings())
