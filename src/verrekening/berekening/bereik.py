"""Which months are computed for which household (rule S1), and what was booked on them.

Matrices have one row per month (ascending, the payment month last) and one column per household, so that
the month loop reads one contiguous row at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen, Kolommen, Masker, kies_rijen
from verrekening.maand import dag_van_moment, eerste_dag, laatste_dag, lees_maand, volgende
from verrekening.motor.tabellen import kleinste_per, som_per

EERSTE_MAAND = lees_maand("2023-01")
"""No month before this one is recomputed (rule S1)."""
JUNI = 6
"""The month in which the reserve of the twelve months before is paid (Pw art. 45 lid 1)."""


@dataclass(frozen=True)
class Besloten:
    """Standing decisions for payment months before P: one row per household and month at most.

    A decision counts like a booking of what was due (rule S2). A run without an administration has none.

    Attributes:
        huishouden: row in the dossiers.
        maand: payment month of the decision.
        verschuldigd, te_betalen: what it said was due over the month, and what went to the household; cents.
    """

    huishouden: Getallen
    maand: Getallen
    verschuldigd: Getallen
    te_betalen: Getallen

    @classmethod
    def geen(cls) -> Besloten:
        """No decisions."""
        leeg = np.zeros(0, dtype=np.int64)
        return cls(leeg, leeg, leeg, leeg)


@dataclass(frozen=True)
class Bereik:
    """The months of every household.

    Attributes:
        maanden: T months; the last is the payment month P.
        is_r: [T, H] the month is a month R of rule S1.
        dagen_recht: [T, H] days with right in the month.
        geboekt, eerder_verrekend, eerder_nabetaald, teruggevorderd, maatregel: [T, H] cents.
        is_geboekt: [T, H] a payment over the month is booked.
        besloten, besloten_te_betalen: [T, H] cents of the standing decision for the month, 0 without one.
        is_besloten: [T, H] a standing decision for the month.
        uitbetaling_reserve: [T] the June in which the reserve of the month is paid (Pw art. 45 lid 1).
        zonder_betaling: [H] the assistance runs in P, and nothing at all is booked or decided.
        begint_na: [H] the assistance begins after P; the household is not in this run.
    """

    maanden: Getallen
    is_r: Masker
    dagen_recht: Getallen
    geboekt: Getallen
    is_geboekt: Masker
    besloten: Getallen
    besloten_te_betalen: Getallen
    is_besloten: Masker
    uitbetaling_reserve: Getallen
    eerder_verrekend: Getallen
    eerder_nabetaald: Getallen
    teruggevorderd: Getallen
    maatregel: Getallen
    zonder_betaling: Masker
    begint_na: Masker

    def wordt_berekend(self, rij: int) -> Masker:
        """[H] which households are computed in a month (row of ``maanden``): R, and in P all that have begun."""
        return ~self.begint_na if rij == len(self.maanden) - 1 else self.is_r[rij]

    @property
    def betaalmaand(self) -> int:
        """P."""
        return int(self.maanden[-1])


def bepaal_bereik(zaken: Dossiers, betaalmaand: int, peilmoment: int, besloten: Besloten) -> Bereik:
    """The months of every household for payment month P, with what was booked and decided (rules S1, S2)."""
    huishoudens = zaken.huishoudens
    aantal = len(huishoudens["begin"])
    peildag = dag_van_moment(peilmoment)
    betaald = _rijen(zaken.betalingen, zaken.betalingen["betaald_op"] <= peildag)
    wie, waarover = betaald["huishouden"], betaald["rechtmaand"]
    # The first record decides where the months begin, also when it lies before the first month of all.
    eerste = np.minimum(
        kleinste_per(wie, waarover, aantal, betaalmaand),
        kleinste_per(besloten.huishouden, besloten.maand, aantal, betaalmaand),
    )
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
    geboekt, bekend = raster.tel(wie, waarover, betaald["bedrag"])
    besluit, is_besloten = raster.tel(besloten.huishouden, besloten.maand, besloten.verschuldigd)
    is_r = (maanden[:, None] >= eerste[None, :]) & ((dagen > 0) | bekend | is_besloten)
    is_r[-1] = False
    eerder = _rijen(zaken.correcties, zaken.correcties["betaalmaand"] < betaalmaand)
    terug = _rijen(zaken.teruggevorderd, zaken.teruggevorderd["besluit_op"] <= peildag)
    heeft_betaling = np.zeros(aantal, dtype=bool)
    heeft_betaling[wie] = True
    heeft_betaling[besloten.huishouden] = True
    return Bereik(
        maanden=maanden,
        is_r=is_r,
        dagen_recht=dagen,
        geboekt=geboekt,
        is_geboekt=bekend,
        besloten=besluit,
        besloten_te_betalen=raster.tel(besloten.huishouden, besloten.maand, besloten.te_betalen)[0],
        is_besloten=is_besloten,
        uitbetaling_reserve=volgende(maanden + 1, JUNI),
        eerder_verrekend=raster.som(eerder, "verrekend"),
        eerder_nabetaald=raster.som(eerder, "nabetaald"),
        teruggevorderd=raster.som(terug, "bedrag"),
        maatregel=raster.som(zaken.maatregelen, "bedrag", maandnaam="maand"),
        zonder_betaling=(dagen[-1] > 0) & ~heeft_betaling,
        begint_na=begin > laatste_dag(betaalmaand),
    )


def _rijen(tabel: Kolommen, masker: Masker) -> Kolommen:
    return tabel if masker.all() else kies_rijen(tabel, np.flatnonzero(masker))


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
        if not binnen.all():
            rij = np.flatnonzero(binnen)
            wie, waarover, bedrag = wie[rij], waarover[rij], bedrag[rij]
        bekend = np.zeros(self.vorm, dtype=bool)
        # One number per cell: numpy adds up by pairs of numbers several times as slowly.
        cel = (waarover - self.begin) * self.vorm[1] + wie
        bekend.ravel()[cel] = True
        return som_per(cel, bedrag, bekend.size).reshape(self.vorm), bekend

    def som(self, tabel: Kolommen, kolom: str, maandnaam: str = "rechtmaand") -> Getallen:
        """Sum per cell of one column of a table."""
        return self.tel(tabel["huishouden"], tabel[maandnaam], tabel[kolom])[0]
