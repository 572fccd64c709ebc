"""Closing a payment month: the books, the chain of control totals, what is open, and the work list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from verrekening.administratie import betaalbestanden, boekhouding
from verrekening.financien import keten, saldi
from verrekening.financien.betaald import Betaalbestand
from verrekening.financien.boeken import Boeken, boeken
from verrekening.financien.keten import Schakel
from verrekening.financien.rekeningen import Rekening
from verrekening.financien.standen import betaling_van, werkvoorraad_van
from verrekening.financien.vergelijken import Vergelijking, vergelijk


@dataclass(frozen=True)
class Afsluiting:
    """Everything about a payment month that finance needs.

    Attributes:
        boeken: journal and where every month stands.
        saldi: per account and year of right: opening, debet, credit, sluiting in cents.
        openstaand: what is over-paid and open (`saldi.openstaand`).
        keten: the chain of control totals.
        rekeningen: the chart of accounts.
        werkvoorraad: the work list of the last run, one row per signal.
        vergelijking: what was really paid beside the decisions; None without a payment file.
        per_maand: per payment month through this one: betaalmaand, verrekend, nabetaald, open and buiten in cents.
    """

    boeken: Boeken
    saldi: pd.DataFrame
    openstaand: pd.DataFrame
    keten: tuple[Schakel, ...]
    rekeningen: Mapping[str, Rekening]
    per_maand: pd.DataFrame
    werkvoorraad: pd.DataFrame
    vergelijking: Vergelijking | None = None

    @property
    def klopt(self) -> bool:
        """Whether every link of the chain holds."""
        return all(een.klopt for een in self.keten)


def sluit_af(
    verbinding: Any,
    betaalmaand: int,
    rekeningen: Mapping[str, Rekening],
    vergelijking: Vergelijking | None = None,
) -> Afsluiting:
    """The books of a payment month, computed from everything that the administration holds through it.

    Args:
        verbinding: a consistent view of an administration.
        betaalmaand: P.
        rekeningen: the chart of accounts.
        vergelijking: what was really paid over P (`vergelijk_betaald`).

    Raises:
        AdministratieGeweigerd: nothing was decided over P.
    """
    stand = saldi.Saldi()
    per_maand = []
    for boek in boeken(verbinding, betaalmaand):
        balans, open_ = stand.tel(boek), saldi.openstaand(boek)
        per_maand.append(_maandrij(boek, open_))
    schakels = [*keten.van_run(boek), *keten.van_journaal(saldi.eisen(boek, balans))]
    werk = werkvoorraad_van(boekhouding.werkvoorraad(verbinding, boek.maand.run.boeking))
    if vergelijking is not None:
        vastgelegd = any(p == betaalmaand for p, _, _ in boek.maand.bestanden)
        schakels += keten.van_betaald(vergelijking, boek, vastgelegd=vastgelegd)
    return Afsluiting(boek, balans, open_, tuple(schakels), rekeningen, pd.DataFrame(per_maand), werk, vergelijking)


def vergelijk_betaald(verbinding: Any, betaalmaand: int, bestand: Betaalbestand) -> Vergelijking:
    """A payment file beside the decisions over P, as they were before any payment file.

    Raises:
        AdministratieGeweigerd: nothing was decided over P.
    """
    maand = boekhouding.boekmaand(verbinding, betaalmaand)
    betaling = betaling_van(maand.betalingen)
    bekend = set(betaling["dossiernummer"]) | set(maand.standen["dossiernummer"].to_pylist())
    return vergelijk(betaling, bestand, bekend)


def leg_betaald_vast(verbinding: Any, betaalmaand: int, v: Vergelijking, bekend_op: int, nu: str) -> int | None:
    """Keeps what was paid as facts for the next run; None when that was known already.

    A file with refused lines is not kept: what those lines paid is unknown, and unknown is not zero.

    Args:
        verbinding: of the only writer; the caller commits.
        betaalmaand: P.
        v: the comparison.
        bekend_op: from when runs know it.
        nu: the moment on the clock of the machine.
    """
    if v.bestand.afkeuringen:
        return None
    kop = (v.bestand.sha256, v.bestand.naam)
    return betaalbestanden.leg_vast(verbinding, betaalmaand, kop, bekend_op, v.feiten, nu)


def _maandrij(boek: Boeken, open_: pd.DataFrame) -> dict[str, int]:
    betaling = boek.betaling
    return {
        "betaalmaand": boek.betaalmaand,
        "verrekend": int((betaling["verrekend_met_uitkering"] + betaling["verrekend_met_nabetaling"]).sum()),
        "nabetaald": int((betaling["nabetaling"] + betaling["verrekend_met_nabetaling"]).sum()),
        "open": int(open_["open"].sum()),
        "buiten": int(open_.loc[open_["termijn"] == "buiten", "open"].sum()),
    }
