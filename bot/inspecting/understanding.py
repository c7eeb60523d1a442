"""`cmebot understand`: an answer on trial, as it would be understood in a thread."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from bot.running.times import moment
from parsers.answers import AnswerContext, Says, load_says, understand
from rules.packfile import pack_tables

PACK = "oxfordshire"


class UnknownQuestion(ValueError):
    """`understand` was asked about a question that does not exist."""


class BadLine(ValueError):
    """A line of `--batch` that is no question with its reply."""


@cache
def says() -> Says:
    return load_says(pack_tables(PACK, "says.toml"))


def item_of(line: str, where: str) -> Mapping[str, Any]:
    """A line of `--batch`; `where` names file and line. Raises BadLine."""
    try:
        item = json.loads(line)
    except ValueError as problem:
        raise BadLine(f"{where}: this is no JSON ({problem}): write one object a line") from problem
    if not isinstance(item, Mapping) or not isinstance(item.get("reply"), str):
        raise BadLine(f'{where}: write an object with "question" and "reply", both texts')
    return item


def understood(item: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one line of the contract: {"id", "question", "role", "at", "child", "reply"}."""
    questions = tuple(str(item.get("question") or "").split()) or ("",)
    for name in questions:
        if name and not says().choices((name,)):
            raise UnknownQuestion(f"{name!r} is no question: docs/reference/words.md lists them")
    context = AnswerContext(
        at=moment(str(item.get("at") or "")), role=str(item.get("role") or ""), child=str(item.get("child") or "")
    )
    heard = understand(questions, str(item.get("reply") or ""), context, says())
    answers = [{"event": a.event, "values": a.values, "confidence": a.confidence} for a in heard.answers]
    told = {"question": item.get("question") or "", "verdict": heard.verdict, "answers": answers}
    return {"id": item["id"], **told} if "id" in item else told
