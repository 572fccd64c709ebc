"""Some of the dossiers: for a single case, and to leave out what can't be computed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from verrekening.dossier.lezen import Dossiers
from verrekening.dossier.tabellen import TABELLEN, kies
from verrekening.kolommen import Masker


def zonder_huishoudens(zaken: Dossiers, weg: Masker) -> Dossiers:
    """The dossiers without the households that a mask marks; files, counts and refusals stay as they were."""
    tabellen = {naam: dict(getattr(zaken, naam)) for naam in TABELLEN}
    gekozen: dict[str, Any] = dict(kies(tabellen, np.flatnonzero(~weg)))
    return replace(zaken, **gekozen)
