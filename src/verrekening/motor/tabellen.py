"""Small moves on tables without a loop per row: repeat rows, number within a group, look up per group."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from verrekening.kolommen import BITS, Getallen, breedte, op_volgorde, pak


def herhaal(aantallen: Getallen) -> tuple[Getallen, Getallen]:
    """For row i repeated ``aantallen[i]`` times: the number of the row, and 0, 1, … within it."""
    meeste = int(aantallen.max(initial=0))
    if meeste <= 1 and int(aantallen.min(initial=0)) == 0:
        ouder = np.arange(len(aantallen)) if aantallen.all() else np.flatnonzero(aantallen)
        return ouder, np.zeros(len(ouder), dtype=np.int64)
    ouder = np.repeat(np.arange(len(aantallen)), aantallen)
    begin = aantallen.cumsum()
    begin -= aantallen
    plaats = np.arange(len(ouder))
    plaats -= begin.take(ouder)
    return ouder, plaats


def groepen(*sleutels: npt.NDArray[Any]) -> tuple[Getallen, Getallen]:
    """Groups of rows with equal keys (integers).

    Returns:
        The number of the group per row (groups numbered in order of the keys), and the first row of each group.
    """
    aantal = len(sleutels[0])
    if aantal == 0:
        leeg = np.zeros(0, dtype=np.int64)
        return leeg, leeg
    breed = [breedte(sleutel) for sleutel in sleutels]
    bits = sum(bits for *_, bits in breed)
    nieuw = np.ones(aantal, dtype=bool)
    if bits <= BITS:
        gepakt = pak(breed, aantal)
        if not (gepakt[1:] < gepakt[:-1]).any():
            # Rows that stand in order already, as most tables do, need no sorting.
            np.not_equal(gepakt[1:], gepakt[:-1], out=nieuw[1:])
            return nieuw.cumsum() - 1, np.flatnonzero(nieuw)
        volgorde = op_volgorde(gepakt) if bits + aantal.bit_length() <= BITS else op_volgorde(*sleutels)
        sleutels = (gepakt,)
    else:
        volgorde = op_volgorde(*sleutels)
    nieuw[1:] = False
    for sleutel in sleutels:
        gesorteerd = sleutel.take(volgorde)
        nieuw[1:] |= gesorteerd[1:] != gesorteerd[:-1]
    nummer = np.empty(aantal, dtype=np.int64)
    nummer[volgorde] = nieuw.cumsum() - 1
    return nummer, volgorde.compress(nieuw)


DICHTBIJ = 1 << 20
"""Numbers that lie less far apart are looked up in a table; those of few rows may lie further, and are sorted."""


def verschillend(*kolommen: Getallen) -> Getallen:
    """The different numbers in these columns, in order."""
    gevuld = [kolom for kolom in kolommen if len(kolom)]
    if not gevuld:
        return np.zeros(0, dtype=np.int64)
    kleinste = min(int(kolom.min()) for kolom in gevuld)
    breedte_ = max(int(kolom.max()) for kolom in gevuld) - kleinste + 1
    if breedte_ > DICHTBIJ:
        return np.unique(np.concatenate(gevuld))
    komt_voor = np.zeros(breedte_, dtype=bool)
    for kolom in gevuld:
        komt_voor[kolom - kleinste] = True
    return np.flatnonzero(komt_voor) + kleinste


def eerste_van_gelijke(sleutel: Getallen) -> Getallen:
    """Per row the number of the first row with the same key; equal keys stand together."""
    uit = np.arange(len(sleutel), dtype=np.int64)
    uit[1:][sleutel[1:] == sleutel[:-1]] = 0
    return np.maximum.accumulate(uit)


def som_per(groep: Getallen, waarde: npt.NDArray[Any], aantal: int) -> Getallen:
    """Exact sums per group (integers; numpy's weighted bincount would go through floats)."""
    uit = np.zeros(aantal, dtype=np.int64)
    np.add.at(uit, _gewoon(groep), _gewoon(waarde))
    return uit


def _gewoon(kolom: npt.NDArray[Any]) -> Getallen:
    """The same column, as numpy's fast loops want it.

    A column that came out of a pickle (from another process) has a type that equals int64 without being it; then
    ``ufunc.at`` takes a way that is thirty times as slow.
    """
    return kolom.astype(np.int64, copy=False).view(np.int64)


def grootste_per(groep: Getallen, waarde: Getallen, aantal: int, leeg: int) -> Getallen:
    """Largest value per group, but never below ``leeg``, which a group without rows has."""
    uit = np.full(aantal, leeg, dtype=np.int64)
    np.maximum.at(uit, _gewoon(groep), _gewoon(waarde))
    return uit


def kleinste_per(groep: Getallen, waarde: Getallen, aantal: int, leeg: int) -> Getallen:
    """Smallest value per group, but never above ``leeg``, which a group without rows has."""
    uit = np.full(aantal, leeg, dtype=np.int64)
    np.minimum.at(uit, _gewoon(groep), _gewoon(waarde))
    return uit


def koppel(links: Getallen, rechts: Getallen) -> tuple[Getallen, Getallen]:
    """All pairs of rows with equal keys: row numbers left and right, in order of the left rows."""
    if len(links) == 0 or len(rechts) == 0:
        leeg = np.zeros(0, dtype=np.int64)
        return leeg, leeg
    volgorde = op_volgorde(rechts)
    gesorteerd = rechts.take(volgorde)
    laagste, hoogste = int(gesorteerd[0]), int(gesorteerd[-1])
    if hoogste - laagste <= 8 * (len(links) + len(rechts)):
        # Row numbers and the like: where each key begins is looked up.
        begint = begin_van_gelijke(gesorteerd - laagste, hoogste - laagste + 1)
        in_bereik = (links >= laagste) & (links <= hoogste)
        plek = links - laagste if in_bereik.all() else np.where(in_bereik, links - laagste, 0)
        begin = begint.take(plek)
        hoeveel = (begint.take(plek + 1) - begin) * in_bereik
    else:
        begin, hoeveel = _zoek(links, gesorteerd)
    ouder, plaats = herhaal(hoeveel)
    plek = begin.take(ouder)
    plek += plaats
    return ouder, volgorde.take(plek)


def begin_van_gelijke(gesorteerd: Getallen, aantal: int) -> Getallen:
    """Where the rows of each number 0 … ``aantal`` − 1 begin in a sorted column, and behind them the end of all."""
    begint = np.zeros(aantal + 1, dtype=np.int64)
    np.cumsum(np.bincount(gesorteerd, minlength=aantal), out=begint[1:])
    return begint


def _zoek(links: Getallen, gesorteerd: Getallen) -> tuple[Getallen, Getallen]:
    """Where each key begins in a sorted column, and how often it is there.

    Keys that are far apart are asked in order and once each: a search from where the last one ended finds its place
    in memory that was just read; in the order of the rows every step of every search would be a miss.
    """
    nummer, een = groepen(links)
    uniek = links.take(een)
    begin = np.searchsorted(gesorteerd, uniek, side="left")
    if (gesorteerd[1:] == gesorteerd[:-1]).any():
        hoeveel = np.searchsorted(gesorteerd, uniek, side="right") - begin
    else:
        hoeveel = (gesorteerd.take(begin, mode="clip") == uniek).astype(np.int64)
    return begin.take(nummer), hoeveel.take(nummer)
