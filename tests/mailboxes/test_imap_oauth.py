"""Logging in by token: Dovecot itself checks the token that the mailbox shows (a JWT, signed for the test)."""

from __future__ import annotations

import base64
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest

from bot.mailboxes.imap import ImapMailbox
from bot.mailboxes.port import MailboxError
from tests.dovecot import Dovecot, run_dovecot
from tests.mailboxes.boxes import ImapBox, letter

_KEY = b"a key that only the login server and Dovecot know"
_WITH_TOKENS = """
auth_mechanisms = plain xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
"""
_CHECK = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = upn
"""


@pytest.fixture(scope="module")
def token_dovecot() -> Iterator[Dovecot]:
    folder = Path(tempfile.mkdtemp(prefix="dovecot-oauth-"))
    folder.chmod(0o755)
    key = folder / "keys" / "default" / "HS256" / "default"
    key.parent.mkdir(parents=True)
    key.write_bytes(base64.b64encode(_KEY))
    (folder / "oauth2.conf").write_text(_CHECK.format(folder=folder), "utf-8")
    try:
        yield from run_dovecot(_WITH_TOKENS.format(folder=folder))
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def box(token_dovecot: Dovecot, tmp_path: Path) -> Iterator[ImapBox]:
    made = ImapBox(token_dovecot, tmp_path / "lease")
    yield made
    made.relay.stop()


class Issuer:
    """Gives a token for each asking; `stale`: so many of the first have expired."""

    def __init__(self, user: str, stale: int = 0) -> None:
        self._user, self._stale = user, stale
        self.asked: list[bool] = []

    def __call__(self, anew: bool) -> str:
        self.asked.append(anew)
        ends = time.time() + (-600 if len(self.asked) <= self._stale else 600)
        return jwt.encode(
            {"sub": self._user, "upn": self._user, "exp": int(ends), "iat": int(ends) - 700}, _KEY, algorithm="HS256"
        )


def opened(box: ImapBox, issuer: Issuer) -> ImapMailbox:
    return ImapMailbox(box.settings(password="", token=issuer))


def test_let_in_by_a_token(box: ImapBox) -> None:
    box.put(letter(1))
    issuer = Issuer(box.user)
    mailbox = opened(box, issuer)
    assert [arrived.raw for arrived in mailbox.fetch(10)] == [letter(1)]
    mailbox.close()
    assert issuer.asked == [False]


def test_each_new_connection_shows_a_token_that_is_good_then(box: ImapBox) -> None:
    box.put(letter(1))
    issuer = Issuer(box.user)
    mailbox = opened(box, issuer)
    list(mailbox.fetch(10))
    box.relay.cut()
    assert [arrived.raw for arrived in mailbox.fetch(10)] == [letter(1)]
    mailbox.close()
    assert issuer.asked == [False, False]


def test_a_token_that_the_server_no_longer_takes_is_fetched_anew_once(box: ImapBox) -> None:
    issuer = Issuer(box.user, stale=1)
    mailbox = opened(box, issuer)
    assert list(mailbox.fetch(10)) == []
    mailbox.close()
    assert issuer.asked == [False, True]


def test_a_token_that_is_never_taken_is_told(box: ImapBox) -> None:
    issuer = Issuer(box.user, stale=99)
    mailbox = opened(box, issuer)
    with pytest.raises(MailboxError, match="refuses the login"):
        list(mailbox.fetch(10))
    mailbox.close()
    assert issuer.asked == [False, True]


def test_no_token_at_all_is_told_and_not_tried_again(box: ImapBox) -> None:
    def expired(anew: bool) -> str:
        raise MailboxError("The login server refuses the application: AADSTS7000222")

    mailbox = ImapMailbox(box.settings(password="", token=expired))
    for poll in (1, 2, 3):
        with pytest.raises(MailboxError, match="AADSTS7000222"):
            list(mailbox.fetch(10))
        assert box.relay.connections == poll
    mailbox.close()


def test_a_token_that_comes_later_lets_us_in_at_the_next_poll(box: ImapBox) -> None:
    box.put(letter(1))
    issuer, refused = Issuer(box.user), [True]

    def token(anew: bool) -> str:
        if refused:
            raise MailboxError("The login server cannot be reached")
        return issuer(anew)

    mailbox = ImapMailbox(box.settings(password="", token=token))
    with pytest.raises(MailboxError, match="cannot be reached"):
        list(mailbox.fetch(10))
    refused.clear()
    assert [arrived.raw for arrived in mailbox.fetch(10)] == [letter(1)]
    mailbox.close()
