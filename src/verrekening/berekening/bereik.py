"""Which months are computed for which household (rule S1), and what was booked on them.

Matrices have one row per month (ascending, the payment month last) and one column per household, so that
the month loop reads one contiguous row at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen, Kolommen, Masker
from verrekening.maand import dag_van_moment, eerste_dag, laatste_dag, lees_maand

EERSTE_MAAND = lees_maand("2023-01")
"""No month before this one is recomputed (rule S1)."""


@dataclass(frozen=True)
class Bereik:
    """The months of every household.

    Attributes:
        maanden: T months; the last is the payment month P.
        is_r: [T, H] the month is a month R of rule S1.
        dagen_recht: [T, H] days with right in the month.
        geboekt, eerder_verrekend, eerder_nabetaald, teruggevorderd, maatregel: [T, H] cents.
        betaling_bekend: [T, H] a payment over the month is booked.
        zonder_betaling: [H] the assistance runs in P, and no payment at all is booked.
        begint_na: [H] the assistance begins after P; the household is not in this run.
    """

    maanden: Getallen
    is_r: Masker
    dagen_recht: Getallen
    geboekt: Getallen
    betaling_bekend: Masker
    eerder_verrekend: Getallen
    eerder_nabetaald: Getallen
    teruggevorderd: Getallen
    maatregel: Getallen
    zonder_betaling: Masker
    begint_na: Masker

    @property
    def betaalmaand(self) -> int:
        """P."""
        return int(self.maanden[-1])


def bepaal_bereik(zaken: Dossiers, betaalmaand: int, peilmoment: int) -> Bereik:
    """The months of every household for payment month P, with the bookings known at K (rules S1, S2)."""
    huishoudens = zaken.huishoudens
    aantal = len(huishoudens["begin"])
    peildag = dag_van_moment(peilmoment)
    betaald = zaken.betalingen["betaald_op"] <= peildag
    wie, waarover = zaken.betalingen["huishouden"][betaald], zaken.betalingen["rechtmaand"][betaald]
    # The first record decides where the months begin, also when it lies before the first month of all.
    eerste = np.full(aantal, betaalmaand, dtype=np.int64)
    np.minimum.at(eerste, wie, waarover)
    eerste = np.maximum(eerste, EERSTE_MAAND)
    maanden = np.arange(int(eerste.min(initial=betaalmaand)), betaalmaand + 1, dtype=np.int64)
    begin, eind = huishoudens["begin"], huishoudens["eind"]
    dagen = np.maximum(
        0,
        np.minimum(laatste_dag(maanden)[:, None], eind[None, :])
        - np.maximum(eerste_dag(maanden)[:, None], begin[None, :])
        + 1,
    )
    raster = _Raster(maanden, aantal)
    geboekt, bekend = raster.tel(wie, waarover, zaken.betalingen["bedrag"][betaald])
    is_r = (maanden[:, None] >= eerste[None, :]) & ((dagen > 0) | bekend)
    is_r[-1] = False
    eerder = zaken.correcties["betaalmaand"] < betaalmaand
    terug = zaken.teruggevorderd["besluit_op"] <= peildag
    heeft_betaling = np.zeros(aantal, dtype=bool)
    heeft_betaling[wie] = True
    return Bereik(
        maanden=maanden,
        is_r=is_r,
        dagen_recht=dagen,
        geboekt=geboekt,
        betaling_bekend=bekend,
        eerder_verrekend=raster.som(zaken.correcties, "verrekend", eerder),
        eerder_nabetaald=raster.som(zaken.correcties, "nabetaald", eerder),
        teruggevorderd=raster.som(zaken.teruggevorderd, "bedrag", terug),
        maatregel=raster.som(zaken.maatregelen, "bedrag", None, maandnaam="maand"),
        zonder_betaling=(dagen[-1] > 0) & ~heeft_betaling,
        begint_na=begin > laatste_dag(betaalmaand),
    )


class _Raster:
    """Adds rows of (household, month, amount) up into a matrix."""

    def __init__(self, maanden: Getallen, aantal: int) -> None:
        self.begin = int(maanden[0])
        self.vorm = (len(maanden), aantal)

    def tel(
        self, wie: npt.NDArray[np.int64], waarover: npt.NDArray[np.int64], bedrag: npt.NDArray[np.int64]
    ) -> tuple[Getallen, Masker]:
        """Sum per cell, and whether the cell has any row."""
        binnen = (waarover >= self.begin) & (waarover < self.begin + self.vorm[0])
        som, bekend = np.zeros(self.vorm, dtype=np.int64), np.zeros(self.vorm, dtype=bool)
        cel = (waarover[binnen] - self.begin, wie[binnen])
        np.add.at(som, cel, bedrag[binnen])
        bekend[cel] = True
        return som, bekend

    def som(self, tabel: Kolommen, kolom: str, masker: Masker | None, maandnaam: str = "rechtmaand") -> Getallen:
        """Sum per cell of one column of a table."""
        rijen = np.ones(len(tabel[kolom]), dtype=bool) if masker is None else masker
        return self.tel(tabel["huishouden"][rijen], tabel[maandnaam][rijen], tabel[kolom][rijen])[0]
