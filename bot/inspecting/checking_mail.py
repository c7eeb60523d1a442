"""`cmebot check` on mailboxes and transport: what their providers have announced, and what a secret's file allows."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bot.config.exchange import EwsServer, Microsoft
from bot.config.secrets import BadConfig
from bot.config.settings import Config, ImapBox, SmtpTransport
from bot.running.connect_exchange import graph_client

_ONLINE = (".office365.com", ".office.com", ".office365.us", ".partner.outlook.cn", ".outlook.com")


class Warned(NamedTuple):
    where: str
    problem: str


def warnings(config: Config) -> Iterator[Warned]:
    """What works today, or not even that."""
    for box in config.mailbox:
        yield from _provider(f"mailbox {box.name}", box)
        yield from _open_to_all(f"mailbox {box.name}", box)
    yield from _provider("transport", config.transport)
    yield from _open_to_all("transport", config.transport)
    if config.microsoft is not None:
        yield from _open_to_all("config.toml, [microsoft]", config.microsoft)
    if config.transport.kind != "maildir" and not config.operator:
        yield Warned("config.toml", "operator is missing: name whom to tell when a mailbox cannot be read")


def _provider(where: str, table: object) -> Iterator[Warned]:
    """As Microsoft has announced it: the retirement of EWS, and of passwords, in Exchange Online."""
    if isinstance(table, EwsServer) and is_exchange_online(urlsplit(table.url).hostname or ""):
        yield Warned(
            where,
            "this is Exchange Online, which blocks EWS since 1 October 2026 unless your tenant has an exception, and "
            'ends it for good on 1 April 2027: use kind = "graph"',
        )
    if isinstance(table, ImapBox) and table.login_by == "password" and is_exchange_online(table.host):
        yield Warned(where, 'Exchange Online takes no password by IMAP: set login_by = "oauth", or use kind = "graph"')
    if isinstance(table, SmtpTransport) and table.login and is_exchange_online(table.host):
        yield Warned(
            where,
            "Exchange Online turns off sending with a password (SMTP AUTH) at the end of December 2026, and ends it in "
            'the second half of 2027: use kind = "graph"',
        )


def is_exchange_online(host: str) -> bool:
    return host.casefold().endswith(_ONLINE)


def _open_to_all(where: str, table: Any) -> Iterator[Warned]:
    for key in ("password_file", "secret_file", "key_file"):
        file = getattr(table, key, None)
        if isinstance(file, Path) and file.is_file() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Warned(where, f"{file} may be read by others than the bot: chmod 600 {file}")


def reach(microsoft: Microsoft) -> Iterator[Warned]:
    """Does the application see a mailbox that it must not see? Scopes of RBAC for Applications are added to what the
    tenant has consented to, and take nothing away (https://learn.microsoft.com/exchange/permissions-exo/application-rbac).
    """
    from outbound.providers.graph import GraphError, user

    where = "config.toml, [microsoft]"
    if not microsoft.must_not_see:
        yield Warned(where, "must_not_see is missing: name a mailbox by which to prove that the bot sees its own only")
        return
    try:
        client = graph_client(microsoft)
    except BadConfig as problem:
        yield Warned(where, str(problem))
        return
    try:
        client.get(f"{user(microsoft.must_not_see)}/mailFolders/inbox", **{"$select": "id"})
        yield Warned(
            where,
            f"the application can read {microsoft.must_not_see}: take away the permission to which the tenant has "
            "consented, and give it by RBAC for Applications alone",
        )
    except GraphError as refused:
        if refused.status != 403:
            yield Warned(where, f"it is not known whether the application can read {microsoft.must_not_see}: {refused}")
    finally:
        client.close()
