"""The same facts in a later year: what a law or an amount of that year would do, before it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen
from verrekening.maand import OPEN, eerste_dag, laatste_dag, maand_van
from verrekening.polis import Levering
from verrekening.simulatie.spel import Uitgangspunt

_DAGEN = {
    "begin", "eind", "betaald_op", "besluit_op", "ontvangen_op", "geboortedatum", "datum", "jongste_kind",
    "ikv_begin", "ikv_eind", "tv_begin", "tv_eind",
}  # fmt: skip
_MAANDEN = {
    "van", "tot", "rechtmaand", "betaalmaand", "maand", "n_vanaf", "r_vanaf", "aa_vanaf", "a34_vanaf",
    "r_eerste_maand", "z_eerste_maand", "eerste_maand", "verlengd_tot",
}  # fmt: skip
_MOMENTEN = {"moment"}
_DAG_IN_MICROSECONDEN = 86_400_000_000
_JAAR = 12
_ONBEKEND, _JA = -1, 1


def verschuif(u: Uitgangspunt, jaren: int) -> Uitgangspunt:
    """Every date, month and moment a number of calendar years later; 29 February becomes the 28th.

    Who has consent for the exemption n, and no decision about that of art. 34a, is taken to have it for art. 34a too.
    """
    zaken = u.zaken
    tabellen: dict[str, Any] = {
        naam: _tabel(naam, tabel, jaren)
        for naam in zaken.__dataclass_fields__
        if isinstance(tabel := getattr(zaken, naam), Mapping)
    }
    personen = tabellen["personen"]
    over = (personen["a34_toestemming"] == _ONBEKEND) & (personen["n_toestemming"] == _JA)
    personen["a34_toestemming"] = np.where(over, np.int8(_JA), personen["a34_toestemming"]).astype(np.int8)
    b = u.besloten
    return replace(
        u,
        zaken=_met(zaken, tabellen),
        levering=_levering(u.levering, jaren),
        gelezen=_moment(u.gelezen, jaren),
        besloten=replace(b, maand=b.maand + _JAAR * jaren),
        maanden=tuple((p + _JAAR * jaren, _moment(np.array([k]), jaren).item()) for p, k in u.maanden),
    )


def _met(zaken: Dossiers, tabellen: dict[str, Any]) -> Dossiers:
    return replace(zaken, **tabellen)


def _levering(levering: Levering, jaren: int) -> Levering:
    return replace(
        levering,
        opgaven=_tabel("opgaven", levering.opgaven, jaren),
        perioden=_tabel("perioden", levering.perioden, jaren),
        aangiften=_tabel("aangiften", levering.aangiften, jaren),
        intrekkingen=_tabel("intrekkingen", levering.intrekkingen, jaren),
        afgekeurde_opgaven=_tabel("afgekeurde_opgaven", levering.afgekeurde_opgaven, jaren),
    )


def _tabel(naam: str, tabel: Mapping[str, npt.NDArray[Any]], jaren: int) -> dict[str, npt.NDArray[Any]]:
    uit = {}
    for kolom, waarden in tabel.items():
        if kolom in _MOMENTEN or (kolom == "op" and naam == "besluiten"):
            uit[kolom] = _moment(waarden, jaren)
        elif kolom in _DAGEN or (kolom == "op" and naam == "bufferbudget"):
            uit[kolom] = _dag(waarden, jaren)
        elif kolom in _MAANDEN:
            uit[kolom] = np.where(np.abs(waarden) < OPEN, waarden + _JAAR * jaren, waarden)
        else:
            uit[kolom] = waarden
    return uit


def _dag(dagen: Getallen, jaren: int) -> Getallen:
    echt = np.abs(dagen) < OPEN
    oud = np.where(echt, dagen, 0)
    maand = maand_van(oud)
    doel = maand + _JAAR * jaren
    nieuw = np.minimum(eerste_dag(doel) + oud - eerste_dag(maand), laatste_dag(doel))
    return np.where(echt, nieuw, dagen)


def _moment(momenten: Getallen, jaren: int) -> Getallen:
    echt = np.abs(momenten) < OPEN * _DAG_IN_MICROSECONDEN
    oud = np.where(echt, momenten, 0)
    dag, rest = np.divmod(oud, _DAG_IN_MICROSECONDEN)
    return np.where(echt, _dag(dag, jaren) * _DAG_IN_MICROSECONDEN + rest, momenten)
