"""T and A5. The month an income belongs to (Pw art. 32), and income that is still to come.

These rules make rows out of rows: one record becomes parts per month; an open inkomstenverhouding without
a record becomes a part with its last known amount.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from verrekening.geld import verdeel
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import eerste_dag, laatste_dag, maand_van
from verrekening.motor.regel import tabelregel
from verrekening.motor.tabellen import herhaal


class Delen(NamedTuple):
    """Parts of amounts, one row per part, in order of time within each amount.

    Attributes:
        ouder: row of the amount that was split.
        maand: the month of the part.
        dagen: calendar days of the part.
        binnen: whether these are days of assistance.
        bedrag: cents.
    """

    ouder: Getallen
    maand: Getallen
    dagen: Getallen
    binnen: Masker
    bedrag: Getallen


@tabelregel(
    "T1",
    artikel="Pw art. 32 lid 1",
    zin="gewerkte periode = de dagen van het tijdvak binnen de inkomstenverhouding",
)
def gewerkte_periode(
    tv_begin: Getallen, tv_eind: Getallen, ikv_begin: Getallen, ikv_eind: Getallen
) -> tuple[Getallen, Getallen, Masker]:
    """First and last day worked, and whether the tijdvak lies wholly outside the inkomstenverhouding.

    Outside it, the tijdvak itself is returned, so that the record still has a place in time.
    """
    begin, eind = np.maximum(tv_begin, ikv_begin), np.minimum(tv_eind, ikv_eind)
    buiten = begin > eind
    return np.where(buiten, tv_begin, begin), np.where(buiten, tv_eind, eind), buiten


@tabelregel(
    "T2",
    artikel="Pw art. 32 lid 1",
    zin="het bedrag wordt naar kalenderdagen verdeeld over de maanden, en over de dagen vóór, tijdens en na de bijstand (T3)",
)
def verdeel_over_maanden(
    bedrag: Getallen, begin: Getallen, eind: Getallen, recht_begin: Getallen, recht_eind: Getallen
) -> Delen:
    """Splits each amount once over all its months and over the days before, inside and after the assistance.

    Args:
        bedrag: cents.
        begin, eind: first and last day of the working period (eind not before begin).
        recht_begin, recht_eind: first and last day of assistance of the household.

    Returns:
        The parts; they sum to the whole per amount (largest remainder, earliest part first on a tie).
    """
    eerste = maand_van(begin)
    ouder, plaats = herhaal(maand_van(eind) - eerste + 1)
    maand = eerste[ouder] + plaats
    van = np.maximum(eerste_dag(maand), begin[ouder])
    tot = np.minimum(laatste_dag(maand), eind[ouder])
    voor = np.maximum(0, np.minimum(tot, recht_begin[ouder] - 1) - van + 1)
    na = np.maximum(0, tot - np.maximum(van, recht_eind[ouder] + 1) + 1)
    tijdens = tot - van + 1 - voor - na
    # A right that ends before it begins does not occur; the readers refuse it.
    dagen = np.stack([voor, tijdens, na], axis=1).ravel()
    vol = dagen > 0
    rij = np.repeat(np.arange(len(ouder)), 3)[vol]
    binnen = np.tile(np.array([False, True, False]), len(ouder))[vol]
    return Delen(ouder[rij], maand[rij], dagen[vol], binnen, verdeel(bedrag, ouder[rij], dagen[vol]))


@tabelregel(
    "A5",
    artikel="Pw art. 31 lid 1, art. 32 lid 1",
    zin="open in de maand: begonnen op of voor de eerste dag, geen einde voor de laatste dag, en de laatste opgave eindigt niet eerder dan drie maanden terug",
)
def open_in_maand(maanden: Getallen, ikv_begin: Getallen, ikv_eind: Getallen, laatste_opgave_eind: Getallen) -> Masker:
    """Which inkomstenverhoudingen (rows) are open in which months (columns)."""
    begonnen = ikv_begin[:, None] <= eerste_dag(maanden)[None, :]
    loopt = ikv_eind[:, None] >= laatste_dag(maanden)[None, :]
    recent = laatste_opgave_eind[:, None] >= eerste_dag(maanden - 3)[None, :]
    return np.asarray(begonnen & loopt & recent)


@tabelregel(
    "A5",
    artikel="Pw art. 32 lid 1",
    zin="laatst bekende maand = de laatste eerdere maand die geheel door opgaven zonder stop is gedekt",
)
def laatst_bekende_maand(geheel_gedekt: Masker) -> Getallen:
    """For each row and month (column): the last earlier column that is wholly covered, or -1."""
    kolom = np.where(geheel_gedekt, np.arange(geheel_gedekt.shape[1])[None, :], -1)
    laatste = np.maximum.accumulate(kolom, axis=1)
    return np.concatenate([np.full((len(kolom), 1), -1, dtype=laatste.dtype), laatste[:, :-1]], axis=1)
