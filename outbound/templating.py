"""Jinja, closed in: sentences of a pack in a sandbox, our own templates from this package.

What people write is only ever data: it is never compiled, it is escaped wherever it meets HTML, and a name that a
template does not find stops the mail rather than leaving a hole in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, TemplateError, meta
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from outbound.errors import CannotRender, WordingError


class _Hole(ValueError):
    """A sentence that would print a fact that the case does not have."""


def _refuse_nothing(value: Any) -> Any:
    if value is None:
        raise _Hole
    return value


def listing(values: Sequence[str], last: str = "and") -> str:
    """ "a, b and c", as GOV.UK lists in a sentence: no comma before the last."""
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} {last} {values[-1]}"


def amid(words: str) -> str:
    """The words amid a sentence, or after a colon: without their capital; abbreviations keep theirs."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def identifier(name: str) -> str:
    """A fact's name in a sentence: `child.date_of_birth` is `child_date_of_birth`, `card-left` is `card_left`."""
    return name.replace(".", "_").replace("-", "_")


@cache
def _sentences() -> ImmutableSandboxedEnvironment:
    # Sentences are plain text; the HTML template escapes them whole.
    env = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=_refuse_nothing, autoescape=False)
    env.filters["listing"] = listing
    env.globals.clear()  # No sentence needs them, and each mail would copy them a dozen times.
    return env


def breaks(text: str) -> Markup:
    """Escaped, its line ends as those of HTML."""
    return Markup("<br>").join(text.split("\n"))


@cache
def _pages() -> Environment:
    env = Environment(
        loader=PackageLoader("outbound", "templates"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        auto_reload=False, autoescape=lambda name: name is not None and ".html" in name,
    )  # fmt: skip
    env.filters["breaks"] = breaks
    env.globals.clear()
    return env


@cache
def page(name: str) -> Template:
    """One of our own templates, compiled once."""
    return _pages().get_template(name)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a pack, compiled when it is first said: a run says few of the hundreds that a pack has. `uses` are
    the names that it takes from outside."""

    source: str
    uses: frozenset[str]


def read_sentence(where: str, source: str) -> Sentence:
    """Raises WordingError."""
    source = source.strip()
    if "{" not in source:
        return Sentence(source, frozenset())
    try:
        return Sentence(source, _names_in(source))
    except TemplateSyntaxError as problem:
        raise WordingError(where, f"{problem.message} in: {source[:80]}") from problem


@cache
def _names_in(source: str) -> frozenset[str]:
    return frozenset(meta.find_undeclared_variables(_sentences().parse(source)))


@cache
def _compiled(source: str) -> Template:
    return _sentences().from_string(source)


def render(sentence: Sentence, wording: str, facts: Mapping[str, Any]) -> str:
    """Raises CannotRender, which names the wording and the fact."""
    if "{" not in sentence.source:
        return sentence.source
    try:
        return _compiled(sentence.source).render(facts).strip()
    except _Hole as problem:
        missing = " and ".join(sorted(name for name in sentence.uses if facts.get(name) is None))
        raise CannotRender(
            wording, f"it prints a fact that this case does not have ({missing}); put the sentence in {{% if %}}"
        ) from problem
    except (TemplateError, TypeError) as problem:
        raise CannotRender(wording, str(problem)) from problem
