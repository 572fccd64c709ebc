"""Which declared gaps may matter in one case, so that the reader knows where the calculation ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from verrekening.berekening.inkomen import ARBEID
from verrekening.berekening.samenstelling import GEHUWDEN, Leeftijden
from verrekening.kolommen import Masker
from verrekening.leemten import LEEMTEN
from verrekening.maand import eerste_dag, lees_maand
from verrekening.run import Resultaat

_ALLEENSTAANDE_OUDER = 1
_PENSIOEN = (56, 57, 58, 59, 60)
_NIET_VERREKEND = {"BUITEN_TERMIJN", "GEEN_MIDDELEN", "RESTANT_BIJ_EINDE"}
_2026, _2027 = lees_maand("2026-01"), lees_maand("2027-01")


def niet_berekend(resultaat: Resultaat, uitleg: Mapping[str, Any]) -> list[dict[str, str]]:
    """The gaps that may matter here: code, artikel, wat and wat_te_doen, in the order of the list.

    Args:
        resultaat: a run over exactly one household.
        uitleg: the explanation so far (betaling and signalen).
    """
    return [
        {"code": een.code, "artikel": een.artikel, "wat": een.wat, "wat_te_doen": een.doen}
        for een in LEEMTEN
        if een.code in _SPEELT and _SPEELT[een.code](resultaat, uitleg)
    ]


def _maanden(resultaat: Resultaat) -> range:
    """The computed months, P included."""
    bereik = resultaat.uitkomst.bereik
    laatste = int(resultaat.opdracht.betaalmaand)
    return range(int(bereik.maanden[bereik.is_r[:, 0]].min(initial=laatste)), laatste + 1)


def _ouder_vanaf_2027(resultaat: Resultaat, uitleg: Mapping[str, Any]) -> bool:
    situatie = resultaat.zaken.situatie
    laatste = resultaat.opdracht.betaalmaand
    nu = (situatie["tot"] >= _2027) & (situatie["van"] <= laatste)
    half = _partner_zonder_recht(resultaat, uitleg) & (situatie["leefvorm"] == GEHUWDEN)
    return laatste >= _2027 and bool((nu & ((situatie["leefvorm"] == _ALLEENSTAANDE_OUDER) | half)).any())


def _partner_zonder_recht(resultaat: Resultaat, _: Mapping[str, Any]) -> bool:
    return not bool(np.all(resultaat.zaken.personen["rechthebbend"]))


def _pensioen_met_aow(resultaat: Resultaat, _: Mapping[str, Any]) -> bool:
    opgaven = resultaat.uitkomst.opgaven
    soort = opgaven.kolommen["srtiv"]
    aow = Leeftijden.van(resultaat.zaken.personen).aow[opgaven.persoon]
    telt = opgaven.eind >= eerste_dag(_maanden(resultaat)[0])
    return bool((np.isin(soort, _PENSIOEN) & (aow <= opgaven.eind) & telt).any())


def _werk(resultaat: Resultaat) -> tuple[Masker, Any, Any]:
    inkomen = resultaat.uitkomst.inkomen
    return np.isin(inkomen.categorie, ARBEID) & (inkomen.bedrag > 0), inkomen.maand, inkomen.persoon


def _loon_onder_27_in_2026(resultaat: Resultaat, _: Mapping[str, Any]) -> bool:
    werk, maand, persoon = _werk(resultaat)
    jong = Leeftijden.van(resultaat.zaken.personen).op_27[persoon] > eerste_dag(maand)
    return bool((werk & jong & (maand >= _2026) & (maand < _2027)).any())


def _loon_vanaf_2027(resultaat: Resultaat, _: Mapping[str, Any]) -> bool:
    werk, maand, _persoon = _werk(resultaat)
    return bool((werk & (maand >= _2027)).any())


def _blijft_staan(_: Resultaat, uitleg: Mapping[str, Any]) -> bool:
    return any(signaal["code"] in _NIET_VERREKEND for signaal in uitleg["signalen"])


def _aflossing(_: Resultaat, uitleg: Mapping[str, Any]) -> bool:
    return bool(uitleg["betaling"]["aflossing_cent"] > 0)


_SPEELT: Mapping[str, Callable[[Resultaat, Mapping[str, Any]], bool]] = {
    "AFWIJKING_24A": _ouder_vanaf_2027,
    "NIET_DUURZAAM_GESCHEIDEN": _partner_zonder_recht,
    "OUDEDAGSVOORZIENING": _pensioen_met_aow,
    "JONGER_DAN_27_IN_2026": _loon_onder_27_in_2026,
    "OVERGANG_2027": _loon_vanaf_2027,
    "TERUGVORDERING": _blijft_staan,
    "BESLAGVRIJE_VOET": _aflossing,
}
