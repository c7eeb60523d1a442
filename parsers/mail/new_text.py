"""What the sender wrote now: the text without quotes, signature, disclaimer and banner.

One pass over the lines; no pattern sees more than a bounded piece, so that the time is linear in the length (what
libraries there are take quadratic time and hang on 1 MB). The whole text is always kept beside it: a cut too many must
be visible. Nothing in a quote is ever taken for the sender's word.
"""

from __future__ import annotations

import re

from parsers.mail import html_text, quotes, signatures

MAX_TEXT = 1_000_000
MAX_LINES = 20_000
_SENTENCE = re.compile(r"(?<=[.!?\]:])\s+")


def new_text(text: str, html: str = "") -> str:
    """The new text by the plain text, or by the HTML where there is no plain one; "" when nothing new is said."""
    source = text if text.strip() else html_text.text_of(html, quotes=False)
    lines = [line.rstrip() for line in source[:MAX_TEXT].replace("\r\n", "\n").split("\n")[:MAX_LINES]]
    own = _unquoted(lines)
    own = _without_banner(own)
    own = _without_signature(own)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(own)).strip()


def _unquoted(lines: list[str]) -> list[str]:
    """The lines that no mail program marked as somebody else's. Answers between quoted lines stay."""
    own: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if quotes.is_quoted(line):
            at += 1
            continue
        attributed = quotes.attribution(lines, at)
        if attributed:
            if not _quoted_next(lines, at + attributed):
                break
            at += attributed
            continue
        if quotes.is_rule_over_header(lines, at):
            break
        if quotes.is_divider(line) or quotes.is_header_block(lines, at):
            # "Begin forwarded message:" and its like may stand over quoted lines with answers between them.
            if not _quoted_next(lines, at + 1):
                break
            at += 1
            continue
        own.append(line)
        at += 1
    return own


def _quoted_next(lines: list[str], at: int) -> bool:
    """Whether the next line that is not blank is a quoted one."""
    for line in lines[at : at + 4]:
        if line.strip():
            return quotes.is_quoted(line)
    return False


def _without_banner(lines: list[str]) -> list[str]:
    at = 0
    while at < len(lines):
        end = _paragraph_end(lines, at)
        if end == at:
            at += 1
            continue
        kept = _banner_cut(lines[at:end])
        if kept:
            return kept + lines[end:]
        at = end
    return []


def _banner_cut(paragraph: list[str]) -> list[str]:
    """A paragraph without the sentences of a banner at its start. The same list when it has none."""
    while paragraph and signatures.is_marking(paragraph[0]):
        paragraph = paragraph[1:]
    if not paragraph or not signatures.is_banner(paragraph[0]):
        return paragraph
    sentences = _SENTENCE.split(" ".join(paragraph)[: signatures.MAX_PARAGRAPH])
    while sentences and signatures.is_banner(sentences[0]):
        sentences = sentences[1:]
    return [" ".join(sentences)] if sentences else []


def _without_signature(lines: list[str]) -> list[str]:
    """The lines up to the signature, and a postscript after it."""
    end, kept = len(lines), []
    for at, line in enumerate(lines):
        if _ends_here(lines, at):
            end, kept = at, _postscript(lines[at + 1 :])
            break
        if not signatures.is_marking(line) and not signatures.is_device(line):
            kept.append(line)
    else:
        return _without_contact_block(kept)
    own = [li for li in lines[:end] if not signatures.is_marking(li) and not signatures.is_device(li)]
    return [*own, "", *kept] if kept else own


def _ends_here(lines: list[str], at: int) -> bool:
    line = lines[at]
    stripped = line.strip()
    if stripped in ("--", "-- ", "—", "––") or (len(stripped) > 9 and not stripped.strip("_")):
        # RFC 3676 4.3; a rule of underscores is Outlook's.
        return _is_tail(lines[at + 1 : at + 7]) or stripped == "--"
    kind = signatures.sign_off(line)
    if kind == "strong":
        return True
    if kind == "weak":
        return any(li.strip() for li in lines[:at]) and _is_tail(lines[at + 1 : at + 7])
    starts_paragraph = at == 0 or not lines[at - 1].strip()
    return bool(stripped) and starts_paragraph and _is_disclaimer_at(lines, at)


def _is_disclaimer_at(lines: list[str], at: int) -> bool:
    if not any(li.strip() for li in lines[:at]):
        # A gateway's notice on top: what follows is the mail.
        return False
    return signatures.is_disclaimer(" ".join(lines[at : _paragraph_end(lines, at)]))


def _is_tail(lines: list[str]) -> bool:
    """Whether the next words are a signature: a name, a line of contact, or nothing."""
    for line in lines:
        if line.strip():
            return (
                signatures.is_name(line)
                or signatures.is_contact(line)
                or signatures.is_device(line)
                or signatures.is_disclaimer(line)
            )
    return True


def _without_contact_block(lines: list[str]) -> list[str]:
    """A signature without a sign-off: a last paragraph that starts with a name and holds a line of contact."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and lines[start - 1].strip() and end - start < 10:
        start -= 1
    block = lines[start:end]
    named = len(block) >= 2 and start > 0 and signatures.is_name(block[0])
    return lines[:start] if named and any(signatures.is_contact(li) for li in block[1:]) else lines


def _postscript(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        if signatures.is_postscript(line):
            return lines[at : _paragraph_end(lines, at)]
    return []


def _paragraph_end(lines: list[str], at: int) -> int:
    while at < len(lines) and lines[at].strip():
        at += 1
    return at
