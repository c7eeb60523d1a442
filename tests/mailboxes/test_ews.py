"""What Exchange does on bad days: forgets where we were, is busy, refuses one mail, renames what is moved."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from bot.mailboxes.ews import EwsMailbox
from bot.mailboxes.port import MailboxError
from outbound.providers.ews import EwsSettings, EwsTrouble, open_account
from tests.mailboxes.boxes import EwsBox, graph_tokens, letter
from tests.mailboxes.ews_server import EwsServer
from tests.mailboxes.ews_world import Fault, m, t
from tests.mailboxes.graph_server import GraphServer


@pytest.fixture
def box(exchange: EwsServer, tmp_path: Path) -> EwsBox:
    return EwsBox(exchange, tmp_path / "lease")


def raws(mailbox: EwsMailbox) -> list[bytes]:
    return [arrived.raw for arrived in mailbox.fetch(1000)]


def refuse(fault: Fault) -> None:
    raise fault


@pytest.mark.parametrize("login_by", ["ntlm", "basic"])
@pytest.mark.parametrize("access", ["delegate", "impersonate"])
def test_lesson_16_the_login_is_not_the_mailbox_let_in_by_password(box: EwsBox, login_by: str, access: str) -> None:
    box.put(letter(1))
    mailbox = box.open(box.settings(login_by=login_by, access=access))
    assert raws(mailbox) == [letter(1)]
    mailbox.close()
    assert box.server.logins == {login_by}
    assert box.server.impersonated == ({box.address} if access == "impersonate" else set())


def test_let_in_by_a_token_which_is_renewed(box: EwsBox, graph: GraphServer) -> None:
    box.put(letter(1))
    box.server.tokens = graph.tokens
    mailbox = box.open(box.settings(login_by="oauth", access="impersonate", tokens=graph_tokens(graph)))
    assert raws(mailbox) == [letter(1)]
    mailbox.close()
    assert box.server.logins == {"oauth"}


def test_a_wrong_password_is_tried_once_and_told(box: EwsBox) -> None:
    mailbox = box.open(box.settings(password="wrong"))
    with pytest.raises(MailboxError, match="refuses the login"):
        raws(mailbox)
    mailbox.close()
    assert box.server.asked == []
    assert box.server.refused_logins == 1


def test_many_mails_come_in_several_answers(box: EwsBox) -> None:
    for n in range(30):
        box.put(letter(n))
    box.server.most_changes = 7
    mailbox = box.open()
    assert raws(mailbox) == [letter(n) for n in range(30)]
    mailbox.close()
    assert (box.server.asked.count("SyncFolderItems"), box.server.asked.count("GetItem")) == (5, 3)


def test_a_look_along_the_queue_fetches_no_mail_whole(box: EwsBox) -> None:
    for n in range(150):
        box.put(letter(n) + b"x" * 100_000)
    mailbox = box.open()
    assert len(list(mailbox.heads(1000, 8000))) == 150
    mailbox.close()
    assert (box.server.mimes, box.server.asked.count("GetItem")) == (0, 2)


def test_one_that_cannot_be_shown_keeps_back_no_other_of_the_look(box: EwsBox) -> None:
    for n in range(3):
        box.put(letter(n))
    box.server.broken.add(list(box.account.items)[1])
    mailbox = box.open()
    seen = [head.raw for head in mailbox.heads(10, 40)]
    mailbox.close()
    assert seen == [box.head(letter(n), 40) for n in (0, 2)]


def test_after_the_first_listing_only_changes_are_asked_for(box: EwsBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    raws(mailbox)
    box.put(letter(2))
    before = len(box.server.asked)
    assert raws(mailbox) == [letter(1), letter(2)]
    mailbox.close()
    assert box.server.asked[before:] == ["SyncFolderItems", "GetItem"]


def test_a_mail_moved_back_by_a_person_is_there_again(box: EwsBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    (arrived,) = mailbox.fetch(1)
    mailbox.finish(arrived.place, "quarantine")
    assert raws(mailbox) == []
    (item,) = box.account.items.values()
    box.account.move(item.id, box.folder)
    assert raws(mailbox) == [letter(1)]
    mailbox.close()


def test_what_a_person_moves_meanwhile_is_passed_over_and_stays_there(box: EwsBox) -> None:
    for n in (1, 2):
        box.put(letter(n))
    mailbox = box.open()
    first, second = mailbox.fetch(10)
    theirs = box.account.make("For Anna")
    box.account.move(second.place.uid, theirs)
    mailbox.finish_all([first.place, second.place], "done")
    mailbox.close()
    assert box.lying("done") == [letter(1)]
    assert [item.raw for item in box.account.items.values() if item.folder == theirs] == [letter(2)]


def test_a_folder_that_is_made_anew_is_read_on_and_one_deleted_is_made_again(box: EwsBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    (arrived,) = mailbox.fetch(10)
    mailbox.finish(arrived.place, "done")
    box.folder = box.account.make("Eingang", box.account.folders.pop(box.folder)[1])
    box.put(letter(2))
    (second,) = mailbox.fetch(10)
    assert second.raw == letter(2)
    box.put(letter(3))
    mailbox.finish(second.place, "done")
    (third,) = mailbox.fetch(10)
    del box.account.folders[next(i for i, (name, _) in box.account.folders.items() if name == box.FOLDERS["done"])]
    with pytest.raises(MailboxError, match="ErrorToFolderNotFound"):
        mailbox.finish(third.place, "done")
    mailbox.finish(third.place, "done")
    mailbox.close()
    assert box.lying("done") == [letter(3)]


def test_no_mail_and_no_password_is_logged(
    box: EwsBox, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    box.put(letter(1))
    box.server.play("GetItem", lambda: refuse(Fault("ErrorInternalServerError", "An internal server error occurred.")))
    mailbox = box.open()
    with pytest.raises(MailboxError, match="ErrorInternalServerError"):
        raws(mailbox)
    mailbox.close()
    assert capfd.readouterr().err == "" and caplog.text == ""
    assert "correct-horse" not in repr(box.settings())


def test_nothing_goes_in_clear() -> None:
    with pytest.raises(EwsTrouble, match="over TLS alone"):
        open_account(EwsSettings("http://mail.borough.example/EWS/Exchange.asmx", "a", "b"), "a@borough.example")


def test_the_server_of_these_tests_finds_what_is_not_as_published(exchange: EwsServer) -> None:
    exchange.hold(m.GetItem(t.ItemId(Id="1")), "asked")
    assert "asked GetItem" in exchange.faults.pop()
    exchange.hold(etree.fromstring(etree.tostring(m.GetItemResponse(m.ResponseMessages()))), "answered")
    exchange.faults.clear()
