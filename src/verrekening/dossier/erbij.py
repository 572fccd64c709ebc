"""Rows added to dossiers that were read: for facts that are kept somewhere else than in their file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from verrekening.dossier.lezen import Dossiers
from verrekening.kolommen import kies_rijen


def met_rijen(zaken: Dossiers, tabel: str, rijen: Iterable[Mapping[str, Any]]) -> Dossiers:
    """The dossiers with rows below those of the same household.

    Args:
        zaken: the dossiers.
        tabel: name of a table with a column ``huishouden``.
        rijen: values by column; ``volgnr`` is given here.
    """
    oud, erbij = getattr(zaken, tabel), list(rijen)
    if not erbij:
        return zaken

    def onder(naam: str, kolom: npt.NDArray[Any]) -> npt.NDArray[Any]:
        waarden = [_volgnr(oud, rij) if naam == "volgnr" else rij[naam] for rij in erbij]
        return np.concatenate([kolom, np.array(waarden, kolom.dtype)])

    nieuw = {naam: onder(naam, kolom) for naam, kolom in oud.items()}
    orde = np.argsort(nieuw["huishouden"], kind="stable")
    anders: dict[str, Any] = {tabel: kies_rijen(nieuw, orde)}
    return replace(zaken, **anders)


def _volgnr(tabel: Mapping[str, Any], rij: Mapping[str, Any]) -> int:
    """After everything the file gave; rows added together keep their order by being added in it."""
    eigen = tabel["volgnr"][tabel["huishouden"] == rij["huishouden"]]
    return int(eigen.max(initial=-1)) + 1
