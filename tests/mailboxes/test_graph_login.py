"""How Microsoft 365 lets an application in, and how far."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from bot.mailboxes.graph import GraphBox as Settings
from bot.mailboxes.graph import GraphMailbox
from bot.mailboxes.port import MailboxError
from outbound.providers.graph import GraphClient, GraphError, GraphSettings
from tests.mailboxes.boxes import GraphBox, graph_client, graph_tokens, letter
from tests.mailboxes.graph_server import GraphServer
from tests.mailboxes.graph_world import Answer


@pytest.fixture
def box(graph: GraphServer, tmp_path: Path) -> GraphBox:
    return GraphBox(graph, tmp_path / "lease")


def raws(mailbox: GraphMailbox) -> list[bytes]:
    return [arrived.raw for arrived in mailbox.fetch(100)]


def test_a_token_that_was_revoked_is_fetched_anew(box: GraphBox) -> None:
    box.put(letter(1))
    mailbox = box.open()
    raws(mailbox)
    box.server.tokens.clear()
    assert raws(mailbox) == [letter(1)]
    mailbox.close()
    assert len(box.server.asked("oauth2/v2.0/token")) == 2


def test_a_token_about_to_expire_is_renewed_unasked(box: GraphBox) -> None:
    box.server.expires_in = 100  # msal renews in the last five minutes.
    box.put(letter(1))
    mailbox = box.open()
    raws(mailbox)
    raws(mailbox)
    mailbox.close()
    assert len(box.server.asked("oauth2/v2.0/token")) > 1
    assert not [r for r in box.server.requests if r.headers.get("authorization") == "Bearer "]


def test_lesson_15_a_secret_that_has_expired_is_told_with_the_mend(box: GraphBox) -> None:
    box.server.login_refused = "AADSTS7000222: The provided client secret keys for app are expired.\r\nTrace ID: 1"
    mailbox = box.open()
    with pytest.raises(MailboxError, match=r"AADSTS7000222.*expired\.\. Renew its secret") as told:
        raws(mailbox)
    mailbox.close()
    assert "Trace ID" not in str(told.value)


def test_logging_in_by_certificate(box: GraphBox, tmp_path: Path) -> None:
    box.put(letter(1))
    made = trustme.CA().issue_cert("cmebot.borough.example", key_type=trustme.KeyType.RSA)
    tokens = graph_tokens(
        box.server,
        secret="",
        key=made.private_key_pem.bytes().decode(),
        certificate=made.cert_chain_pems[0].bytes().decode(),
    )
    mailbox = GraphMailbox(Settings("m", box.address, tmp_path / "l", "CME/Eingang"), graph_client(box.server, tokens))
    assert raws(mailbox) == [letter(1)]
    mailbox.close()


def test_a_mailbox_that_the_application_may_not_see(box: GraphBox, tmp_path: Path) -> None:
    mailbox = GraphMailbox(Settings("m", "chief@borough.example", tmp_path / "l"), graph_client(box.server))
    with pytest.raises(MailboxError, match=r"403 ErrorAccessDenied.*Mail.ReadWrite"):
        raws(mailbox)
    mailbox.close()


def test_the_token_follows_no_link_to_another_server(box: GraphBox) -> None:
    box.server.play("delta", Answer(200, {"value": [], "@odata.nextLink": "https://127.0.0.1:1/v1.0/x"}, "message"))
    mailbox = box.open()
    with pytest.raises(MailboxError, match="leads to another server"):
        raws(mailbox)
    mailbox.close()


def test_nothing_goes_in_clear_and_no_secret_is_shown(graph: GraphServer) -> None:
    tokens = graph_tokens(graph)
    with pytest.raises(GraphError, match="over TLS alone"):
        GraphClient(GraphSettings("http://graph.borough.example"), tokens)
    assert "correct-horse" not in repr(tokens._login)
