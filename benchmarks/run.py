"""``make bench``: what the engine costs, as ratios measured in one run, interleaved, medians of five.

Seconds differ per machine and per minute; ratios between things measured side by side say more. The table and
benchmarks/resultaten/<version>.json hold both.
"""

from __future__ import annotations

import itertools
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import loongegevens
from benchmarks.meten import HERHALINGEN, om_en_om

from verrekening import __version__, dossier
from verrekening.berekening import bereken
from verrekening.maand import lees_maand, lees_moment
from verrekening.run import Opdracht, Resultaat, draai, schrijf
from verrekening.voorbeeld import Voorbeeld, maak

HIER = Path(__file__).parent
BETAALMAAND = "2026-09"


def opdracht(voorbeeld: Voorbeeld, processen: int = 1) -> Opdracht:
    """The first payment month of the fictitious municipality."""
    moment = lees_moment(voorbeeld.peilmomenten[BETAALMAAND])
    return Opdracht(
        lees_maand(BETAALMAAND),
        moment,
        [voorbeeld.dossiers[BETAALMAAND]],
        list(voorbeeld.polis[BETAALMAAND]),
        voorbeeld.beleid,
        processen=processen,
    )


def kern(resultaten: dict[int, Resultaat]) -> dict[str, float]:
    """(a) The calculation alone: household-months per second at two sizes."""

    def reken(r: Resultaat) -> Callable[[], Any]:
        return lambda: bereken(
            r.zaken, r.levering, r.versies, r.beleid, r.parameters, r.opdracht.betaalmaand, r.opdracht.peilmoment
        )

    tijden = om_en_om(**{str(aantal): reken(resultaat) for aantal, resultaat in resultaten.items()})
    uit: dict[str, float] = {}
    for aantal, resultaat in resultaten.items():
        maanden = int(resultaat.uitkomst.bereik.is_r.sum()) + len(resultaat.uitkomst.in_run)
        uit[f"huishoudmaanden_per_seconde_{aantal}"] = round(maanden / tijden[str(aantal)])
    return uit


def wat_lezen_kost(voorbeeld: Voorbeeld, map_: Path) -> dict[str, dict[str, float]]:
    """(b) Reading wage records; see `loongegevens`."""
    return loongegevens.meet(loongegevens.berichten(voorbeeld.polis[BETAALMAAND][0]), map_)


def dossiers(voorbeeld: Voorbeeld) -> dict[str, float]:
    """(c) Reading dossiers to checked columns, beside json.loads per line, which checks nothing."""
    pad = voorbeeld.dossiers[BETAALMAAND]

    def kaal() -> None:
        for regel in pad.read_bytes().splitlines():
            json.loads(regel)

    tijden = om_en_om(verrekening=lambda: dossier.lees([pad]), json_loads=kaal)
    return {"tegen_json_loads": round(tijden["verrekening"] / tijden["json_loads"], 2)}


def hele_run(voorbeeld: Voorbeeld, map_: Path) -> dict[str, float]:
    """(d) One run end to end, seconds per stage (medians)."""
    stappen: dict[str, list[float]] = {}
    for ronde in range(HERHALINGEN):
        merken: list[tuple[str, float]] = []

        def merk(stap: str, merken: list[tuple[str, float]] = merken) -> None:
            merken.append((stap, time.perf_counter()))

        resultaat = draai(opdracht(voorbeeld, os.cpu_count() or 1), voortgang=merk)
        merk("schrijven")
        schrijf(resultaat, map_ / f"uit-{ronde}")
        merk("klaar")
        for (stap, begin), (_, eind) in itertools.pairwise(merken):
            stappen.setdefault(stap, []).append(eind - begin)
    medianen = {stap: statistics.median(waarden) for stap, waarden in stappen.items()}
    return {f"seconden_{stap.replace(' ', '_')}": round(waarde, 3) for stap, waarde in medianen.items()}


def main() -> None:
    """Measures, prints, and keeps the result of this version."""
    with tempfile.TemporaryDirectory() as tijdelijk:
        map_ = Path(tijdelijk)
        gemeenten = {aantal: maak(map_ / str(aantal), huishoudens=aantal, seed=1) for aantal in (1_000, 10_000)}
        resultaten = {aantal: draai(opdracht(voorbeeld)) for aantal, voorbeeld in gemeenten.items()}
        groot = gemeenten[10_000]
        uitslag: dict[str, Any] = {
            "versie": __version__,
            "machine": {"processor": platform.machine(), "kernen": os.cpu_count(), "python": platform.python_version()},
            "bibliotheken": {naam: version(naam) for naam in ("numpy", "pyarrow", "lxml")},
            "kern": kern(resultaten),
            **{f"loongegevens_{deel}": uitslag for deel, uitslag in wat_lezen_kost(groot, map_).items()},
            "dossiers": dossiers(groot),
            "hele_run_10000": hele_run(groot, map_),
        }
    doel = HIER / "resultaten" / f"{__version__}.json"
    doel.parent.mkdir(exist_ok=True)
    doel.write_text(json.dumps(uitslag, indent=2) + "\n", encoding="utf-8")
    for onderdeel, waarden in uitslag.items():
        if isinstance(waarden, dict) and onderdeel not in ("machine", "bibliotheken"):
            for naam, waarde in waarden.items():
                print(f"{onderdeel:22} {naam:45} {waarde:>12,}")
    print(f"Bewaard in {doel.relative_to(HIER.parent)}", file=sys.stderr)


if __name__ == "__main__":
    main()
