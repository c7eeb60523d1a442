"""From a letter to the bytes that go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from outbound.letter import Letter
from outbound.message import MESSAGE_ID, Envelope, serialise
from outbound.overlong import shortened
from outbound.sheet import lay_out
from outbound.templating import page
from outbound.wording import Wording

_ENGINE_KINDS = frozenset({"digest", "alarm", "ack", "confirm", "reply"})
"""Written by the engine itself: X-CME-Rule names the kind (contract)."""
_ANSWERS_A_MAIL = frozenset({"ack", "confirm", "reply"})
_LONGEST_THREAD = 20


def compose(letter: Letter, wording: Wording) -> bytes:
    """The mail as RFC 5322 wants it, lines ending in CRLF, a text and an HTML part. Raises CannotRender, UnknownRole,
    BadHeader."""
    sheet = lay_out(letter, wording)
    short, files = shortened(sheet.sections)
    sheet = replace(sheet, sections=short)
    subject = " ".join(filter(None, (sheet.tag, sheet.subject)))
    shown = {"sheet": sheet}
    text = _without_gaps(page("mail.txt.jinja").render(shown)).strip() + "\n"
    html = page("mail.html.jinja").render(shown)
    return serialise(headers(letter, subject, sheet.refs), text, html, (*letter.enclosures, *files))


def _without_gaps(text: str) -> str:
    """Where a part of the page is empty, one blank line."""
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def headers(letter: Letter, subject: str, refs: Sequence[str]) -> Envelope:
    """As the contract has them; `refs` are those that the reader may see."""
    return Envelope(
        from_=(letter.from_name, letter.from_address),
        to=(letter.to_name, letter.to_address),
        subject=subject,
        date=letter.date,
        message_id=letter.message_id,
        # What others wrote into their Message-ID is no reason not to answer them: what is not one is left out.
        in_reply_to=letter.in_reply_to if MESSAGE_ID.match(letter.in_reply_to) else "",
        references=tuple(filter(MESSAGE_ID.match, letter.references))[-_LONGEST_THREAD:],
        extra=tuple(_extra(letter, refs)),
    )


def _extra(letter: Letter, refs: Sequence[str]) -> list[tuple[str, str]]:
    # RFC 3834 section 5; X-Auto-Response-Suppress is Exchange's word for the same ([MS-OXCMAIL] 2.2.3.2.14).
    automatic = "auto-replied" if letter.kind in _ANSWERS_A_MAIL else "auto-generated"
    out = [("Auto-Submitted", automatic), ("X-Auto-Response-Suppress", "All"), ("X-CME-Key", letter.key)]
    if letter.internal:
        if refs:
            out.append(("X-CME-Case", " ".join(refs)))
        out.append(("X-CME-Rule", letter.kind if letter.kind in _ENGINE_KINDS else letter.rule))
        if letter.questions:
            out.append(("X-CME-Question", " ".join(letter.questions)))
    return out
