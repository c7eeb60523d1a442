"""A fold as bytes, to be stored beside its case: rebuildable, and stamped with the version of the code that made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from rules.case import Case

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Case)


class _Facts(msgspec.Struct):
    facts: dict[str, Any]


_FACTS = msgspec.json.Decoder(_Facts)


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


def unpack_facts(data: bytes) -> Mapping[str, Any]:
    """What is known of the child, and nothing else: for looking through very many cases."""
    return _FACTS.decode(data).facts
