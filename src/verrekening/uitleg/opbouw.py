"""The explanation of one case as data: the object of ``verrekening zaak --json``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from verrekening import uitvoer
from verrekening.berekening import Spoor, Uitkomst
from verrekening.fouten import InvoerGeweigerd, ProgrammeerFout
from verrekening.maand import toon_datum, toon_maand, toon_moment
from verrekening.run import Resultaat
from verrekening.uitleg.herkomst import Herkomst
from verrekening.uitleg.leemten import niet_berekend
from verrekening.uitleg.loon import Loon
from verrekening.uitleg.stappen import regels_van_stappen

VERSIE = "uitleg.v1"


def zaak(resultaat: Resultaat, spoor: Spoor, *, volledig: bool = False) -> dict[str, Any]:
    """Explains the one household of a result.

    Args:
        resultaat: a run over exactly one household.
        spoor: its trace, kept while it ran.
        volledig: also the rules that did nothing (result and inputs 0 or nee).

    Returns:
        versie, dossiernummer, betaalmaand, peildatum, maanden, betaling, signalen, regels and niet_berekend; amounts in
        cents, months ``YYYY-MM``. The first six are the rows that a batch writes. Never holds a BSN.

    Raises:
        InvoerGeweigerd: the assistance begins after the payment month, so that there is nothing to explain.
    """
    if len(resultaat.zaken.huishoudens["begin"]) != 1 or not spoor.aan:
        raise ProgrammeerFout("een uitleg vraagt een resultaat van precies één huishouden, met een spoor")
    nummer = str(resultaat.zaken.huishoudens["dossiernummer"][0])
    uitkomst = _in_beeld(resultaat, nummer)
    betaling = uitvoer.betaalvoorstel(uitkomst).to_pylist()[0]
    maanden = uitvoer.maanden(uitkomst).to_pylist()
    signalen = uitvoer.signalen(uitkomst).to_pylist()
    herkomst = Herkomst(resultaat)
    loon = Loon(herkomst, spoor)
    uit = {
        "versie": VERSIE,
        "dossiernummer": nummer,
        "betaalmaand": betaling["betaalmaand"],
        "peildatum": toon_moment(resultaat.opdracht.peilmoment),
        "maanden": [_zonder(rij, "dossiernummer") for rij in maanden],
        "betaling": _zonder(betaling, "dossiernummer", "betaalmaand"),
        "signalen": [_zonder(rij, "dossiernummer") for rij in signalen],
        "regels": [
            *loon.regels(volledig=volledig),
            *regels_van_stappen(spoor.stappen, herkomst, loon.som_van_delen, volledig=volledig),
        ],
    }
    return uit | {"niet_berekend": niet_berekend(resultaat, uit)}


def _in_beeld(resultaat: Resultaat, nummer: str) -> Uitkomst:
    """The result, with the household in it also when it has left the run (nothing runs, nothing is open)."""
    uitkomst = resultaat.uitkomst
    if uitkomst.bereik.begint_na[0]:
        begin = toon_datum(int(resultaat.zaken.huishoudens["begin"][0]))
        maand = toon_maand(resultaat.opdracht.betaalmaand)
        raise InvoerGeweigerd(
            f"de bijstand van dossier {nummer} begint op {begin}, na betaalmaand {maand}. "
            "Er is nog niets te verrekenen."
        )
    return replace(uitkomst, in_run=np.ones_like(uitkomst.in_run))


def _zonder(rij: dict[str, Any], *namen: str) -> dict[str, Any]:
    return {naam: waarde for naam, waarde in rij.items() if naam not in namen}
