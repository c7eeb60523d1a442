"""What every table [[mailbox]] of config.toml has, whatever the kind; it stands first in each."""

from __future__ import annotations

from bot.secrets import Table


class MailboxTable(Table):
    """`kind` is narrowed by each. `hub` names the Hub whose cases it serves."""

    kind: str
    name: str
    address: str
    hub: str = ""


class ServerMailboxTable(MailboxTable):
    """`folder` is read; a mail that is done with is moved to one of the two others."""

    folder: str = "inbox"
    done: str = "Done"
    quarantine: str = "Quarantine"
