"""docs/reference/words.md: the names that code, mails and the command line share."""

from __future__ import annotations

from docs.tables import MADE, grid
from outbound.wording import load_wording
from parsers.answers import load_says
from rules import load_pack
from rules.packfile import pack_tables

PACK = "oxfordshire"
_INTRO = """\
# Words

The names of roles, states, questions and answers. Packs, mails, `cmebot case --json` and `cmebot understand` use the
same. Dates in values are ISO 8601; a school is its LAESTAB where known, else the name as written.

Pathways: `hub`, `tracking`, `moved-in`, `no-show`, `exclusion`, `home-education` and `removal`, with `safeguarding`
beside any of them. States of a case: `open`, `waiting` (for an answer),
`on-hold` (the school's evidence is missing), `unsolved` (all was tried, and is tried again), `closed` with an outcome:
`traced`, `at-address`, `on-roll-elsewhere`, `returned`, `home-educated`, `over-age`, `not-cme`, `duplicate`, `died`.

Anyone who was asked may also answer `acknowledged` (the clock runs on), `need-time`, `not-mine` or `query` (a question
back: it goes to a person); words of serious concern are `concern.raised`, whatever else the mail says.
"""


def page() -> str:
    pack = load_pack(PACK)
    wording = load_wording(pack_tables(PACK, "wording.toml"))
    says = load_says(pack_tables(PACK, "says.toml"))
    parts = [MADE, _INTRO, "## Roles\n", grid(("role", "is"), sorted((f"`{r}`", t) for r, t in wording.roles.items()))]
    parts.append("## Questions and their answers\n")
    for name, question in sorted(pack.questions.items()):
        parts.append(f"### {name}\n\n{question.cite}.\n")
        rows = [
            (
                f"`{a.event}`", says.label(name, a.event), ", ".join(a.must), ", ".join(a.needs),
                "by a choice or one tap" if a.ends else "",
            )
            for a in question.answers
        ]  # fmt: skip
        parts.append(grid(("answer", "the choice's line", "must say", "is asked after", "takes effect"), rows))
    return "\n".join(parts)
