"""The nightly run end to end with an administration, per stage, beside the floors; and one case from the command line.

The floors do the same input and output and nothing else: a bare parse of the same messages, reading and writing the
same tables as Parquet, and inserting the same rows in bulk.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks.loongegevens import RECORD, met_lxml
from benchmarks.meten import HERHALINGEN, proces

from verrekening import dossier
from verrekening.cli.scherm import Voortgang
from verrekening.run import Opdracht, nacht
from verrekening.voorbeeld import Voorbeeld

HIER = Path(__file__).parents[1]
ZAAK = HIER / "fixtures" / "zaken" / "eerste-zaak"


def een_nacht(opdracht: Opdracht, map_: Path, ronde: int) -> dict[str, float]:
    """Seconds by the clock per stage of one night in a new administration."""
    klok = Voortgang(lambda *_: None)
    nacht(opdracht, map_ / f"uit-{ronde}", str(map_ / f"nacht-{ronde}.db"), voortgang=klok)
    klok(None)
    return klok.seconden


def bodems(voorbeeld: Voorbeeld, betaalmaand: str, uit: Path, map_: Path) -> dict[str, Callable[[], Any]]:
    """The floors."""
    berichten = sorted(voorbeeld.polis[betaalmaand][0].rglob("*.xml"))
    zaken = dossier.lees([voorbeeld.dossiers[betaalmaand]])
    invoer = map_ / "dossiers.parquet"
    pq.write_table(pa.table(dict(zaken.personen)), invoer)
    uitvoer = [pq.read_table(pad) for pad in sorted(uit.glob("*.parquet"))]
    regels = [tuple(rij.values()) for tabel in uitvoer for rij in tabel.to_pylist()]

    def schrijf() -> None:
        for nummer, tabel in enumerate(uitvoer):
            pq.write_table(tabel, map_ / f"bodem-{nummer}.parquet")

    def voeg_in() -> None:
        (map_ / "bodem.db").unlink(missing_ok=True)
        verbinding = sqlite3.connect(map_ / "bodem.db")
        for lengte in {len(regel) for regel in regels}:
            verbinding.execute(f"CREATE TABLE t{lengte} ({', '.join(f'k{nummer}' for nummer in range(lengte))})")
            verbinding.executemany(
                f"INSERT INTO t{lengte} VALUES ({', '.join('?' * lengte)})",  # noqa: S608 - numbers only
                [regel for regel in regels if len(regel) == lengte],
            )
        verbinding.commit()
        verbinding.close()

    return {
        "lezen": met_lxml(berichten, (RECORD,), False),
        "parquet_lezen": lambda: pq.read_table(invoer),
        "parquet_schrijven": schrijf,
        "invoegen": voeg_in,
    }


def meet(opdracht: Opdracht, voorbeeld: Voorbeeld, betaalmaand: str, map_: Path, keer: int) -> dict[str, float]:
    """Seconds per stage (medians), of the floors, and how many times the sum of the floors a night takes."""
    map_.mkdir(parents=True, exist_ok=True)
    nachten: list[dict[str, float]] = []
    vloeren: list[dict[str, float]] = []
    # In turns, both by the clock: what else the machine does hits all of them.
    for ronde in range(keer):
        nachten.append(een_nacht(opdracht, map_, ronde))
        vloeren.append({})
        for naam, taak in bodems(voorbeeld, betaalmaand, map_ / "uit-0", map_).items():
            begin = time.perf_counter()
            taak()
            vloeren[-1][naam] = time.perf_counter() - begin
    per_stap = {stap: statistics.median(een[stap] for een in nachten) for stap in nachten[0]}
    bodem = {naam: statistics.median(een[naam] for een in vloeren) for naam in vloeren[0]}
    uit = {f"seconden_{stap.replace(' ', '_')}": round(duur, 3) for stap, duur in per_stap.items()}
    uit |= {f"bodem_{naam}": round(duur, 3) for naam, duur in bodem.items()}
    geheel = sum(per_stap.values())
    uit["seconden_geheel"] = round(geheel, 2)
    uit["maal_de_bodems"] = round(geheel / sum(bodem.values()), 2)
    return uit


def piek(voorbeeld: Voorbeeld, betaalmaand: str, map_: Path) -> float:
    """Peak megabytes of the command for one night."""
    opdracht = [
        "verrekening", "batch", "--maand", betaalmaand, "--beleid", str(voorbeeld.beleid),
        "--dossiers", str(voorbeeld.dossiers[betaalmaand]), "--polis", *map(str, voorbeeld.polis[betaalmaand]),
        "--peildatum", voorbeeld.peilmomenten[betaalmaand], "--uit", str(map_ / "uit-piek"),
        "--administratie", str(map_ / "piek.db"),
    ]  # fmt: skip
    return round(proces(*opdracht)["piek_megabytes"])


def een_zaak() -> dict[str, float]:
    """One case from the command line, each time a new process: beside a process that only loads numpy and pyarrow."""
    zaak = [
        "verrekening", "zaak", "D-000001", "--maand", "2026-08", "--peildatum", "2026-08-15",
        "--dossiers", str(ZAAK / "dossiers.jsonl"), "--polis", str(ZAAK / "polis"),
        "--beleid", str(ZAAK / "beleid.yaml"), "--json",
    ]  # fmt: skip
    metingen: dict[str, list[dict[str, float]]] = {"zaak": [], "kaal": []}
    for _ in range(HERHALINGEN):
        metingen["zaak"].append(proces(*zaak))
        metingen["kaal"].append(proces("benchmarks.kaal"))
    mediaan = {
        wie: {naam: statistics.median(een[naam] for een in lijst) for naam in lijst[0]}
        for wie, lijst in metingen.items()
    }
    return {
        "seconden": round(mediaan["zaak"]["seconden"], 3),
        "processorseconden": round(mediaan["zaak"]["processor"], 3),
        "piek_megabytes": round(mediaan["zaak"]["piek_megabytes"]),
        "maal_numpy_en_pyarrow_laden": round(mediaan["zaak"]["processor"] / mediaan["kaal"]["processor"], 2),
    }
