"""A year of a municipality closed month by month, and a damaged payment file: what it costs, and whether it holds.

``python -m benchmarks.financien [HOUSEHOLDS]``. Every month is decided, then closed: no cent may be unexplained. In the
payment file of the last month faults of every kind are planted at random places; each must be found and named, and no
other.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from verrekening import administratie, financien, run
from verrekening.financien import saldi
from verrekening.maand import lees_maand, lees_moment, toon_maand
from verrekening.voorbeeld import Voorbeeld, maak

HIER = Path(__file__).parent
EERSTE, AANTAL = "2026-01", 12
PER_SOORT = 20
"""Planted faults of every kind."""


def beslis(gemeente: Voorbeeld, map_: Path, waar: str) -> float:
    """Runs every payment month; seconds of the processor."""
    begin = time.process_time()
    for maand, bestand in gemeente.dossiers.items():
        opdracht = run.Opdracht(
            lees_maand(maand), lees_moment(gemeente.peilmomenten[maand]), [bestand], [gemeente.polis[maand][-1]],
            gemeente.beleid,
        )  # fmt: skip
        run.nacht(opdracht, map_ / f"uit-{maand}", waar)
    return time.process_time() - begin


def sluit(waar: str, laatste: str) -> list[dict[str, Any]]:
    """Every month closed: entries, seconds, what is open, and that nothing is unexplained."""
    uit, stand = [], saldi.Saldi()
    with administratie.open_om_te_lezen(waar, 0) as boek:
        begin = time.process_time()
        for een in financien.boeken(boek.verbinding, lees_maand(laatste)):
            eisen = saldi.eisen(een, stand.tel(een))
            assert all(eis.klopt for eis in eisen), [eis for eis in eisen if not eis.klopt]
            nu = time.process_time()
            open_cent = int(een.sluiting.tabel["saldo"].clip(lower=0).sum())
            rij = {"maand": toon_maand(een.betaalmaand), "regels": len(een.journaal), "open_cent": open_cent}
            uit.append(rij | {"seconden": round(nu - begin, 2)})
            begin = nu
    return uit


def beschadig(besloten: list[tuple[str, int]]) -> tuple[list[tuple[str, int]], dict[str, tuple[str, str]]]:
    """A payment file with faults of every kind, and how each must be named."""
    kans = random.Random(1)
    plekken = kans.sample(range(len(besloten)), 7 * PER_SOORT)
    mist, dubbel, cent, van, naar, een, twee = (set(plekken[nr::7]) for nr in range(7))
    paren = dict(zip(sorted(van), kans.sample(sorted(naar), len(naar)), strict=True))
    wissel = {a: b for a, b in zip(sorted(een), sorted(twee), strict=True) if besloten[a][1] != besloten[b][1]}
    wissel |= {b: a for a, b in wissel.items()}
    namen: dict[str, tuple[str, str]] = {}
    regels, achteraan = [], []
    for nr, (nummer, bedrag) in enumerate(besloten):
        if nr in mist:
            namen[nummer] = ("ontbreekt", "")
            continue
        op, betaald = nummer, bedrag
        if nr in dubbel:
            achteraan.append((nummer, bedrag))
            namen[nummer] = ("dubbel", "")
        elif nr in cent:
            betaald += 1
            namen[nummer] = ("een_cent", "")
        elif nr in paren:
            op = besloten[paren[nr]][0]
            namen[nummer], namen[op] = ("elders_betaald", op), ("ander_huishouden", nummer)
        elif nr in wissel:
            betaald = besloten[wissel[nr]][1]
            namen[nummer] = ("verwisseld", besloten[wissel[nr]][0])
        regels.append((op, betaald))
    return regels + achteraan, namen


def betaal(waar: str, maand: str, map_: Path) -> dict[str, Any]:
    """The damaged file beside the decisions, kept, and the whole folder written."""
    with administratie.open_om_te_besluiten(waar, 0, "2027-01-01T00:00:00+00:00") as boek:
        *_, laatste = financien.boeken(boek.verbinding, lees_maand(maand))
        b = laatste.betaling[laatste.betaling["te_betalen"] > 0]
        besloten = list(zip(b["dossiernummer"].tolist(), b["te_betalen"].tolist(), strict=True))
        regels, namen = beschadig(besloten)
        tekst = "".join(f"{nummer};{cent // 100},{cent % 100:02d}\n" for nummer, cent in regels)
        (map_ / "betaald.csv").write_text("dossiernummer;bedrag\n" + tekst, encoding="utf-8")
        begin = time.process_time()
        v = financien.vergelijk_betaald(
            boek.verbinding, lees_maand(maand), financien.lees_betaald(map_ / "betaald.csv")
        )
        vergelijken = time.process_time() - begin
        gevonden = {rij["dossiernummer"]: (rij["soort"], rij["ander"]) for rij in v.verschillen.to_dict("records")}
        anders = {nummer for nummer in {**gevonden, **namen} if gevonden.get(nummer) != namen.get(nummer)}
        assert not anders, {nummer: (namen.get(nummer), gevonden.get(nummer)) for nummer in sorted(anders)[:6]}
        moment = lees_moment("2027-01-01T00:00:00+00:00")
        financien.leg_betaald_vast(boek.verbinding, lees_maand(maand), v, moment, "2027-01-01T00:00:00+00:00")
        begin = time.process_time()
        resultaat = financien.sluit_af(boek.verbinding, lees_maand(maand), financien.lees_rekeningen(), v)
        financien.schrijf(resultaat, map_ / "af", voor_zichtbaar=boek.bevestig)
        alles = time.process_time() - begin
    binnen = [een for een in resultaat.keten if (een.van, een.naar) != ("besluiten", "betaald")]
    assert all(een.klopt for een in binnen), [een for een in binnen if not een.klopt]
    return {
        "geplant": len(namen), "gevonden": len(gevonden),
        "seconden_vergelijken": round(vergelijken, 2), "seconden_aansluiting": round(alles, 2),
    }  # fmt: skip


def main() -> None:
    """Measures, prints, and keeps the result."""
    huishoudens = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    eerste = lees_maand(EERSTE)
    maanden = [toon_maand(eerste + nummer) for nummer in range(AANTAL)]
    with tempfile.TemporaryDirectory() as tijdelijk:
        map_ = Path(tijdelijk)
        waar = str(map_ / "gemeente.db")
        gemeente = maak(map_ / "in", huishoudens, 1, toon_maand(eerste - 1), maanden)
        beslissen = beslis(gemeente, map_, waar)
        uit = {
            "huishoudens": huishoudens,
            "seconden_beslissen": round(beslissen, 1),
            "maanden": sluit(waar, maanden[-1]),
            "betaalbestand": betaal(waar, maanden[-1], map_),
            "piek_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    print(json.dumps(uit, indent=2))
    doel = HIER / "resultaten" / f"financien-{huishoudens}.json"
    doel.write_text(json.dumps(uit, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
