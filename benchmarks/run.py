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

from lxml import etree

from verrekening import __version__, dossier, polis
from verrekening.berekening import bereken
from verrekening.maand import lees_maand, lees_moment
from verrekening.run import Opdracht, Resultaat, draai, schrijf
from verrekening.voorbeeld import Voorbeeld, maak

HIER = Path(__file__).parent
BETAALMAAND = "2026-09"
HERHALINGEN = 5
BLADEN = (
    "SofiNr", "NumIV", "DatAanv", "DatEind", "SrtIV", "IndLhKort", "CdZvw", "LnLbPh", "LnTabBB", "VakBsl",
    "OpgRchtVakBsl", "OpnAvwb", "OpbAvwb", "WrdLn", "IngLbPh", "BijdrZvw", "WrdPrGebrAut", "WrknBijdrAut", "Reisk",
)  # fmt: skip


def om_en_om(**taken: Callable[[], Any]) -> dict[str, float]:
    """Median seconds per task; the tasks take turns, so that a busy minute hits all of them."""
    tijden: dict[str, list[float]] = {naam: [] for naam in taken}
    for _ in range(HERHALINGEN):
        for naam, taak in taken.items():
            begin = time.perf_counter()
            taak()
            tijden[naam].append(time.perf_counter() - begin)
    return {naam: statistics.median(waarden) for naam, waarden in tijden.items()}


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


def loongegevens(voorbeeld: Voorbeeld) -> dict[str, float]:
    """(b) Reading wage records, all guards on and every person known, beside bare lxml on the same files."""
    paden = sorted(pad for map_ in voorbeeld.polis[BETAALMAAND] for pad in map_.glob("*.xml"))[:400]

    def kaal(namen: tuple[str, ...], lees_tekst: bool) -> Callable[[], None]:
        tags = [f"{{http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/01}}{naam}" for naam in namen]

        def lees() -> None:
            for pad in paden:
                try:
                    for _, element in etree.iterparse(str(pad), tag=tags):
                        _ = element.text if lees_tekst else None
                        element.clear()
                except etree.XMLSyntaxError:
                    continue

        return lees

    record = "InkomstenverhoudingInitieel"
    tijden = om_en_om(
        verrekening=lambda: polis.lees(paden, None),
        onbekenden=lambda: polis.lees(paden, frozenset()),
        lxml_record=kaal((record,), False),
        lxml_bladen=kaal((*BLADEN, record), True),
    )
    records = sum(bestand.tellingen["gelezen"] for bestand in polis.lees(paden, None).bestanden)
    return {
        "records": records,
        "records_per_seconde": round(records / tijden["verrekening"]),
        "iedereen_bekend_tegen_lxml_bladen": round(tijden["verrekening"] / tijden["lxml_bladen"], 2),
        "iedereen_bekend_tegen_lxml_record": round(tijden["verrekening"] / tijden["lxml_record"], 2),
        "niemand_bekend_tegen_lxml_record": round(tijden["onbekenden"] / tijden["lxml_record"], 2),
    }


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
            "loongegevens": loongegevens(groot),
            "dossiers": dossiers(groot),
            "hele_run_10000": hele_run(groot, map_),
        }
    doel = HIER / "resultaten" / f"{__version__}.json"
    doel.parent.mkdir(exist_ok=True)
    doel.write_text(json.dumps(uitslag, indent=2) + "\n", encoding="utf-8")
    for onderdeel in ("kern", "loongegevens", "dossiers", "hele_run_10000"):
        for naam, waarde in uitslag[onderdeel].items():
            print(f"{onderdeel:16} {naam:45} {waarde:>12,}")
    print(f"Bewaard in {doel.relative_to(HIER.parent)}", file=sys.stderr)


if __name__ == "__main__":
    main()
