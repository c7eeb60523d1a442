"""Who a form's fields, a case's facts, or a mail's words are about: as matching takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.matching import Child
from parsers.reading import ChildMention

_BETWEEN_CARERS = re.compile(r"\s*(?:[,;/&\n]|\band\b)\s*", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def child_of(fields: Mapping[str, Any]) -> Child:
    """Who a form's fields, or a case's facts, are about."""

    def text(name: str) -> str:
        return str(fields.get(name) or "")

    born = text("child.date_of_birth")
    return Child(
        surname=text("child.surname"),
        forenames=text("child.forenames"),
        date_of_birth=date.fromisoformat(born) if _DATE.fullmatch(born) else None,
        upn=text("child.upn"),
        address=text("address.last_known"),
        postcode=text("address.postcode"),
        carers=tuple(_carers(fields)),
        other_surnames=text("child.other_surnames"),
    )


def named_by(mention: ChildMention) -> Child:
    """Who a mail's free text is about, as far as it says."""
    return Child(mention.surname, mention.forenames, mention.date_of_birth)


def _carers(fields: Mapping[str, Any]) -> Iterator[str]:
    yield from filter(None, _BETWEEN_CARERS.split(str(fields.get("carers") or "")))
    for one in ("carer_1", "carer_2"):
        name = " ".join(str(fields[f"{one}.{part}"]) for part in ("forename", "surname") if fields.get(f"{one}.{part}"))
        if name:
            yield name
