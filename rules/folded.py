"""A fold as bytes, to be stored beside its case: rebuildable, and stamped with the version of the code that made it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from rules.case import Case

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Case)


def pack_fold(case: Case) -> bytes:
    """The fold without what the pack gives it."""
    required, case.required = case.required, {}
    try:
        return _ENCODER.encode(case)
    finally:
        case.required = required


def unpack_fold(data: bytes, required: Mapping[str, tuple[str, ...]]) -> Case:
    case = _DECODER.decode(data)
    case.required = required
    return case
