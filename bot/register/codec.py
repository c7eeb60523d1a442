"""How values lie in the register: instants as whole microseconds since 1970 UTC, blobs as zstd level 3."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import zstandard

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LEVEL = 3
"""Measured on 53 KB mails: 0.62 of the size for 9 % fewer commits a second."""
_LARGEST = 1 << 30
"""Bytes that one blob may unpack to: no mail server passes on more, and a damaged header may claim anything."""


def to_micros(moment: datetime) -> int:
    """An aware datetime as it is stored. A naive one raises TypeError: nobody could say when that was."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


def maybe_micros(moment: datetime | None) -> int | None:
    return None if moment is None else to_micros(moment)


def maybe_moment(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)


def happened_text(happened: date | datetime | None) -> str | None:
    """`2014-11-27`, or an instant with its offset: a day that someone names is not a midnight."""
    return None if happened is None else happened.isoformat()


def happened_value(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


class _Zstd(threading.local):
    """One of each a thread: they are quicker used again, and must not be shared by threads (python-zstandard, API)."""

    def __init__(self) -> None:
        self.compress = zstandard.ZstdCompressor(level=_LEVEL).compress
        self.decompress = zstandard.ZstdDecompressor().decompress


_zstd = _Zstd()


def pack(data: bytes) -> bytes:
    packed: bytes = _zstd.compress(data)
    return packed


def unpack(blob: bytes) -> bytes:
    data: bytes = _zstd.decompress(blob, max_output_size=_LARGEST)
    return data
