"""Twelve payment months in a row with an administration: what it costs, and whether it holds.

``python benchmarks/administratie.py [HOUSEHOLDS] [MONTHS] [URL]``. After every run the money identity and the chain
are checked; after the last one month six is played again and must give what month six decided. Some months are also
computed without a database, from all the files so far, so that the difference is what the memory costs and saves.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from verrekening import administratie, run, uitvoer
from verrekening.cli.scherm import Voortgang
from verrekening.maand import lees_maand, lees_moment, toon_maand
from verrekening.voorbeeld import maak

HIER = Path(__file__).parent
EERSTE = "2026-01"
NAGESPEELD = 6
"""Which of the payment months is played again after the last."""


def draai(
    opdracht: run.Opdracht, doel: Path, waar: str | None, *, proef: bool = False
) -> tuple[run.Besluit, dict[str, float]]:
    """One run with its times."""
    klok = Voortgang(lambda *_: None)
    besluit = run.nacht(opdracht, doel, waar, proef=proef, voortgang=klok)
    klok(None)
    return besluit, klok.seconden


def omvang(map_: Path) -> int:
    """Bytes of the database, with what SQLite keeps beside it."""
    return sum(pad.stat().st_size for pad in map_.glob("gemeente.db*"))


def main() -> None:
    """Measures, prints a line per month, and keeps the result."""
    huishoudens = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    aantal = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    with tempfile.TemporaryDirectory() as tijdelijk:
        map_ = Path(tijdelijk)
        waar = sys.argv[3] if len(sys.argv) > 3 else str(map_ / "gemeente.db")
        eerste = lees_maand(EERSTE)
        maanden = [toon_maand(eerste + nummer) for nummer in range(aantal)]
        zonder_database = {maanden[0], maanden[aantal // 2], maanden[-1]}
        gemeente = maak(map_ / "in", huishoudens, 1, toon_maand(eerste - 3), maanden)
        rijen: list[dict[str, Any]] = []
        opdrachten = {}
        for maand in maanden:
            opdracht = opdrachten[maand] = run.Opdracht(
                lees_maand(maand), lees_moment(gemeente.peilmomenten[maand]), [gemeente.dossiers[maand]],
                # The night gives only what is new; the memory has the rest.
                [gemeente.polis[maand][-1]], gemeente.beleid,
            )  # fmt: skip
            besluit, met = draai(opdracht, map_ / f"uit-{maand}", waar)
            with administratie.open_om_te_lezen(waar, opdracht.peilmoment) as boek:
                fouten = administratie.controleer(boek.verbinding, uitvoer.vingerafdruk).bevindingen
            assert not fouten, fouten
            assert besluit.controle["geldidentiteit"]["klopt"]
            rij = {
                "maand": maand,
                "huishoudens_besloten": besluit.gewijzigd,
                "opgaven": besluit.controle["opgaven"]["gelezen"],
                "megabytes": round(omvang(map_) / 2**20, 1),
                **{f"s_{stap.replace(' ', '_')}": round(tijd, 2) for stap, tijd in met.items()},
                "s_totaal": round(sum(met.values()), 2),
            }
            if maand in zonder_database:
                los = run.Opdracht(
                    opdracht.betaalmaand, opdracht.peilmoment, opdracht.dossiers, gemeente.polis[maand], gemeente.beleid
                )
                zonder = draai(los, map_ / f"los-{maand}", None)[1]
                rij |= {f"s_zonder_{stap.replace(' ', '_')}": round(tijd, 2) for stap, tijd in zonder.items()}
                rij["s_zonder_database"] = round(sum(zonder.values()), 2)
            rijen.append(rij)
            print(json.dumps(rij), flush=True)
        weer = maanden[min(NAGESPEELD, aantal) - 1]
        begin = time.perf_counter()
        draai(opdrachten[weer], map_ / "weer", waar, proef=True)
        naspelen = time.perf_counter() - begin
        for bestand in ("betaalvoorstel", "maanden"):
            toen, nu = [pq.read_table(map_ / plek / f"{bestand}.parquet") for plek in (f"uit-{weer}", "weer")]
            assert toen.equals(nu), f"{bestand} of {weer} is not what it was"
        begin = time.perf_counter()
        draai(opdrachten[maanden[-1]], map_ / "nogmaals", waar)
        uitslag = {
            "huishoudens": huishoudens,
            "soort": "sqlite" if len(sys.argv) <= 3 else "postgresql",
            "naspelen_s": round(naspelen, 2),
            "zelfde_feiten_nogmaals_s": round(time.perf_counter() - begin, 2),
            "maanden": rijen,
        }
    doel = HIER / "resultaten" / f"administratie-{uitslag['soort']}-{huishoudens}.json"
    doel.write_text(json.dumps(uitslag, indent=1) + "\n", encoding="utf-8")
    print(f"{weer} played again gives the same in {naspelen:.2f} s; kept in {doel.name}")


if __name__ == "__main__":
    main()
