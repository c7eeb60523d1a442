"""Codes and keys of our mails: derived from the register's secret, so that the same action has the same ones again."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""


class _Notes(Protocol):
    def meta(self, key: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Codes:
    """Ten characters (fifty bits) bound to one mail and its recipient. They are no authority by themselves: an answer
    counts only from an authenticated sender, and wrong codes are counted."""

    secret: bytes

    @classmethod
    def of(cls, notes: _Notes) -> Codes:
        secret = notes.meta("secret")
        assert secret, "a register has a secret from its first day"
        return cls(bytes.fromhex(secret))

    def code(self, key: str, address: str) -> str:
        return self._letters(f"code|{key}|{address}", 10)

    def opaque(self, key: str) -> str:
        """The X-CME-Key: says nothing of the case, and is the same for ever."""
        return self._letters(f"key|{key}", 26)

    def _letters(self, text: str, count: int) -> str:
        number = int.from_bytes(hmac.digest(self.secret, text.encode(), sha256), "big")
        return "".join(_SIGNS[(number >> (5 * n)) & 31] for n in range(count))
