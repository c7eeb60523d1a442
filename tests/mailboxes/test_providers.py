"""What Microsoft 365 and Exchange do alike on bad days."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.mailboxes.port import Mailbox, MailboxError
from tests.mailboxes.boxes import EwsBox, GraphBox, letter
from tests.mailboxes.ews_world import Fault
from tests.mailboxes.graph_world import error, throttled


@pytest.fixture(params=["graph", "ews"])
def box(request: pytest.FixtureRequest, tmp_path: Path) -> GraphBox | EwsBox:
    if request.param == "graph":
        return GraphBox(request.getfixturevalue("graph"), tmp_path / "lease")
    return EwsBox(request.getfixturevalue("exchange"), tmp_path / "lease")


def raws(mailbox: Mailbox) -> list[bytes]:
    return [arrived.raw for arrived in mailbox.fetch(100)]


def is_busy(box: GraphBox | EwsBox, what: str, seconds: int, status: int = 429) -> None:
    """`status` is for Microsoft 365; Exchange says it within an answer."""

    def refuse() -> None:
        raise Fault("ErrorServerBusy", "The server cannot service this request", seconds * 1000)

    if isinstance(box, GraphBox):
        box.server.play(what, throttled(str(seconds), status))
    else:
        box.server.play(what, refuse)


def forgets_where_we_were(box: GraphBox | EwsBox) -> None:
    if isinstance(box, GraphBox):
        box.server.forget_tokens()
    else:
        box.server.state_from = 10_000


def cannot_give(box: GraphBox | EwsBox, mail: str) -> None:
    if isinstance(box, GraphBox):
        fault = error(500, "ErrorInternalServerError", "An internal server error occurred.")
        box.server.play(f"{mail[:17]}.*value", fault)
    else:
        box.server.broken = {mail}


def test_received_is_the_servers_arrival_in_utc(box: GraphBox | EwsBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    (arrived,) = mailbox.fetch(1)
    mailbox.close()
    assert arrived.received == box.stored()[0].received


def test_a_place_that_the_server_no_longer_knows_means_the_whole_listing(box: GraphBox | EwsBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    raws(mailbox)
    box.put(letter(2))
    forgets_where_we_were(box)
    assert raws(mailbox) == [letter(1), letter(2)]
    mailbox.close()


@pytest.mark.parametrize(
    ("box", "what", "status"),
    [
        *(("graph", what, status) for what in ("delta", "value", "move") for status in (429, 503)),
        *(("ews", what, 200) for what in ("SyncFolderItems", "GetItem", "MoveItem")),
    ],
    indirect=["box"],
)
def test_lesson_19_told_to_wait_it_waits_and_goes_on(box: GraphBox | EwsBox, what: str, status: int) -> None:
    box.put(letter(1))
    is_busy(box, what, 1, status)
    mailbox = box.open()
    began = time.monotonic()
    (arrived,) = mailbox.fetch(1)
    mailbox.finish(arrived.place, "done")
    mailbox.close()
    assert time.monotonic() - began >= 1.0
    assert box.lying("done") == [letter(1)]


def test_told_to_wait_for_long_it_lets_the_others_have_their_turn(box: GraphBox | EwsBox) -> None:
    is_busy(box, "delta" if isinstance(box, GraphBox) else "SyncFolderItems", 300)
    mailbox = box.open()
    with pytest.raises(MailboxError, match=r"429 ApplicationThrottled|ErrorServerBusy"):
        raws(mailbox)
    mailbox.close()


def test_one_that_the_server_cannot_give_keeps_back_no_other(box: GraphBox | EwsBox) -> None:
    for n in (1, 2, 3):
        box.put(letter(n))
    cannot_give(box, next(mail.id for mail in box.stored() if mail.raw == letter(2)))
    mailbox = box.open()
    read: list[bytes] = []
    with pytest.raises(MailboxError, match="does not give 1 mails; the others were read"):
        read.extend(arrived.raw for arrived in mailbox.fetch(10))
    mailbox.close()
    assert read == [letter(1), letter(3)]


def test_a_missing_folder_is_named_and_not_made(box: GraphBox | EwsBox) -> None:
    before = len(box.account.folders)
    mailbox = box.open(folder="No such folder")
    with pytest.raises(MailboxError, match="'No such folder'"):
        raws(mailbox)
    mailbox.close()
    assert len(box.account.folders) == before
