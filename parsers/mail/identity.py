"""What makes two deliveries the same mail (Exchange renders MIME anew each time, so never the raw bytes)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def identity(message_id: str, sender: str, text: str, digests: Iterable[str]) -> str:
    """`Message-ID From SHA-256`, blank between, `-` for what is missing. The hash is over the decoded text (white space
    does not count, as servers wrap anew) and the digests of the attachments in any order. The Date is not in it."""
    body = hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace"))
    for digest in sorted(digests):
        body.update(b"\n" + digest.encode("ascii"))
    return " ".join((message_id or "-", sender or "-", body.hexdigest()))
