"""Killed at any point, disk full, database locked, two at once: nothing half-decided, and repeating is enough."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak

from verrekening.administratie import verbinding
from verrekening.fouten import AdministratieBezet, AdministratieFout

# Each point costs two runs; CI takes them all, a quick look one in seven.
STAP = 1 if os.environ.get("CI") else 7
ROOT = Path(__file__).parents[2]


def _programma(*args: str) -> dict[str, Any]:
    opdracht = [sys.executable, "-m", "tests.administratie.moord", *args]
    uit = subprocess.run(opdracht, cwd=ROOT, capture_output=True, text=True, check=False)
    assert uit.returncode == 0, uit.stderr
    inhoud: dict[str, Any] = json.loads(uit.stdout.splitlines()[-1])
    return inhoud


def test_a_run_killed_anywhere_and_repeated_is_as_one_that_was_not(tmp_path: Path) -> None:
    """SIGKILL at every point: before the decision nothing is there, after it everything; the repeat ends the same."""
    uit = _programma("moord", str(tmp_path / "m"), str(STAP))
    assert uit["fouten"] == []
    assert uit["gedood"] == len(range(1, uit["punten"] + 1, STAP))
    # Points on both sides of the decision were hit.
    assert uit["punten"] > 60
    assert 0 < uit["al_besloten"] < uit["gedood"]


def test_a_full_disk_decides_nothing_and_says_so(tmp_path: Path) -> None:
    """At every size at which the disk is full: a sentence, no folder, the old administration; later it goes on."""
    uit = _programma("vol", str(tmp_path / "m"))
    assert uit["fouten"] == []
    meldingen = [melding for melding in uit["meldingen"].values() if melding]
    assert len(meldingen) >= 3
    assert all("niets" in melding for melding in meldingen)


@pytest.fixture
def gemeente(tmp_path: Path) -> Gemeente:
    """August was decided."""
    uit = Gemeente(tmp_path, str(tmp_path / "administratie.db"))
    uit.lever([loon("2026-07", "700.00")])
    uit.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    return uit


SEPTEMBER = [zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", NETTO))]


def test_two_runs_at_once_are_refused(gemeente: Gemeente) -> None:
    """The second one says that somebody is busy (exit 3); the lock goes with the process that held it."""
    with (
        verbinding.schrijven(gemeente.waar, "nu"),
        pytest.raises(AdministratieBezet, match="loopt al een run") as geraakt,
    ):
        gemeente.draai(SEPTEMBER, "2026-09")
    assert geraakt.value.exitcode == 3
    assert gemeente.draai(SEPTEMBER, "2026-09")[0].gewijzigd == 1


def test_a_lock_of_a_dead_process_is_no_lock(gemeente: Gemeente) -> None:
    """A process that held the lock and died by SIGKILL keeps nobody out, though its file is still there."""
    slot = f"{gemeente.waar}-slot"
    programma = f"import fcntl, os, signal; f = open({slot!r}); fcntl.flock(f, fcntl.LOCK_EX); os.kill(os.getpid(), signal.SIGKILL)"
    assert subprocess.run([sys.executable, "-c", programma], check=False).returncode == -9
    with Path(slot).open("rb") as bestand:
        fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert gemeente.draai(SEPTEMBER, "2026-09")[0].gewijzigd == 1


def test_a_database_locked_by_another_program_is_a_sentence(
    gemeente: Gemeente, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else writes in the file for too long: exit 1, nothing decided, and later it goes on."""
    monkeypatch.setattr(verbinding, "WACHT_MS", 50)
    voor = gemeente.alles()
    ander = sqlite3.connect(gemeente.waar, isolation_level=None)
    ander.execute("BEGIN IMMEDIATE")
    with pytest.raises(AdministratieFout, match="bezet door een ander programma") as geraakt:
        gemeente.draai(SEPTEMBER, "2026-09")
    assert geraakt.value.exitcode == 1
    ander.execute("ROLLBACK")
    ander.close()
    assert gemeente.alles() == voor
    assert not (gemeente.map / "uit-2").exists()
    assert gemeente.draai(SEPTEMBER, "2026-09")[0].gewijzigd == 1


def test_a_file_that_is_no_administration_is_refused(tmp_path: Path) -> None:
    """Another file under that name is not touched."""
    (tmp_path / "a.db").write_text("geen database, maar wel lang genoeg om er een te lijken" * 40, "utf-8")
    gemeente = Gemeente(tmp_path, str(tmp_path / "a.db"))
    gemeente.lever([loon("2026-07", "700.00")])
    with pytest.raises(AdministratieFout, match="geen administratie"):
        gemeente.draai(SEPTEMBER, "2026-09")
    assert (tmp_path / "a.db").read_text("utf-8").startswith("geen database")
