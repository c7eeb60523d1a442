"""An answer by its number, or by the choice's own line copied from the mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.answers.clauses import cleaned
from parsers.answers.words import english

_NUMBER_LINE = re.compile(
    r"^(?:(?:hi|hello|dear|hiya)\b[^\d]{0,30}?[,!]?\s+)?"
    r"(?:(?:it(?:'s| is)|that(?:'s| is)|my answer is|answer(?: is)?|i(?:'d| would) (?:say|go for"
    r"|choose|pick)|go(?:ing)? (?:for|with)|please use|choosing|i choose)\s*:?\s*)?"
    r"(?:(?:option|number|no|choice|answer|num|nr|opt)\b\.?\s*:?\s*|#\s*|\(\s*)?"
    r"(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|nine)\s*(?:\)|\.|:|-)?\s*"
    r"(?:(?:and|&|\+|,)\s*(?P<also>\d{1,2})\s*)?"
    r"(?P<rest>.*)$",
    re.IGNORECASE,
)
_WORDS = {w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], start=1)}
_MARKED = re.compile(r"\b(?:option|number|choice|answer|opt|no\.?)\s*\d|#\s*\d", re.IGNORECASE)
_COURTESY = re.compile(
    (
        r"^[\s.,!–—-]*(?:please|pls|thanks|thank you|thx|ta|cheers|many thanks|it is|for me|from me|sorry"
        r"|regards|kind regards|all the best|x)*[\s.,!–—-]*$"
    ),
    re.IGNORECASE,
)


_GREETING = r"(?:(?:hi|hello|hiya|hey|dear|good|morning|afternoon)\b[^\d\n]{0,30}\n)?"
_LEADING = re.compile(rf"^\s*{_GREETING}\s*(?P<n>\d{{1,2}})\s*(?:[,.:;)–—-]\s*)?(?<=[\W])(?P<rest>\S.*)$", re.I | re.S)
_COUNTED = english().lists["counted"]


@dataclass(frozen=True, slots=True)
class Leading:
    """A number of a choice with words behind it: the choice's index, where the number stands, the words. `counts`: the
    number may as well count what follows ("2 children")."""

    index: int
    at: int
    rest: str
    counts: bool


def leading(text: str, count: int) -> Leading | None:
    """`1 card left`: the number of one of `count` choices at the beginning, and what is said besides."""
    match = _LEADING.match(text)
    if not match or not 1 <= int(match["n"]) <= count:
        return None
    word = re.match(r"[a-z'-]*", match["rest"].lower())
    counts = word is not None and word[0] in _COUNTED
    return Leading(int(match["n"]) - 1, match.start("n"), match["rest"], counts)


def chosen(text: str, choices: Sequence[str], labels: Sequence[str]) -> tuple[list[int], str]:
    """The indices of the choices that the reply takes by number or by line, and what is left of the text."""
    taken: list[int] = []
    rest: list[str] = []
    for line in cleaned(text).split("\n"):
        copied = list(_copied(line, labels))
        if copied:
            taken += [n for n, _ in copied] + list(_other_number(line, len(choices)))
            rest.append(_without(line, [label for _, label in copied]))
            continue
        numbers, left = _numbered(line, len(choices), first=not any(r.strip() for r in rest))
        taken += numbers
        rest.append(left)
    return list(dict.fromkeys(taken)), "\n".join(rest)


def _copied(line: str, labels: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Choices whose whole line stands in this line. A line that begins another ("Not known" in "Not known to us")
    gives way to the longer."""
    low = " ".join(line.lower().split())
    hits = [
        (n, label) for n, label in enumerate(labels) if len(_bare(label).split()) > 1 and _stands(_bare(label), low)
    ]
    for n, label in hits:
        if not any(_bare(label) in _bare(other) and m != n for m, other in hits):
            yield n, label


def _other_number(line: str, count: int) -> Iterator[int]:
    """The number in front of a copied line; where it is another choice's, two are taken, and neither counts."""
    match = re.match(r"[>*\s]*(\d{1,2})\b", line)
    if match and 1 <= int(match[1]) <= count:
        yield int(match[1]) - 1


def _bare(label: str) -> str:
    """The line without the hint in brackets at its end."""
    return re.sub(r"\s*\([^)]*\)\s*$", "", label).lower()


def _stands(label: str, line: str) -> bool:
    """The line is the choice: from its beginning (perhaps after the number), or the whole of a sentence."""
    said = rf"{re.escape(label)}\s*(?:\([^)]*\))?"
    numbered = rf"^[>*\s]*(?:option\s*)?\d{{1,2}}\s*[.):-]?\s*{said}(?!\w)"
    return re.search(rf"{numbered}|(?:^[>*\s]*|[.!]\s+){said}\s*(?:[.!;]|$)", line) is not None


def _without(line: str, labels: Sequence[str]) -> str:
    for label in labels:
        line = re.sub(
            rf"(?:\d{{1,2}}\s*[.):-]?\s*)?{re.escape(label)}|(?:\d{{1,2}}\s*[.):-]?\s*)?{re.escape(_bare(label))}",
            " ",
            line,
            flags=re.IGNORECASE,
        )
    return line


def _numbered(line: str, count: int, *, first: bool) -> tuple[list[int], str]:
    """`2`, `2.`, `option 2`, `#2 please`, also `2 - left a card`; never `2 children live there`."""
    match = _NUMBER_LINE.match(line.strip())
    if not match:
        return [], line
    number = _WORDS.get(match["n"].lower()) or (int(match["n"]) if match["n"].isdigit() else 0)
    rest = match["rest"]
    bare = _COURTESY.match(rest) is not None
    marked = _MARKED.search(line[: line.find(match["n"]) + 2]) is not None
    pointed = (
        re.match(rf"\s*(?:\w+\s*)?{match['n']}\s*(?:[.):]\s+\D|\s[–—-]\s+\D|[.,–—-]\s*$)", line, re.IGNORECASE)
        is not None
    )
    if not 1 <= number <= count or not (bare or marked or (pointed and first)):
        return [], line
    taken = [number - 1]
    if match["also"] and 1 <= int(match["also"]) <= count:
        taken.append(int(match["also"]) - 1)
    return taken, "" if bare else rest
