"""The decisions about the bufferbudget (Pw art. 34b, rule S10) that are known at K, per household."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen
from verrekening.maand import dag_van_moment, jaar_van
from verrekening.motor.tabellen import som_per

_BETALING, _VEREFFENING = 0, 1


@dataclass(frozen=True)
class Bufferbudget:
    """Cents per household.

    Attributes:
        betaling: paid in the payment month.
        vereffening: all that was cleared up to and including the payment month.
        gebruikt: payments and clearings together in the calendar year of the payment month.
    """

    betaling: Getallen
    vereffening: Getallen
    gebruikt: Getallen


def bepaal_bufferbudget(zaken: Dossiers, betaalmaand: int, peilmoment: int) -> Bufferbudget:
    """The decisions known at K; one about a month after P belongs to a later payment."""
    tabel = zaken.bufferbudget
    bekend = (tabel["op"] <= dag_van_moment(peilmoment)) & (tabel["maand"] <= betaalmaand)

    def som(masker: Getallen) -> Getallen:
        rijen = np.flatnonzero(bekend & masker)
        return som_per(tabel["huishouden"][rijen], tabel["bedrag"][rijen], len(zaken.huishoudens["begin"]))

    return Bufferbudget(
        betaling=som((tabel["soort"] == _BETALING) & (tabel["maand"] == betaalmaand)),
        vereffening=som(tabel["soort"] == _VEREFFENING),
        gebruikt=som(jaar_van(tabel["maand"]) == jaar_van(betaalmaand)),
    )
