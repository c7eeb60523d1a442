"""The days of an answer, ISO 8601: of the visit, of the first absence, until when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from parsers.answers.clauses import Clause, Said
from parsers.answers.details import day_of
from parsers.answers.things import Thing
from parsers.answers.values.scene import Scene, Taken
from parsers.answers.when import Direction, find_days
from parsers.answers.words import any_of, english


def _iso(thing: Thing, direction: Direction) -> str:
    assert thing.day is not None
    return thing.day.towards(direction).isoformat()


def _day(scene: Scene, name: str) -> str:
    found = scene.nearest("date")
    return _iso(found, "past") if found else ""


def _removal_day(scene: Scene, name: str) -> str:
    """The day on which the name came off; the day of a death or of the start elsewhere is none."""
    found = next((t for c in scene.said.clauses if not _of_another_day(c.joined) for t in c.things("date")), None)
    return _iso(found, "past") if found else ""


def _of_another_day(words: str) -> bool:
    return bool(_OF_DEATH.search(words) or (_OF_A_START.search(words) and not _OF_A_REMOVAL.search(words)))


_OF_DEATH = any_of(["died", "passed away", "death", "deceased", "funeral"])
_OF_A_START = any_of(["started", "starts", "starting", "joined", "joins", "begins", "began", "enrolled", "admitted"])
_OF_A_REMOVAL = any_of(["removed", "removal", "off roll", "off", "deleted", "left", "last day"])


def _ahead_day(scene: Scene, name: str) -> str:
    """A day to come; one with its year stays what it is."""
    found = scene.nearest("date")
    return _iso(found, "future") if found else ""


_VISITING = any_of(
    [
        "visit",
        "visited",
        "visits",
        "called",
        "went",
        "popped",
        "knocked",
        "attended",
        "tried",
        "dropped",
        "drove",
        "been",
        "attempted",
        "no answer",
        "no reply",
        "no response",
        "nobody",
        "saw",
        "seen",
        "met",
        "spoke",
        "spoken",
        "hv",
        "out to",
        "round",
        "there",
        "home visit",
        "answered",
        "card",
        "not in",
        "no one",
    ]
)


_THEIRS = any_of(
    [
        "moved",
        "left",
        "gone",
        "vacated",
        "handed",
        "keys",
        "tenancy",
        "since",
        "evicted",
        "sold",
        "ended",
        "not seen",
        "seen them",
        "seen them since",
        "last",
        "returned to",
        "expected",
        "back to",
        "away",
        "until",
        "coming back",
        "going",
        "will",
        "due",
        "born",
        "moving",
    ]
)


def _visit_day(scene: Scene, name: str) -> str:
    """The day of the visit, not the day on which the neighbours saw the family last."""
    dated = [(c, t) for c in scene.said.clauses for t in c.things("date")]
    told = [t for c, t in dated if _VISITING.search(c.joined) and not _THEIRS.search(c.joined)]
    told += [t for c, t in dated if not _THEIRS.search(c.joined) and not told]
    told += [t for c, t in dated if _goes_round(c) and not told]
    return _iso(told[0], "past") if told and _iso(told[0], "past") <= scene.context.day.isoformat() else ""


def _told_visit_day(scene: Scene, name: str) -> str:
    """The day of a visit that is told of and nothing else: no day on which somebody is to be rung, or away."""
    dated = [(c, t) for c in scene.said.clauses for t in c.things("date") if not c.asks]
    told = [
        _iso(t, "past")
        for c, t in dated
        if not _THEIRS.search(c.joined)
        and not english().future.search(c.joined)
        and (_VISITING.search(c.joined) or _says_a_day(c))
    ]
    return told[0] if told and told[0] <= scene.context.day.isoformat() else ""


def _says_a_day(clause: Clause) -> bool:
    """Whether the clause is a day and no more: "on Tuesday morning"."""
    return (
        re.fullmatch(r"(?: (?:on|from|since|of|as|at|the|it|that|is|was|<time>|<date>|please))+", clause.joined)
        is not None
    )


def bare_day(said: Said) -> bool:
    """Whether a day stands for itself in the reply; one in other words ("back Monday") may be any day."""
    return any(c.things("date") and _says_a_day(c) and not c.asks for c in said.clauses)


def _goes_round(clause: Clause) -> bool:
    return (
        re.search(
            (
                r" (?:visited|visit|called|went|knocked|attended|popped)(?= |$).* <date>|<date>.* (?:visit"
                r"|visited|called|went|knocked|attended)(?= |$)"
            ),
            clause.joined,
        )
        is not None
    )


_SEEN = any_of(
    [
        "seen",
        "last",
        "attended",
        "arrested",
        "presented",
        "contact",
        "stopped",
        "moved",
        "since",
        "from",
        "registered",
        "on",
        "in",
        "left",
    ]
)


def _seen_day(scene: Scene, name: str) -> str:
    found = [t for c in scene.said.clauses for t in c.things("date") if _SEEN.search(c.joined)]
    return _iso(found[0], "past") if found else ""


_ABSENCE = re.compile(
    (
        r"(?:absen\w*|missing|not (?:been )?(?:in|seen)|hasn'?t been in|off|away|last (?:seen|in)|day 1"
        r"|n code)\b[^.\n]{0,40}?$"
    ),
    re.IGNORECASE,
)


def _absence_day(scene: Scene, name: str) -> str:
    """A day after "absent since", "first day of absence"."""
    for thing in scene.said.of("date"):
        if _ABSENCE.search(scene.said.text[max(0, thing.start - 60) : thing.start]) and not re.search(
            r"\blast (?:day|attended|in school)\b",
            scene.said.text[max(0, thing.start - 30) : thing.start],
            re.IGNORECASE,
        ):
            return _iso(thing, "past")
    return ""


_LIST = re.compile(
    r"(?<![\w/.-])(?P<days>\d{1,2}(?:st|nd|rd|th)?(?:\s*(?:,\s*and|,|&|\+|and)\s*\d{1,2}(?:st|nd|rd|th)?)+)"
    r"(?P<month>\s*/\d{1,2}(?:/\d{2,4})?(?!\d)|\s*(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"(?:,?\s+\d{4})?)",
    re.IGNORECASE,
)
""" "21, 24 and 25 Nov": the days of one month."""
_OLDEST_ATTEMPT = 2
"""Years: what lies further back is no day on which somebody was rung, but a birthday."""


def _days(scene: Scene, name: str) -> list[str]:
    """The days on which something was done: no birthday, no day of absence or of last attendance."""
    text, written = scene.said.text, scene.context.day
    lists = list(_LIST.finditer(text))
    found = [(t.start, _iso(t, "past")) for t in scene.said.of("date") if not day_of(text, t.start)]
    found = [(at, day) for at, day in found if not any(m.start() <= at < m.end() for m in lists)]
    for match in lists:
        each = (find_days(n + match["month"], written) for n in re.findall(r"\d{1,2}(?:st|nd|rd|th)?", match["days"]))
        found += [(match.start(), days[0].past.isoformat()) for days in each if days]
    absence, days = _absence_day(scene, name), [day for _, day in sorted(found, key=lambda f: f[0])]
    recent = [d for d in days if written.year - int(d[:4]) <= _OLDEST_ATTEMPT]
    return list(dict.fromkeys(d for d in recent if d != absence or days.count(d) > 1))


def _near_day(scene: Scene, name: str) -> str:
    """A day that may lie behind or ahead: without its year, the nearer one."""
    found = scene.nearest("date")
    if not found or not found.day:
        return ""
    back, ahead = scene.context.day - found.day.past, found.day.future - scene.context.day
    return _iso(found, "past" if back <= ahead else "future")


def _own_day(scene: Scene, name: str) -> str:
    """The day where the answer itself stands, or one that stands alone; "... until Friday" is another's."""
    here = [t for c in scene.clauses for t in c.things("date") if not _UNTIL.search(c.joined)]
    alone = [
        t for c in scene.said.clauses for t in c.things("date") if len(c.tokens) <= 2 and not _UNTIL.search(c.joined)
    ]
    found = here or alone
    return _iso(found[0], "past") if found else ""


_UNTIL = re.compile(r" (?:until|till|by|before) <date>")


_SINCE = re.compile(r"\b(?:since|from|last)\s+(?:the\s+)?$", re.IGNORECASE)
""" "Off sick since Thursday": that Thursday is over."""


def _until(scene: Scene, name: str) -> str:
    """The last day named where more time is asked for: "if I get a minute, otherwise Friday"."""
    here = (
        [t for c in scene.clauses for t in c.things("date")]
        or [t for c in scene.sentences() for t in c.things("date")]
        or list(scene.said.of("date"))
    )
    here = [t for t in here if not _SINCE.search(scene.said.text[max(0, t.start - 12) : t.start])]
    ahead = [t for t in here if _iso(t, "future") >= scene.context.day.isoformat() and not _gone(t, scene.context.day)]
    return max((_iso(t, "future") for t in ahead), default="")


def _gone(thing: Thing, written: date) -> bool:
    """A day without its year that was of late: nobody asks for eleven months ("started ringing round on 1 May")."""
    day = thing.day
    return day is not None and day.past != day.future and (day.future - written).days > _LONGEST


_LONGEST = 200
"""Days."""


DAYS: Mapping[str, Taken] = {
    "day": _day,
    "removal-day": _removal_day,
    "ahead-day": _ahead_day,
    "near-day": _near_day,
    "own-day": _own_day,
    "visit-day": _visit_day,
    "told-visit-day": _told_visit_day,
    "seen-day": _seen_day,
    "absence-day": _absence_day,
    "days": _days,
    "until": _until,
}
