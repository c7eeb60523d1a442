"""What the how-to pages show can be used as it stands there."""

import re
from pathlib import Path

from bot.config.settings import load_config
from bot.inspecting.checking import check_all
from bot.running.startup import office_of
from docs.tables import HOME
from tests.stories.story import Story
from tests.stories.test_hub import visiting

_TOML = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown(page: str) -> list[str]:
    return _TOML.findall((HOME / "how-to" / page).read_text("utf-8"))


def a_council_of_its_own(folder: Path) -> Story:
    """A sandbox with the pack that the pages build up."""
    story = Story(folder)
    pack = folder / "packs" / "ourcounty"
    pack.mkdir(parents=True)
    rule, _, words = shown("write-a-rule.md")
    (pack / "pack.toml").write_text(rule, "utf-8")
    (pack / "wording.toml").write_text(words + "\n".join(shown("change-a-mail.md")), "utf-8")
    config = story.config.read_text("utf-8")
    story.config.write_text(re.sub(r"(?m)^pack .*$", 'pack = "ourcounty"\npacks = "packs"', config), "utf-8")
    return story


def test_the_pack_of_the_pages_is_sound(tmp_path: Path) -> None:
    story = a_council_of_its_own(tmp_path / "county")
    assert not [found for found in check_all(office_of(story.config)) if found.level == "error"]


def test_the_rule_does_what_its_page_says(tmp_path: Path) -> None:
    story = visiting(a_council_of_its_own(tmp_path / "county"))
    story.at("2014-11-27 15:30").reply("hub-worker", "Family has left the address, house empty.")
    story.bot_tells("attendance", "no longer lives")


def test_the_configurations_of_the_pages_can_be_used(tmp_path: Path) -> None:
    for page in ("connect-microsoft-365.md", "connect-exchange.md"):
        (block,) = shown(page)
        (tmp_path / "config.toml").write_text(f'pack = "oxfordshire"\n{block}', "utf-8")
        assert load_config(tmp_path / "config.toml").mailbox[0].name == "missing.pupils"
