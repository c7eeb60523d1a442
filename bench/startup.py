"""How long `cmebot --help` takes beside bare Python, what it loads, and how large the idle daemon is."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.config.sandbox import write_sandbox
from bot.running.startup import make_register

BIN = Path(sys.executable).parent


def measure() -> None:
    bare = _median([sys.executable, "-c", "pass"])
    helped = _median([str(BIN / "cmebot"), "--help"])
    ratio = helped / bare
    print(f"cmebot --help                 {helped * 1000:6.0f} ms = {ratio:.1f} x bare Python ({bare * 1000:.0f} ms)")
    loads = (
        "import sys; sys.argv = ['cmebot', '--help']\nfrom bot.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    )
    loads += "print('sqlalchemy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True).stdout
    print(f"SQLAlchemy loaded by --help   {out.splitlines()[-1]:>6}")
    print(f"idle daemon                   {_daemon_megabytes():6.0f} MB")


def _median(command: list[str], runs: int = 9) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _daemon_megabytes() -> float:
    """Resident memory of the daemon after some ticks."""
    with tempfile.TemporaryDirectory() as folder:
        write_sandbox(Path(folder) / "county")
        make_register(Path(folder) / "county" / "config.toml")
        command = [str(BIN / "cmebot"), "-c", f"{folder}/county/config.toml", "run"]
        daemon = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            time.sleep(12)
            status = Path(f"/proc/{daemon.pid}/status").read_text("ascii")
        finally:
            daemon.terminate()
            daemon.wait(20)
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(resident.split()[1]) / 1024
