"""The instalments of the payment month, claim by claim in the order of the list (rule S9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.berekening.spoor import Spoor
from verrekening.kolommen import Getallen, Kolommen
from verrekening.regels import VORDERING


@dataclass(frozen=True)
class Aflossingen:
    """What goes to each claim.

    Attributes:
        rij: row of the table ``aflossingen`` of the dossiers.
        afgelost: cents, 0 or more; the rows of a household sum to its applied instalment.
    """

    rij: Getallen
    afgelost: Getallen


def verdeel_aflossing(tabel: Kolommen, betaalmaand: int, aflossing: Getallen, spoor: Spoor) -> Aflossingen:
    """Spreads the applied instalment of each household over its claims.

    Args:
        tabel: instalments of the dossiers; rows of a household keep the order of its list.
        betaalmaand: P.
        aflossing: [H] what is applied.
        spoor: keeps the steps.
    """
    rij = np.flatnonzero(tabel["maand"] == betaalmaand)
    rij = rij[np.argsort(tabel["huishouden"][rij], kind="stable")]
    huishouden = tabel["huishouden"][rij]
    volgnummer = np.arange(len(rij)) - np.searchsorted(huishouden, huishouden)
    afgelost = np.zeros(len(rij), dtype=np.int64)
    nog = aflossing.copy()
    graaf = VORDERING.op(betaalmaand)
    # One step per place in the list: the longest list of one household, never the number of households.
    for plaats in range(int(volgnummer.max(initial=-1)) + 1):
        deze = np.flatnonzero(volgnummer == plaats)
        wie = huishouden[deze]
        kolommen = graaf.reken({"gegeven": tabel["bedrag"][rij[deze]], "nog_af_te_lossen": nog[wie]})
        afgelost[deze], nog[wie] = kolommen["afgelost"], kolommen["nog_af_te_lossen_na"]
        spoor.bewaar(VORDERING.naam, betaalmaand, graaf, kolommen, rij[deze], {})
    return Aflossingen(rij, afgelost)
