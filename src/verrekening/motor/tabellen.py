"""Small moves on tables without a loop per row: repeat rows, number within a group, look up per group."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from verrekening.kolommen import Getallen


def herhaal(aantallen: Getallen) -> tuple[Getallen, Getallen]:
    """For row i repeated ``aantallen[i]`` times: the number of the row, and 0, 1, … within it."""
    ouder = np.repeat(np.arange(len(aantallen)), aantallen)
    begin = np.cumsum(aantallen) - aantallen
    return ouder, np.arange(len(ouder)) - begin[ouder]


def groepen(*sleutels: npt.NDArray[Any]) -> tuple[Getallen, Getallen]:
    """Groups of rows with equal keys.

    Returns:
        The number of the group per row (groups numbered in order of the keys), and one row of each group.
    """
    aantal = len(sleutels[0])
    if aantal == 0:
        leeg = np.zeros(0, dtype=np.int64)
        return leeg, leeg
    volgorde = np.lexsort(sleutels[::-1])
    nieuw = np.zeros(aantal, dtype=bool)
    nieuw[0] = True
    for sleutel in sleutels:
        gesorteerd = sleutel[volgorde]
        nieuw[1:] |= gesorteerd[1:] != gesorteerd[:-1]
    nummer = np.empty(aantal, dtype=np.int64)
    nummer[volgorde] = np.cumsum(nieuw) - 1
    return nummer, volgorde[nieuw]


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
    volgorde = np.argsort(rechts, kind="stable")
    gesorteerd = rechts[volgorde]
    begin = np.searchsorted(gesorteerd, links, side="left")
    eind = np.searchsorted(gesorteerd, links, side="right")
    ouder, plaats = herhaal(eind - begin)
    return ouder, volgorde[begin[ouder] + plaats]
