"""Whether a school that refers a child early says why: that it doubts whether anybody will apply for a school (policy
3.5: "where the school has concerns about whether a school application will be made")."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^.!?;\n]+")
_DOUBT = re.compile(
    r"\b(?:concern(?:s|ed)?|worr(?:y|ied|ies)|afraid|fear(?:s|ful)?|doubt(?:s|ful)?|doubtful|unlikely|not confident"
    r"|(?:do(?:es)? not|don['’]t|doesn['’]t) (?:think|believe|expect)|history of not|may not|might not)\b",
    re.IGNORECASE,
)
_APPLYING = re.compile(
    r"\b(?:appl(?:y|ies|ied|ying|ications?)|enrol(?:s|led|ling)?|regist(?:er|ers|ered|ering)|(?:new|another) school"
    r"|school place)\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:no|not any|without|have no)\s+(?:\w+\s+)?(?:concerns?|doubts?|worr(?:y|ies))\b", re.IGNORECASE
)


def concern_about_applying(text: str) -> str:
    """The sentence that says so; "" where none does."""
    for match in _SENTENCE.finditer(text):
        said = match[0]
        if _DOUBT.search(said) and _APPLYING.search(said) and not _NONE.search(said):
            return " ".join(said.split())
    return ""
