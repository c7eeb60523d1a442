"""What is large is loaded where it is used: the libraries for Microsoft 365 and Exchange where a council has them,
those for documents in the processes that read."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.config.sandbox import write_sandbox

HEAVY = (
    "msal", "httpx", "exchangelib", "requests", "oauthlib",
    "lxml", "pypdfium2", "olefile", "python_calamine", "asn1crypto", "phonenumbers", "cv2", "onnxruntime",
)  # fmt: skip
IMAP = """
kind = "imap"
name = "x"
address = "x@council.example"
host = "imap.council.example"
login = "x"
password_env = "HOME"
"""


def loaded(code: str, among: tuple[str, ...] = HEAVY) -> str:
    told = f"print(sorted(name for name in {among!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", f"import sys\n{code}\n{told}"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


def test_help_loads_none_of_them_nor_the_register() -> None:
    code = "sys.argv = ['cmebot', '--help']\nimport bot.cli\ntry: bot.cli.main()\nexcept SystemExit: pass"
    assert loaded(code, (*HEAVY, "sqlalchemy", "alembic", "apscheduler", "jinja2", "rapidfuzz")) == "[]"


@pytest.mark.parametrize("kind", ["maildir", "imap"])
def test_a_daemon_on_maildir_or_imap_loads_none_of_them(tmp_path: Path, kind: str) -> None:
    home = tmp_path / "county"
    write_sandbox(home)
    config = home / "config.toml"
    if kind == "imap":
        config.write_text(config.read_text("utf-8").replace("[transport]", f"[[mailbox]]{IMAP}[transport]"), "utf-8")
    code = (
        "from contextlib import ExitStack\nfrom pathlib import Path\n"
        "import bot.running.daemon\nfrom bot.running.connect import open_bells\n"
        "from bot.running.startup import make_register, office_of\nfrom bot.running.opening import open_rounds\n"
        f"path = Path({str(config)!r})\nmake_register(path)\noffice = office_of(path)\n"
        "with ExitStack() as stack:\n    open_rounds(office, stack, inline=True)\n    office.warm()\n"
        "    open_bells(office.config, lambda: None)"
    )
    assert loaded(code) == "[]"
