"""A real PostgreSQL for the tests: a cluster of its own in a temporary folder, on a free port of loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GEBRUIKER = "verrekening"


def programmas() -> Path | None:
    """The folder with initdb and pg_ctl; None when PostgreSQL is not installed."""
    gevonden = shutil.which("initdb")
    if gevonden:
        return Path(gevonden).resolve().parent
    versies = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versies[-1].parent if versies else None


@contextmanager
def server() -> Iterator[str]:
    """Starts a server; yields its URL, to which the name of a database is added. Stopped and removed at the end."""
    bin_ = programmas()
    assert bin_ is not None
    # The server refuses to run as root.
    wie = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="verrekening-pg-") as map_:
        if wie is not None:
            os.chown(map_, wie.pw_uid, wie.pw_gid)
        data, poort = Path(map_) / "data", _vrije_poort()

        def doe(programma: str, *args: str) -> None:
            uit = subprocess.run(
                [str(bin_ / programma), *args], cwd=map_, user=None if wie is None else wie.pw_uid,
                group=None if wie is None else wie.pw_gid, extra_groups=None if wie is None else [],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
            )  # fmt: skip
            assert uit.returncode == 0, uit.stdout

        doe("initdb", "-D", str(data), "-U", GEBRUIKER, "--auth=trust", "-E", "UTF8", "--no-sync")
        opties = f"-p {poort} -c listen_addresses=127.0.0.1 -c unix_socket_directories={map_} -c max_connections=50"
        doe("pg_ctl", "-D", str(data), "-o", opties, "-l", f"{map_}/log", "-w", "start")
        try:
            yield f"postgresql://{GEBRUIKER}@127.0.0.1:{poort}"
        finally:
            doe("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")


def _vrije_poort() -> int:
    with socket.socket() as poging:
        poging.bind(("127.0.0.1", 0))
        return int(poging.getsockname()[1])
