"""The table [trust] of config.toml, and the `trust` of a mailbox that lies behind another server."""

from __future__ import annotations

from typing import Literal

from bot.config.secrets import Table


class TrustSettings(Table):
    """Whose word on a sender is believed: the topmost Authentication-Results of our own server, or what Exchange says
    of one who had logged in."""

    profile: Literal["authserv", "m365", "exchange-onprem", "none"] = "none"
    authserv_id: str = ""
    boundary: str = ""
    boundary_port: int = 25
