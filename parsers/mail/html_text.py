"""The words of an HTML mail, a line for each block, with or without what it quotes. Nothing is fetched or rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

MAX_HTML = 2_000_000
_HIDDEN = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg", "math"})
_BLOCK = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"}
    | {"section", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
_CELL = frozenset({"td", "th"})
_QUOTE_CLASS = re.compile(
    r"\b(?:gmail_quote|gmail_attr|yahoo_quoted|protonmail_quote|moz-cite-prefix|WordSection-quote|tutanota_quote)\b"
)
# Outlook on the web, Outlook for iOS, Apple: from here on everything is the mail that is answered.
_QUOTE_FROM_HERE = frozenset(
    {"divRplyFwdMsg", "appendonsend", "OLK_SRC_BODY_SECTION", "mail-editor-reference-message-container"}
)
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
"""Nobody who wrote or passed on such words has seen them, so they are nobody's answer."""
_SPACE = re.compile(r"[ \t\r\n\f]+")


def text_of(source: str, *, quotes: bool = True) -> str:
    """The text of an HTML body. Without `quotes`, what the mail program marked as quoted is left out, and what nobody
    can see."""
    root = _root(source[:MAX_HTML])
    if root is None:
        return ""
    pieces: list[str] = []
    for event, element, text in _events(root, quotes):
        _append(pieces, event, element, text)
    lines = "".join(pieces).replace("\xa0", " ").split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split(" ")).strip(" ") for line in lines)).strip("\n")


def _root(source: str) -> html.HtmlElement | None:
    # Bytes, as lxml refuses a text that names an encoding of its own.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        # An empty document, or none at all: it has no words.
        return None


def _events(root: html.HtmlElement, quotes: bool) -> Iterator[tuple[str, str, str]]:
    """Document order without recursion: ("start", tag, text) and ("end", tag, tail)."""
    stack: list[tuple[html.HtmlElement, bool]] = [(root, False)]
    while stack:
        element, ended = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if ended:
            yield "end", tag, element.tail or ""
            continue
        if not quotes and (element.get("id") or "").removeprefix("x_") in _QUOTE_FROM_HERE:
            return
        if tag in _HIDDEN or not tag or (not quotes and (_is_quote(element, tag) or _is_unseen(element))):
            yield "end", "p" if _is_quote(element, tag) else "", element.tail or ""
            continue
        yield "start", tag, element.text or ""
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _is_unseen(element: html.HtmlElement) -> bool:
    return element.get("hidden") is not None or bool(_UNSEEN.search((element.get("style") or "")[:1000]))


def _is_quote(element: html.HtmlElement, tag: str) -> bool:
    if _QUOTE_CLASS.search(element.get("class") or ""):
        # Gmail wraps a forwarded mail and a reply's quote alike; an answer between two quotes lies outside.
        return True
    return tag == "blockquote" and (element.get("type") == "cite" or "margin" not in (element.get("style") or ""))


def _append(pieces: list[str], event: str, tag: str, text: str) -> None:
    if tag == "br":
        # libxml2 gives a br no content; its tail comes at its end.
        pieces.append("\n" if event == "start" else "")
    elif tag in _BLOCK:
        pieces.append("\n" if event == "start" or pieces[-1:] != ["\n"] else "")
        if tag == "p" and event == "end":
            pieces.append("\n")
    elif tag in _CELL and event == "end":
        pieces.append("\t")
    if text:
        pieces.append(_SPACE.sub(" ", text))
