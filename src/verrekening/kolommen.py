"""What the rooms hand each other: columns of one length, and rows that say what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Getallen: TypeAlias = npt.NDArray[np.int64]
"""An int64 column: cents, months since 1970-01, days since 1970-01-01, codes or row numbers."""

Masker: TypeAlias = npt.NDArray[np.bool_]
"""A yes/no column."""

Kolommen: TypeAlias = Mapping[str, npt.NDArray[Any]]
"""A table: named columns of the same length."""


@dataclass(frozen=True, slots=True)
class Afkeuring:
    """One piece of input that was refused: a row in ``afgekeurd.csv``, never an exception.

    Attributes:
        bestand: name of the file, without any BSN.
        plaats: line of the file, or line and path in the XML.
        dossiernummer: the household, when known, else empty.
        reden: what is wrong (Dutch, without personal data).
        wat_te_doen: what to do about it (Dutch).
    """

    bestand: str
    plaats: str
    dossiernummer: str
    reden: str
    wat_te_doen: str


def aantal(tabel: Kolommen) -> int:
    """Number of rows of a table (0 for a table without columns)."""
    for kolom in tabel.values():
        return len(kolom)
    return 0


def kies_rijen(tabel: Kolommen, rijen: npt.NDArray[Any]) -> dict[str, npt.NDArray[Any]]:
    """The rows of a table that a mask or an index picks, in that order."""
    return {naam: kolom[rijen] for naam, kolom in tabel.items()}
