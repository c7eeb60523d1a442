"""The little language in which says.toml writes what people say, compiled to regular expressions over clauses.

word        that word                      a/b         either word
@class      a word list of [class]         <school>    a thing found in the text: school, address, date ...
word?       may be missing                 *  **       up to three, up to eight words (none of them a "no")
wor%        any word that begins so        {worker}    one to four words, kept under that name
^  $        the clause's beginning, its end
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_NOT_A_NO = r"(?! (?:not|no|never|nobody|none|neither|nor|nothing|without|unable)\b)"
_NOT_A_GUESS = (
    r"(?! (?:think|thought|believe|suspect|might|may|maybe|perhaps|possibly|probably|if|unless"
    r"|whether|seems?|hopefully|likely"
    r"|unlikely|assume|reckons?|guess|should|would|apparently|supposed|meant|expected|sure|certain|used)\b)"
)
_NOT_A_PLAN = r"(?! (?:will|shall|going|plan|plans|planning|hope|hoping|intend|due)\b)"
_GAPS = {"*": 3, "**": 8}
_SLOT = re.compile(r"\{([a-z_-]+)\}")


class BadPattern(ValueError):
    """A phrase of says.toml that cannot be read; the message names it and the mend."""


def compile_patterns(
    phrases: Sequence[str], classes: Mapping[str, Sequence[str]], *, plan: bool = True
) -> tuple[re.Pattern[str], ...]:
    """Expressions that find the phrases in a clause whose every word has a blank in front: one for all that keep
    nothing, one for each that keeps a slot (a name may stand in an expression only once). No gap reaches over a "no" or
    a guess, nor, unless `plan`, over a "will"."""
    plain = [_phrase(p, classes, plan) for p in phrases if "{" not in p]
    slotted = [_phrase(p, classes, plan) for p in phrases if "{" in p]
    joined = ["|".join(f"(?:{p})" for p in plain)] if plain else []
    return tuple(re.compile(p) for p in slotted + joined)


def literals(phrases: Sequence[str], classes: Mapping[str, Sequence[str]]) -> set[str]:
    """The plain words that the phrases name; what a typo may have been meant for."""
    found: set[str] = set()
    for phrase in phrases:
        for item in phrase.split():
            item = item.rstrip("?")
            for one in item.split("/"):
                words = [w for p in classes.get(one[1:], ()) for w in p.split()] if one.startswith("@") else [one]
                found |= {w for w in words if w.isalpha()}
    return found


def triggers(phrases: Sequence[str], classes: Mapping[str, Sequence[str]]) -> frozenset[str] | None:
    """Words of which a clause must hold one, else no phrase can be found in it: of each phrase those of the item that
    leaves the fewest open. None where some phrase names no whole word."""
    found: set[str] = set()
    for phrase in phrases:
        items = [i for i in phrase.split() if i not in ("^", "$", *_GAPS) and not i.endswith("?") and "{" not in i]
        options = [[o for one in i.split("/") for o in _options(one, phrase, classes)] for i in items]
        whole = [ways for ways in options if not any("%" in way for way in ways)]
        if not whole:
            return None
        found |= {max(way.split(), key=len) for way in min(whole, key=len)}
    return frozenset(found)


def _phrase(phrase: str, classes: Mapping[str, Sequence[str]], plan: bool) -> str:
    return "".join(_item(item, phrase, classes, plan) for item in phrase.split())


def _item(item: str, phrase: str, classes: Mapping[str, Sequence[str]], plan: bool) -> str:
    if item == "^":
        return "^"
    if item == "$":
        return "$"
    if item in _GAPS:
        barred = _NOT_A_NO + _NOT_A_GUESS + ("" if plan else _NOT_A_PLAN)
        return rf"(?:{barred} [^ ]+){{0,{_GAPS[item]}}}?"
    optional = "?" if item.endswith("?") else ""
    item = item.rstrip("?")
    slot = _SLOT.fullmatch(item)
    if slot:
        return rf"(?P<{slot[1].replace('-', '_')}>(?:{_NOT_A_NO} [^ ]+){{1,4}}?){optional}"
    options = [o for one in item.split("/") for o in _options(one, phrase, classes)]
    either = "|".join(f" {_word(o)}" for o in sorted(options, key=len, reverse=True))
    return f"(?:(?:{either})(?= |$)){optional}"


def _options(item: str, phrase: str, classes: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if not item.startswith("@"):
        return (item,)
    if item[1:] not in classes:
        raise BadPattern(f"{phrase!r} speaks of the word list {item!r}; there is none of that name under [class].")
    return classes[item[1:]]


def _word(word: str) -> str:
    if word.endswith("%"):
        return re.escape(word[:-1]) + r"[^ ]*"
    return re.escape(word).replace(r"\ ", " ")
