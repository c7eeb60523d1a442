"""Learns the weights of `parsers.answers.plainness`: `python -m tests.answers.learning` writes them anew."""

from __future__ import annotations

from parsers.answers import Says
from parsers.answers.heard import listen
from parsers.answers.plainness import WEIGHTS, features
from tests.answers.corpus_reader import CORPUS, Reply, england, replies
from tests.regression import learned, write

NEVER_LEARNED = frozenset({"fifth-held-out", "sixth-held-out", "seventh-held-out"})
"""What the weights have never seen: what to expect of replies to come."""
UNIVERSAL = frozenset({"query", "need-time", "acknowledged", "not-mine"})


def examples(says: Says) -> tuple[list[set[str]], list[set[str]]]:
    """The features of the replies that had to be asked again, and of the plain ones."""
    halves = sorted({p.name for p in CORPUS.iterdir()} - NEVER_LEARNED)
    every = [r for half in halves for r in replies(half) if any(r.questions)]
    asked = [_features(r, says) for r in every if r.verdict == "ask"]
    plain = [_features(r, says) for r in every if _plain(r)]
    return asked, plain


def _plain(reply: Reply) -> bool:
    return reply.verdict in ("understood", "confirm") and not UNIVERSAL & set(reply.events) and not reply.either


def _features(reply: Reply, says: Says) -> set[str]:
    heard = listen(reply.questions, reply.text, says.choices(reply.questions), reply.context, says)
    return features(reply.questions, heard.clauses)


def main() -> None:
    asked, plain = examples(england())
    write(WEIGHTS, learned(asked, plain))


if __name__ == "__main__":
    main()
