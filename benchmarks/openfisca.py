"""The core rules beside OpenFisca-Core, which gets an environment of its own.

Of the households in the trace only those that the core rules know take part: one person, wages with a claim of
art. 11 or none at all, a whole month, nothing else. OpenFisca computes with floats of 32 bits: how many of them get
another cent is counted.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from verrekening.berekening import Spoor, Stap
from verrekening.motor.woorden import kies
from verrekening.regels import bijstand, vakantietoeslag, vrijlating

OPENFISCA = "openfisca-core>=46,<47"
HERHAALD = 20_000
"""Households that OpenFisca computes; those of the trace again and again."""


def _stap(spoor: Spoor, niveau: str, maand: int) -> Stap:
    return next(stap for stap in spoor.stappen if stap.niveau == niveau and stap.maand == maand)


def kern_invoer(spoor: Spoor, maand: int, huishouden_van: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Columns of the households that the core rules know, and the amounts they use.

    Args:
        spoor: trace of a calculation.
        maand: the month.
        huishouden_van: household of each person.
    """
    persoon, huis = _stap(spoor, "persoon_maand", maand), _stap(spoor, "huishouden_maand", maand)

    def kolom(stap: Stap, naam: str) -> Any:
        return np.broadcast_to(np.asarray(stap.kolommen[naam]), (len(stap.rijen),))

    netto = kolom(huis, "netto_arbeid")
    rij = np.flatnonzero(
        (kolom(huis, "inkomen") == netto + kolom(huis, "vakantietoeslag_aanspraak") - kolom(huis, "vrijlating"))
        & (kolom(huis, "maatregel_toegepast") == 0)
        & (kolom(huis, "dagen_recht") == kolom(huis, "dagen_maand"))
    )
    aantallen = np.bincount(huishouden_van[persoon.rijen], minlength=len(huishouden_van))
    eerste = np.zeros(len(huishouden_van), dtype=np.int64)
    eerste[huishouden_van[persoon.rijen]] = np.arange(len(persoon.rijen))
    wie = huis.rijen[rij]
    alleen = (aantallen[wie] == 1) & (kolom(persoon, "ink_art11")[eerste[wie]] == netto[rij])
    rij, van = rij[alleen], eerste[wie[alleen]]
    kolommen = {
        "netto": netto[rij],
        "norm": kolom(huis, "bijstandsnorm")[rij],
        "recht_op_n": kolom(persoon, "recht_op_n")[van],
        "netto_uitkering": kolom(huis, "netto_uitkering")[rij],
    }
    tabel = persoon.kolommen["vt_claim_art11_tegenwoordige_arbeid"]
    pct, reserve = persoon.kolommen["vrijlating_n_pct"], huis.kolommen["vakantietoeslag_pct_bijstand"]
    waarden = {
        "vanaf": list(tabel.vanaf), "minus": list(tabel.minus),
        "pct": [teller / tabel.noemer for teller in tabel.teller],
        "n_pct": pct.teller / pct.noemer, "n_max": persoon.kolommen["vrijlating_n_max"],
        "reserve_pct": reserve.teller / reserve.noemer,
    }  # fmt: skip
    niet_n = (kolom(persoon, "onderdeel")[van] > 1) & (kolommen["netto"] > 0)
    return {naam: waarde[~niet_n] for naam, waarde in kolommen.items()}, waarden


def eigen_snelheid(kolommen: dict[str, Any], spoor: Spoor, maand: int) -> float:
    """Household-months per second of the engine's own rules for the same core and columns; equal to the cent."""
    persoon, huis = _stap(spoor, "persoon_maand", maand).kolommen, _stap(spoor, "huishouden_maand", maand).kolommen
    keer = -(-HERHAALD // max(1, len(kolommen["netto"])))
    k = {naam: np.tile(kolom, keer) for naam, kolom in kolommen.items()}
    tijden = []
    for _ in range(5):
        begin = time.process_time()
        for _ in range(12):
            claim = vakantietoeslag.aanspraak_art11(k["netto"], persoon["vt_claim_art11_tegenwoordige_arbeid"])
            vrij = vrijlating.vrijlating_n(
                kies(k["recht_op_n"], k["netto"], 0), persoon["vrijlating_n_pct"], persoon["vrijlating_n_max"]
            )
            vrij = bijstand.vrijlating(vrij, bijstand.vrijlating_vervalt(k["norm"], k["netto"] + claim - vrij))
            recht = bijstand.bijstand(k["norm"], bijstand.inkomen(k["netto"], 0, claim, vrij, 0, 0))
            reserve = bijstand.reservering(recht, recht, huis["vakantietoeslag_pct_bijstand"], False)
            uit = bijstand.netto_uitkering(recht, reserve, False)
        tijden.append(time.process_time() - begin)
    assert (uit == k["netto_uitkering"]).all()
    return 12 * len(uit) / float(np.median(tijden))


def meet(kolommen: dict[str, Any], waarden: dict[str, Any], map_: Path | None = None) -> dict[str, float]:
    """Installs OpenFisca-Core apart, lets it compute, and counts the households with another cent."""
    with tempfile.TemporaryDirectory() as tijdelijk:
        omgeving = map_ or Path(tijdelijk) / "omgeving"
        python = omgeving / "bin" / "python"
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(omgeving)], check=True)
            subprocess.run([str(python), "-m", "pip", "install", "--quiet", OPENFISCA], check=True)
        bestand = Path(tijdelijk) / "invoer.npz"
        keer = -(-HERHAALD // max(1, len(kolommen["netto"])))
        herhaald: dict[str, Any] = {naam: np.tile(kolom, keer) for naam, kolom in kolommen.items()}
        np.savez(bestand, allow_pickle=False, **herhaald)
        script = Path(__file__).with_name("openfisca_kern.py")
        uit = subprocess.run(
            [str(python), str(script), str(bestand), json.dumps(waarden)], capture_output=True, text=True, check=True
        )
    gelezen: dict[str, float] = json.loads(uit.stdout.splitlines()[-1])
    return gelezen
