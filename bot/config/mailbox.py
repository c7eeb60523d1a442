"""What every table [[mailbox]] of config.toml has, whatever the kind; it stands first in each."""

from __future__ import annotations

from bot.config.secrets import Table
from bot.config.trust import TrustSettings


class MailboxTable(Table):
    """`kind` is narrowed by each. `hub` names the Hub whose cases it serves. `trust` holds in place of the whole table
    [trust]."""

    kind: str
    name: str
    address: str
    hub: str = ""
    trust: TrustSettings | None = None


class ServerMailboxTable(MailboxTable):
    """`folder` is read; a mail that is done with is moved to one of the two others."""

    folder: str = "inbox"
    done: str = "Done"
    quarantine: str = "Quarantine"
