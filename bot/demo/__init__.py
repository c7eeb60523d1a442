"""`cmebot demo`: whole cases from real mails, time running fast; ends with the digest, and leaves a page to look at."""

from __future__ import annotations

import shutil
from email.utils import parseaddr
from pathlib import Path

from bot.config.sandbox import write_sandbox
from bot.config.secrets import BadConfig
from bot.demo.page import write_page
from bot.demo.player import Played, Player, plain
from bot.demo.scenes import SCENES
from bot.running.startup import make_register, office_of

_MARK = ".cmebot-demo"


def play(folder: Path) -> None:
    """Plays all scenes in that folder; an earlier demo there is replaced. Raises BadConfig."""
    from bot.running.logs import set_up

    set_up()
    _make_room(folder)
    write_sandbox(folder)
    (folder / _MARK).touch()
    make_register(folder / "config.toml")
    player = Player(folder, office_of(folder / "config.toml"), _tell)
    player.play(SCENES)
    page = write_page(folder, player.office, player.played)
    print(f"\n{len(player.played)} mails. Look at {page}: every mail as its reader sees it.")


def _make_room(folder: Path) -> None:
    if (folder / _MARK).is_file():
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise BadConfig(f"{folder} is not empty and no earlier demo: name a new folder")


def _tell(played: Played) -> None:
    """One line a mail as it happens; the digest whole."""
    mail = played.mail
    who = parseaddr(str(mail["From" if played.incoming else "To"]))[1]
    arrow = "in   <-" if played.incoming else "out  ->"
    print(f"{played.at:%a %d %b %H:%M}  {arrow}  {who:42.42}  {mail['Subject']}")
    if mail["X-CME-Rule"] == "digest" and who.startswith("tracking"):
        print("\n" + plain(mail))
