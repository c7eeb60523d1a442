"""Boxes to tick and words to strike out: which answer was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from parsers.documents import ticks
from parsers.documents.layout import EMPTY, TICKED
from parsers.forms.definition import letters
from parsers.forms.regions import is_blank
from parsers.forms.stream import Look, Slot, Stream
from parsers.values.choice import WORDS, with_rest

LOOKS: tuple[Look, ...] = ("struck", "marked", "stressed")

ANSWER = 1_000
"""Characters in which an answer is looked for."""

_TICK = re.compile(rf"\W*(?:{TICKED}|x{{1,3}}|√|✓|/|\*|1|v|y|yes|tick(?:ed)?)\W*", re.I)
_ASKED = re.compile(
    r"[(*]?\s?(?:please )?(?:delete|circle|tick|underline|highlight)"
    r"(?: as (?:appropriate|applicable|necessary)| one| which applies)\s?\)?",
    re.I,
)
"""What the form itself says of how to answer."""

_TYPED_TICK = re.compile(r"(?<![^\W_])[xX√](?![^\W_])")
"""Typed in the place of a box."""

_REFUSED = re.compile(rf"\W*(?:{EMPTY}|n|no|n/a|-|–|0)?\W*", re.I)
_SHADE = {"yesno": r"yes|no|y|n", "gender": r"male|female|m|f|boy|girl", "level": r"high|medium|low|h|m|l"}


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` is the answer (None: none was given), `rest` what stands beside it, `problem` why it is doubtful."""

    value: str | None
    rest: str = ""
    confidence: float = 1.0
    problem: str = ""


def columns(stream: Stream, slot: Slot, kind: str) -> dict[str, Slot]:
    """For a row of an option table: the cell under each heading (Yes | No, High | Medium | Low), by the nearest row
    above that has at least two of them."""
    words = WORDS[kind]
    for above in range(0, -60, -1):
        row = stream.row_of(slot, above)
        heads = {
            words[w]: s for s in row if (w := letters(stream.text[s.start : s.end])) in words and (len(w) > 1 or above)
        }
        if len(heads) >= 2 and above:
            here = stream.row_of(slot)
            return {
                value: cell
                for value, head in heads.items()
                if (cell := next((s for s in here if s.cell.col <= head.cell.col < s.cell.col + s.cell.span), None))
                and cell != slot
            }
    return {}


def from_columns(stream: Stream, cells: dict[str, Slot]) -> Choice:
    """The one column that is ticked."""
    said = {value: stream.said(cell.start, cell.end).strip() for value, cell in cells.items()}
    ticked = [value for value, text in said.items() if TICKED in text or not _REFUSED.fullmatch(text)]
    if len(ticked) > 1:
        answers = " and ".join(ticked)
        return Choice(ticked[0], "", 0.5, f"More than one box is ticked: {answers}")
    if not ticked:
        return Choice(None)
    mark = said[ticked[0]]
    if _TICK.fullmatch(mark) or letters(mark) in (ticked[0], ticked[0][:1]):
        return Choice(ticked[0])
    return Choice(ticked[0], mark, 0.7, f"“{mark}” was taken for a tick")


def from_text(stream: Stream, spans: Sequence[tuple[int, int]], kind: str, *, recognised: bool = False) -> Choice:
    """A choice in running text: boxes beside words, words struck out or marked, or simply the answer."""
    spans = [(a, min(b, a + ANSWER)) for a, b in spans]
    text = _ASKED.sub(" ", ticks.typed(" ".join(stream.text[a:b] for a, b in spans))).strip()
    if is_blank(text) and TICKED not in text:
        return Choice(None)
    options = [
        (WORDS[kind][m[0].lower()], a + m.start(), a + m.end())
        for a, b in spans
        for m in re.finditer(rf"\b(?:{_SHADE[kind]})\b", stream.text[a:b], re.I)
    ]
    if TICKED in text or EMPTY in text:
        boxes = _boxes(text, kind)
        if boxes.value is not None or boxes.problem or recognised:
            return boxes  # In a picture a speck beside an empty box looks like a stroke through its word.
        # No box is ticked: perhaps one of the words beside them is struck out or stands out.
        return _crossed(stream, spans, options) or boxes if len({o[0] for o in options}) > 1 else boxes
    if len({value for value, _, _ in options}) > 1 and (meant := _crossed(stream, spans, options)) is not None:
        return meant
    said = _ASKED.sub(" ", " ".join(stream.said(a, b) for a, b in spans)).strip(" \t\n:.…_")
    printed = next((found for pattern in _printed(kind) if (found := pattern.search(said))), None)
    if printed is None:
        return Choice(*with_rest(said, kind))
    # The words stand as printed, none struck out: what else is written is the answer ("Yes / No: No"), if anything is.
    value, rest = with_rest((said[: printed.start()] + " " + said[printed.end() :]).strip(" :.–-"), kind)
    if value is None and re.search(r"[^\w\s/,]", printed[0]):
        return Choice(None, rest, 0.6, f"Which of “{printed[0][:60].strip()}” is meant cannot be told")
    return Choice(value, rest, 0.85 if value else 1.0)


@cache
def _printed(kind: str) -> tuple[re.Pattern[str], ...]:
    """All the answers one after the other: with a stroke between, or "or"; with blanks or some sign for a box; with a
    comma only where nothing else is said, as "Yes, no reply" says yes."""
    one, sign = rf"\b(?:{_SHADE[kind]})\b", r"[^\w\s,.;:()/–-]"
    patterns = (
        rf"{one}(?:(?:\s*/\s*|\s+or\s+){one})+",
        rf"(?:{sign}+\s*)?{one}(?:(?:\s*{sign}+\s*|\s+){one})+(?:\s*{sign}+)?",
        rf"^{one}(?:\s*,\s*{one})+$",
    )
    return tuple(re.compile(pattern, re.I) for pattern in patterns)


def _crossed(stream: Stream, spans: Sequence[tuple[int, int]], options: list[tuple[str, int, int]]) -> Choice | None:
    """Yes / No with the one struck out or the other marked, bold or underlined; otherwise a third word counts
    ("Yes / No: No")."""
    struck, marked, stressed = (_places(stream, spans, look) for look in LOOKS)
    left = [o for o in options if not struck.issuperset(range(o[1], o[2]))]
    chosen = [o for o in left if marked.issuperset(range(o[1], o[2]))]
    louder = [o for o in left if stressed.issuperset(range(o[1], o[2]))]
    for some in (chosen, left, louder):
        if len({o[0] for o in some}) == 1:
            return Choice(some[0][0], _beside(stream, spans, options, struck))
    if not left:
        return Choice(None, "", 0.6, "Every answer is struck out")
    return None


def _places(stream: Stream, spans: Sequence[tuple[int, int]], look: Look) -> set[int]:
    return {p for a, b in spans for low, high in stream.marks(a, b, look) for p in range(low, high)}


def _beside(
    stream: Stream, spans: Sequence[tuple[int, int]], options: list[tuple[str, int, int]], struck: set[int]
) -> str:
    taken = struck | {p for _, a, b in options for p in range(a, b)}
    text = "".join(stream.text[p] for a, b in spans for p in range(a, b) if p not in taken)
    return text.strip(" \t\n:/–—-.…_()")


def _boxes(text: str, kind: str) -> Choice:
    """Words with a box each, before or behind: what the text begins with says on which side the boxes stand."""
    words = WORDS[kind]
    text = _TYPED_TICK.sub(TICKED, text)
    tokens = re.findall(rf"[{TICKED}{EMPTY}]|\b(?:{_SHADE[kind]})\b", text, re.I)
    box_first = bool(tokens) and tokens[0] in (TICKED, EMPTY)
    ticked: list[str] = []
    for number, token in enumerate(tokens):
        if token != TICKED:
            continue
        beside = number + 1 if box_first else number - 1
        if 0 <= beside < len(tokens) and tokens[beside].lower() in words:
            ticked.append(words[tokens[beside].lower()])
    rest = re.sub(rf"[{TICKED}{EMPTY}]|\b(?:{_SHADE[kind]})\b", " ", text, flags=re.I).strip(" \t\n:/–—-.…_(),")
    if len(set(ticked)) > 1:
        return Choice(ticked[0], rest, 0.5, "More than one box is ticked: " + " and ".join(dict.fromkeys(ticked)))
    if ticked:
        return Choice(ticked[0], rest)
    if tokens == [TICKED] and kind == "yesno":
        return Choice("yes", rest)  # A box alone: "Looked after child ☒".
    if TICKED in tokens:
        return Choice(None, rest, 0.6, "A box is ticked, but not beside one of its answers")
    return Choice(None, rest)


def is_incomplete(said: str, kind: str, picked: Choice) -> bool:
    """A pale stroke, a highlighter's yellow, a box, a word may be lost in a picture: that nothing was chosen is not
    certain where no box stands empty, nor what was chosen where not each of the answers has a box, and each box, of
    more than one, an answer."""
    boxes = said.count(EMPTY) + said.count(TICKED)
    answers = sum(word.lower() in WORDS[kind] for word in re.findall(r"[A-Za-z]{2,}", said))
    if not boxes:
        return picked.value is None
    return answers == 1 or (answers > 0 and boxes != answers)
