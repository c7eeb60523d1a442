"""Who: the worker allocated, the right addressee, the body that was talked to, the child meant."""

from __future__ import annotations

import re
from collections.abc import Mapping

from parsers.answers.clauses import is_noise
from parsers.answers.each import children_of
from parsers.answers.values.scene import Scene, Taken
from parsers.answers.words import english


def _slot(scene: Scene, name: str) -> str:
    for evidence in scene.evidence:
        if name in evidence.slots:
            first, last = evidence.slots[name]
            tokens = evidence.clause.tokens[first : last + 1]
            return scene.words(tokens[0].start, tokens[-1].end)
    return ""


_ME = re.compile(r" (?:me|myself|i|mine)(?= |$)")


_NO_WORKER = english().lists["no_worker"]


def _worker(scene: Scene, name: str) -> str:
    """The worker's address, else the name as written; "I'll do it": `writer`."""
    found = scene.nearest("email")
    if found:
        return found.text
    slot = re.sub(r"^(?:to|our|with)\s+", "", _slot(scene, "worker"), flags=re.IGNORECASE)
    slot = re.sub(r"\s+(?:please|pls|thanks|today|now|then|tomorrow)$", "", slot, flags=re.IGNORECASE)
    words = slot.lower().split()
    if words in (["me"], ["myself"]):
        return "writer"
    if words and not any(w in _NO_WORKER or w in english().known or w.split("'")[0] == "i" for w in words):
        return slot.removesuffix("'s")
    named = [t for c in scene.clauses for t in c.things("name")]
    if named and len({t.text for c in scene.sentences() for t in c.things("name")}) == 1:
        return scene.words(named[0].start, named[0].end).removesuffix("'s")
    if any(_ME.search(c.joined) for c in scene.clauses):
        return "writer"
    return ""


def _who(scene: Scene, name: str) -> str:
    found = scene.nearest("email")
    if found:
        return found.text
    slot = _slot(scene, "who")
    if slot:
        return re.sub(r"\s+(?:please|instead|thanks)$", "", re.sub(r"^(?:to|with)\s+", "", slot), flags=re.IGNORECASE)
    match = re.search(
        (
            r"\b(?:try|ask|contact|email|ring|speak to|pass(?:ed)? (?:it |this )?(?:on )?to|forward(?:ed)? "
            r"(?:it |this )?(?:on )?to|send (?:it |this )?to|belongs to|go to|is with|sits with|covered by"
            r"|for)\s+(?P<w>[^.,;!?\n]{2,50})"
        ),
        scene.said.text,
        re.IGNORECASE,
    )
    if match:
        who = re.split(r"\s+(?:instead|please|who|as|for|because|not|on|if|and|thanks|about)\b", match["w"])[0].strip()
        if who.lower() not in ("me", "us", "you", "this", "our", "it", "our team", "them"):
            return who
    named = [t for c in scene.said.clauses if not is_noise(c) for t in c.things("name")]
    return scene.words(named[0].start, named[0].end) if named else ""


_WITH = re.compile(
    (
        r"\b(?:with|to|by|rang|called|phoned|contacted|emailed|consulted)\s+(?P<w>(?:the\s+)?(?:(?!not\b"
        r"|no\b|and\b|who\b|that\b|they\b|about\b|today\b|yesterday\b|this\b|on\b|at\b|as\b)[\w'’&/]+"
        r"(?:-\w+)*\s*){1,5})"
    ),
    re.IGNORECASE,
)


def _with(scene: Scene, name: str) -> str:
    """The body or the person that it was discussed with, as written."""
    agencies = re.compile(
        r"\b(?:children'?s (?:and families )?social care|child social care|social care"
        r"|children'?s services|social services|mash|police|thames valley police|tvp|assessment team|"
        r"duty (?:social worker|team|desk|sw)|emergency duty team|edt|social worker|sw|csc|front door"
        r"|access to information team|family safeguarding|locality team|dsl|pvp)\b",
        re.IGNORECASE,
    )
    for match in _WITH.finditer(scene.said.text):
        words = re.split(
            (
                r"\s*(?:\bre\b|\bregarding\b|\bfor\b|\bsaid\b|\bsays?\b|\bagreed?\b|\bconfirm\w*|\badvised?\b"
                r"|\bwill\b|\bis\b|\bare\b)"
            ),
            match["w"],
        )[0].strip()
        if agencies.search(words):
            return words
    found = agencies.search(scene.said.text)
    if found:
        return found[0]
    named = [t for c in scene.clauses for t in c.things("name")]
    return scene.words(named[0].start, named[0].end) if named else ""


_TEAM = re.compile(
    r"\b(?:open to|open with|known to|allocated to|held by|with|under|case holder is|involved with"
    r"|worked with by)\s+(?:the\s+|our\s+)?(?P<t>(?!us\b|them\b|a\b|an\b)(?:[\w'’&/-]+\s+){0,5}?"
    r"(?:team|service|assessment|cin|lac|hub|unit|plus)(?:\s+(?:\d+|north|south|city|east|west))?"
    r"|[A-Z][\w'’]+(?:\s+[A-Z][\w'’]+){0,3})"
)


def _team(scene: Scene, name: str) -> str:
    match = _TEAM.search(scene.said.text)
    if match:
        return match["t"].strip()
    match = re.search(r"\b((?:[A-Z][\w'’]+\s+){1,4}(?:[Tt]eam|[Ss]ervice)(?:\s+\d)?)\b", scene.said.text)
    return match[1] if match else ""


def _authority(scene: Scene, name: str) -> str:
    for match in re.finditer(
        (
            r"\b((?:[A-Z][\w'’]+\s+)*[A-Z][\w'’]+(?:\s+(?:City|County|Borough|District|Metropolitan))*(?:\s+"
            r"(?:Council|CC|MBC|LA|LEA|BC|CME|council|authority|cme team))?)"
        ),
        scene.said.text,
    ):
        words = match[1].split()
        if not all(scene.says.lexicon.knows(w.lower()) or w.upper() in ("S2S", "CME", "LA", "PTO", "I") for w in words):
            return match[1]
    return ""


def _which_child(scene: Scene, name: str) -> str:
    """Told child by child (`each`); here only where just one is asked about."""
    children = children_of(scene.context.child)
    return children[0] if len(children) == 1 else ""


PEOPLE: Mapping[str, Taken] = {
    "worker": _worker,
    "who": _who,
    "with": _with,
    "team": _team,
    "authority": _authority,
    "which-child": _which_child,
}
