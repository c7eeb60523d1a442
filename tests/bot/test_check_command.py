"""`cmebot check --prove` as an operator calls it."""

import json
from pathlib import Path

from typer.testing import CliRunner

from bot.cli import all_commands
from tests.bot.packs import county_with

HASTY = '[[rule]]\nid = "ours.hasty"\ncite = "9.9"\nwhen = "referral.accepted"\nclose = "not-cme"\n'
FAR = ("--prove", "--states", "2000")


def check(config: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(all_commands(), ["-c", str(config), "check", *words])
    return result.exit_code, result.output


def test_a_sound_pack_is_walked_and_it_says_how_far(tmp_path: Path) -> None:
    code, told = check(county_with(tmp_path), "--prove", "--states", "600")
    assert code == 0 and "unverified: england/unverified.toml:" in told
    assert "Walked 6" in told and "states were left" in told


def test_a_broken_promise_is_told_with_file_line_and_story_and_fails(tmp_path: Path) -> None:
    code, told = check(county_with(tmp_path, HASTY), *FAR)
    assert code == 1
    assert "error: ours/pack.toml:4: ours.hasty: A case is closed without an officer's yes" in told
    assert "tracking-officer answers accept-referral: referral.accepted" in told


def test_for_programs(tmp_path: Path) -> None:
    code, told = check(county_with(tmp_path, HASTY), *FAR, "--json")
    proof = json.loads(told)["proof"]
    assert (
        code == 1
        and proof["broken"][0]["law"] == "closed-unasked"
        and proof["broken"][0]["where"] == "ours/pack.toml:4: ours.hasty"
    )
    assert proof["broken"][0]["story"][0]["sent"]
    assert isinstance(json.loads(check(county_with(tmp_path / "plain"), "--json")[1]), list)


def test_what_is_not_even_sound_is_not_walked(tmp_path: Path) -> None:
    code, told = check(county_with(tmp_path, HASTY.replace("referral.accepted", "moon.full")), "--prove")
    assert code == 1 and "ours/pack.toml:4: ours.hasty: can never be set off" in told
    assert "Not walked: mend the errors above first." in told
