"""``make bench``: what the engine costs, as ratios measured in one run, in turns, medians of five.

Seconds differ per machine and per minute; ratios between things measured side by side say more. Without arguments the
sizes are small enough for a few minutes; ``--alles`` takes all sizes, ``--klein`` the smallest (as CI does, with
``--vergelijk``: fails when a ratio got worse than that of the latest kept release by more than the stated margin).
The results of a version are kept in benchmarks/resultaten/ and drawn on a page beside them.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks import alternatieven, bladzijde, jaar, loongegevens, nacht, vergelijk
from benchmarks.meten import HERHALINGEN, om_en_om

from verrekening import __version__, dossier
from verrekening.maand import lees_maand, lees_moment
from verrekening.regels import NIVEAUS
from verrekening.run import BLOK, Opdracht, draai
from verrekening.voorbeeld import Voorbeeld, maak

HIER = Path(__file__).parent
BETAALMAAND = "2026-09"
BRON = 10_000
"""Households of the municipality from which larger ones are copied."""
KLEIN = {"kern": (1_000, 10_000), "nacht": (1_000,)}
GEWOON = {"kern": (1_000, 10_000, 100_000), "nacht": (10_000,)}
ALLES = {"kern": (1_000, 10_000, 100_000, 400_000), "nacht": (10_000, 40_000, 400_000)}


def opdracht(voorbeeld: Voorbeeld, processen: int = 1) -> Opdracht:
    """The first payment month of the fictitious municipality."""
    moment = lees_moment(voorbeeld.peilmomenten[BETAALMAAND])
    return Opdracht(
        lees_maand(BETAALMAAND), moment, [voorbeeld.dossiers[BETAALMAAND]], list(voorbeeld.polis[BETAALMAAND]),
        voorbeeld.beleid, processen=processen,
    )  # fmt: skip


def jaar_van(voorbeeld: Voorbeeld) -> jaar.Zaak:
    """What is computed after a year."""
    return jaar.een_jaar(jaar.van_resultaat(draai(opdracht(voorbeeld))))


def kern(bron: jaar.Zaak, groottes: tuple[int, ...]) -> dict[str, float]:
    """(a) The calculation, whole law, twelve months, block after block: household-months per second of one core.

    And what a rule costs per household-month, in times a bare operation of numpy per element of a column.
    """
    uit: dict[str, float] = {"ijk_per_seconde": round(1_000_000 / om_en_om(ijk=_ijk)["ijk"])}
    regels = sum(len(niveau.op(lees_maand(BETAALMAAND)).regels) for niveau in NIVEAUS)
    for grootte in groottes:
        heel = jaar.huishoudens(bron, grootte) if grootte > BRON else jaar.een_deel(bron, grootte)
        blokken = jaar.blokken(heel, BLOK)
        del heel
        maanden = sum(jaar.huishoudmaanden(blok.reken()) for blok in blokken)

        def reken(blokken: list[jaar.Zaak] = blokken) -> None:
            for blok in blokken:
                blok.reken()

        uit[f"huishoudmaanden_per_seconde_{grootte}"] = snelheid = round(maanden / om_en_om(reken=reken)["reken"])
        uit[f"maal_numpy_per_regel_{grootte}"] = round(
            uit["ijk_per_seconde"] * _IJK_BEWERKINGEN / (snelheid * regels), 2
        )
    return uit


_IJK_BEWERKINGEN = 5
"""Operations per element in `_ijk`."""


def _ijk() -> None:
    """A million of what every rule does: compare, choose, multiply, divide whole numbers. A measure of the machine."""
    bedrag = np.arange(10_000, dtype=np.int64)
    for _ in range(100):
        np.where(bedrag > 5_000, (bedrag * 25 + 50) // 100, 0)


def dossiers(voorbeeld: Voorbeeld) -> dict[str, float]:
    """(c) Reading dossiers to checked columns, beside json.loads per line, which checks nothing."""
    pad = voorbeeld.dossiers[BETAALMAAND]

    def kaal() -> None:
        for regel in pad.read_bytes().splitlines():
            json.loads(regel)

    tijden = om_en_om(verrekening=lambda: dossier.lees([pad]), json_loads=kaal)
    return {"tegen_json_loads": round(tijden["verrekening"] / tijden["json_loads"], 2)}


def nachten(map_: Path, groottes: tuple[int, ...]) -> dict[str, dict[str, float]]:
    """(d) Whole nights with an administration, each size in a process of its own for its peak."""
    uit = {}
    for grootte in groottes:
        voorbeeld = maak(map_ / f"nacht-{grootte}", huishoudens=grootte, seed=1)
        keer = HERHALINGEN if grootte <= BRON else 1
        meting = nacht.meet(
            opdracht(voorbeeld, os.cpu_count() or 1), voorbeeld, BETAALMAAND, map_ / f"uit-{grootte}", keer
        )
        meting["piek_megabytes"] = nacht.piek(voorbeeld, BETAALMAAND, map_ / f"uit-{grootte}")
        uit[f"nacht_{grootte}"] = meting
    return uit


def meet(map_: Path, groottes: dict[str, tuple[int, ...]], *, anderen: bool) -> dict[str, Any]:
    """Everything, in order."""
    groot, klein = (maak(map_ / str(aantal), huishoudens=aantal, seed=1) for aantal in (BRON, 200))
    bron = jaar_van(groot)
    uit: dict[str, Any] = {
        "versie": __version__,
        "machine": {"processor": platform.machine(), "kernen": os.cpu_count(), "python": platform.python_version()},
        "bibliotheken": {naam: version(naam) for naam in ("numpy", "pyarrow", "lxml", "pandas", "sqlalchemy")},
        "kern": kern(bron, groottes["kern"]),
    }
    if anderen:
        uit["alternatieven"] = alternatieven.meet(bron, jaar_van(klein))
        berichten = loongegevens.berichten(groot.polis[BETAALMAAND][0])
        uit |= {f"loongegevens_{deel}": wat for deel, wat in loongegevens.meet(berichten, map_).items()}
        uit["dossiers"] = dossiers(groot)
    uit["zaak"] = nacht.een_zaak()
    return uit | nachten(map_, groottes["nacht"])


def main() -> None:
    """Measures, prints, and keeps the result of this version (or compares it with the latest kept one)."""
    vragen = set(sys.argv[1:])
    if onbekend := vragen - {"--alles", "--klein", "--vergelijk"}:
        raise SystemExit(f"onbekend: {' '.join(sorted(onbekend))}; kies uit --alles, --klein, --vergelijk")
    groottes = ALLES if "--alles" in vragen else KLEIN if "--klein" in vragen else GEWOON
    with tempfile.TemporaryDirectory() as tijdelijk:
        uitslag = meet(Path(tijdelijk), groottes, anderen="--klein" not in vragen)
    for onderdeel, waarden in uitslag.items():
        if isinstance(waarden, dict) and onderdeel not in ("machine", "bibliotheken"):
            for naam, waarde in waarden.items():
                print(f"{onderdeel:22} {naam:52} {waarde:>12,}")
    if "--vergelijk" in vragen:
        raise SystemExit(vergelijk.met_vorige(uitslag, HIER / "resultaten", __version__))
    if "--klein" not in vragen:
        doel = HIER / "resultaten" / f"{__version__}.json"
        doel.write_text(json.dumps(uitslag, indent=2) + "\n", encoding="utf-8")
        bladzijde.schrijf(uitslag, doel.with_suffix(".html"))
        print(f"Bewaard in {doel.relative_to(HIER.parent)}", file=sys.stderr)


if __name__ == "__main__":
    main()
