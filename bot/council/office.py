"""What every piece of work needs and nothing changes: the configuration, the pack, the directory, the words."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.config.settings import Config
from bot.council.directory import Directory, load_directory
from bot.council.reading import read_pack, read_says, read_wording
from bot.council.terms import load_terms
from outbound import templating
from outbound.wording import Wording
from parsers.answers import Says
from rules import Pack
from rules.packfile import PACKS


@dataclass(frozen=True)
class Office:
    """A council's office: made once from its configuration, and then only read."""

    config: Config
    pack: Pack
    directory: Directory

    @cached_property
    def wording(self) -> Wording:
        return read_wording(self.pack.name, self.packs)

    @cached_property
    def says(self) -> Says:
        return read_says(self.pack.name, self.packs)

    @property
    def packs(self) -> Path:
        """Where packs are looked for first."""
        return self.config.packs or PACKS

    def warm(self) -> None:
        """Loads what the first mail would else wait for (half a second); the daemon does so before it says it is up."""
        templating.page("mail.html.jinja"), templating.page("mail.txt.jinja")
        _ = self.wording, self.says
        gc.collect()
        gc.freeze()  # What is loaded now lives as long as the process: no need to look through it again and again.
        gc.set_threshold(20_000, 20, 50)
        # The thread that sends gives the interpreter away at each write, and would wait 5 ms to have it back.
        sys.setswitchinterval(0.000_5)

    def internal(self, address: str) -> bool:
        """Whether that address is the council's own (there the case headers are shown)."""
        if self.config.show_case_headers == "everywhere":
            return True
        return address.rpartition("@")[2] in self.config.own_domains

    def own(self, address: str) -> bool:
        """Whether it is one of the mailboxes that the bot itself reads: it never writes to them."""
        return self.config.box(address) is not None


def open_office(config: Config) -> Office:
    """Loads pack and directory. Raises BadPack, BadDirectory."""
    directory = load_directory(config.directory)
    terms = load_terms(config.directory, directory)
    pack = read_pack(config.pack, config.packs or PACKS, terms)
    return Office(config, pack, directory)
