"""Words of harm are found; the daily words of the trade are not taken for them."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path

import pytest

from parsers.concerns import concerns

CORPUS = Path(__file__).parent.parent / "corpus"
RECALL = 0.98
FALSE_ALARMS = 0.03
HELD_OUT_RECALL = 0.8
"""What was reached when they were written; it may only rise."""


def test_the_examples_are_found_by_the_words_and_the_calm_is_left_in_peace() -> None:
    examples = tomllib.loads((CORPUS / "concerns_examples.toml").read_text(encoding="utf-8"))
    harm, calm = examples["harm"], examples["no_harm"]
    missed = [s for s in harm if not concerns(s)]
    false = [s for s in calm if concerns(s)]
    assert len(harm) + len(calm) >= 250
    assert len(missed) <= len(harm) * (1 - RECALL), missed
    assert len(false) <= len(calm) * FALSE_ALARMS, false


def test_later_sentences_are_counted() -> None:
    """Written after the words, and looked at once since: what is new to the words is found less often than this."""
    held_out = tomllib.loads((CORPUS / "concerns_held_out.toml").read_text(encoding="utf-8"))
    harm, calm = held_out["harm"], held_out["no_harm"]
    found = sum(bool(concerns(s)) for s in harm) / len(harm)
    false = sum(bool(concerns(s)) for s in calm) / len(calm)
    print(f"held out: {found:.0%} of {len(harm)} found, {false:.0%} of {len(calm)} false alarms")
    assert found >= HELD_OUT_RECALL
    assert false <= 2 * FALSE_ALARMS


def ringing(corpus: str) -> tuple[float, float]:
    """How many of its sentences of harm ring, and of the calm ones; of one."""
    lot = tomllib.loads((CORPUS / corpus).read_text(encoding="utf-8"))
    harm, calm = (sum(bool(concerns(s)) for s in lot[name]) / len(lot[name]) for name in ("harm", "no_harm"))
    print(f"{corpus}: {harm:.0%} of {len(lot['harm'])} found, {calm:.0%} of {len(lot['no_harm'])} false alarms")
    return harm, calm


def test_the_nearest_are_counted() -> None:
    """Seven in ten are found, and one in five of the calm rings: new words for harm stay new (decision 013)."""
    found, false = ringing("concerns_later.toml")
    assert found >= 0.7
    assert false <= 0.2


def test_what_was_never_learned_from_is_counted() -> None:
    """Eighty written last and measured once: 38 of 40 found, 5 of 40 calm ones rang."""
    found, false = ringing("concerns_fifth.toml")
    assert found >= 0.9
    assert false <= 0.15


def test_the_last_sixty_are_counted() -> None:
    """Forty written after all mends and measured once: 18 of 20 found, 2 of 20 calm ones rang."""
    found, false = ringing("concerns_sixth.toml")
    assert found >= 0.9
    assert false <= 0.1


def test_the_half_that_was_put_away_is_counted() -> None:
    """Of a lot of 160, of which the other half taught: 28 of 30 found, 7 of 50 calm ones rang."""
    found, false = ringing("concerns_seventh.toml")
    assert found >= 0.9
    assert false <= 0.14


def test_the_last_fifty_are_counted() -> None:
    """Written after all mends and measured once: 19 of 20 found, 4 of 30 calm ones rang."""
    found, false = ringing("concerns_eighth.toml")
    assert found >= 0.95
    assert false <= 0.14


@pytest.mark.parametrize(
    ("calm", "harm"),
    [
        ("Violence: none", "Violence: none that she would admit to"),
        ("Bruises? None.", "Bruises? No idea, ask the nurse"),
        ("Signs of neglect: none seen.", "Signs of neglect: no food, no beds"),
        ("Self-harm: no history.", "Self-harm: no, but she took an overdose"),
        ("Harm reduction service, Banbury office", "Harm to the boy, Banbury office"),
        ("The portal is a nightmare to log in to", "She wakes from a nightmare about him"),
        ("He ran away with the maths prize", "He ran away with a bag of clothes"),
        ("We'll have another stab at the upload", "He had another stab at his brother"),
        ("Criminal records check for the new driver", "Dad has a criminal record"),
        ("Scanned for viruses and harmful content", "There was harmful content on his phone"),
        ("Please burn the old copy", "They burn the boy with an iron"),
        ("Dad is furious about the fine", "Dad is furious and she flinches"),
        ("The school is committed to protecting all children from harm", "Nobody is protecting her from harm"),
        ("She got top marks on her test", "There were marks on her when she changed"),
        ("Nobody has seen the family since May", "Nobody has seen the mum since May but he comes and goes"),
    ],
)
def test_general_mends_ring_for_harm_alone(calm: str, harm: str) -> None:
    assert not concerns(calm)
    assert concerns(harm)


@pytest.mark.parametrize(
    ("calm", "harm"),
    [
        ("Boarding fees unpaid", "She is kept as an unpaid maid by her aunt"),
        ("We wanted to get it off our list", "He will get it off his dad when he is home"),
        ("Mr Beaton-Payne will ring", "Dad has beaten him again"),
        ("The address is 9 Gallows Hill Lane", "He was beaten in Gallows Hill Lane"),
        ("She is at Slaughter Gate Primary", "He was stabbed outside Wood Gate Primary"),
        ("She was in her pyjamas when I called, she has chicken pox", "He was out in the street in his pyjamas"),
        ("They took a domestic flight to Leeds", "There was a domestic at the flat last night"),
        ("The Domestic Abuse Partnership building, room 4", "There is domestic abuse at home"),
        ("He has been at the burns clinic for a check", "He has burns on both hands"),
        ("The traffic was murder", "Dad said he would murder her"),
        ("The abuse of the parking bays goes on", "The abuse of the boy goes on"),
        ("There was a cyber attack on our servers", "There was an attack on her brother"),
        ("He carries an epipen", "He carries a knife"),
    ],
)
def test_what_only_looks_like_harm(calm: str, harm: str) -> None:
    assert not concerns(calm)
    assert concerns(harm)


def test_a_weak_sign_alone_is_none() -> None:
    assert not concerns("The social worker is on leave.")
    assert not concerns("They have done a runner.")
    assert concerns("The social worker says that they have done a runner.")


def test_the_quote_is_the_sentence_as_written() -> None:
    text = "He has been off since Monday.\nHe’s got bruises\non both arms. Mum is not answering."
    assert [c.quote for c in concerns(text)] == ["He’s got bruises on both arms."]


def test_a_denial_reaches_to_the_end_of_its_clause_and_no_further() -> None:
    assert not concerns("No bruises were seen.")
    assert concerns("No reply at the door, but bruises were seen last week.")
    assert [c.why for c in concerns("I am not sure that he is not being hit.")] == [
        "speaks of a child who is hit or hurt"
    ]


def test_boxes_of_the_form_are_no_words() -> None:
    assert not concerns("Known drugs/drink abuse: High\nAggressive parent: No\nPrevious violence:")


@pytest.mark.parametrize("text", ["he is " * 200_000, "hit" * 300_000, " " * 1_000_000, "no " * 300_000])
def test_a_long_text_takes_less_than_three_seconds(text: str) -> None:
    start = time.process_time()
    concerns(text)
    assert time.process_time() - start < 3


def test_an_injury_that_tells_its_harmless_cause_does_not_ring_unless_it_is_doubted() -> None:
    assert not concerns("He has a bruise from football, mum rang to tell us.")
    assert concerns("He says the bruise is from football.")
    assert concerns("Another bruise from football.")
    assert concerns("He has a bruise from his dad, who plays football.")


def test_the_patterns_are_in_lower_case_as_what_they_are_held_against() -> None:
    """A capital would never be found; what stands behind a backslash is no letter."""
    text = (Path(__file__).parents[2] / "parsers" / "concerns.toml").read_text(encoding="utf-8")
    lines = [line.partition(" # ")[0] for line in text.splitlines() if line.startswith("  ")]
    assert [line for line in lines if re.search(r"(?<!\\)[A-Z]", line)] == []
