"""A reply that answers about several rows of a list: what it says of which, by the row's code or the child's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_CODE = r"(?:L\s?-?\s?|(?:row|line)s?\s+L?\s?-?)(\d{1,6})"
_CODES = re.compile(rf"^\W*{_CODE}((?:\s*(?:,|&|\+|/|and)\s*(?:L\s?-?)?\d{{1,6}})*)(?=\W|$)", re.IGNORECASE)
_ANY_CODE = re.compile(rf"\b{_CODE}(?=\W|$)", re.IGNORECASE)
_IN_TURN = re.compile(r"\s*[,;.]\s+(?:(?:and|but|while|whereas)\s+)?|\s+(?:and|but|while|whereas)\s+", re.IGNORECASE)
_SEPARATOR = re.compile(r"^[\s:=\-–—,.;>)\]]+")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of these rows (codes `L2`). `doubt`: the code and the name in it are of two children, or it is the
    code of no row."""

    codes: tuple[str, ...]
    text: str
    doubt: bool = False


def code_of(line: int) -> str:
    """The code of a row in mails: L and where it stands in its file."""
    return f"L{line}"


def by_row(text: str, children: Mapping[str, str]) -> tuple[list[Said], str]:
    """The lines that begin with a row's code or a child's name, and the rest of the reply. `children` are the names by
    their codes. A name alone on its line speaks of the next one."""
    found: list[Said] = []
    rest: list[str] = []
    waiting: Said | None = None
    for line in filter(str.strip, _parted(text, children)):
        said = _coded(line, children) or _named(line, children)
        if said is None and waiting is not None and not _mentions(line, children):
            said, waiting = Said(waiting.codes, line.strip(), waiting.doubt), None
            found[-1] = said
        elif said is None:
            rest.append(line)
        else:
            found.append(said)
            waiting = said if not said.text else None
    return found, "\n".join(rest)


def _parted(text: str, children: Mapping[str, str]) -> Iterator[str]:
    """The lines; one that speaks of several children in turn ("Ivo is at Larkmead, Simi never came") is as many, where
    each part begins with another child's name."""
    for line in text.splitlines():
        parts = [part for part in _IN_TURN.split(line) if part.strip()]
        begins = [_begins_with(part, children) for part in parts]
        if len(parts) > 1 and all(begins) and len(set(begins)) == len(parts):
            yield from parts
        else:
            yield line


def _begins_with(part: str, children: Mapping[str, str]) -> str:
    """The code of the one child of whom a part speaks, and with whose name it begins; "" where it says nothing more."""
    mentioned = _mentions(part, children)
    code = next(iter(mentioned)) if len(mentioned) == 1 else ""
    says = without_name(part.strip(), [children[code]]) if code else ""
    return code if says and says != part.strip() else ""


def who_is(name: str, children: Mapping[str, str]) -> str:
    """The code of the one child whom that name means; "" when it is none or several."""
    told = _words(name)
    meant = [code for code, child in children.items() if told and set(told) <= set(_words(child))]
    return meant[0] if len(meant) == 1 else ""


def _coded(line: str, children: Mapping[str, str]) -> Said | None:
    begin = _CODES.match(line)
    if not begin:
        return None
    codes = [code_of(int(begin[1])), *(code_of(int(n)) for n in re.findall(r"\d+", begin[2]))]
    known = tuple(code for code in codes if code in children)
    said = _SEPARATOR.sub("", line[begin.end() :])
    named = _mentions(said, children)
    doubt = not known or bool(named and not named & set(known)) or len(known) < len(codes)
    doubt = doubt or any(code_of(int(m[1])) not in known for m in _ANY_CODE.finditer(said))
    return Said(known, without_name(said, [children[c] for c in known]), doubt)


def _named(line: str, children: Mapping[str, str]) -> Said | None:
    """A line that begins with the name of one child, and speaks of no other."""
    text = re.sub(r"^\s*(?:\(?\d{1,3}[.)]\s|[-•*>–]+)\s*", "", line).strip()
    mentioned = _mentions(text, children)
    if len(mentioned) != 1:
        return None
    code = next(iter(mentioned))
    own = without_name(text, [children[code]])
    return Said((code,), own) if own != text.strip() else None


def without_name(text: str, names: Sequence[str]) -> str:
    """The text without the name with which it begins."""
    wanted = {word for name in names for word in _words(name)}
    at = 0
    for word in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", text):
        if word.group().casefold().replace("’", "'") not in wanted or text[at : word.start()].strip(" ,'-"):
            break
        at = word.end()
    return _SEPARATOR.sub("", text[at:]).strip() if at else text.strip()


def _mentions(text: str, children: Mapping[str, str]) -> set[str]:
    """The children whom a text names, by a name that is theirs alone."""
    told = set(_words(text))
    return {
        code
        for code, name in children.items()
        if any(word in told for word in _own_words(code, children)) or (told >= set(_words(name)) and _words(name))
    }


def _own_words(code: str, children: Mapping[str, str]) -> list[str]:
    """The forenames that no other child of the list has."""
    others = {word for other, name in children.items() if other != code for word in _words(name)}
    return [word for word in _words(children[code])[:-1] if word not in others and len(word) > 2]


def _words(text: str) -> list[str]:
    return [w.casefold().replace("’", "'") for w in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)]
