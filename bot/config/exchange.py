"""The tables of config.toml for Microsoft 365 and for Exchange."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from bot.config.mailbox import ServerMailboxTable
from bot.config.secrets import CredentialName, EnvName, HttpsUrl, Table


class Microsoft(Table):
    """The application that the council has registered with Entra ID: for Microsoft 365, and wherever
    `login_by = "oauth"`. It shows either a secret, or a certificate with its key."""

    tenant: str
    client_id: str
    secret_env: EnvName = ""
    secret_file: Path | None = None
    secret_credential: CredentialName = ""
    certificate_file: Path | None = None
    key_file: Path | None = None
    key_credential: CredentialName = ""
    login_url: HttpsUrl = "https://login.microsoftonline.com"
    graph_url: HttpsUrl = "https://graph.microsoft.com"
    imap_scope: str = "https://outlook.office365.com/.default"
    ca_file: Path | None = None
    must_not_see: str = ""


class GraphBox(ServerMailboxTable):
    """A mailbox in Microsoft 365, read by Graph. Needs the table [microsoft]."""

    kind: Literal["graph"]


class GraphTransport(Table):
    """Mails leave by Graph, each from its own mailbox. Needs the table [microsoft]."""

    kind: Literal["graph"]


class EwsServer(Table):
    """How Exchange is reached; the same for its mailboxes and for what is sent."""

    url: HttpsUrl
    login: str = ""
    login_by: Literal["ntlm", "basic", "oauth"] = "ntlm"
    access: Literal["delegate", "impersonate"] = "delegate"
    password_env: EnvName = ""
    password_file: Path | None = None
    password_credential: CredentialName = ""
    ca_file: Path | None = None


class EwsBox(EwsServer, ServerMailboxTable):
    """A mailbox on an Exchange of the council's own. The login and the mailbox's address are two settings."""

    kind: Literal["ews"]
    streaming: bool = True


class EwsTransport(EwsServer):
    """Mails leave by an Exchange of the council's own, each from its own mailbox."""

    kind: Literal["ews"]
