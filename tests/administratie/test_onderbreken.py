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

import psycopg
import pytest
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak

from verrekening import administratie, run, uitvoer
from verrekening.administratie import verbinding
from verrekening.fouten import AdministratieBezet, AdministratieFout, AdministratieGeweigerd

# Each point costs two runs; CI takes them all, a quick look one in seven.
STAP = 1 if os.environ.get("CI") else 7
ROOT = Path(__file__).parents[2]


def _programma(*args: str) -> dict[str, Any]:
    opdracht = [sys.executable, "-m", "tests.administratie.moord", *args]
    uit = subprocess.run(opdracht, cwd=ROOT, capture_output=True, text=True, check=False)
    assert uit.returncode == 0, uit.stderr
    inhoud: dict[str, Any] = json.loads(uit.stdout.splitlines()[-1])
    return inhoud


@pytest.mark.parametrize("soort", ["sqlite", "postgresql"])
def test_a_run_killed_anywhere_and_repeated_is_as_one_that_was_not(
    tmp_path: Path, soort: str, request: pytest.FixtureRequest
) -> None:
    """SIGKILL at every point: before the decision nothing is there, after it everything; the repeat ends the same."""
    server = [request.getfixturevalue("postgresserver")] if soort == "postgresql" else []
    uit = _programma("moord", str(tmp_path / f"m-{os.getpid()}"), str(STAP), *server)
    assert uit["fouten"] == []
    assert uit["gedood"] == uit["geprobeerd"]
    # Points on both sides of the decision were hit.
    assert uit["punten"] > 50
    assert 0 < uit["al_besloten"] < uit["gedood"]


def test_a_full_disk_decides_nothing_and_says_so(tmp_path: Path) -> None:
    """At every size at which the disk is full: a sentence, no folder, the old administration; later it goes on."""
    uit = _programma("vol", str(tmp_path / "m"))
    assert uit["fouten"] == []
    meldingen = [melding for melding in uit["meldingen"].values() if melding]
    assert len(meldingen) >= 3
    assert all("niets" in melding for melding in meldingen)


@pytest.fixture
def gemeente(tmp_path: Path, waar: str) -> Gemeente:
    """August was decided."""
    uit = Gemeente(tmp_path, waar)
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


@pytest.mark.parametrize("waar", ["sqlite"], indirect=True)
def test_a_lock_of_a_dead_process_is_no_lock(gemeente: Gemeente) -> None:
    """A process that held the lock and died by SIGKILL keeps nobody out, though its file is still there."""
    slot = f"{gemeente.waar}-slot"
    programma = f"import fcntl, os, signal; f = open({slot!r}); fcntl.flock(f, fcntl.LOCK_EX); os.kill(os.getpid(), signal.SIGKILL)"
    assert subprocess.run([sys.executable, "-c", programma], check=False).returncode == -9
    with Path(slot).open("rb") as bestand:
        fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert gemeente.draai(SEPTEMBER, "2026-09")[0].gewijzigd == 1


@pytest.mark.parametrize("waar", ["sqlite"], indirect=True)
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


@pytest.mark.parametrize("waar", ["postgresql"], indirect=True)
def test_a_lost_connection_decides_nothing_and_says_so(gemeente: Gemeente, postgresserver: str) -> None:
    """The server ends the connection while the run computes: exit 1, no folder, and repeating is enough."""
    voor = gemeente.alles()

    def breek(stap: str) -> None:
        if stap == "schrijven":
            with psycopg.connect(f"{postgresserver}/postgres", autocommit=True) as db:
                db.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                    [gemeente.waar.rpartition("/")[2]],
                )

    with pytest.raises(AdministratieFout, match="verbinding") as geraakt:
        run.nacht(gemeente.opdracht(SEPTEMBER, "2026-09"), gemeente.map / "uit", gemeente.waar, voortgang=breek)
    assert geraakt.value.exitcode == 1
    assert gemeente.alles() == voor
    assert not (gemeente.map / "uit").exists()
    assert gemeente.draai(SEPTEMBER, "2026-09")[0].gewijzigd == 1


@pytest.mark.parametrize("url", ["postgresql://niemand@127.0.0.1:1/x", "mysql://x/y", "postgresql://["])
def test_a_database_that_is_not_there_is_a_sentence(tmp_path: Path, url: str) -> None:
    """Nobody listens, another kind of database, or no URL at all: never a traceback."""
    gemeente = Gemeente(tmp_path, url)
    gemeente.lever([loon("2026-07", "700.00")])
    with pytest.raises((AdministratieFout, AdministratieGeweigerd)):
        gemeente.draai(SEPTEMBER, "2026-09")


def test_a_copy_made_in_use_is_an_administration(gemeente: Gemeente) -> None:
    """While a run holds the lock; the copy passes every check, and a next run goes on from it."""
    doel = gemeente.map / "kopie.db"
    with verbinding.schrijven(gemeente.waar, "nu"):
        administratie.kopieer(gemeente.waar, doel, "2026-08-20T00:00:00+00:00")
    kopie = Gemeente(gemeente.map, str(doel), gemeente.leveringen)
    assert kopie.alles() == gemeente.alles()
    with administratie.open_om_te_lezen(str(doel), 0) as boek:
        assert administratie.controleer(boek.verbinding, uitvoer.vingerafdruk).bevindingen == ()
    with administratie.open_om_te_lezen(gemeente.waar, 0) as boek:
        assert administratie.controleer(boek.verbinding, uitvoer.vingerafdruk).bevindingen == ()
    kopie.map /= "verder"
    kopie.map.mkdir()
    assert kopie.draai(SEPTEMBER, "2026-09")[0].gewijzigd == 1
