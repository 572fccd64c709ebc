"""Small moves on tables without a loop per row: repeat rows, number within a group, look up per group."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from verrekening.kolommen import Getallen


def herhaal(aantallen: Getallen) -> tuple[Getallen, Getallen]:
    """For row i repeated ``aantallen[i]`` times: the number of the row, and 0, 1, … within it."""
    if len(aantallen) and int(aantallen.min()) == 1 == int(aantallen.max()):
        return np.arange(len(aantallen)), np.zeros(len(aantallen), dtype=np.int64)
    ouder = np.repeat(np.arange(len(aantallen)), aantallen)
    begin = np.cumsum(aantallen) - aantallen
    return ouder, np.arange(len(ouder)) - begin[ouder]


def op_volgorde(*sleutels: npt.NDArray[Any]) -> Getallen:
    """Row numbers in order of the keys (integers), the first key first; equal rows keep their order.

    As many keys as fit are packed into one number with the row number behind them: sorting plain numbers is many
    times faster than sorting row numbers by what they point to.
    """
    aantal = len(sleutels[0])
    uit = np.arange(aantal, dtype=np.int64)
    if aantal < 2:
        return uit
    rijbits = int(aantal - 1).bit_length()
    over = [
        (sleutel, int(sleutel.min()), (int(sleutel.max()) - int(sleutel.min())).bit_length()) for sleutel in sleutels
    ]
    if max(bits for *_, bits in over) + rijbits > _BITS:
        return np.lexsort(sleutels[::-1])
    while over:
        gepakt, breedte = uit * 0, 0
        # From the last key to the first, as many at a time as fit.
        while over and over[-1][2] + breedte + rijbits <= _BITS:
            sleutel, kleinste, bits = over.pop()
            if bits:
                gepakt |= (sleutel[uit] - kleinste).astype(np.int64, copy=False) << breedte
                breedte += bits
        if (gepakt[1:] < gepakt[:-1]).any():
            gepakt = gepakt << rijbits | np.arange(aantal)
            gepakt.sort()
            uit = uit[gepakt & ((1 << rijbits) - 1)]
    return uit


_BITS = 63
"""Bits of a number above 0."""


def groepen(*sleutels: npt.NDArray[Any]) -> tuple[Getallen, Getallen]:
    """Groups of rows with equal keys (integers).

    Returns:
        The number of the group per row (groups numbered in order of the keys), and the first row of each group.
    """
    aantal = len(sleutels[0])
    if aantal == 0:
        leeg = np.zeros(0, dtype=np.int64)
        return leeg, leeg
    volgorde = op_volgorde(*sleutels)
    nieuw = np.zeros(aantal, dtype=bool)
    nieuw[0] = True
    for sleutel in sleutels:
        gesorteerd = sleutel[volgorde]
        nieuw[1:] |= gesorteerd[1:] != gesorteerd[:-1]
    nummer = np.empty(aantal, dtype=np.int64)
    nummer[volgorde] = np.cumsum(nieuw) - 1
    return nummer, volgorde[nieuw]


def eerste_van_gelijke(sleutel: Getallen) -> Getallen:
    """Per row the number of the first row with the same key; equal keys stand together."""
    uit = np.arange(len(sleutel), dtype=np.int64)
    uit[1:][sleutel[1:] == sleutel[:-1]] = 0
    return np.maximum.accumulate(uit)


def som_per(groep: Getallen, waarde: npt.NDArray[Any], aantal: int) -> Getallen:
    """Exact sums per group (integers; numpy's weighted bincount would go through floats)."""
    uit = np.zeros(aantal, dtype=np.int64)
    np.add.at(uit, groep, waarde.astype(np.int64, copy=False))
    return uit


def grootste_per(groep: Getallen, waarde: Getallen, aantal: int, leeg: int) -> Getallen:
    """Largest value per group; ``leeg`` for a group without rows."""
    uit = np.full(aantal, leeg, dtype=np.int64)
    np.maximum.at(uit, groep, waarde)
    return uit


def koppel(links: Getallen, rechts: Getallen) -> tuple[Getallen, Getallen]:
    """All pairs of rows with equal keys: row numbers left and right, in order of the left rows."""
    if len(links) == 0 or len(rechts) == 0:
        leeg = np.zeros(0, dtype=np.int64)
        return leeg, leeg
    volgorde = op_volgorde(rechts)
    gesorteerd = rechts[volgorde]
    laagste, hoogste = int(gesorteerd[0]), int(gesorteerd[-1])
    if hoogste - laagste <= 8 * (len(links) + len(rechts)):
        # Row numbers and the like: where each key begins is looked up.
        begint = np.searchsorted(gesorteerd, np.arange(laagste, hoogste + 2))
        in_bereik = (links >= laagste) & (links <= hoogste)
        plek = np.where(in_bereik, links - laagste, 0)
        begin = begint[plek]
        hoeveel = np.where(in_bereik, begint[plek + 1] - begin, 0)
    else:
        begin = np.searchsorted(gesorteerd, links, side="left")
        hoeveel = np.searchsorted(gesorteerd, links, side="right") - begin
    ouder, plaats = herhaal(hoeveel)
    return ouder, volgorde[begin[ouder] + plaats]
