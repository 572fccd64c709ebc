"""Dossiers as one Arrow table, a row per household with its lists inside it, and back to flat tables.

In this form some households are taken out without touching the others, also from a file that is mapped into memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from verrekening.dossier.tabellen import TABELLEN, Bouw
from verrekening.kolommen import Getallen

_HUIZEN, _PERSONEN = "huishoudens", "personen"


def nest(tabellen: Bouw) -> pa.Table:
    """One row per household; a reference to a person becomes his place in the household.

    Args:
        tabellen: in which the rows of every list stand in the order of their household or person.
    """
    huizen, personen = tabellen[_HUIZEN], tabellen[_PERSONEN]
    aantal, aantal_personen = len(huizen["begin"]), len(personen["bsn"])
    eerste = _grenzen(personen["huishouden"], aantal)
    per_huis: dict[str, pa.Array] = {naam: _pijl(kolom) for naam, kolom in huizen.items()}
    per_persoon: dict[str, pa.Array] = {}
    for naam, kolommen in tabellen.items():
        if naam not in (_HUIZEN, _PERSONEN) and "huishouden" not in kolommen:
            per_persoon[naam] = _lijst(kolommen, "persoon", aantal_personen)
    for naam, kolommen in tabellen.items():
        if "huishouden" not in kolommen:
            continue
        binnen = dict(kolommen)
        if "persoon" in binnen:
            persoon = binnen["persoon"]
            binnen["persoon"] = np.where(persoon >= 0, persoon - eerste[binnen["huishouden"]], -1)
        per_huis[naam] = _lijst(binnen, "huishouden", aantal, per_persoon if naam == _PERSONEN else {})
    return pa.table(per_huis)


def ontnest(tabel: pa.Table) -> Bouw:
    """The flat tables of households, with the columns and types that `nest` was given."""
    delen = {naam: kolom.combine_chunks() for naam, kolom in zip(tabel.column_names, tabel.columns, strict=True)}
    lijsten = {naam: delen.pop(naam) for naam in TABELLEN if naam in delen}
    uit: Bouw = {_HUIZEN: {naam: _getallen(kolom) for naam, kolom in delen.items()}}
    eerste = np.zeros(0, np.int64)
    for naam, lijst in lijsten.items():  # persons come first in TABELLEN: others refer to them
        huis, velden = _plat(lijst)
        if naam == _PERSONEN:
            eerste = _grenzen(huis, len(lijst))
            for onder in [veld for veld in velden if veld in TABELLEN]:
                persoon, dieper = _plat(velden.pop(onder))
                uit[onder] = {"persoon": persoon} | {veld: _getallen(kolom) for veld, kolom in dieper.items()}
        uit[naam] = {"huishouden": huis} | {veld: _getallen(kolom) for veld, kolom in velden.items()}
        if "persoon" in uit[naam]:
            persoon = uit[naam]["persoon"]
            uit[naam]["persoon"] = np.where(persoon >= 0, persoon + eerste[huis], -1)
    return {naam: uit[naam] for naam in TABELLEN}


def _grenzen(rij: Getallen, aantal: int) -> Getallen:
    """Where the rows of each of the households (or persons) begin, and where the last ends."""
    return np.searchsorted(rij, np.arange(aantal + 1))


def _lijst(
    kolommen: dict[str, npt.NDArray[Any]], sleutel: str, aantal: int, erbij: dict[str, pa.Array] | None = None
) -> pa.ListArray:
    velden = {naam: _pijl(kolom) for naam, kolom in kolommen.items() if naam != sleutel} | (erbij or {})
    grenzen = pa.array(_grenzen(kolommen[sleutel], aantal), pa.int32())
    return pa.ListArray.from_arrays(grenzen, pa.StructArray.from_arrays(velden.values(), velden.keys()))


def _plat(lijst: pa.ListArray) -> tuple[Getallen, dict[str, pa.Array]]:
    """The row of the list above each row, and the columns."""
    lengte = lijst.value_lengths().to_numpy()
    inhoud = lijst.flatten()
    velden = dict(zip((veld.name for veld in inhoud.type), inhoud.flatten(), strict=True))
    return np.repeat(np.arange(len(lijst)), lengte), velden


def _pijl(kolom: npt.NDArray[Any]) -> pa.Array:
    return pa.array(kolom, pa.string() if kolom.dtype == object else None)


def _getallen(kolom: pa.Array) -> npt.NDArray[Any]:
    uit: npt.NDArray[Any] = kolom.to_numpy(zero_copy_only=False)
    return uit
