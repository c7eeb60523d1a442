"""Opens what reaches Microsoft 365 and Exchange; the libraries are loaded only where the configuration asks for it."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.config.exchange import EwsBox, EwsServer, GraphBox, Microsoft
from bot.config.secrets import BadConfig, secret
from bot.mailboxes.port import Mailbox, MailboxError
from outbound.transports.port import Transport

if TYPE_CHECKING:
    from bot.mailboxes.bell import Bell
    from outbound.providers.graph import GraphClient
    from outbound.providers.oauth import Tokens


def context(ca_file: Path | None) -> ssl.SSLContext | None:
    return ssl.create_default_context(cafile=str(ca_file)) if ca_file else None


def open_tokens(microsoft: Microsoft | None) -> Tokens:
    """Raises BadConfig where the secret, or the certificate's key, is missing."""
    from outbound.providers.oauth import AppLogin, Tokens

    if microsoft is None:
        raise BadConfig("a token is needed: name the application in a table [microsoft]")
    proof = _by_certificate(microsoft) if microsoft.certificate_file else _by_secret(microsoft)
    login = AppLogin(
        tenant=microsoft.tenant,
        client_id=microsoft.client_id,
        authority=microsoft.login_url,
        tls=context(microsoft.ca_file),
        **proof,
    )
    return Tokens(login)


def _by_secret(microsoft: Microsoft) -> dict[str, Any]:
    where = (microsoft.secret_env, microsoft.secret_file, microsoft.secret_credential)
    return {"secret": secret(*where, "secret of the application in [microsoft]")}


def _by_certificate(microsoft: Microsoft) -> dict[str, Any]:
    assert microsoft.certificate_file is not None
    if not microsoft.certificate_file.is_file():
        raise BadConfig(f"there is no certificate at {microsoft.certificate_file}: correct certificate_file")
    key = secret("", microsoft.key_file, microsoft.key_credential, "key of the certificate in [microsoft]")
    return {"certificate": microsoft.certificate_file.read_text("utf-8"), "key": key}


def imap_token(microsoft: Microsoft | None) -> Callable[[bool], str]:
    """Gives a token, or another one where the server no longer takes the last. Raises MailboxError."""
    from outbound.providers.oauth import TokenLater, TokenRefused

    tokens = open_tokens(microsoft)
    assert microsoft is not None

    def token(anew: bool) -> str:
        if anew:
            tokens.forget()
        try:
            return tokens.token(microsoft.imap_scope)
        except (TokenRefused, TokenLater) as trouble:
            raise MailboxError(str(trouble)) from trouble

    return token


def graph_client(microsoft: Microsoft | None) -> GraphClient:
    from outbound.providers.graph import GraphClient, GraphSettings

    tokens = open_tokens(microsoft)
    assert microsoft is not None
    return GraphClient(GraphSettings(url=microsoft.graph_url, tls=context(microsoft.ca_file)), tokens)


def graph_mailbox(box: GraphBox, leases: Path, microsoft: Microsoft | None, since: date | None) -> Mailbox:
    from bot.mailboxes.graph import GraphBox as Settings
    from bot.mailboxes.graph import GraphMailbox

    lease = leases / f"{box.name}.lock"
    settings = Settings(box.name, box.address, lease, box.folder, box.done, box.quarantine, since=since)
    return GraphMailbox(settings, graph_client(microsoft))


def graph_transport(microsoft: Microsoft | None, address: str) -> Transport:
    from outbound.transports.graph import LARGEST, GraphTransport
    from outbound.transports.provider import Sending

    return GraphTransport(Sending(address, LARGEST), graph_client(microsoft))


def ews_mailbox(box: EwsBox, leases: Path, microsoft: Microsoft | None, since: date | None) -> Mailbox:
    from bot.mailboxes.ews import EwsBox as Settings
    from bot.mailboxes.ews import EwsMailbox

    lease = leases / f"{box.name}.lock"
    settings = Settings(box.name, box.address, lease, box.folder, box.done, box.quarantine, since=since)
    return EwsMailbox(settings, partial(_opener(box, microsoft), box.address))


def ews_bell(box: EwsBox, microsoft: Microsoft | None, ring: Callable[[], None]) -> Bell:
    from bot.mailboxes.ews_bell import EwsBell

    return EwsBell(box.name, box.folder, partial(_opener(box, microsoft), box.address), ring)


def ews_transport(server: EwsServer, microsoft: Microsoft | None, address: str) -> Transport:
    from outbound.transports.ews import LARGEST, EwsTransport
    from outbound.transports.provider import Sending

    return EwsTransport(Sending(address, LARGEST), _opener(server, microsoft))


def _opener(server: EwsServer, microsoft: Microsoft | None) -> Callable[[str], Any]:
    from outbound.providers.ews import EwsSettings, EwsTrouble, open_account

    oauth = server.login_by == "oauth"
    where = (server.password_env, server.password_file, server.password_credential)
    try:
        settings = EwsSettings(
            url=server.url,
            login=server.login,
            password="" if oauth else secret(*where, f"password for {server.url}"),
            login_by=server.login_by,
            access=server.access,
            ca_file=server.ca_file,
            tokens=open_tokens(microsoft) if oauth else None,
        )
    except EwsTrouble as trouble:
        raise MailboxError(str(trouble)) from trouble
    return partial(open_account, settings)
