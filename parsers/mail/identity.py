"""What makes two deliveries the same mail (Exchange renders MIME anew each time, so never the raw bytes)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def identity(message_id: str, sender: str, text: str, digests: Iterable[str], head: Iterable[str] = ()) -> str:
    """`Message-ID From SHA-256`, blank between, `-` for what is missing. The hash is over the decoded text (white space
    does not count, as servers wrap anew) and the digests of the attachments in any order. The Date is not in it.
    `head`: what else tells two mails apart (subject, Date, what is answered). It counts where there is no Message-ID:
    "No trace." about one child today is not the same mail as "No trace." about another."""
    body = hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace"))
    for digest in sorted(digests):
        body.update(b"\n" + digest.encode("ascii"))
    for value in () if message_id else head:
        body.update(b"\n" + value.encode("utf-8", "replace"))
    return " ".join((message_id or "-", sender or "-", body.hexdigest()))
