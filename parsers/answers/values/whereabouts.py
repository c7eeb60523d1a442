"""Schools, addresses, countries: where a child is or went, as written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from parsers.answers.clauses import is_noise
from parsers.answers.places import laestab
from parsers.answers.values.scene import Scene, Taken


def _school(scene: Scene, name: str) -> str:
    return scene.nearest_words("school") or _named_school(scene) or _numbered_school(scene)


def _numbered_school(scene: Scene) -> str:
    """A school told by its seven-digit number alone; two numbers are none."""
    numbers = {laestab(thing.text) for thing in scene.said.of("laestab")}
    return numbers.pop() if len(numbers) == 1 else ""


_AT_NAME = re.compile(
    r" (?:at|to|with|attends|attending|joined|into|in|for|by|is|school|from|named) (?P<n><name>)(?= "
    r"|$)|^ (?P<m><name>)(?= |$)"
)


def _named_school(scene: Scene) -> str:
    """A school without the word: "he's at Windrush now"."""
    for clause in [*scene.clauses, *scene.sentences()]:
        found = list(_AT_NAME.finditer(clause.joined))
        if found and not CARE.search(scene.said.sentence(clause.sentence)):
            group = "n" if found[-1]["n"] else "m"
            return scene.word_before(clause, found[-1].end(group))
    return ""


def _attended_school(scene: Scene, name: str) -> str:
    """A school by its full name, or by a name where the child "attends" or "started at" it; a town is none."""
    if found := scene.nearest_words("school"):
        return found
    for clause in scene.sentences():
        match = _ATTENDS.search(clause.joined)
        if match and not CARE.search(scene.said.sentence(clause.sentence)):
            return scene.word_before(clause, match.end())
    return ""


_ATTENDS = re.compile(
    r" (?:attends|attending|enrolled|joined|started|pupil|on roll|school)(?:(?! in <name>) [^ ]+){0,3}? <name>(?= |$)"
)

CARE = re.compile(
    r"\b(?:(?:health|medical|walk-?in) cent(?:re|er)|surgery|hospital|infirmary|clinic|gp|gp's|doctors?'?|dentist"
    r"|medical practice|dental practice|practice|pharmacy|health visitor|a&e|a & e)(?!\w)",
    re.IGNORECASE,
)
"""Where people are treated: neither a school, nor where a family lives."""


def _address(scene: Scene, name: str) -> str:
    return scene.nearest_words("address")


def _family_address(scene: Scene, name: str) -> str:
    """An address that is not a surgery's."""
    for clause in [*scene.clauses, *scene.said.clauses]:
        for thing in clause.things("address"):
            if not _of_care(scene.said.text, thing.start):
                return scene.words(thing.start, thing.end)
    return ""


_AT_CARE = re.compile(rf"{CARE.pattern}(?:\s+(?:in|at|on|of)\s+[A-Z]\w+)?[\s,(–-]*(?:(?:at|on|in)\s+)?$", re.IGNORECASE)


def _of_care(text: str, at: int) -> bool:
    """Whether the address belongs to the surgery that stands before it."""
    return _AT_CARE.search(text[max(0, at - 60) : at]) is not None


_MOVED_TO = re.compile(
    r" (?:moved|gone|relocated|moving|back|living|live|lives|went|now|new address|forwarding address"
    r"|returned|staying|left|are|is|settled)(?: [^ ]+){0,4}? (?:to|in|at|with|is|for) (?P<n><name>"
    r"|<address>)(?= |$)"
)


_NEW_ADDRESS = re.compile(r" (?:new|forwarding|current|present) address(?: is| was| as)?(?: follows)? ?$")


def _new_address(scene: Scene, name: str) -> str:
    """Whereto the family went: an address, or as much of one as was said."""
    for clause in scene.said.clauses:
        found = _MOVED_TO.search(clause.joined)
        if found:
            return scene.word_before(clause, found.end("n"))
    first = scene.said.clauses[0] if scene.said.clauses and not scene.evidence else None
    before = ""
    for clause in scene.said.clauses:
        named = _NEW_ADDRESS.search(before) is not None  # "their new address: 5 Mill Lane"
        alone = clause.joined == " <address>" and (clause is first or named)
        before = clause.joined
        if clause.things("address") and (
            alone or re.search(r" (?:new|moved|forwarding|now|gone|living) ?", clause.joined)
        ):
            thing = clause.things("address")[0]
            return scene.words(thing.start, thing.end)
    return ""


def _where(scene: Scene, name: str) -> str:
    """Where a child was found or traced: a school, an address, a town, or "with his gran" as written."""
    if found := scene.nearest_words("school", "address"):
        return found
    for clause in scene.said.clauses:
        match = re.search(r" (?P<w>(?:at|in|with|to) (?:[^ ]+ ?){1,6})", clause.joined)
        if match and not is_noise(clause):
            first, last = clause.at(match.start("w") + 1), clause.at(match.end("w") - 1)
            words = [t for t in clause.tokens[first : last + 1] if not (t.thing and t.thing.kind == "date")]
            if len(words) > 1:
                return re.sub(r"^(?:at|in|to)\s+", "", scene.words(words[0].start, words[-1].end), flags=re.IGNORECASE)
    return ""


def _provision_where(scene: Scene, name: str) -> str:
    if found := scene.nearest_words("school"):
        return found
    for clause in [*scene.clauses, *scene.said.clauses]:
        match = re.search(
            r" (?:at|with|in|attending|attends|from|by|to|is) (?P<n><name>|the <name>|<address>)", clause.joined
        )
        if match:
            return scene.word_before(clause, match.end("n"))
    match = re.search(
        (
            r"\b((?:home|individual|1:1|one to one|online|hospital|alternative)\s+(?:tuition|tutoring"
            r"|provision|education|school)|the pru|pru|tuition)\b"
        ),
        scene.said.text,
        re.IGNORECASE,
    )
    return match[1] if match else ""


def _country(scene: Scene, name: str) -> str:
    found = scene.nearest("country")
    return found.text if found else ""


def _abroad_address(scene: Scene, name: str) -> str:
    if found := scene.nearest_words("address"):
        return found
    match = re.search(
        (
            r"\baddress(?:\s+(?:is|there|abroad|in [A-Z]\w+))*\s*(?:is|:|-)?\s*"
            r"(?P<a>(?:[^\n.;]|\.(?= \d))*?\d[^\n.;]*?(?=\s+and\b|[\n.;]|$)|"
            r"(?:ul\.|calle|rue|via)[^\n;]*?(?=\s+and\b|[\n;]|$))"
        ),
        scene.said.text,
        re.IGNORECASE,
    ) or re.search(
        r"(?:^|\b(?:at|to|:)\s+)(?P<a>(?:ul\.|calle|rue|via|str\.|strada|rua|avenida|plaza)\s[^\n;]*?\d[^\n;.]*)",
        scene.said.text,
        re.IGNORECASE,
    )
    return match["a"].strip(" ,.") if match else ""


_ABROAD_KIND = re.compile(
    r"\b(?:szko[lł]a|zesp[oó][lł]|liceum|gimnazjum|colegio|escuela|instituto|[sșş]coala|liceul|[eé]cole|lyc[eé]e|coll[eè]ge"
    r"|scuola|liceo|istituto|grundschule|realschule|gesamtschule|gymnasium|escola|[sš]kola|mokykla|basisschool)\b"
    r"(?:(?! in | and | since | from )[^,;\n]){0,60}",
    re.IGNORECASE,
)
"""What a school is called in the countries that families leave for, before its name."""
_CALLED = re.compile(
    r" (?:attends|attending|attend|enrolled at|joined|started at|start at|pupil at|roll at"
    r"|school(?: is| called| named)?) (?:at )?(?P<n><name>)(?= |$)"
)


def _abroad_school(scene: Scene, name: str) -> str:
    """A school by its full name, or one that the child "attends"; a street and a town are none."""
    kind = _ABROAD_KIND.search(scene.said.text)
    if kind:
        return kind[0].strip(" .")
    if found := scene.nearest_words("school"):
        return found
    for clause in scene.sentences():
        if called := _CALLED.search(clause.joined):
            return scene.word_before(clause, called.end("n"))
    return ""


_NOT_KNOWN = re.compile(
    r"\b(?:un|not |n[o']t )known\b|\bno idea\b|\b(?:do not|don't) know\b|\bnot (?:been )?told\b|\bno (?:new )?school\b",
    re.IGNORECASE,
)


def _new_school(scene: Scene, name: str) -> str:
    """The school that a child went to, by its full name; "not known" where the writer says so (3.10, 3.11)."""
    return scene.nearest_words("school") or ("not known" if _NOT_KNOWN.search(scene.said.text) else "")


def _laestab(scene: Scene, name: str) -> str:
    found = scene.said.of("laestab")
    return laestab(found[0].text) if found else ""


WHEREABOUTS: Mapping[str, Taken] = {
    "school": _school,
    "attended-school": _attended_school,
    "address": _address,
    "family-address": _family_address,
    "new-address": _new_address,
    "where": _where,
    "country": _country,
    "provision-where": _provision_where,
    "abroad-address": _abroad_address,
    "abroad-school": _abroad_school,
    "laestab": _laestab,
    "new-school": _new_school,
}
