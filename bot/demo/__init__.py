"""`cmebot demo`: whole cases from real mails, time running fast; ends with the digest, and leaves a page to look at."""

from __future__ import annotations

import shutil
from email.utils import parseaddr
from pathlib import Path

from bot.demo.player import Played, Player, plain
from bot.demo.scenes import SCENES
from bot.register.register import Register
from bot.register.unit import Snapshot
from bot.sandbox import write_sandbox
from bot.secrets import BadConfig
from bot.show import local
from bot.startup import make_register, office_of
from outbound.page import ShownCase, ShownMail, index_page

_MARK = ".cmebot-demo"


def play(folder: Path) -> None:
    """Plays all scenes in that folder; an earlier demo there is replaced. Raises BadConfig."""
    from bot.logs import set_up

    set_up()
    _make_room(folder)
    write_sandbox(folder)
    (folder / _MARK).touch()
    make_register(folder / "config.toml")
    player = Player(folder, office_of(folder / "config.toml"), _tell)
    player.play(SCENES)
    page = _page(folder, player.played)
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


def _page(folder: Path, played: list[Played]) -> Path:
    with Register.open(folder / "register.db") as register, register.read() as snapshot:
        rows = snapshot.cases()
        mails = [_shown(p, snapshot) for p in played]
    cases = [
        ShownCase(
            ref=row.ref,
            child=" ".join(filter(None, (row.forenames, row.surname))) or "Name not known",
            pathway=row.pathway,
            state=row.state,
            outcome=row.outcome,
            opened=row.opened,
            next=f"next: {local(row.next_due)}" if row.next_due else "",
            concern=row.concern,
        )
        for row in reversed(rows)
    ]
    page = folder / "index.html"
    page.write_text(index_page(mails, cases, title="the demo", intro=_INTRO), "utf-8")
    return page


_INTRO = (
    "Five weeks of a made-up county, played from real mails: schools send forms, officers answer from their phones, "
    "agencies reply when they are reminded, and one is silent. Every mail is shown as its reader sees it."
)


def _became(snapshot: Snapshot, message_id: str) -> tuple[tuple[str, ...], str]:
    """Of a mail that came in: the cases in whose history it stands, and what the bot noted."""
    for row in snapshot.mails_by_message_id(message_id):
        refs = snapshot.subjects_of_mail(row.id)
        kinds = [e.kind for ref in refs for e in snapshot.history(ref) if e.mail == row.id and e.kind != "ask.answered"]
        noted = ", ".join(dict.fromkeys(kind.replace(".", " ").replace("-", " ") for kind in kinds))
        return tuple(refs), f"What the bot noted: {noted or 'nothing'} ({', '.join(refs) or 'no case'})."
    return (), ""


def _shown(played: Played, snapshot: Snapshot) -> ShownMail:
    mail = played.mail
    refs, note = tuple(str(mail["X-CME-Case"] or "").split()), ""
    if played.incoming:
        refs, note = _became(snapshot, str(mail["Message-ID"]))
    box = str(mail["To"] if played.incoming else mail["From"])
    return ShownMail(
        at=played.at,
        direction="in" if played.incoming else "out",
        mailbox=parseaddr(box)[1],
        from_=str(mail["From"]),
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        text=plain(mail),
        html=plain(mail, "html") or None,
        refs=refs,
        note=note,
        attachments=tuple(part.get_filename() or "" for part in mail.iter_attachments()),
        rule=str(mail["X-CME-Rule"] or ""),
    )
