"""One reader for every form and every format: labels found in a layout, and the values that stand with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from parsers.documents.layout import Box, Layout, Span
from parsers.forms import choices, option_rows, orphans, unseen
from parsers.forms.chain import Link, heaviest
from parsers.forms.cleaned import EDGE, clean
from parsers.forms.definition import Form, forms, letters
from parsers.forms.farewell import farewells, signature
from parsers.forms.found import Doubtful, FoundForm, Seen
from parsers.forms.labels import Occurrence, occurrences
from parsers.forms.regions import Regions
from parsers.forms.stream import CHARACTERS, Stream
from parsers.forms.twins import untwine
from parsers.values import choice, dates, email, names, phone, postcode, upn, year_group
from parsers.values.parsed import BLANK, Parsed, says_nothing

FORMS_IN_ONE = 60
"""More forms than this in one document are not looked for."""

LONGEST = 500
"""Characters of a date, a name, a number."""

OPENING = 4
"""So many labels in a row make the beginning of a form."""

UNMARKED = 0.75
"""How sure it is that no answer was given where the answers stand in a picture, and none is marked."""

SHORT = 9
"""Letters of a label that may stand for anybody's: Tel, Address, School."""

_CUT = 0.7
"""How sure a value is that stands in a table beside words that belong to nothing."""

_CHOICES = frozenset(("yesno", "gender", "level"))

_FLOATING = 0.7
"""How sure a value is that stands in a text box drawn somewhere near, or of which a part is struck out in a picture."""

_TITLE = 6.0
_LABELS_WITH_TITLE = 3
_LABELS_WITHOUT = 5
_CHILD = frozenset(("child.name", "child.surname", "child.forenames"))
_KNOWN_BY = frozenset(("child.date_of_birth", "child.upn", "address.last_known"))


def find(layout: Layout, source: str) -> list[FoundForm]:
    """The forms in a layout, in order, recognised by what they say; `source` names the document in the evidence."""
    said = letters(layout.text()[:CHARACTERS])
    titled = [form for form in forms() if any(title in said for title in form.titles)]
    return _best(titled, layout, source) or _best(
        [f for f in forms() if f not in titled and not f.titled], layout, source
    )


def _best(among: Sequence[Form], layout: Layout, source: str) -> list[FoundForm]:
    """Of these forms the one that explains most of the layout, as often as it is filled in there."""
    best: list[FoundForm] = []
    weight = 0.0
    for form in among:
        stream = Stream(untwine(layout.parts, form))
        found = _with_farewells(occurrences(stream, form), stream, layout.mail)
        if len({o.key for o in found if o.targets}) < _LABELS_WITH_TITLE:
            continue
        titled = any(title in stream.letters for title in form.titles)
        chains = _chains(found, form, titled)
        total = sum(score for _, score in chains) + (_TITLE if titled and chains else 0)
        if chains and total > weight:
            weight, best = total, _values(stream, form, found, [links for links, _ in chains], layout, source)
    return best


def _with_farewells(found: list[Occurrence], stream: Stream, mail: bool) -> list[Occurrence]:
    """A mail's farewell among the labels: what follows belongs to the form only if there is much of it."""
    ends = [Occurrence.border(place) for place in (farewells(stream.text) if mail else ())]
    return sorted([*found, *ends], key=lambda o: o.start) if ends else found


def _chains(found: list[Occurrence], form: Form, titled: bool) -> list[tuple[list[Link], float]]:
    """The chains of labels that are each a form, in reading order: the heaviest, then what lies before and after. A
    heading for another child parts what stands before it from what follows."""
    pending, chains = _parted(found, form), list[tuple[list[Link], float]]()
    while pending and len(chains) < FORMS_IN_ONE:
        some = pending.pop()
        links, weight = heaviest(some)
        if not _is_form(links, titled and not chains, bool(chains)):
            continue
        chains.append((links, weight))
        first, last = links[0].occurrence, links[-1].occurrence
        pending.append([o for o in some if o.start > last.start])
        pending.append([o for o in some if o.end <= first.start])
    return sorted(chains, key=lambda c: c[0][0].occurrence.start)


def _parted(found: list[Occurrence], form: Form) -> list[list[Occurrence]]:
    """Parts that are each about another child, the last one first, as they are taken from the end."""
    parts: list[list[Occurrence]] = [[]]
    again = _again(found)
    for occurrence in found:
        if occurrence.key in form.another or occurrence.start in again:
            parts.append([])
        parts[-1].append(occurrence)
    return parts[::-1]


def _again(found: Sequence[Occurrence]) -> set[int]:
    """Where the labels with which the first form begins come again in the same order: the same blank, filled in for
    another child. Parents side by side repeat labels too, but not those with which the form begins."""
    labels = [o for o in found if o.targets and o.strong]
    keys = [o.key for o in labels]
    for first in range(min(3, len(keys))):
        opening = keys[first : first + OPENING]
        child = {t.name for o in labels[first : first + OPENING] for t in o.targets}
        if len(set(opening)) < OPENING or not child & _CHILD:
            continue
        hits = [n for n in range(first + OPENING, len(keys)) if keys[n : n + OPENING] == opening]
        if hits:
            return {labels[n].start for n in hits}
    return set()


def _is_form(links: Sequence[Link], titled: bool, another: bool) -> bool:
    names = {link.target.name for link in links if link.target.name and link.occurrence.strong}
    child = bool(names & _CHILD) and bool(names & _KNOWN_BY)
    if titled:
        return len(names) >= _LABELS_WITH_TITLE and bool(names & (_CHILD | _KNOWN_BY))
    return child and len(names) >= (4 if another else _LABELS_WITHOUT)


def _values(
    stream: Stream, form: Form, found: list[Occurrence], chains: list[list[Link]], layout: Layout, source: str
) -> list[FoundForm]:
    taken = {link.occurrence.start for links in chains for link in links}
    stops = taken | {o.start for o in found if not o.targets}
    if layout.mail and (signed := signature(stream.text, chains[-1][-1].occurrence.end)) is not None:
        stops.add(signed)
    soft = [o for o in found if o.targets and o.strong and o.start not in taken]
    result: list[FoundForm] = []
    for links in chains:
        regions = Regions(stream, links, sorted(stops), soft, recognised=layout.seen)
        for row in regions.children():
            reader = _FormReader(stream, regions, row, source, layout.seen)
            for place, link in enumerate(links):
                if link.target.name:
                    reader.value(link, 0.7 if _astray(links, place) else 1.0)
                    reader.tell_unseen(link)
            if layout.seen:
                reader.doubt_beside_orphans(links, sorted(stops))
            seen = _same_referrer(reader.seen, result[0].seen) if result else reader.seen
            result.append(FoundForm(form, seen, layout.hand, layout.seen))
    return result


def _astray(links: Sequence[Link], place: int) -> bool:
    """A short label among those of another section, out of its order ("Tel" after the parents): whose it is, is a
    guess."""
    link = links[place]
    beside = [links[n].target.section for n in (place - 1, place + 1) if 0 <= n < len(links)]
    back = place > 0 and links[place - 1].target.order > link.target.order
    return back and len(link.occurrence.key) <= SHORT and link.target.section not in beside


def _same_referrer(seen: dict[str, Seen], first: dict[str, Seen]) -> dict[str, Seen]:
    """A further child of one document is referred by the same person on the same day, unless it says otherwise."""
    shared = {n: s for n, s in first.items() if n.startswith(("referrer.", "referral.")) and s.raw}
    return {**seen, **{n: s for n, s in shared.items() if n not in seen or not seen[n].raw}}


class _FormReader:
    """Values of one form, label by label."""

    def __init__(self, stream: Stream, regions: Regions, row: int, source: str, recognised: bool) -> None:
        """`row`: how far below a row of headings the values stand."""
        self._stream, self._regions, self._row = stream, regions, row
        self._source, self._recognised = source, recognised
        self.seen: dict[str, Seen] = {}
        self._claimed: list[Span] = []

    def doubt_beside_orphans(self, links: Sequence[Link], stops: Sequence[int]) -> None:
        """In a picture: what stands in a table beside words that belong to nothing may be cut."""
        orphaned = orphans.rows(self._stream, stops, self._claimed)
        for link in links if orphaned else ():
            name, slot = link.target.name, self._stream.slot_at(link.occurrence.start)
            if name and link.target.type not in _CHOICES and orphans.beside(slot, orphaned):
                seen = self.seen[name]
                self.seen[name] = replace(seen, confidence=min(seen.confidence, _CUT))

    def tell_unseen(self, link: Link) -> None:
        """In a picture: what stands with a label that was not found, only expected there."""
        if self._recognised and unseen.is_unseen(self._stream, link):
            for name in filter(None, (link.target.name, link.target.rest)):
                self.seen[name] = unseen.told(self.seen[name], self._stream, link)

    def value(self, link: Link, confidence: float) -> None:
        target = link.target
        if target.type in _CHOICES:
            self._choice(link)
            return
        spans = self._regions.of(link, self._row)
        self._claimed += spans
        raw = clean([self._stream.said(a, b) for a, b in spans], target.type)
        raw = raw.lstrip("." + EDGE)  # The dot of "No.", or the last one of the line under it.
        if self._is_struck(spans) or any(self._stream.floats(a, b) for a, b in spans):
            confidence = min(confidence, _FLOATING)
        self._see(target.name, raw, self._where(link), spans, self._boxes(spans), confidence)

    def _see(
        self, name: str, raw: str, where: str, spans: Sequence[Span], shown: tuple[Box, ...], sure: float, why: str = ""
    ) -> None:
        self.seen[name] = Seen(raw, where, sure, why, shown, self._doubts(spans), self._recognised)

    def _is_struck(self, spans: Sequence[Span]) -> bool:
        """Whether some of it is struck out in a picture, be it by the line under it."""
        return self._recognised and any(self._stream.marks(a, b, "struck") for a, b in spans)

    def _doubts(self, spans: Sequence[Span]) -> tuple[Doubtful, ...]:
        """Of what counts: the letters of a word that is struck out are misread, and say nothing."""
        found = [doubt for a, b in spans for doubt in self._stream.doubts(a, b)]
        if not found:
            return ()
        struck = {n for a, b in spans for low, high in self._stream.marks(a, b, "struck") for n in range(low, high)}
        return tuple(
            Doubtful(self._stream.text[d.at], d.sure, d.others, self._stream.word_at(d.at))
            for d in found
            if d.at not in struck
        )

    def _choice(self, link: Link) -> None:
        target, where = link.target, self._where(link)
        slot = self._stream.slot_at(link.occurrence.start)
        cells = choices.columns(self._stream, slot, target.type) if slot else {}
        if slot is not None and cells:
            picked = choices.from_columns(self._stream, cells)
            labels = sum(bool(k.target.name) for k in self._regions.labels_in(slot))
            if self._recognised and not option_rows.is_sound(self._stream, slot, cells, target.type, labels):
                picked = replace(picked, confidence=min(picked.confidence, UNMARKED))
            own = [(link.occurrence.end, max(slot.end, link.occurrence.end))]
            others = self._regions.rest_of_row(slot, list(cells.values()))
            spans = [(c.start, max(c.end, c.start + 1)) for c in cells.values()]
            self._claimed += spans + others
            rest = clean([self._stream.said(a, b) for a, b in own + others], "lines")
        else:
            spans = others = self._regions.of(link, self._row)
            picked = choices.from_text(self._stream, spans, target.type, recognised=self._recognised)
            rest = clean([picked.rest], "lines")
            said = "".join(self._stream.text[a:b] for a, b in spans)
            if self._recognised and choices.is_incomplete(said, target.type, picked):
                picked = replace(picked, confidence=min(picked.confidence, UNMARKED))
            if not target.rest and picked.value is None and rest and not says_nothing(rest):
                picked = replace(picked, value=rest, confidence=0.6, problem=_none_of(rest))
        raw = picked.value or ""
        ticked = [(c.start, c.end) for value, c in cells.items() if value == picked.value]
        shown = self._boxes(ticked if cells else spans)
        self._see(target.name, raw, where, spans, shown, picked.confidence, picked.problem)
        if target.rest:
            sure = _FLOATING if self._is_struck(others) else 1.0
            self._see(target.rest, rest, where, others, self._boxes(others), sure)

    def _boxes(self, spans: Sequence[tuple[int, int]]) -> tuple[Box, ...]:
        return tuple(box for a, b in spans for box in self._stream.boxes(a, b))

    def _where(self, link: Link) -> str:
        part = self._stream.part_at(link.occurrence.start)
        if part.cell is not None:
            return f"{self._source}, table {part.cell.table} row {part.cell.row + 1}"
        if part.box is not None:
            return f"{self._source}, page {part.box.page}"
        return f"{self._source}, line {self._stream.text.count(chr(10), 0, link.occurrence.start) + 1}"


def _none_of(rest: str) -> str:
    return f"“{rest[:60]}” is none of the answers that this box offers"


def parse(raw: str, target_type: str, written: date) -> Parsed:
    """The value of a raw text by the type of its field."""
    if not raw:
        return BLANK
    if len(raw) > LONGEST and target_type not in ("line", "lines", "address", "free"):
        return Parsed(raw, 0.5, "This is far longer than what the box asks for")
    if target_type in ("date", "birth"):
        return dates.parse(raw, written, birth=target_type == "birth")
    if target_type in ("yesno", "gender", "level"):
        return choice.parse(raw, target_type)
    parser = {"name": names.parse, "phone": phone.parse, "email": email.parse, "upn": upn.parse,
              "postcode": postcode.parse, "year": year_group.parse}.get(target_type)  # fmt: skip
    return parser(raw) if parser else Parsed(raw)
