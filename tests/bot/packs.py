"""A council's own pack for a test, laid over Oxfordshire's, in a sandbox of its own."""

from __future__ import annotations

from pathlib import Path

from bot.config.sandbox import write_sandbox
from bot.council.office import Office
from bot.running.startup import office_of


def office_with(folder: Path, rules: str = "", wording: str = "") -> Office:
    """The office of a council whose pack says this too."""
    return office_of(county_with(folder, rules, wording))


def county_with(folder: Path, rules: str = "", wording: str = "") -> Path:
    home = folder / "county"
    write_sandbox(home)
    pack = home / "packs" / "ours"
    pack.mkdir(parents=True)
    (pack / "pack.toml").write_text(f'name = "ours"\nextends = "oxfordshire"\n{rules}', "utf-8")
    (pack / "wording.toml").write_text(wording, "utf-8")
    config = home / "config.toml"
    text = config.read_text("utf-8").replace('pack      = "oxfordshire"', 'pack      = "ours"\npacks     = "packs"')
    config.write_text(text, "utf-8")
    return config
