"""A mail to whoever runs the bot: what does not work, since when, and what to do. It says nothing of any case."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from outbound.compose import headers
from outbound.letter import Letter
from outbound.message import serialise


def compose_operator_mail(letter: Letter, subject: str, paragraphs: Sequence[str]) -> bytes:
    """Plain text, and the same as HTML. Raises BadHeader."""
    page = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    html = f'<!DOCTYPE html><html lang="en-GB"><head><title>{escape(subject)}</title></head><body>{page}</body></html>'
    return serialise(headers(letter, subject, refs=()), "\n\n".join(paragraphs) + "\n", html)
