"""Whatever statute or guidance a pack cites has a source, or is named as unverified until the council signs it off."""

import re

from rules.packfile import PACKS, load_pack

SOURCED = (
    "SI 2024/208", "Regulations of 2024", "England) Regulations 2024", "Data Protection Act 1998",
    "Data Protection Act 2018", "Education Act 1996", "Act of 1998", "Act 2004", "Financial Dealings Act 1971",
)  # fmt: skip
"""Read at legislation.gov.uk or quoted by a council's own page when the packs were written; the county's policy itself
cites the Acts of 1998 and 2004, GOV.UK publishes the bank holidays."""
SECTIONS = {"436A", "8"}
_STATUTE = re.compile(r"SI \d{4}/\d+|(?:\w+\)? )*(?:Act|Regulations)(?: of)? \d{4}")
_SECTION = re.compile(r"\b[Ss]ections? (\d+\w*(?:\(\w+\))?)")


def test_a_statute_cited_from_memory_is_named_as_unverified() -> None:
    unverified = " ".join(fact.says for fact in load_pack("oxfordshire").unverified)
    for path in sorted(PACKS.rglob("*.toml")):
        if path.name == "unverified.toml" or path.name.startswith("says"):
            continue
        text = path.read_text("utf-8")
        for found in _STATUTE.findall(text):
            assert any(known in found for known in SOURCED) or found in unverified, f"{path}: {found}"
        for found in _SECTION.findall(text):
            assert found in SECTIONS or re.search(rf"\b{re.escape(found)}", unverified), f"{path}: {found}"


def test_what_is_unverified_rests_on_something_that_there_is() -> None:
    pack = load_pack("oxfordshire")
    rules = {f"rule {rule.id}" for rule in pack.rules}
    questions = {f"question {name}" for name in pack.questions}
    for fact in pack.unverified:
        assert fact.rests, fact.name
        for rest in fact.rests:
            assert rest in rules | questions or rest.startswith("wording "), f"{fact.name}: {rest}"
