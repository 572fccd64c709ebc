"""The same law by other means: the engine's own rules on Python numbers, and in pandas row by row.

The inputs of every level are taken from a trace of the real calculation. Each row is then computed alone, by the same
functions: with whole numbers, with `decimal.Decimal` for every amount, and with `DataFrame.apply`. Making the tables
between the levels, which the engine also does in its time, costs the others nothing here.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, cast

import numpy as np
import pandas as pd
from benchmarks import openfisca
from benchmarks.jaar import Zaak, huishoudmaanden
from benchmarks.meten import HERHALINGEN

from verrekening.berekening import Spoor, Stap, Uitkomst, bereken

Rij = dict[str, Any]


def spoor_van(zaak: Zaak) -> tuple[Spoor, Uitkomst]:
    """Every level of every month, with a row for everybody."""
    spoor = Spoor(aan=True)
    uit = bereken(
        zaak.zaken, zaak.levering, zaak.versies, zaak.beleid, zaak.parameters, zaak.betaalmaand, zaak.peilmoment, spoor
    )
    return spoor, uit


def rijen(stap: Stap, als: Callable[[int], Any]) -> Iterable[Rij]:
    """The inputs of each row of a step, as Python values; amounts as ``als`` makes them."""
    gemaakt = {regel.naam for regel in stap.graaf.regels}
    cent = {naam for regel in stap.graaf.regels for naam, soort in regel.argumenten.items() if soort == "Cent"}
    aantal = len(stap.rijen)
    kolommen: dict[str, list[Any]] = {}
    for naam, kolom in stap.kolommen.items():
        if naam in gemaakt:
            continue
        if isinstance(kolom, np.ndarray):
            lijst = np.broadcast_to(kolom, (aantal,)).tolist()
            kolommen[naam] = [als(een) for een in lijst] if naam in cent else lijst
        else:
            kolommen[naam] = [als(kolom) if naam in cent and isinstance(kolom, int) else kolom] * aantal
    return (dict(zip(kolommen, waarden, strict=True)) for waarden in zip(*kolommen.values(), strict=True))


def rij_voor_rij(spoor: Spoor, als: Callable[[int], Any]) -> float:
    """Seconds of processor to compute every row alone; the answers must be those of the engine."""
    duur = 0.0
    for stap in spoor.stappen:
        invoer = list(rijen(stap, als))
        begin = time.process_time()
        uit = [stap.graaf.reken(rij) for rij in invoer]
        duur += time.process_time() - begin
        _zelfde(stap, uit)
    return duur


def met_pandas(spoor: Spoor) -> float:
    """Seconds of processor with one ``apply`` per level and month."""
    duur = 0.0
    for stap in spoor.stappen:
        tabel = pd.DataFrame(list(rijen(stap, int)), dtype=object)
        if tabel.empty:
            continue
        namen = [regel.naam for regel in stap.graaf.regels]

        def reken(rij: pd.Series, stap: Stap = stap, namen: list[str] = namen) -> pd.Series:
            uit = stap.graaf.reken(cast("Rij", rij.to_dict()))
            return pd.Series({naam: uit[naam] for naam in namen}, dtype=object)

        begin = time.process_time()
        uit = tabel.apply(reken, axis=1)
        duur += time.process_time() - begin
        _zelfde(stap, cast("list[Rij]", uit.to_dict("records")))
    return duur


def _zelfde(stap: Stap, uit: list[Rij]) -> None:
    for regel in stap.graaf.regels:
        kolom = np.broadcast_to(np.asarray(stap.kolommen[regel.naam]), (len(stap.rijen),)).tolist()
        assert [int(rij[regel.naam]) for rij in uit] == [int(een) for een in kolom], regel.naam


def meet(groot: Zaak, klein: Zaak) -> dict[str, float]:
    """Household-months per second of each way, and how many times as long as the engine it takes.

    Args:
        groot: what the engine computes.
        klein: the same kind of municipality, small enough for the others.
    """
    spoor, uit = spoor_van(klein)
    maanden = huishoudmaanden(uit)
    maanden_groot = huishoudmaanden(groot.reken())
    per_maand: dict[str, list[float]] = {}
    for _ in range(HERHALINGEN):
        begin = time.process_time()
        groot.reken()
        per_maand.setdefault("verrekening", []).append((time.process_time() - begin) / maanden_groot)
        per_maand.setdefault("python_int", []).append(rij_voor_rij(spoor, int) / maanden)
        per_maand.setdefault("python_decimal", []).append(rij_voor_rij(spoor, Decimal) / maanden)
        per_maand.setdefault("pandas_apply", []).append(met_pandas(spoor) / maanden)
    mediaan = {naam: statistics.median(waarden) for naam, waarden in per_maand.items()}
    snelheid = {f"{naam}_huishoudmaanden_per_seconde": round(1 / duur) for naam, duur in mediaan.items()}
    factor = {
        f"{naam}_maal_de_tijd": round(duur / mediaan["verrekening"], 1)
        for naam, duur in mediaan.items()
        if naam != "verrekening"
    }
    maand = klein.betaalmaand - 1
    kolommen, waarden = openfisca.kern_invoer(spoor, maand, klein.zaken.personen["huishouden"])
    hun = openfisca.meet(kolommen, waarden)
    eigen = openfisca.eigen_snelheid(kolommen, spoor, maand)
    return (
        snelheid
        | factor
        | {
            "kernregels_openfisca_huishoudmaanden_per_seconde": hun["huishoudmaanden_per_seconde"],
            "kernregels_verrekening_huishoudmaanden_per_seconde": round(eigen),
            "kernregels_openfisca_maal_de_tijd": round(eigen / hun["huishoudmaanden_per_seconde"], 2),
            "kernregels_openfisca_huishoudens": hun["huishoudens"],
            "kernregels_openfisca_andere_cent": hun["anders"],
        }
    )
