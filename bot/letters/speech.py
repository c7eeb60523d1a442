"""What a mail that the rules want sent speaks of, and why its reader gets it: it is about a child, or about a list."""

from __future__ import annotations

from collections.abc import Callable

from bot.council.office import Office
from bot.letters import facts, reasons
from bot.letters import rows as showing
from rules import Case, Send


def facts_of(office: Office, ref: str, case: Case, send: Send, case_of: Callable[[str], Case]) -> facts.Facts:
    """The facts behind the mail. `case_of` finds the other cases that it names."""
    if _about_list(case):
        return showing.of_list(office, case, send)
    return facts.for_send(office, ref, case, send, case_of)


def why(office: Office, case: Case, send: Send) -> str:
    """Why this person gets this mail, in one sentence."""
    return showing.why_list(office, case, send) if _about_list(case) else reasons.why_person(office, send)


def _about_list(case: Case) -> bool:
    return case.facts.get("form") == "list"
