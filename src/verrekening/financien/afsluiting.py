"""Closing a payment month: the books, the chain of control totals, what is open, and the work list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from verrekening.financien import keten, saldi
from verrekening.financien.boeken import Boeken, boeken
from verrekening.financien.keten import Schakel
from verrekening.financien.rekeningen import Rekening


@dataclass(frozen=True)
class Afsluiting:
    """Everything about a payment month that finance needs.

    Attributes:
        boeken: journal and where every month stands.
        saldi: per account and year of right: opening, debet, credit, sluiting in cents.
        openstaand: what is over-paid and open (`saldi.openstaand`).
        keten: the chain of control totals.
        rekeningen: the chart of accounts.
        per_maand: per payment month through this one: betaalmaand, verrekend, nabetaald, open and buiten in cents.
    """

    boeken: Boeken
    saldi: pd.DataFrame
    openstaand: pd.DataFrame
    keten: tuple[Schakel, ...]
    rekeningen: Mapping[str, Rekening]
    per_maand: pd.DataFrame

    @property
    def klopt(self) -> bool:
        """Whether every link of the chain holds."""
        return all(een.klopt for een in self.keten)


def sluit_af(verbinding: Any, betaalmaand: int, rekeningen: Mapping[str, Rekening]) -> Afsluiting:
    """The books of a payment month, computed from everything that the administration holds through it.

    Args:
        verbinding: a consistent view of an administration.
        betaalmaand: P.
        rekeningen: the chart of accounts.

    Raises:
        AdministratieGeweigerd: nothing was decided over P.
    """
    stand = saldi.Saldi()
    per_maand = []
    for boek in boeken(verbinding, betaalmaand):
        balans, open_ = stand.tel(boek), saldi.openstaand(boek)
        per_maand.append(_maandrij(boek, open_))
    schakels = [*keten.van_run(boek), *keten.van_journaal(saldi.eisen(boek, balans))]
    return Afsluiting(boek, balans, open_, tuple(schakels), rekeningen, pd.DataFrame(per_maand))


def _maandrij(boek: Boeken, open_: pd.DataFrame) -> dict[str, int]:
    betaling = boek.betaling
    return {
        "betaalmaand": boek.betaalmaand,
        "verrekend": int((betaling["verrekend_met_uitkering"] + betaling["verrekend_met_nabetaling"]).sum()),
        "nabetaald": int((betaling["nabetaling"] + betaling["verrekend_met_nabetaling"]).sum()),
        "open": int(open_["open"].sum()),
        "buiten": int(open_.loc[open_["termijn"] == "buiten", "open"].sum()),
    }
