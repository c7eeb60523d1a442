"""A pack is read whole or refused with the place and the mend."""

from pathlib import Path

import pytest

from bot.inspecting.checking import check_pack
from rules import BadPack, load_pack
from rules.packfile import PACKS

RULE = """
[[rule]]
id = "x.rule"
cite = "1.1"
when = "referral.received"
ask = "missing-details"
of = "school"
"""


def pack(folder: Path, text: str) -> Path:
    home = folder / "mine"
    home.mkdir()
    (home / "pack.toml").write_text('name = "mine"\nextends = "england"\n' + text, "utf-8")
    return folder


def test_a_council_extends_without_touching_ours(tmp_path: Path) -> None:
    loaded = load_pack("mine", folder=pack(tmp_path, RULE))
    assert "x.rule" in {r.id for r in loaded.rules} and "alarm" in {r.id for r in loaded.rules}


def test_a_rule_can_be_taken_out_but_the_alarm_is_laid_under_every_pack(tmp_path: Path) -> None:
    home = tmp_path / "theirs"
    home.mkdir()
    (home / "pack.toml").write_text('extends = "oxfordshire"\n[drop]\nrules = ["tracking.early"]\n', "utf-8")
    ids = {r.id for r in load_pack("theirs", folder=tmp_path).rules}
    assert "tracking.early" not in ids and "alarm" in ids


@pytest.mark.parametrize(
    "text", ['[drop]\nrules = ["alarm"]\n', RULE.replace("x.rule", "close")], ids=["dropped", "changed"]
)
def test_no_pack_can_lose_what_is_the_engines(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadPack, match="belongs to the engine"):
        load_pack("mine", folder=pack(tmp_path, text))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            RULE.replace('of = "school"', 'if = { moon = "full" }\nof = "school"'),
            r"^mine/pack.toml:5: x.rule: 'if' looks at 'moon'",
        ),
        (
            RULE.replace('of = "school"', 'after = "two days"\nof = "school"'),
            r"^mine/pack.toml:5: x.rule: cannot read the time 'two days'",
        ),
        ('kept_open = "a while"\n', r"^mine/pack.toml:3: kept_open: cannot read the time 'a while'"),
        ('[question.x]\ncite = "1"\ndue = "soon"\n', r"^mine/pack.toml:3: question x: .*'soon'"),
        (
            RULE + RULE.replace("x.rule", "y.rule").replace("referral.received", "x").replace('"x"', "5"),
            r"^mine/pack.toml:12: y.rule: 'when'",
        ),
        (
            '[[occasion]]\nid = "x"\ncite = "1"\non = "now"\ntell = "school"\nwording = "w"\n',
            r"^mine/pack.toml:4: x: .*'now'",
        ),
        (
            "[pathway.p]\n"
            + RULE.replace("[[rule]]", "[[pathway.p.rule]]").replace("x.rule", "a")
            + RULE.replace("[[rule]]", "[[pathway.p.rule]]")
            + "said = 1\n",
            r"^mine/pack.toml:18: pathway.p.rule.1.said: ",
        ),
        (RULE.replace("cite", "city"), r"^mine/pack.toml:4: rule.0.cite: .*mine/pack.toml:6: rule.0.city: "),
        ('[role.x]\nchase = { every = "often", times = 1 }\n', r"^mine/pack.toml:3: role x: .*'often'"),
        ("[[rule]\n", r"^mine/pack.toml: .*line 3"),
    ],
    ids=[
        "a fact that is none",
        "a time that is none",
        "a span that is none",
        "a deadline",
        "a trigger",
        "a day",
        "of a pathway",
        "a key that is none",
        "a pace",
        "no TOML",
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, wrong: str, told: str) -> None:
    with pytest.raises(BadPack, match=told):
        load_pack("mine", folder=pack(tmp_path, wrong))


def test_a_pack_that_is_not_there() -> None:
    with pytest.raises(BadPack, match="no pack 'atlantis'"):
        load_pack("atlantis")


@pytest.mark.parametrize("name", ["england", "oxfordshire"])
def test_our_packs_are_sound(name: str) -> None:
    assert [f for f in check_pack(load_pack(name)) if f.level == "error"] == []


def test_every_rule_cites_its_paragraph() -> None:
    assert all(rule.cite for rule in load_pack("oxfordshire").rules)


def test_no_pack_is_left_unread() -> None:
    assert {p.name for p in PACKS.iterdir() if p.is_dir()} == {"england", "oxfordshire"}
