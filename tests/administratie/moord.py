"""Kills a nightly run at every point where it touches the world outside, and looks what is left.

A program of its own (``python -m tests.administratie.moord moord MAP STEP [SERVER]``), because it forks: each child gets the engine
already loaded, counts the points it passes (a file opened, renamed or flushed; a statement before and after the
database did it; a commit) and kills itself with SIGKILL at one of them. Prints what it found as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy import event
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, Uitvoer, loon, zaak

from verrekening import run
from verrekening.fouten import VerrekeningFout

GEBEURTENISSEN = {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "sqlite3.connect", "fcntl.flock"}
_OVER, _FOUT = 0, 3


class Teller:
    """Counts the points of a run, and kills the process at one of them."""

    def __init__(self, map_: Path, fataal: int | None) -> None:
        self.aantal, self.fataal, self.map = 0, fataal, str(map_)

    def punt(self, *_: Any) -> None:
        """A point is passed."""
        self.aantal += 1
        if self.aantal == self.fataal:
            os.kill(os.getpid(), signal.SIGKILL)

    def begin(self) -> None:
        """Watches this process from here on."""
        echt = os.fsync

        def fsync(nummer: int) -> None:
            self.punt()
            echt(nummer)
            self.punt()

        os.fsync = fsync  # type: ignore[assignment]
        for naam in ("before_cursor_execute", "after_cursor_execute", "commit", "rollback"):
            event.listen(sa.Engine, naam, self.punt)
        sys.addaudithook(self._gebeurtenis)

    def _gebeurtenis(self, naam: str, waarden: tuple[Any, ...]) -> None:
        if naam in GEBEURTENISSEN and (naam == "fcntl.flock" or self.map in str(waarden[0])):
            self.punt()


def in_kind(doe: Callable[[], int]) -> int:
    """Runs in a forked process; returns its wait status."""
    nummer = os.fork()
    if nummer == 0:
        code = 1
        try:
            code = doe()
        finally:
            os._exit(code)
    return os.waitpid(nummer, 0)[1]


class Proef:
    """September after August, for three households, with a correction of July: lines of every kind."""

    def __init__(self, map_: Path, server: str | None = None) -> None:
        self.map, self.melding, self.server = map_, "", server
        self.begin = map_ / "begin"
        self.begin.mkdir(parents=True)
        gemeente = Gemeente(self.begin, self._nieuw("begin", self.begin))
        gemeente.lever([loon("2026-07", "700.00")])
        een = [zaak("D-1", hulp.BSN, ("2026-07", NETTO)), zaak("D-2", hulp.BSN_PARTNER, ("2026-07", NETTO))]
        in_kind(lambda: bool(gemeente.draai(een, "2026-08")[0].boeking is None))
        gemeente.lever([loon("2026-07", "0.00", moment="2026-09-01T10:00:00", IdBer="B2"), loon("2026-08", "800.00")])
        boekingen = ("2026-07", NETTO), ("2026-08", NETTO)
        twee = [zaak("D-1", hulp.BSN, *boekingen), zaak("D-2", hulp.BSN_PARTNER, *boekingen)]
        self.opdracht = gemeente.opdracht(twee, "2026-09")
        self.voor = gemeente.alles()

    def _nieuw(self, naam: str, map_: Path, sjabloon: str = "template1") -> str:
        if self.server is None:
            return str(map_ / "a.db")
        self._sql(f'CREATE DATABASE "{self.map.name}-{naam}" TEMPLATE "{sjabloon}"')
        return f"{self.server}/{self.map.name}-{naam}"

    def _sql(self, opdracht: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as db:
            uit = db.execute(opdracht)
            return uit.fetchall() if uit.description else []

    def plek(self, naam: str) -> tuple[Path, Gemeente]:
        """A fresh copy of the administration before September."""
        map_ = self.map / naam
        map_.mkdir()
        if self.server is None:
            for pad in self.begin.glob("a.db*"):
                shutil.copy2(pad, map_)
        return map_, Gemeente(map_, self._nieuw(naam, map_, f"{self.map.name}-begin"))

    def rust(self, naam: str) -> None:
        """Waits until the server noticed that its client is dead."""
        vraag = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{self.map.name}-{naam}'"  # noqa: S608 - our own name
        while self.server is not None and self._sql(vraag) != [(0,)]:
            time.sleep(0.01)

    def draai(self, gemeente: Gemeente, voor: Callable[[], None] = lambda: None) -> int:
        """The run over September in a child; its wait status. What it said is in ``melding``."""
        lezen, schrijven = os.pipe()

        def doe() -> int:
            voor()
            try:
                run.nacht(self.opdracht, gemeente.map / "uit", gemeente.waar)
            except VerrekeningFout as fout:
                # Through a pipe: in a test of a full disk no file can be written.
                os.write(schrijven, str(fout).encode())
                return _FOUT
            return _OVER

        status = in_kind(doe)
        os.close(schrijven)
        self.melding = os.read(lezen, 10_000).decode()
        os.close(lezen)
        return status


def uitvoer(map_: Path) -> dict[str, bytes] | None:
    """The files of a run; None when its folder is not there."""
    return Uitvoer(map_ / "uit").inhoud() if (map_ / "uit").exists() else None


def tel(proef: Proef) -> tuple[int, dict[str, Any], dict[str, bytes]]:
    """An undisturbed run: its points, what it left in the database, and its files."""
    map_, gemeente = proef.plek("ongestoord")
    lezen, schrijven = os.pipe()

    def doe() -> int:
        teller = Teller(map_, None)
        teller.begin()
        run.nacht(proef.opdracht, map_ / "uit", gemeente.waar)
        os.write(schrijven, str(teller.aantal).encode())
        return _OVER

    assert in_kind(doe) == 0
    bestanden = uitvoer(map_)
    assert bestanden is not None
    return int(os.read(lezen, 20)), gemeente.alles(), bestanden


def moord(map_: Path, stap: int, server: str | None) -> dict[str, Any]:
    """Kills at every ``stap``-th point; returns how many points, kills, and what was wrong."""
    proef = Proef(map_, server)
    punten, na, bestanden = tel(proef)
    fouten: list[str] = []
    gedood = besloten = 0
    # The last points lie around the commit and after it: always all of those.
    gekozen = sorted({*range(1, punten + 1, stap), *range(punten - 7, punten + 1)})
    for punt in gekozen:
        plek, gemeente = proef.plek(f"punt-{punt}")
        status = proef.draai(gemeente, lambda plek=plek, punt=punt: Teller(plek, punt).begin())  # type: ignore[misc]
        gedood += os.WIFSIGNALED(status)
        proef.rust(f"punt-{punt}")
        stand, uit = gemeente.alles(), uitvoer(plek)
        besloten += stand == na
        if stand not in (proef.voor, na):
            fouten.append(f"punt {punt}: half besloten")
        if uit not in (None, bestanden):
            fouten.append(f"punt {punt}: een halve map")
        if uit is not None and stand != na:
            fouten.append(f"punt {punt}: een map zonder besluit")
        if uit is not None:
            shutil.rmtree(plek / "uit")
        if proef.draai(gemeente) != 0 or gemeente.alles() != na or uitvoer(plek) != bestanden:
            fouten.append(f"punt {punt}: herhalen geeft iets anders")
        if list(plek.glob(".uit.*")):
            fouten.append(f"punt {punt}: een tijdelijke map bleef staan")
        shutil.rmtree(plek)
    return {"punten": punten, "geprobeerd": len(gekozen), "gedood": gedood, "al_besloten": besloten, "fouten": fouten}


def volle_schijf(map_: Path) -> dict[str, Any]:
    """Lets no file grow beyond a limit, smaller and larger; returns the messages and what was wrong."""
    proef = Proef(map_)
    _, na, bestanden = tel(proef)
    fouten: list[str] = []
    meldingen: dict[str, str] = {}

    def vol(grens: int) -> Callable[[], None]:
        def zet() -> None:
            # Without this the signal kills; a full disk does not.
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (grens, grens))

        return zet

    for grens in (0, 1_000, 33_000, 45_000, 60_000, 80_000, 100_000, 200_000):
        plek, gemeente = proef.plek(f"grens-{grens}")
        code = os.waitstatus_to_exitcode(proef.draai(gemeente, vol(grens)))
        stand, uit = gemeente.alles(), uitvoer(plek)
        meldingen[str(grens)] = proef.melding
        goed = (_OVER, na, bestanden) if code == _OVER else (_FOUT, proef.voor, None)
        if (code, stand, uit) != goed:
            fouten.append(f"grens {grens}: code {code}, half besloten of een halve map")
        if [pad.name for pad in plek.iterdir() if pad.name.startswith(".uit")]:
            fouten.append(f"grens {grens}: een tijdelijke map bleef staan")
        if uit is not None:
            shutil.rmtree(plek / "uit")
        if proef.draai(gemeente) != 0 or gemeente.alles() != na:
            fouten.append(f"grens {grens}: herhalen geeft iets anders")
    return {"meldingen": meldingen, "fouten": fouten}


if __name__ == "__main__":
    doel = Path(sys.argv[2])
    if sys.argv[1] == "moord":
        uitslag = moord(doel, int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else None)
    else:
        uitslag = volle_schijf(doel)
    sys.stdout.write(json.dumps(uitslag) + "\n")
