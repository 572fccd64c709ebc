"""A year of the demo in an administration, with settlement and without: what the monitor is shown on.

``python -m benchmarks.monitorjaar DIR [--huishoudens 2000]`` makes the municipality, runs twelve nights, and writes the
monitor, the check for bias and a simulation to DIR. Without settlement is the same population, booked as the
municipality books it, looked at once at the end of the year: what is outside the window then is a terugvordering.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from verrekening import run
from verrekening.cli import voer_uit
from verrekening.maand import lees_maand, lees_moment, toon_maand
from verrekening.uitvoer import signalen
from verrekening.voorbeeld import Voorbeeld, maak

EERSTE, LAATSTE = "2026-01", "2026-12"


def gemeente(map_: Path, huishoudens: int, seed: int = 1, eerste: str = EERSTE, laatste: str = LAATSTE) -> Voorbeeld:
    """The demo with payment months ``eerste`` through ``laatste`` and one month booked before."""
    maanden = [toon_maand(m) for m in range(lees_maand(eerste), lees_maand(laatste) + 1)]
    voor = toon_maand(lees_maand(eerste) - 1)
    return maak(map_, huishoudens=huishoudens, seed=seed, eerste_maand=voor, betaalmaanden=maanden)


def zonder_latere_boekingen(bron: Path, doel: Path, vanaf: str) -> Path:
    """The dossiers as of a municipality that pays what was decided: from the first payment month nothing is booked."""
    with bron.open(encoding="utf-8") as invoer, doel.open("w", encoding="utf-8") as uit:
        for regel in invoer:
            dossier = json.loads(regel)
            dossier["betalingen"] = [een for een in dossier.get("betalingen", []) if een["rechtmaand"] < vanaf]
            uit.write(json.dumps(dossier, separators=(",", ":")) + "\n")
    return doel


def draai_jaar(
    voorbeeld: Voorbeeld, waar: Path, beleid: Path | None = None, toon: Callable[[str], None] = lambda _: None
) -> str:
    """Twelve nights with an administration; returns where it is."""
    maanden = list(voorbeeld.dossiers)
    for maand in maanden:
        begin = perf_counter()
        dossiers = zonder_latere_boekingen(voorbeeld.dossiers[maand], voorbeeld.map / "dossiers.jsonl", maanden[0])
        opdracht = run.Opdracht(
            lees_maand(maand), lees_moment(voorbeeld.peilmomenten[maand]), [dossiers], voorbeeld.polis[maand],
            beleid or voorbeeld.beleid,
        )  # fmt: skip
        doel = voorbeeld.map / "uit"
        run.nacht(opdracht, doel, str(waar))
        shutil.rmtree(doel)
        toon(f"{maand}: {perf_counter() - begin:.1f} s")
    return str(waar)


def zonder(voorbeeld: Voorbeeld) -> dict[str, Any]:
    """The year looked at once, at the end, by the same rules: nothing was settled in between."""
    maand = list(voorbeeld.dossiers)[-1]
    opdracht = run.Opdracht(
        lees_maand(maand), lees_moment(voorbeeld.peilmomenten[maand]), [voorbeeld.dossiers[maand]],
        voorbeeld.polis[maand], voorbeeld.beleid,
    )  # fmt: skip
    tabel = signalen(run.draai(opdracht).uitkomst).to_pandas()
    buiten = tabel[tabel["code"] == "BUITEN_TERMIJN"]
    per_huishouden = buiten.groupby("dossiernummer")["bedrag_cent"].sum()
    return {"huishoudens": len(per_huishouden), "bedrag_cent": int(per_huishouden.sum()), "maanden": len(buiten)}


def main() -> None:
    """Makes everything and prints what was measured."""
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("map", type=Path)
    lezer.add_argument("--huishoudens", type=int, default=2_000)
    lezer.add_argument("--seed", type=int, default=1)
    keuze = lezer.parse_args()
    voorbeeld = gemeente(keuze.map / "gemeente", keuze.huishoudens, keuze.seed)
    waar = draai_jaar(voorbeeld, keuze.map / "gemeente.db", toon=print)
    print(f"administratie: {waar}")
    for opdracht in (
        ["monitor", "--register", str(keuze.map / "cijfers.json")],
        ["biascheck", "--instellingen"],
        ["simuleer", "--jaar", "2027"],
    ):
        begin = perf_counter()
        doel = keuze.map / f"{opdracht[0]}.html"
        with contextlib.redirect_stdout(io.StringIO()):
            assert voer_uit([*opdracht, "--administratie", waar, "--html", str(doel)]) == 0
        print(f"{opdracht[0]}: {doel}, {perf_counter() - begin:.1f} s")
    voer_uit(["algoritmeregister", "--beleid", str(voorbeeld.beleid), "--cijfers", str(keuze.map / "cijfers.json")])
    print(f"zonder verrekening, eind van het jaar buiten de termijn: {zonder(voorbeeld)}")


if __name__ == "__main__":
    main()
