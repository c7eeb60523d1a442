"""Where mail and passwords may go in clear: to this computer, and to no other."""

from __future__ import annotations

from ipaddress import ip_address


def is_this_computer(host: str) -> bool:
    """By its name or its address alone; nobody is asked."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
