"""The norms of one month: one per class of households with the same inputs, and where a birthday changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from verrekening.berekening.samenstelling import norminvoer
from verrekening.kolommen import Getallen
from verrekening.parameters import Parameters
from verrekening.regels import NORM


@dataclass(frozen=True)
class Maandnorm:
    """The norms of a month, cents.

    Attributes:
        norm, gehuwdennorm: per class of households with the same inputs.
        klasse: class of each computed household.
        anders: households in which an age is reached later in the month, and ``na_verjaardag`` their norm then.
    """

    norm: Getallen
    gehuwdennorm: Getallen
    klasse: Getallen
    anders: Getallen
    na_verjaardag: Getallen

    @classmethod
    def van(
        cls,
        uit: dict[str, Any],
        klasse: Getallen,
        anders: Getallen,
        later: Getallen,
        maand: int,
        parameters: Parameters,
    ) -> Maandnorm:
        """Of the level `norm` of the month; ``later`` are the keys of ``anders`` on the last day."""
        aantal = len(uit["gehuwd"])
        na_verjaardag = np.zeros(len(anders), dtype=np.int64)
        if len(anders):
            graaf = NORM.op(maand)
            waarden = parameters.voor_maand(maand, graaf.parameters)
            invoer = norminvoer(later) | {naam: waarde.waarde for naam, waarde in waarden.items()}
            na_verjaardag[:] = graaf.reken(invoer)["norm"]
        norm, gehuwdennorm = (np.broadcast_to(uit[naam], (aantal,)) for naam in ("norm", "gehuwdennorm"))
        return cls(norm, gehuwdennorm, klasse, anders, na_verjaardag)

    def klasse_van(self, huishoudens: Getallen, gevraagd: Getallen) -> Getallen:
        """Class of some of the computed households; ``huishoudens`` are all of them, in order of row."""
        return self.klasse[np.searchsorted(huishoudens, gevraagd)]
