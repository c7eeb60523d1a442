"""What the register remembers besides: single values, and codes that were none of ours."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.dialects import sqlite

from bot.register.codec import from_micros, to_micros
from bot.register.errors import RegisterError
from bot.register.rows import WrongCode
from bot.register.said import Said
from bot.register.tables import meta, wrong_code

SECRET = "secret"
"""64 hex digits made with the register: 32 random bytes from which keys that leave in a mail are derived."""

_META = Said(select(meta.c.value).where(meta.c.key == bindparam("key")))
_PUT = sqlite.insert(meta)
_SET_META = Said(_PUT.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": _PUT.excluded.value}))
_FORGET = Said(delete(meta).where(meta.c.key == bindparam("the_key")))
# A range and not LIKE, which knows no index here and reads _ and % as signs of its own.
_NOTED = Said(select(meta.c.key, meta.c.value).where(meta.c.key >= bindparam("first"), meta.c.key < bindparam("last")))
_WRONG = Said(insert(wrong_code))
_WRONG_SINCE = Said(
    select(wrong_code.c.at, wrong_code.c.code, wrong_code.c.sender)
    .where(wrong_code.c.at >= bindparam("since"))
    .order_by(wrong_code.c.at, wrong_code.c.id)
)


class NoteReads:
    """What can be asked besides."""

    _connection: Connection
    _noted: dict[str, dict[str, str]]

    def meta(self, key: str) -> str | None:
        found: str | None = _META.value(self._connection, {"key": key})
        return found

    def noted(self, kind: str) -> dict[str, str]:
        """All values whose key begins with `kind|`, by what follows; asked for once in each unit of work."""
        if kind not in self._noted:
            first = f"{kind}|"
            rows = _NOTED.rows(self._connection, {"first": first, "last": f"{kind}}}"})
            self._noted[kind] = {key.removeprefix(first): value for key, value in rows}
        return self._noted[kind]

    def secret(self) -> bytes:
        """32 random bytes, made with the register and the same for its whole life."""
        digits = self.meta(SECRET)
        if digits is None:
            raise RegisterError(
                "The register has no secret. Restore it from a backup; without it no key can be known again."
            )
        return bytes.fromhex(digits)

    def wrong_codes_since(self, since: datetime) -> list[WrongCode]:
        found = _WRONG_SINCE.rows(self._connection, {"since": to_micros(since)})
        return [WrongCode(from_micros(at), code, sender) for at, code, sender in found]


class NoteWrites(NoteReads):
    """What can be written down besides."""

    def set_meta(self, key: str, value: str) -> None:
        self._noted.pop(key.partition("|")[0], None)
        _SET_META.on(self._connection, {"key": key, "value": value})

    def forget(self, key: str) -> None:
        self._noted.pop(key.partition("|")[0], None)
        _FORGET.on(self._connection, {"the_key": key})

    def count_wrong_code(self, at: datetime, code: str, sender: str) -> None:
        _WRONG.on(self._connection, {"id": None, "at": to_micros(at), "code": code, "sender": sender})

    def new_list_reference(self, year: int) -> str:
        """`LIST-2026-00042`, the next of that year: of a list, or of a question about its rows."""
        key = f"lists|{year}"
        last = int(self.meta(key) or "0") + 1
        self.set_meta(key, str(last))
        return f"LIST-{year}-{last:05d}"
