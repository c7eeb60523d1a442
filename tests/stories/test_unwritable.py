"""A mail that cannot be written: its words need a fact that the case lacks. It is held and shown; all else goes on."""

from tests.bot.packs import county_with
from tests.stories.story import Story, plain

BROKEN = """
[wording.on-roll-elsewhere]
subject = "Is this child on roll elsewhere?"
ask     = "Is the child, who now lives at {{ address_moved_to }}, on roll anywhere {{ by }}?"
details = ["child.name", "child.date_of_birth"]
silence = "If you do nothing, we ask again."
"""


def test_a_mail_with_a_hole_is_held_and_shown_and_all_else_goes_on(story: Story) -> None:
    folder = story.folder
    pack = county_with(folder.parent / "other", wording=BROKEN).parent
    (pack / "packs").rename(folder / "packs")
    (folder / "config.toml").write_text((pack / "config.toml").read_text("utf-8"), "utf-8")
    story.at("2014-11-26 10:00").hub_referral()
    story.bot_asks_nothing("admissions", "on-roll-elsewhere")
    assert story.to("school"), "the school hears that its form has come"
    story.until("2014-11-27 07:00")
    (told, *_) = [plain(m) for m in story.out if m["X-CME-Rule"] == "digest" and "on-roll-elsewhere" in plain(m)]
    assert "Mail to admissions@council.example" in told and "(address_moved_to)" in told
    assert story.cases[0]["state"] != "closed"
    story.until("2014-11-28 09:00").bot_asks("hub-manager", "allocate-worker")
