"""An officer's mail out of the blue: a command to the bot, with its values (VOCABULARY, "Commands of officers")."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from parsers.answers.clauses import Said, cleaned, take_apart
from parsers.answers.context import AnswerContext
from parsers.answers.details import read_details
from parsers.answers.fill import outcome_of, own_words
from parsers.answers.places import laestab
from parsers.answers.says import Says
from parsers.reading import Answer, Understanding

WEIGHTY = frozenset({"close", "traced", "merge"})
"""Shown back for one tap; refused in a mail that also raises a concern."""

_POLITE = (
    r"^(?:(?:hi|hello|hiya|dear|morning|good morning|good afternoon|afternoon)\b[^,\n!.]{0,25}[,!.]?\s*)?"
    r"(?:(?:please|pls|kindly)\s+)?(?:(?:can|could|would|will) (?:you|we|i)(?: please)?\s+)?(?:i(?:'d| would) like (?:you )?to\s+|i (?:want|need) (?:you )?to\s+|just\s+|let's\s+|now\s+)?"
)
_CASE_REF = r"(?:CME-\d{4}-\d{3,6})"
_ABOUT = rf"(?:(?:this|the|my|that|it|him|her|them|for|on|of|case|cases|as|number|no\.?|ref(?:erence)?|{_CASE_REF})\b[\s:,]*)*"

_VERBS: tuple[tuple[str, str], ...] = (
    ("stop-chasing", r"(?:stop|pause|cease|no more|don'?t|do not|quit) (?:chas\w+|nagg\w+|remind\w+|pester\w+|writing to|mailing|emailing|asking)|no need to (?:chase|remind)|call off the chas\w+"),
    ("ask-again", r"(?:ask|chase|try|write to|email|mail|enquire of|contact|remind) (?=.{0,60}\bagain\b)|re-?ask\b|ask again\b|chase up\b|send another (?:chaser|enquiry|reminder) to|chase (?!.*\bstop\b)"),
    ("resend", r"re-?send\b|send (?=(?:\S+\s+){0,6}again\b)|send (?:that|it|me) (?:mail |email |again)"),
    ("reopen", r"re-?open\b|open (?=(?:\S+\s+){0,6}again\b)|un-?close\b"),
    ("new-case", r"(?:new|open a(?:nother)?(?: new)?|start a(?: new)?|create a(?: new)?|raise a(?: new)?|set up a(?: new)?|log a(?: new)?|add a(?: new)?|begin a(?: new)?) (?:cme |tracking |missing )?case\b|new-case\b"),
    ("my-cases", r"(?:(?:show|list|send|give|what are|which are|see|view|tell)\b.{0,12})?\bmy[- ](?:open |current )?(?:cases|caseload|list)\b|my-cases\b|what(?:'s| is) on my (?:list|plate)|which cases (?:are mine|do i have|have i got)"),
    ("overdue", r"(?:(?:show|list|send|give|see|tell|get)\b.{0,20})?\b(?:over-?due|late cases)\b|what(?:'s| is|s) (?:over-?due|late|outstanding)|which (?:cases |ones )?are (?:over-?due|late)|anything overdue"),
    ("history", r"(?:(?:show|send|give|see|view|get)\b.{0,20})?\b(?:full )?(?:history|timeline|chronology|audit trail)\b|what (?:has )?happened (?:so far|on|with|in)|what(?:'s| has| have) (?:happened|been done)"),
    ("status", r"(?:(?:show|send|give|see|view|get|what(?:'s| is))\b.{0,20})?\bstatus\b|where (?:are we|have we got|do we stand|is this|are things|does this|has this)|what(?:'s| is) (?:the latest|happening|the position|the state|going on|the current position)|any (?:news|update)s?\b|(?:send|give)? ?(?:me )?an? update\b|how (?:is|are) (?:this|it|things|case)|what stage"),
    ("merge", r"(?:merge|combine|amalgamate)\b|join (?=.*\bcase|.*\btogether|.*CME-)|(?:is|are) (?:a |the )?(?:duplicates?|same) (?:of|as|child)"),
    ("link", r"(?:link|connect|associate|tie|cross-?reference)\b"),
    ("split", r"(?:split|separate|unmerge|un-?link|divide|pull apart)\b"),
    ("hold", r"(?:put (?:\S+\s+){0,5}?on hold|hold\b|suspend\b|pause\b|park\b|freeze\b|keep (?:\S+\s+){0,3}?on hold)"),
    ("undo", r"(?:undo|revert|reverse|take (?:that|it|my last|the last)\S* back|cancel (?:that|my last|the last|what)|scrap that|roll back|un-?do|i made a mistake|ignore my last|strike that)\b"),
    ("correct", r"(?:correct(?:ion)?|amend|change|update|fix|alter|edit|set)\b(?=.{0,60}\b(?:to|is|should|date|dob|d\.o\.b|surname|name|address|postcode|school|upn|spelt|spelling|year|phone|mobile|gender|first day|:))|(?:the |his |her |their )?(?:date of birth|dob|surname|forename|first name|last name|address|postcode|upn|year group|school)\b.{0,30}\b(?:should be|is wrong|is actually|is really|is spelt)\b"),
    ("remind", r"remind (?:me|us)\b|remind\b(?=.{0,40}\d|.{0,40}\b(?:on|in|next|tomorrow)\b)|set a reminder|nudge me|diarise|bring (?:this |it )?(?:up|back|forward)|b/?f\b|prompt me|chase me"),
    ("assign", r"(?:assign|re-?assign|allocate|re-?allocate|hand(?: over)?|transfer|pass|give)\b(?=.{0,60}\b(?:to|over)\b|.{0,20}@|\s+[A-Z])"),
    ("traced", r"(?:mark (?:\S+\s+){0,4}?(?:as )?traced|traced\b|(?:child|he|she|they|pupil|family|\S+(?: \S+)?) (?:is|has been|have been|are|was|now) (?:now )?(?:traced|located|found)\b|located\b)"),
    ("close", r"(?:close|shut|conclude|end|finish)\b|(?:this |case )?(?:can|should|to) be closed\b|(?:case )?closed\b|no further action"),
    ("note", r"(?:file ?note|note(?: to file| for file| for the file| that| on(?: the)? (?:case|file))?|add (?:a |the following |this )?(?:file )?note|record (?:that|a note|the following)|log (?:that|a note|the following)|for the (?:file|record)|please note|make a note|put (?:a note|this) on (?:the )?(?:file|case)|n\.?b\.?)\b"),
    ("help", r"help\b|what (?:can|do) (?:you|i) (?:do|say|write|ask|type)|how (?:do|does|can) (?:i|this|you)\b.*(?:work|use|do|ask)|(?:what |which |list )?commands?\b|what are (?:the|your) commands|instructions"),
)  # fmt: skip
_COMMANDS = tuple(
    (name, re.compile(_POLITE + rf"(?:{_CASE_REF}\s*[:,-]?\s*)?(?:case\s+)?(?P<verb>{verb})", re.IGNORECASE))
    for name, verb in _VERBS
)
_NEGATED = re.compile(
    r"\b(?:do not|don'?t|dont|never|not|please don'?t|no need to|shouldn'?t|should not|cannot|can'?t) (?:yet |please )?(?:close|merge|link|split|assign|reopen|hold|undo|traced|mark|resend|trace)",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:should (?:we|i)|shall (?:we|i)|do (?:we|you|i)|did (?:we|you)|why|when|i think|i wonder|thinking of|might|maybe|perhaps|probably|if (?!only)|unless|not sure|whether|can this|should this|is it ok)\b",
    re.IGNORECASE,
)
_FIELDS: tuple[tuple[str, str], ...] = (
    ("child.date_of_birth", r"date of birth|d\.?o\.?b\.?|birth ?date|birthday|birth date"),
    ("child.other_surnames", r"other surnames?|aka|also known as|previous surname"),
    ("child.surname", r"surname|last name|family name|second name"),
    ("child.forenames", r"first names?|forenames?|given names?|christian name"),
    ("child.year_group", r"year group|ncy|school year"),
    ("child.upn", r"upn|unique pupil number"),
    ("child.gender", r"gender|sex"),
    ("child.sen", r"sen\b|special (?:educational )?needs?"),
    ("address.moved_to", r"new address|moved to|address moved to|forwarding address"),
    ("address.local_authority", r"local authority"),
    ("address.postcode", r"post ?code"),
    ("address.last_known", r"(?:last known |old |home |previous |current )?address"),
    ("absence.first_day", r"first (?:day|date) (?:of )?(?:unexplained )?absen\w+|absence date|absent since|absent from"),
    ("attendance.last_day", r"last (?:day|date)(?: of attendance| at school| attended| in school)?|last attend\w+"),
    ("expected.start", r"expected start|start date|expected date"),
    ("destination.country", r"country|destination"),
    ("school.previous", r"previous school"),
    ("school.last_attended", r"school last attended|last school"),
    ("school.current", r"(?:current )?school"),
    ("referral.date", r"referral date|date of referral|date of enquiry"),
    ("carer_1.mobile", r"(?:mum'?s? |mother'?s? |parent'?s? |carer'?s? )?mobile(?: number| no\.?)?"),
    ("carer_1.home_phone", r"home phone|(?:mum'?s? |mother'?s? |parent'?s? |carer'?s? )?(?:tele)?phone(?: number| no\.?)?"),
    ("carer_1.surname", r"(?:mum|mother|parent|carer)'?s? surname"),
    ("carer_1.forename", r"(?:mum|mother|parent|carer)'?s? (?:first name|forename)"),
    ("carers", r"parents?(?:/carers?)?|carers?|mum|mother|dad|father"),
    ("referrer.name", r"referrer(?:'s)?(?: name)?"),
)  # fmt: skip


def order(text: str, context: AnswerContext, says: Says, concern: bool) -> Understanding:
    """The command in the mail, if there is one and no doubt about it. What weighs is to be confirmed; beside a concern
    it is refused (a person is told)."""
    text = cleaned(text).strip()
    said = take_apart(text, context.day, context.child, says.lexicon)
    found = _command(text)
    if found is None:
        return Understanding("ask")
    name, line, after = found
    values = {"command": name} | _case(said) | _VALUES.get(name, _nothing)(line, after, said, context, says)
    answer = Answer("command", {k: v for k, v in values.items() if v not in ("", None)}, 0.95)
    if _doubtful(name, line, values) or (concern and name in WEIGHTY):
        return Understanding("ask", (Answer("command", answer.values, 0.4),))
    return Understanding("confirm" if name in WEIGHTY else "understood", (answer,))


def _command(text: str) -> tuple[str, str, str] | None:
    """The command's name, its sentence, and the text after its verb. The first sentence that begins with one counts."""
    for match in re.finditer(r"[^\n]+", text):
        for start in _starts(match[0]):
            rest = match[0][start:]
            for name, expression in _COMMANDS:
                found = expression.match(rest)
                if found:
                    at = match.start() + start
                    sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z])", rest)[0]
                    return name, sentence, text[at + found.end("verb") :]
    return None


def _starts(line: str) -> list[int]:
    """Where a command may begin in a line: at its beginning, after a sentence's end, after a greeting or a comma."""
    return [0, *(m.end() for m in re.finditer(r"(?:[.!?]\s+|,\s+(?:so\s+|please\s+|and\s+)?|[-–—]\s+|:\s+)", line))]


def _doubtful(name: str, sentence: str, values: Mapping[str, Any]) -> bool:
    if _NEGATED.search(sentence) and name != "stop-chasing":
        return True
    asks = sentence.rstrip().endswith("?") and name not in ("status", "history", "help", "overdue", "my-cases")
    if name == "note" and re.match(r"(?:please |pls )?note\b", sentence, re.IGNORECASE) and not (values.get("case") or re.match(r"(?:please )?note\b\s*(?:to file|for (?:the )?file|on (?:the )?(?:case|file))?\s*[:-]", sentence, re.IGNORECASE)):
        return True
    if asks and not re.search(r"\b(?:can|could|would|will) (?:you|we)\b|please", sentence, re.IGNORECASE):
        return True
    if name in ("close", "traced", "merge", "assign", "reopen", "split", "link", "undo", "hold") and _DOUBTED.search(
        sentence
    ):
        return True
    needed = {
        "close": "outcome",
        "assign": "who",
        "note": "text",
        "remind": "date",
        "merge": "case",
        "link": "case",
        "stop-chasing": "who",
        "ask-again": "who",
        "traced": "school",
        "new-case": "text",
    }
    if name == "correct":
        return not (values.get("field") and values.get("value"))
    return bool(needed.get(name)) and not values.get(needed[name])


def _case(said: Said) -> dict[str, Any]:
    cases = [t.text.upper() for t in said.of("case")]
    return {"case": cases[0]} if cases else {}


def _nothing(line: str, after: str, said: Said, context: AnswerContext, says: Says) -> dict[str, Any]:
    return {}


def _close(line: str, after: str, said: Said, context: AnswerContext, says: Says) -> dict[str, Any]:
    why = re.search(
        r"\b(?:because|since|reason:?|as (?=he|she|they|mum|dad|the|we|it|i\b|child|family|parents?))\s+(?P<w>.+)|[-–:,.]\s+(?P<x>.+)",
        re.sub(_CASE_REF, "", after),
        re.IGNORECASE | re.DOTALL,
    )
    return {
        "outcome": outcome_of(line, says.outcomes) or outcome_of(after.split("\n")[0], says.outcomes),
        "why": _plain(next(g for g in why.groups() if g)) if why else "",
    }


def _traced(line: str, after: str, said: Said, context: AnswerContext, says: Says) -> dict[str, Any]:
    schools = said.of("school")
    number = laestab(" ".join(t.text for t in said.of("laestab")))
    named = re.search(r"\b(?:to|at|in)\s+(?P<n>[A-Z][\w'’]+(?:\s+[A-Z][\w'’]+)*)", after)
    school = " ".join(schools[0].text.split()) if schools else (named["n"] if named else "")
    return {"school": school or number, "laestab": number}


def _who(line: str, after: str, said: Said, context: AnswerContext, says: Says) -> dict[str, Any]:
    emails = said.of("email")
    if emails:
        return {"who": emails[0].text}
    text = re.sub(rf"{_CASE_REF}", " ", after.split("\n")[0])
    moved = re.search(r"\bto\s+(?P<w>[^.,;!?]+)", text)
    who = moved["w"] if moved and not re.match(r"\s*(?:chase|ask)", text) else text
    who = re.split(
        r"\s+(?:again|please|about|for|on|re|until|as|because|from|now|anymore|any more|thanks|to|in|instead|today|regarding|and|since)\b|[.,;!?]",
        " " + who.strip(),
    )[0].strip()
    who = re.sub(
        r"^(?:the|this|that|up|with|case|it|him|her|them|over|on)\s+", "", re.sub(r"^(?:this|it|case)\s+", "", who)
    )
    if who.lower() in ("me", "myself"):
        return {"who": context.role or "writer"}
    return {"who": "" if who.lower() in ("", "this", "it", "case", "him", "her", "them", "the", "again", "someone", "somebody", "anyone", "a worker", "worker", "another worker") else who}


def _note(line: str, after: str, said: Said, context: AnswerContext, says: Says) -> dict[str, Any]:
    text = re.sub(
        rf"^[\s:,.-]*(?:(?:on|for|to|about|re|case)\s+)*(?:(?:the )?(?:file|case|record)\b)?[\s:,]*(?:{_CASE_REF})?[\s:,.-]*(?:that\b)?[\s:,-]*",
        "",
        after,
    )
    return {"text": _plain(text)}


def _remind(line: str, after: str, said: Said, context: AnswerContext, says: Says) -> dict[str, Any]:
    days = [t.day.future for t in said.of("date") if t.day]
    return {"date": days[0].isoformat() if days else ""}


def _hold(line: str, after: str, said: Said, context: AnswerContext, says: Says) -> dict[str, Any]:
    days = [t.day.future for t in said.of("date") if t.day]
    why = re.search(
        r"\b(?:because|as|since|due to|while|whilst|pending|awaiting|waiting for|reason:?)\s+(?P<w>[^\n]+)|[-–:]\s+(?P<x>[^\n]+)|[.,]\s+(?P<y>[^\n]+)",
        re.sub(_CASE_REF, "", after),
        re.IGNORECASE,
    )
    return {
        "until": days[0].isoformat() if days else "",
        "why": _plain(next(g for g in why.groups() if g)) if why else "",
    }


def _other_case(line: str, after: str, said: Said, context: AnswerContext, says: Says) -> dict[str, Any]:
    """`case` is the one that is linked or merged with: the last that is named."""
    cases = [t.text.upper() for t in said.of("case")]
    return {"case": cases[-1]} if cases else {}


def _correct(line: str, after: str, said: Said, context: AnswerContext, says: Says) -> dict[str, Any]:
    first = next(((f, m) for f, way in _FIELDS if (m := re.search(rf"\b(?:{way})\b", line, re.IGNORECASE))), None)
    if not first:
        return {}
    field, match = first
    rest = line[match.end() :]
    days = [t for t in said.of("date") if t.day]
    if field.endswith(("date_of_birth", "first_day", "last_day", "start", ".date")):
        return {"field": field, "value": days[-1].day.past.isoformat() if days and days[-1].day else ""}
    value = re.search(
        r"(?:\bto\b|\bis\b|\bshould (?:be|read)\b|\bspelt\b|\bas\b|[:=-])\s*(?:now\s+|actually\s+|really\s+|spelt\s+)*(?P<v>.+)$",
        rest,
    )
    if not value:
        value = re.search(rf"^(?:\s*(?:of|for|on)?\s*{_CASE_REF})?\s+(?P<v>[A-Z0-9].+)$", rest)
    text = _plain(value["v"]).rstrip(".") if value else read_details(said, context.day).get(field, "")
    text = re.split(r"\s*(?:,?\s+(?:not|instead of|rather than)\b|\s+(?:please|thanks)\b)", text)[0]
    return {"field": field, "value": text}


def _new_case(line: str, after: str, said: Said, context: AnswerContext, says: Says) -> dict[str, Any]:
    text = _plain(re.sub(r"^[\s:,.-]*(?:(?:please|for)\b)?[\s:,.-]*", "", after))
    return {"text": text or own_words(said)}


def _plain(text: str) -> str:
    text = re.sub(
        r"\n\s*(?:thanks|thank you|many thanks|regards|kind regards|best wishes|cheers)\b.*$",
        "",
        text,
        flags=re.IGNORECASE | re.DOTALL,
    )
    return " ".join(text.split()).strip(" ,;:-–")


_VALUES: Mapping[str, Callable[[str, str, Said, AnswerContext, Says], dict[str, Any]]] = {
    "close": _close, "traced": _traced, "assign": _who, "stop-chasing": _who, "ask-again": _who, "note": _note,
    "remind": _remind, "hold": _hold, "link": _other_case, "merge": _other_case, "correct": _correct,
    "new-case": _new_case,
}  # fmt: skip
