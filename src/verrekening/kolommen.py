"""What the rooms hand each other: columns of one length, and rows that say what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
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


_STUK = 32 * 2**20 - 2**13
"""Bytes of the largest piece of which the C library still learns, with room for what it writes beside it."""


@cache
def houd_vrijgekomen_geheugen() -> None:
    """Lets this process keep what columns free (up to some 64 MB) for the next columns.

    The C library gives pieces above a size back to the kernel, and the next column begins with pages of zeros: a
    seventh of the calculation, and more on a virtual machine. It raises that size to that of a larger piece that
    is freed, so one is, which nobody touched. Where another allocator does its own this changes nothing.
    """
    np.empty(_STUK, np.uint8)


def aantal(tabel: Kolommen) -> int:
    """Number of rows of a table (0 for a table without columns)."""
    for kolom in tabel.values():
        return len(kolom)
    return 0


def kies_rijen(tabel: Kolommen, rijen: npt.NDArray[Any]) -> dict[str, npt.NDArray[Any]]:
    """The rows of a table that a mask or an index picks, in that order."""
    return {naam: kolom[rijen] for naam, kolom in tabel.items()}


def als_getal(kolom: Any) -> Any:
    """The one value of a column that is the same in every row, as a plain number; any other column as it is.

    A rule computes a number as it does a column, thousands of times as fast: where nobody in a block has a gift or a
    job in loonkostensubsidie, everything that follows from that is one number.
    """
    if not isinstance(kolom, np.ndarray) or len(kolom) == 0:
        return kolom
    eerste = kolom.item(0)
    # Two looks tell of most columns that they differ.
    if kolom.item(-1) != eerste or kolom.item(len(kolom) // 2) != eerste:
        return kolom
    gelijk = kolom.strides == (0,) or (kolom == eerste).all()
    return eerste if gelijk else kolom


def als_kolom(waarde: Any, aantal: int) -> npt.NDArray[Any]:
    """A column again of what may have become one number; it takes the memory of one number, and can only be read."""
    return waarde if isinstance(waarde, np.ndarray) else np.broadcast_to(waarde, (aantal,))


BITS = 63
"""Bits of a number above 0."""
Breed: TypeAlias = tuple[npt.NDArray[Any], int, int]
"""A key, its smallest value, and the bits that its values need."""


def op_volgorde(*sleutels: npt.NDArray[Any]) -> Getallen:
    """Row numbers in order of the keys (integers), the first key first; equal rows keep their order.

    As many keys as fit are packed into one number with the row number behind them: sorting plain numbers is many
    times faster than sorting row numbers by what they point to.
    """
    aantal = len(sleutels[0])
    if aantal < 2:
        return np.arange(aantal, dtype=np.int64)
    over, rijbits = [breedte(sleutel) for sleutel in sleutels], int(aantal - 1).bit_length()
    if max(bits for *_, bits in over) + rijbits > BITS:
        return np.lexsort(sleutels[::-1])
    uit: Getallen | None = None
    # From the last key to the first, as many at a time as fit.
    while over:
        keer = [over.pop()]
        while over and over[-1][2] + sum(bits for *_, bits in keer) + rijbits <= BITS:
            keer.append(over.pop())
        gepakt = pak(keer[::-1], aantal, uit)
        if (gepakt[1:] < gepakt[:-1]).any():
            gepakt <<= rijbits
            gepakt |= np.arange(aantal)
            gepakt.sort()
            gepakt &= (1 << rijbits) - 1
            uit = gepakt if uit is None else uit.take(gepakt)
    return np.arange(aantal, dtype=np.int64) if uit is None else uit


def breedte(sleutel: npt.NDArray[Any]) -> Breed:
    """A key with what `pak` must know of it."""
    kleinste = int(sleutel.min())
    return sleutel, kleinste, (int(sleutel.max()) - kleinste).bit_length()


def pak(sleutels: list[Breed], aantal: int, rijen: Getallen | None = None) -> Getallen:
    """One number per row that orders as the keys do, the first key first."""
    gepakt: Getallen | None = None
    for sleutel, kleinste, bits in sleutels:
        if bits:
            waarde = sleutel.astype(np.int64) if rijen is None else sleutel.take(rijen).astype(np.int64, copy=False)
            waarde -= kleinste
            if gepakt is None:
                gepakt = waarde
            else:
                gepakt <<= bits
                gepakt |= waarde
    return np.zeros(aantal, dtype=np.int64) if gepakt is None else gepakt
