"""Learns the weights of `parsers.likeness` from the examples: `python -m tests.mail.learning` writes them anew.

The examples are those of tests/corpus/concerns_examples.toml, and the replies of tests/answers, none of which tells of
harm that the lists do not find."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from parsers import concerns
from parsers.likeness import WEIGHTS, features
from tests.answers.corpus_reader import CORPUS as REPLIES
from tests.regression import learned, write

CORPUS = Path(__file__).parents[1] / "corpus"
HARM_WEIGHS = 2.0
"""A miss costs more than a false alarm."""
_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")


def examples() -> tuple[list[str], list[str]]:
    """Sentences of harm, and others."""
    table = tomllib.loads((CORPUS / "concerns_examples.toml").read_text("utf-8"))
    calm = [*table["no_harm"], *(s for s in _of_replies() if not concerns.listed_why(s.lower()))]
    return [s.lower() for s in table["harm"]], [s.lower() for s in calm]


def _of_replies() -> list[str]:
    texts = [
        reply["text"]
        for path in sorted(REPLIES.rglob("*.toml"))
        for reply in tomllib.loads(path.read_text("utf-8"))["reply"]
    ]
    return [s for text in texts for s in _SENTENCE.split(text) if len(s) > 3]


def learned_from(harm: list[str], calm: list[str]) -> dict[str, float]:
    """The weights."""
    return learned([features(s) for s in harm], [features(s) for s in calm], weigh=HARM_WEIGHS)


def main() -> None:
    write(WEIGHTS, learned_from(*examples()))


if __name__ == "__main__":
    main()
