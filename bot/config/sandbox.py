"""`cmebot init DIR`: a made-up county that works at once, on SQLite and Maildirs, with no server and no network."""

from __future__ import annotations

from pathlib import Path

from bot.config.secrets import BadConfig

HUBS = ("north", "south", "city")
BOXES = ("missing.pupils", *(f"hub.{hub}" for hub in HUBS))
DISTRICTS = ("cherwell", "oxford", "south", "vale", "west")
AUTHORITIES = ("leicester", "reading", "swindon")

_ROLES = (
    "admissions", "ehe", "social-inclusion", "attendance", "assessment-teams", "interviewing-officer",
    "data-protection", "board", "directorate", "quality", "partners",
)  # fmt: skip
_SCHOOLS = """\
Bardwell Hill Academy,office@bardwell-hill.example,931/9001,north,
Cherwell Meadow School,office@cherwell-meadow.example,931/9002,north,
Wychwood Fields Infant School,office@wychwood-fields.example,931/9003,north,
Windrush Community College,office@windrush.example,931/9004,city,
Our Lady of Grace Catholic Primary,office@olog.example,931/9005,city,
Ridgeway Junior School,office@ridgeway.example,931/9006,south,
Larkmead Vale Primary School,office@larkmead-vale.example,931/9007,south,
The Thornbury Free School,office@thornbury.example,931/9008,south,
"""
_POSTCODES = {
    "cherwell,north,": ("OX15", "OX16", "OX17", "OX25", "OX26", "OX27"),
    "oxford,city,": ("OX1", "OX2", "OX3", "OX4"),
    "west,city,": ("OX5", "OX7", "OX18", "OX20", "OX28", "OX29"),
    "south,south,": ("OX9", "OX10", "OX33", "OX39", "OX44", "OX49"),
    "vale,south,": ("OX11", "OX12", "OX13", "OX14"),
    ",,leicester": ("LE",),
    ",,reading": ("RG",),
    ",,swindon": ("SN",),
}


def write_sandbox(folder: Path) -> None:
    """Writes configuration, directory and Maildirs into a new or empty folder. Raises BadConfig."""
    if folder.exists() and any(folder.iterdir()):
        raise BadConfig(f"{folder} is not empty: name a new folder, so that nothing of yours is written over")
    for box in (*BOXES, "sent"):
        for sub in ("", *(() if box == "sent" else (".Done", ".Quarantine"))):
            for part in ("new", "cur", "tmp"):
                (folder / "mail" / box / sub / part).mkdir(parents=True, exist_ok=True)
    home = folder / "directory"
    home.mkdir()
    (home / "people.csv").write_text("role,area,address,name,deputy\n" + _people(), "utf-8")
    (home / "bodies.csv").write_text("role,area,address,name\n" + _bodies(), "utf-8")
    (home / "schools.csv").write_text("name,office,laestab,hub,postcode\n" + _SCHOOLS, "utf-8")
    (home / "postcodes.csv").write_text("outward,district,hub,authority\n" + _postcodes(), "utf-8")
    (folder / "config.toml").write_text(_config(), "utf-8")


def _people() -> str:
    at = "council.example"
    rows = [
        f"tracking-officer,,tracking.officer@{at},Pupil Tracking Officer,",
        f"tracking-officer,,deputy.tracking.officer@{at},Deputy Pupil Tracking Officer,yes",
        f"designated-officer,,designated.officer@{at},Designated officer,",
        f"designated-officer,,deputy.designated.officer@{at},Deputy designated officer,yes",
    ]
    for hub in HUBS:
        rows += [
            f"hub-manager,{hub},hub.manager.{hub}@{at},Hub manager {hub},",
            f"hub-manager,{hub},deputy.hub.manager.{hub}@{at},Deputy Hub manager {hub},yes",
            f"hub-worker,{hub},hub.worker.{hub}@{at},Hub worker {hub},",
            f"hub-worker,{hub},hub.worker2.{hub}@{at},Second Hub worker {hub},",
        ]
    rows += [f"{role},,{role.replace('-', '.')}@{at},{role.replace('-', ' ').capitalize()}," for role in _ROLES]
    return "\n".join(rows) + "\n"


def _bodies() -> str:
    rows = [f"{role},,enquiries@{role}.example,{role.replace('-', ' ').capitalize()}" for role in ("police", "health")]
    rows.append("youth-offending,,enquiries@youth-offending.example,Youth Offending Service")
    rows += [f"housing,{d},enquiries@housing-{d}.example,Housing team {d.capitalize()}" for d in DISTRICTS]
    rows += [f"other-authority,{a},cme@{a}.example,CME team {a.capitalize()}" for a in AUTHORITIES]
    return "\n".join(rows) + "\n"


def _postcodes() -> str:
    return "".join(f"{outward},{where}\n" for where, codes in _POSTCODES.items() for outward in codes)


def _config() -> str:
    boxes = []
    for box in BOXES:
        hub = f'hub     = "{box.removeprefix("hub.")}"\n' if box.startswith("hub.") else ""
        boxes.append(
            f'[[mailbox]]\nkind    = "maildir"\nname    = "{box}"\naddress = "{box}@council.example"\n'
            f'path    = "mail/{box}"\n{hub}'
        )
    return _HEAD + "\n" + "\n".join(boxes) + '\n[transport]\nkind = "maildir"\npath = "mail/sent"\n'


_HEAD = """\
# A sandbox of CME Bot: a made-up county on SQLite and Maildirs.
# Drop mails into mail/*/new, then: cmebot -c config.toml once
pack      = "oxfordshire"
mode      = "live"
register  = "register.db"
directory = "directory"
team      = "Children Missing Education team"

own_domains       = ["council.example"]
show_case_headers = "everywhere"      # X-CME-Case, -Rule and -Question also to outsiders: for the sandbox only

[trust]
profile     = "authserv"
authserv_id = "mx.council.example"

[digest]
at = 07:00:00
"""
