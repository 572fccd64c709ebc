"""Small moves on tables without a loop per row: repeat rows, number within a group, look up per group."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

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
    if aantal < 2:
        return np.arange(aantal, dtype=np.int64)
    over, rijbits = [_breed(sleutel) for sleutel in sleutels], int(aantal - 1).bit_length()
    if max(bits for *_, bits in over) + rijbits > _BITS:
        return np.lexsort(sleutels[::-1])
    uit: Getallen | None = None
    # From the last key to the first, as many at a time as fit.
    while over:
        keer = [over.pop()]
        while over and over[-1][2] + sum(bits for *_, bits in keer) + rijbits <= _BITS:
            keer.append(over.pop())
        gepakt = _pak(keer[::-1], aantal, uit)
        if (gepakt[1:] < gepakt[:-1]).any():
            gepakt <<= rijbits
            gepakt |= np.arange(aantal)
            gepakt.sort()
            gepakt &= (1 << rijbits) - 1
            uit = gepakt if uit is None else uit.take(gepakt)
    return np.arange(aantal, dtype=np.int64) if uit is None else uit


_BITS = 63
"""Bits of a number above 0."""
_Breed: TypeAlias = tuple[npt.NDArray[Any], int, int]
"""A key, its smallest value, and the bits that its values need."""


def _breed(sleutel: npt.NDArray[Any]) -> _Breed:
    kleinste = int(sleutel.min())
    return sleutel, kleinste, (int(sleutel.max()) - kleinste).bit_length()


def _pak(sleutels: list[_Breed], aantal: int, rijen: Getallen | None = None) -> Getallen:
    """One number per row that orders as the keys do, the first key first."""
    gepakt: Getallen | None = None
    for sleutel, kleinste, bits in sleutels:
        if bits:
            waarde = (sleutel if rijen is None else sleutel.take(rijen)).astype(np.int64)
            waarde -= kleinste
            if gepakt is None:
                gepakt = waarde
            else:
                gepakt <<= bits
                gepakt |= waarde
    return np.zeros(aantal, dtype=np.int64) if gepakt is None else gepakt


def groepen(*sleutels: npt.NDArray[Any]) -> tuple[Getallen, Getallen]:
    """Groups of rows with equal keys (integers).

    Returns:
        The number of the group per row (groups numbered in order of the keys), and the first row of each group.
    """
    aantal = len(sleutels[0])
    if aantal == 0:
        leeg = np.zeros(0, dtype=np.int64)
        return leeg, leeg
    breed = [_breed(sleutel) for sleutel in sleutels]
    bits = sum(bits for *_, bits in breed)
    nieuw = np.ones(aantal, dtype=bool)
    if bits <= _BITS:
        gepakt = _pak(breed, aantal)
        if not (gepakt[1:] < gepakt[:-1]).any():
            # Rows that stand in order already, as most tables do, need no sorting.
            np.not_equal(gepakt[1:], gepakt[:-1], out=nieuw[1:])
            return nieuw.cumsum() - 1, np.flatnonzero(nieuw)
        volgorde = op_volgorde(gepakt) if bits + aantal.bit_length() <= _BITS else op_volgorde(*sleutels)
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


def rang(sleutel: Getallen) -> Getallen:
    """Per row the place of its key among the different keys: short numbers that order as the keys do.

    For keys of which few occur: a table of hashes finds the different ones without sorting the rows.
    """
    gecodeerd = pa.array(sleutel).dictionary_encode()
    volgorde = op_volgorde(uniek := gecodeerd.dictionary.to_numpy())
    plaats = np.empty(len(uniek), dtype=np.int64)
    plaats[volgorde] = np.arange(len(uniek))
    return plaats.take(gecodeerd.indices.to_numpy())


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
    hoeveel = np.searchsorted(gesorteerd, uniek, side="right") - begin
    return begin.take(nummer), hoeveel.take(nummer)
