"""What Microsoft 365 does on bad days: pages, throttles, forgets its tokens, tells late, and tells not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.mailboxes.graph import GraphMailbox
from bot.mailboxes.port import MailboxError
from parsers.screen import looks_serious
from tests.mailboxes.boxes import GraphBox, letter
from tests.mailboxes.graph_server import GraphServer, cut


@pytest.fixture
def box(graph: GraphServer, tmp_path: Path) -> GraphBox:
    return GraphBox(graph, tmp_path / "lease")


def raws(mailbox: GraphMailbox) -> list[bytes]:
    return [arrived.raw for arrived in mailbox.fetch(100)]


def test_many_pages_are_one_listing_in_the_order_of_arrival(box: GraphBox) -> None:
    box.server.page = 2
    for n in range(1, 8):
        box.put(letter(n))
    mailbox = box.open()
    assert raws(mailbox) == [letter(n) for n in range(1, 8)]
    assert len(box.server.asked("delta")) == 4
    mailbox.close()


def test_after_the_first_listing_only_changes_are_asked_for(box: GraphBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    assert raws(mailbox) == [letter(1)]
    box.put(letter(2))
    before = len(box.server.requests)
    assert raws(mailbox) == [letter(1), letter(2)]
    mailbox.close()
    (changes,) = [r for r in box.server.requests[before:] if r.path.endswith("delta")]
    assert "$deltatoken" in changes.query


def moved_back_unseen(box: GraphBox) -> None:
    """A person moves a mail back to the folder, and no delta query will tell."""
    (mail,) = box.account.mails.values()
    box.account.log.remove((box.folder, mail.id, False))
    mail.folder = box.folder


@pytest.mark.parametrize(("whole", "seen"), [(0.0, [letter(1)]), (600.0, [])])
def test_lesson_18_a_mail_moved_back_is_found_by_the_whole_listing(
    box: GraphBox, whole: float, seen: list[bytes]
) -> None:
    box.put(letter(1))
    mailbox = box.open(whole=whole, settle=0.0)
    (arrived,) = mailbox.fetch(1)
    mailbox.finish(arrived.place, "quarantine")
    assert raws(mailbox) == []
    moved_back_unseen(box)
    assert raws(mailbox) == seen
    mailbox.close()


def test_a_listing_that_still_shows_what_was_moved_makes_no_second_mail(box: GraphBox) -> None:
    box.put(letter(1))
    mailbox = box.open(whole=0.0)
    (arrived,) = mailbox.fetch(1)
    mailbox.finish(arrived.place, "done")
    box.server.lag = 2  # Neither the leaving nor the coming is told yet.
    assert raws(mailbox) == []
    box.server.lag = 0
    assert raws(mailbox) == []
    mailbox.close()


def test_what_the_server_tells_late_comes_with_the_next_poll(box: GraphBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    raws(mailbox)
    box.put(letter(2))
    box.server.lag = 1
    assert raws(mailbox) == [letter(1)]
    box.server.lag = 0
    assert raws(mailbox) == [letter(1), letter(2)]
    mailbox.close()


def test_what_a_person_moved_meanwhile_stays_where_it_was_put(box: GraphBox) -> None:
    """The immutable id would find it there, too."""
    box.put(letter(1))
    mailbox = box.open()
    (arrived,) = mailbox.fetch(1)
    theirs = box.account.make("For Anna")
    box.account.move(arrived.place.uid, theirs)
    mailbox.finish(arrived.place, "done")
    mailbox.close()
    assert box.account.mails[arrived.place.uid].folder == theirs


def test_what_a_person_deletes_meanwhile_is_passed_over(box: GraphBox) -> None:
    for n in range(1, 6):
        box.put(letter(n))
    mailbox = box.open()
    reading = mailbox.fetch(10)
    first = next(reading)
    for gone in ("5", "1"):
        del box.account.mails[next(m.id for m in box.account.mails.values() if m.raw == letter(int(gone)))]
    assert [arrived.raw for arrived in reading] == [letter(2), letter(3), letter(4)]
    mailbox.finish(first.place, "done")
    mailbox.close()


def test_a_line_cut_is_made_anew(box: GraphBox) -> None:
    box.put(letter(1))
    box.server.play("value", cut)
    mailbox = box.open()
    assert raws(mailbox) == [letter(1)]
    mailbox.close()


def test_never_more_than_three_requests_at_once(box: GraphBox) -> None:
    """Four are allowed, and the transport has one."""
    for n in range(1, 10):
        box.put(letter(n))
    box.server.busy_for = 0.05
    mailbox = box.open()
    mailbox.finish_all([arrived.place for arrived in mailbox.fetch(100)], "done")
    mailbox.close()
    assert box.server.most_at_once == 3


def test_a_look_along_a_long_queue_takes_a_request_a_page_and_finds_what_is_serious(box: GraphBox) -> None:
    box.server.page = 50
    for n in range(220):
        box.put(letter(n))
    serious = letter(999).replace(b"This is letter", "She told me that her father hits her. F\u00fcr".encode())
    box.put(serious)
    mailbox = box.open()
    list(mailbox.fetch(1))
    before = len(box.server.requests)
    found = [head.place for head in mailbox.heads(1000, 8000) if looks_serious(head.raw)]
    assert len(box.server.requests) - before <= 7
    assert [arrived.raw for arrived in mailbox.fetch_these(found)] == [serious]
    mailbox.close()


def test_done_and_quarantine_are_made_once_also_within_another_folder(box: GraphBox) -> None:
    box.put(letter(1))
    box.put(letter(2))
    for _ in (1, 2):
        mailbox = box.open(done="CME/Done")
        (arrived,) = mailbox.fetch(1)
        mailbox.finish(arrived.place, "done")
        mailbox.close()
    assert [name for name, _ in box.account.folders.values()].count("Done") == 1
    assert box.account.folders[box.account.named("Done")][1] == box.account.named("CME")


def test_a_folder_that_somebody_deletes_is_made_again_and_the_mail_is_not_taken_for_moved(box: GraphBox) -> None:
    for n in (1, 2):
        box.put(letter(n))
    mailbox = box.open()
    first, second = (arrived.place for arrived in mailbox.fetch(10))
    mailbox.finish(first, "done")
    del box.account.folders[box.account.named(box.FOLDERS["done"])]
    with pytest.raises(MailboxError, match="404"):
        mailbox.finish(second, "done")
    mailbox.finish(second, "done")
    mailbox.close()
    assert box.lying("done") == [letter(2)]


def test_a_folder_that_is_made_anew_is_read_on(box: GraphBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    assert raws(mailbox) == [letter(1)]
    above = box.account.folders.pop(box.folder)[1]
    with pytest.raises(MailboxError, match="whether its folders are there"):
        raws(mailbox)
    box.folder = box.account.make("Eingang", above)
    box.put(letter(2))
    assert raws(mailbox) == [letter(2)]
    mailbox.close()
