"""The corpus of replies: files of invented replies to each question, with what must be made of them.

`tuned` grew with the phrases. `held-out` was measured, as it was first written, before anybody looked at what went
wrong: 81 % right then, 4 of 127 guessed.

`later` and `later-held-out` were written to be hard, before a phrase was looked at: negations, hedges, conditions,
brothers, what somebody else says. Of the 159 held out 16 were guessed (10 %); with the reserves, learned from the other
half and three more lots, 6 (3.8 %), and of a fifth lot of 98, written last and measured once, 1.

`third` and `third-held-out` came later: 405 as they arrive day by day, half of them never looked at until the end (182
of those 203 right, 1 guessed), and five lots written to mislead, the last of which is what to expect (5 of 76 guessed;
decision 036). All were mended afterwards, so the tests only hold what was reached.

`fifth` are 220 by office hands: telephones, dictation, Polish and Romanian English, quotes above and below, mottos in
signatures. Of its first 80 written to mislead 1 was guessed, of the next 40 none; 91 of 100 everyday ones were right,
9 asked again. `fifth-held-out` was written with it, measured once and is never learned from: of 40 misleading ones none
guessed, of 40 everyday ones 38 right and 2 asked again.

`sixth` are 140 over all the questions, some of which nobody had written to before: templates of agencies, admissions
teams, two answers in one mail. As they were first written 76 of its 103 everyday ones were right, none was guessed, and
none of the 40 misleading ones. `sixth-held-out` was written after the mends and counted once: of 54 everyday ones 45
right (42 by the code before them), none guessed; of 20 misleading ones one was taken for an answer that may be argued
about ("Close it? He's still missing!").

`seventh` are 90: of the first 40 everyday ones 33 were right as first written and 7 asked again, of 20 written after
the mends 15 and 5; of 30 misleading ones one was guessed ("Mum has just rung off on me twice"), and one may be argued
about ("Started the paperwork, she hasn't been in"). `seventh-held-out` was written between and counted once: of 40
everyday ones 34 right, 5 asked again and 1 passed to a person; of 20 misleading ones none guessed. No weight learned
from it; two that were asked again are understood by phrases since.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from parsers.answers import AnswerContext, Says, load_says, understand
from parsers.reading import Understanding
from rules.packfile import pack_tables

CORPUS = Path(__file__).parent / "corpus"
PACK = Path(__file__).parents[2] / "rules" / "packs" / "england"


@dataclass(frozen=True)
class Reply:
    """A reply and its right reading; `events` of a command are written `command:close`. Of `either` one is right as the
    other; so it is of verdicts with a stroke between them."""

    questions: tuple[str, ...]
    text: str
    context: AnswerContext
    verdict: str
    events: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


def england() -> Says:
    return load_says(pack_tables("england", "says.toml"))


def replies(half: str) -> Iterator[Reply]:
    for path in sorted((CORPUS / half).glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        at = datetime.fromisoformat(table["at"]).replace(tzinfo=ZoneInfo("Europe/London"))
        questions = tuple(table["question"].split()) or ("",)
        for entry in table["reply"]:
            context = AnswerContext(at, table["role"], entry.get("child", table["child"]))
            events = tuple(entry.get("events", ()))
            either = tuple(entry.get("either", ()))
            yield Reply(questions, entry["text"], context, entry["verdict"], events, either, entry.get("values", {}))


def heard(reply: Reply, says: Says) -> Understanding:
    return understand(reply.questions, reply.text, reply.context, says)


def events_of(found: Understanding) -> tuple[str, ...]:
    return tuple(
        f"command:{a.values['command']}" if a.event == "command" else a.event
        for a in found.answers
        if a.event != "concern.raised"
    )


def right(reply: Reply, found: Understanding) -> bool:
    """Verdict and events right; of an "ask" the verdict alone counts."""
    if found.verdict not in reply.verdict.split("/"):
        return False
    told = events_of(found)
    return (
        found.verdict == "ask" or sorted(told) == sorted(reply.events) or (len(told) == 1 and told[0] in reply.either)
    )


def guessed(reply: Reply, found: Understanding) -> bool:
    """The cardinal sin: taken as understood, and not what was said. What troubles nobody (seen, more time, a question
    back, not mine) is a miss, and no guess."""
    harmless = {"acknowledged", "need-time", "query", "not-mine"}
    told = set(events_of(found)) - harmless
    return found.verdict == "understood" and bool(told - {*reply.events, *reply.either})


def wrong_values(reply: Reply, found: Understanding) -> dict[str, tuple[Any, Any]]:
    """Values that differ from the right ones: name → (right, found)."""
    merged: dict[str, Any] = {}
    for answer in found.answers:
        merged = {**answer.values, **merged}
    return {k: (v, merged.get(k)) for k, v in reply.values.items() if merged.get(k) != v}
