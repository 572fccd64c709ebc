"""Which amounts can and cannot be computed from what a delivery holds (rule N3): unknown is not zero."""

from __future__ import annotations

from typing import Any

import numpy as np

from verrekening.kolommen import Getallen, Masker
from verrekening.polis.kwaliteit import WERK, soort_op_het_eind
from verrekening.polis.tabel import Levering
from verrekening.polis.versies import GEBRUIKT

_NOOIT = (34, 43, 45)


def rekenbaar(levering: Levering, status: Getallen) -> list[dict[str, Any]]:
    """Per amount for how many effective records it can be computed, and in Dutch what follows when it can't.

    The assistance itself (SrtIV 34, 43, 45) is never income and is left out.
    """
    o = levering.opgaven
    soort = soort_op_het_eind(levering)
    telt = (status == GEBRUIKT) & ~np.isin(soort["srtiv"], _NOOIT)
    werk, weet_soort = np.isin(soort["srtiv"], WERK), soort["srtiv"] != -1

    def weet(*namen: str) -> Masker:
        return np.asarray(np.logical_and.reduce([o[f"{naam}_bekend"] for naam in namen]))

    zvw = weet("BijdrZvw") | (werk & (soort["cdzvw_m"] != 1))
    netto = weet_soort & weet("LnLbPh", "IngLbPh") & zvw
    korting = (soort["lhkort"] != -1) | (o["OpgRchtVakBsl"] <= 0)
    waarom_netto = _ontbreekt(telt, {
        "SrtIV": weet_soort, "LnLbPh": weet("LnLbPh"), "IngLbPh": weet("IngLbPh"), "BijdrZvw": zvw,
    })  # fmt: skip
    waarom_aanspraak = _ontbreekt(telt, {
        "het netto-inkomen": netto, "OpgRchtVakBsl": weet("OpgRchtVakBsl"), "IndLhKort": korting,
    })  # fmt: skip
    stop = "de verrekening stopt en een mens beslist"
    alsof = "er wordt gerekend alsof het niet voorkomt, en de uitleg zegt dat"
    rijen = [
        ("netto-inkomen", netto, f"{waarom_netto}; {stop}"),
        ("betaald vakantiegeld apart van het loon", weet("VakBsl"), f"VakBsl ontbreekt; {stop}"),
        ("aanspraak op vakantietoeslag", netto & weet("OpgRchtVakBsl") & korting, f"{waarom_aanspraak}; {stop}"),
        ("bijzondere beloningen", weet("LnTabBB"), f"LnTabBB ontbreekt; {alsof}"),
        ("loon in natura", weet("WrdLn"), f"WrdLn ontbreekt; {alsof}"),
        ("auto van de zaak", weet("WrdPrGebrAut", "WrknBijdrAut"), f"WrdPrGebrAut of WrknBijdrAut ontbreekt; {alsof}"),
        ("keuzebudget (IKB)", weet("OpnAvwb", "OpbAvwb"), f"OpnAvwb of OpbAvwb ontbreekt; {alsof}"),
    ]
    uit = []
    for bedrag, kan, gevolg in rijen:
        wel, niet = int((telt & kan).sum()), int((telt & ~kan).sum())
        uit.append({"bedrag": bedrag, "te_berekenen": wel, "niet_te_berekenen": niet, "gevolg": gevolg if niet else ""})
    return uit


def _ontbreekt(telt: Masker, weet: dict[str, Masker]) -> str:
    """What is missing in at least one record, as the begin of a sentence."""
    namen = [naam for naam, masker in weet.items() if (telt & ~masker).any()]
    return f"{', '.join(namen)} ontbreekt" if len(namen) == 1 else f"{', '.join(namen)} ontbreken"
