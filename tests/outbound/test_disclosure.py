"""Who is told what: a UPN to few, a protected address to nobody."""

from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.compose import compose
from outbound.disclosure import NO_UPN, WITHHELD, UnknownRole, view
from outbound.wording import FRAMES
from tests.outbound.samples import FACTS, STREET, UPN, letter, names, wording

OUTSIDE = ("police", "health", "housing", "youth-offending", "assessment-teams")
TELLING = f"They live at {STREET.upper()},  Adderbury (ox17 3qq) and the number is {UPN.lower()}."
EVERYWHERE = {name: TELLING for name, fact in wording().facts.items() if fact.kind == "text"} | FACTS
MOVED = {"visit.address": "3 Tanyard Close, Corby NN17 9ZZ"}
EVERYWHERE |= MOVED
EVERYWHERE |= {name: f"Hill School, {STREET}, OX17 3QQ" for name in wording().facts if name.startswith("school")}
NAMES = sorted(names() - set(FRAMES))


def everything(name: str, role: str, *, protected: bool, facts: Mapping[str, Any] = EVERYWHERE) -> str:
    """All that a reader of that mail can see."""
    questions = tuple(name.split("+"))
    raw = compose(letter(name, role, questions=questions, facts=facts, protected=protected, internal=True), wording())
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    return "\n".join([*map(str, mail.values()), *parts])


@pytest.mark.parametrize("role", OUTSIDE)
def test_no_wording_tells_an_agency_the_upn(role: str) -> None:
    for name in NAMES:
        assert UPN.lower() not in everything(name, role, protected=False).lower(), name


@pytest.mark.parametrize("role", sorted(wording().disclose))
def test_a_protected_address_is_in_no_mail_to_anybody(role: str) -> None:
    for name in NAMES:
        said = everything(name, role, protected=True).lower()
        for part in (STREET, "adderbury", "ox17", "corby", "nn17", "tanyard"):
            assert part.lower() not in said, (name, part)


def test_without_protection_the_police_are_told_the_address_and_the_hub_worker_too() -> None:
    assert STREET in everything("agency-enquiry", "police", protected=False)
    assert STREET in everything("home-visit", "hub-worker", protected=False)


def test_the_address_of_the_visit_is_told_to_those_who_go_there_or_act_on_it() -> None:
    for name, role in (("home-visit", "hub-worker"), ("at-address-attendance", "attendance")):
        said = everything(name, role, protected=False, facts=FACTS | MOVED)
        assert "Tanyard" in said and "the new address" in said and STREET not in said
    told = everything("at-address-school", "school", protected=False, facts=FACTS | MOVED)
    assert "the new address" in told and "Tanyard" not in told


def test_the_school_of_the_child_is_told_the_upn_and_not_where_the_family_went() -> None:
    told = view(FACTS, "school", False, allowed=wording().disclose)
    assert told["child.upn"] == UPN
    assert not {"address.moved_to", "address", "new-address", "risk.groups"} & set(told)


def test_a_upn_goes_only_where_it_is_named_not_with_all_of_a_group() -> None:
    assert "child.upn" not in view(FACTS, "designated-officer", False, allowed=wording().disclose)
    assert "child.upn" not in view(FACTS, "x", False, allowed={"x": {"child.*"}})
    assert view({"children": [{"child.upn": UPN}]}, "other-school", False, allowed=wording().disclose)["children"] == (
        {},
    )


def test_whoever_wrote_is_told_names_of_fields_and_nothing_of_the_child() -> None:
    told = view(FACTS, "writer", False, allowed=wording().disclose)
    assert "missing" in told
    assert not [name for name in told if name.startswith(("child", "school", "carer", "address"))]


@given(st.text(alphabet=" ,.\n\t", min_size=1, max_size=3), st.booleans())
def test_an_address_in_free_text_is_found_however_it_is_spaced(gap: str, loud: bool) -> None:
    text = "Moved to " + gap.join(STREET.split()) + " last week"
    facts = {"address.last_known": f"{STREET}, Adderbury", "information.other": text.upper() if loud else text}
    assert WITHHELD in view(facts, "tracking-officer", True, allowed=wording().disclose)["information.other"]


@given(st.sampled_from(["", " ", "-"]))
def test_a_upn_in_free_text_goes_with_the_upn(gap: str) -> None:
    spaced = gap.join((UPN[0], UPN[1:4], UPN[4:8], UPN[8:10], UPN[10:]))
    assert view({"quote": f"UPN {spaced}"}, "police", False, allowed=wording().disclose)["quote"] == f"UPN {NO_UPN}"


def test_characters_that_turn_the_reading_direction_are_taken_out() -> None:
    told = view({"child.surname": "Smi\u202eth\x00"}, "police", False, allowed=wording().disclose)
    assert told["child.surname"] == "Smith"


def test_a_role_of_which_nothing_is_said_is_told_nothing() -> None:
    with pytest.raises(UnknownRole, match="wizard"):
        view(FACTS, "wizard", False, allowed=wording().disclose)
