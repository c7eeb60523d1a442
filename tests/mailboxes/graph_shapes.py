"""What Microsoft publishes of the answers that the test server gives (OpenAPI of Graph v1.0: Mail, Users.Actions).

Names, types and patterns of the properties in use; an answer that has another property, or one of another kind, fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MOMENT = re.compile(
    r"[0-9]{4,}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,12})?Z"
)
_KINDS: dict[str, dict[str, object]] = {
    "message": {
        "@odata.type": "#microsoft.graph.message",
        "@odata.etag": str,
        "@removed": "removed",
        "id": str,
        "receivedDateTime": _MOMENT,
        "sentDateTime": _MOMENT,
        "subject": str,
        "body": "itemBody",
        "parentFolderId": str,
        "internetMessageId": str,
        "internetMessageHeaders": ["internetMessageHeader"],
    },
    "itemBody": {"contentType": re.compile("text|html"), "content": str},
    "removed": {"reason": re.compile("changed|deleted")},
    "internetMessageHeader": {"name": str, "value": str},
    "mailFolder": {
        "id": str,
        "displayName": str,
        "parentFolderId": str,
        "childFolderCount": int,
        "totalItemCount": int,
    },
    "error": {"code": str, "message": str, "innerError": "innerError"},
    "innerError": {"request-id": str, "client-request-id": str, "date": str},
}
_WRAPPED = {"value", "@odata.context", "@odata.nextLink", "@odata.deltaLink"}


def faults(answer: object, kind: str) -> list[str]:
    """What is not as published, in an answer that is one thing of that kind or a collection of it."""
    if not isinstance(answer, dict):
        return ["no object"]
    if kind == "error":
        return list(_faults(answer.get("error"), "error"))
    if "value" in answer:
        odd = [f"{name} in a collection" for name in answer.keys() - _WRAPPED]
        if "@odata.nextLink" in answer and "@odata.deltaLink" in answer:
            odd.append("a page with both links")
        return odd + [fault for item in answer["value"] for fault in _faults(item, kind)]
    return list(_faults({k: v for k, v in answer.items() if k != "@odata.context"}, kind))


def _faults(thing: object, kind: str) -> Iterator[str]:
    known = _KINDS[kind]
    if not isinstance(thing, dict):
        yield f"{kind}: {thing!r}"
        return
    for name, value in thing.items():
        wanted = known.get(name)
        if isinstance(wanted, list):
            for one in value:
                yield from _faults(one, wanted[0])
        elif isinstance(wanted, str) and wanted in _KINDS:
            yield from _faults(value, wanted)
        elif not _fits(value, wanted):
            yield f"{kind}.{name}: {value!r}"


def _fits(value: object, wanted: object) -> bool:
    if isinstance(wanted, re.Pattern):
        return isinstance(value, str) and wanted.fullmatch(value) is not None
    return isinstance(value, wanted) if isinstance(wanted, type) else value == wanted
