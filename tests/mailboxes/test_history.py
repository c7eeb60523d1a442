"""What a mailbox held before the bot came is no intake, unless it is asked for."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.config import exchange as wanted
from bot.mailboxes.ews import EwsMailbox
from bot.mailboxes.graph import GraphMailbox
from bot.mailboxes.imap import ImapMailbox
from bot.running.connect import open_mailbox
from tests.dovecot import Dovecot
from tests.mailboxes.boxes import Box, EwsBox, GraphBox, ImapBox, letter
from tests.mailboxes.ews_http import LOGIN, PASSWORD
from tests.mailboxes.ews_server import EwsServer
from tests.mailboxes.graph_server import CLIENT, SECRET, TENANT, GraphServer

FIRST = date(2026, 11, 2)


@pytest.fixture(params=["imap", "graph", "ews"])
def box(
    request: pytest.FixtureRequest, dovecot: Dovecot, graph: GraphServer, exchange: EwsServer, tmp_path: Path
) -> Box:
    """With mails of the 1st, the 2nd (early in the morning) and the 20th of November."""
    lease = tmp_path / "lease"
    boxes = {"imap": lambda: ImapBox(dovecot, lease), "graph": lambda: GraphBox(graph, lease)}
    made: Box = boxes.get(request.param, lambda: EwsBox(exchange, lease))()
    for n, arrived in ((1, (1, 22)), (2, (2, 1)), (3, (20, 12))):
        made.put_at(letter(n), datetime(2026, 11, *arrived, tzinfo=UTC))
    return made


def opened(box: Box, since: date | None) -> ImapMailbox | GraphMailbox | EwsMailbox:
    if isinstance(box, ImapBox):
        return ImapMailbox(box.settings(since=since))
    assert isinstance(box, GraphBox | EwsBox)
    return box.open(since=since)


@pytest.mark.parametrize(("since", "taken"), [(FIRST, [2, 3]), (None, [1, 2, 3])])
def test_mails_of_earlier_days_stay_where_they_lie(box: Box, since: date | None, taken: list[int]) -> None:
    mailbox = opened(box, since)
    assert [arrived.raw for arrived in mailbox.fetch(1)] == [letter(taken[0])], "the old ones take nobody's place"
    assert [arrived.raw for arrived in mailbox.fetch(10)] == [letter(n) for n in taken]
    seen = list(mailbox.heads(10, 40))
    assert [head.raw for head in seen] == [box.head(letter(n), 40) for n in taken], "nor is the history looked along"
    assert mailbox.left_alone == (3 - len(taken) if since else None)
    mailbox.finish_all([head.place for head in seen], "done")
    mailbox.close()
    assert box.lying("inbox") == [letter(n) for n in (1, 2, 3) if n not in taken]


def test_what_was_taken_in_is_moved_though_it_is_older_than_the_first_day_by_now(box: Box) -> None:
    mailbox = opened(box, None)
    (first, *_) = [arrived.place for arrived in mailbox.fetch(10)]
    mailbox.close()
    again = opened(box, FIRST)
    list(again.fetch(10))
    again.finish(first, "done")
    again.close()
    assert box.lying("done") == [letter(1)]


def test_the_configuration_says_so_of_microsoft_365(graph: GraphServer, tmp_path: Path) -> None:
    box = GraphBox(graph, tmp_path / "lease")
    (tmp_path / "ca.pem").write_bytes(graph.ca)
    (tmp_path / "secret").write_text(SECRET, "utf-8")
    for n in (1, 3):
        box.put_at(letter(n), datetime(2026, 11, n, 12, tzinfo=UTC))
    login = wanted.Microsoft(
        tenant=TENANT, client_id=CLIENT, secret_file=tmp_path / "secret", ca_file=tmp_path / "ca.pem",
        login_url=graph.url, graph_url=graph.url,
    )  # fmt: skip
    table = wanted.GraphBox(kind="graph", name="missing", address=box.address, folder=box.FOLDERS["inbox"])
    mailbox = open_mailbox(table, tmp_path, login, FIRST)
    assert [arrived.raw for arrived in mailbox.fetch(10)] == [letter(3)]
    mailbox.close()


def test_the_configuration_says_so_of_exchange(exchange: EwsServer, tmp_path: Path) -> None:
    box = EwsBox(exchange, tmp_path / "lease")
    (tmp_path / "password").write_text(PASSWORD, "utf-8")
    for n in (1, 3):
        box.put_at(letter(n), datetime(2026, 11, n, 12, tzinfo=UTC))
    table = wanted.EwsBox(
        kind="ews", name="missing", address=box.address, folder=box.FOLDERS["inbox"], url=exchange.url, login=LOGIN,
        login_by="basic", password_file=tmp_path / "password", ca_file=exchange.ca_file,
    )  # fmt: skip
    mailbox = open_mailbox(table, tmp_path, None, FIRST)
    assert [arrived.raw for arrived in mailbox.fetch(10)] == [letter(3)]
    mailbox.close()
