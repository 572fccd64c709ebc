"""Whole cents, exact fractions of a cent, the named roundings, and splits that sum to the whole.

Money is int64 eurocents. Multiplying by a rate gives an `Exact`; only a *named* rounding turns that
back into cents, so that no rounding can happen without a name and a basis. The same functions work on
a column (numpy int64) and on plain Python integers; the latter never overflow and serve as the oracle.

Bounds: amounts stay below 10**9 cents (the readers refuse more); a net of four of them times special pay of
two of them is below 8 × 10**18, within int64.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from verrekening.kolommen import Getallen, op_volgorde

BEDRAG_GRENS = 10**9
"""Amounts of this many cents or more, or this many below zero, are refused at the door."""

Getal: TypeAlias = Any
"""A column of int64 or one Python integer; numpy and int do not share a type that mypy knows."""


@dataclass(frozen=True, slots=True)
class Verhouding:
    """An exact ratio, such as a percentage: ``teller / noemer``. The numerator may be a column.

    Attributes:
        teller: numerator.
        noemer: denominator, above 0.
    """

    teller: Getal
    noemer: int


@dataclass(frozen=True, slots=True)
class Exact:
    """An exact amount in cents, ``teller / noemer``, waiting for its rounding.

    Attributes:
        teller: numerator, in cents times ``noemer``.
        noemer: denominator, above 0; a number or a column.
    """

    teller: Getal
    noemer: Getal

    def __add__(self, bedrag: Getal) -> Exact:
        """Adds whole cents."""
        return Exact(self.teller + bedrag * self.noemer, self.noemer)

    def __sub__(self, bedrag: Getal) -> Exact:
        """Takes off whole cents."""
        return Exact(self.teller - bedrag * self.noemer, self.noemer)


@dataclass(frozen=True, slots=True)
class Afronding:
    """A named way to turn an `Exact` into whole cents.

    Attributes:
        naam: name, as it stands in explanations.
        basis: where the rounding comes from.
    """

    naam: str
    basis: str
    omlaag: bool

    def __call__(self, exact: Exact) -> Getal:
        """Whole cents of an exact amount."""
        if self.omlaag:
            return exact.teller // exact.noemer
        # Half away from zero, in integers: never through a float, whose half is already rounded. Half of the
        # denominator is added, not the numerator doubled, so that the product of two amounts may fill all of int64.
        teller, noemer = exact.teller, exact.noemer
        # The denominator is above 0: shifting a column of them by a bit halves it, and costs less than dividing.
        half = noemer >> 1 if isinstance(noemer, np.ndarray) else noemer // 2
        if isinstance(teller, np.ndarray) and len(teller):
            if isinstance(noemer, np.ndarray) and 4 * np.count_nonzero(teller) < len(teller):
                return self._van_enkele(teller, noemer)
            if int(teller.min()) >= 0:
                return (teller + half) // noemer
            heel = (np.abs(teller) + half) // noemer
            return np.where(teller < 0, -heel, heel)
        heel = (abs(teller) + half) // noemer
        return heel if isinstance(teller, np.ndarray) or teller >= 0 else -heel

    def _van_enkele(self, teller: Getallen, noemer: Getallen) -> Getallen:
        """The same for a column that is mostly 0, and stays so: dividing by a column is slow."""
        uit, rij = np.zeros(len(teller), dtype=np.int64), np.flatnonzero(teller)
        uit[rij] = self(Exact(teller.take(rij), noemer.take(rij)))
        return uit


rekenkundig = Afronding(
    "rekenkundig op hele centen",
    "Half omhoog, bij een bedrag onder nul van nul af; zo kloppen de gepubliceerde normen en de kostendelersnorm.",
    omlaag=False,
)
"""``hu``: round half up to a whole cent, half away from zero below zero."""

naar_beneden = Afronding(
    "naar beneden op hele centen",
    "De ondergrens van 95% van de norm (regel S10): een deel van een cent telt niet als tekort.",
    omlaag=True,
)
"""Round down to a whole cent."""


def evenredig(bedrag: Getal, deel: Getal, geheel: Getal) -> Exact:
    """``bedrag × deel / geheel`` exactly; 0 where ``geheel`` is 0 (rule N6)."""
    if any(not isinstance(een, np.ndarray) and een == 0 for een in (bedrag, deel)):
        return Exact(0, 1)
    if isinstance(geheel, np.ndarray):
        leeg = geheel == 0
        if len(geheel) and int(geheel.min()) >= 0:
            return Exact(bedrag * deel * ~leeg, geheel + leeg)
        teken = np.where(geheel < 0, -1, 1)
        return Exact(np.where(leeg, 0, bedrag * deel * teken), np.where(leeg, 1, np.abs(geheel)))
    if geheel == 0:
        return Exact(0 * bedrag * deel, 1)
    return Exact(bedrag * deel * (-1 if geheel < 0 else 1), abs(geheel))


def per_hoofd(vast: Verhouding, per_persoon: Verhouding, personen: Getal, bedrag: Getal) -> Exact:
    """``(vast + personen × per_persoon) / personen × bedrag`` exactly: the formula of the kostendelersnorm."""
    teller = vast.teller * per_persoon.noemer + personen * per_persoon.teller * vast.noemer
    return Exact(teller * bedrag, vast.noemer * per_persoon.noemer * personen)


def verdeel(bedragen: Getallen, groep: Getallen, gewicht: Getallen) -> Getallen:
    """Splits each amount over the rows of its group, by weight; the parts sum to the whole.

    Largest remainder: every part gets its share rounded towards zero, and the cents that are left go to
    the parts with the largest remainder, the earliest row first on a tie. An amount below zero is split
    like its opposite.

    Args:
        bedragen: n amounts in cents.
        groep: for each of m rows the amount it belongs to (0 … n-1), ascending.
        gewicht: for each of m rows its weight (days), 0 or more; not all 0 within a group.

    Returns:
        m amounts in cents; the rows of group i sum to ``bedragen[i]``.
    """
    if len(groep) == 0:
        return np.zeros(0, dtype=np.int64)
    uit = bedragen.take(groep)
    zoals_vorige = np.zeros(len(groep) + 1, dtype=bool)
    np.equal(groep[1:], groep[:-1], out=zoals_vorige[1:-1])
    # What is not split needs no arithmetic: nearly all wages fall in one month.
    rij = np.flatnonzero(zoals_vorige[1:] | zoals_vorige[:-1])
    if len(rij) == 0:
        return uit
    eerste = ~zoals_vorige.take(rij)
    begin, groep = np.flatnonzero(eerste), eerste.cumsum() - 1
    hele, gewicht = np.abs(uit.take(rij)), gewicht.take(rij)
    product, som = hele * gewicht, np.add.reduceat(gewicht, begin).take(groep)
    deel = product // som
    rest = product - deel * som
    over = hele.take(begin) - np.add.reduceat(deel, begin)
    volgorde = op_volgorde(groep, -rest)
    plaats = np.arange(len(rij)) - begin.take(groep)
    deel[volgorde] += plaats < over.take(groep)
    uit[rij] = np.where(uit.take(rij) < 0, -deel, deel)
    return uit


def euro(cent: int) -> str:
    """An amount as people write it in the Netherlands: ``€ 1.234,56``."""
    heel, rest = divmod(abs(cent), 100)
    return f"{'-' if cent < 0 else ''}€ {heel:,}".replace(",", ".") + f",{rest:02d}"
