"""Balances over any number of payment months, what is open per case, and whether the books hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from verrekening.financien.boeken import Boeken
from verrekening.financien.rekeningen import REKENINGEN
from verrekening.financien.standen import SLEUTEL, samen

TERMIJN = 6
"""Months before the payment month in which means can have been received to be settled (rule S3)."""


@dataclass(frozen=True)
class Eis:
    """Something that must be equal in the books: both sides in cents (or rows), and how many cases differ."""

    wat: str
    links: int
    rechts: int
    anders: int = 0

    @property
    def klopt(self) -> bool:
        """Whether both sides are equal, for every case."""
        return self.links == self.rechts and self.anders == 0


class Saldi:
    """Adds the books of payment months up, in order."""

    def __init__(self) -> None:
        self._opening = pd.DataFrame({"rekening": [], "jaar": [], "cent": []}).astype(
            {"jaar": np.int64, "cent": np.int64}
        )
        self._sluiting = self._opening

    def tel(self, boeken: Boeken) -> pd.DataFrame:
        """Balance per account and year of right over this month: opening, debet, credit, sluiting in cents."""
        j = boeken.journaal
        beweging = (
            j.assign(debet=j["cent"].clip(lower=0), credit=-j["cent"].clip(upper=0))
            .groupby(["rekening", "jaar"], as_index=False)[["debet", "credit"]]
            .sum()
        )
        opening = self._sluiting.rename(columns={"cent": "opening"})
        uit = opening.set_index(["rekening", "jaar"]).join(beweging.set_index(["rekening", "jaar"]), how="outer")
        uit = uit.fillna(0).astype(np.int64).reset_index()
        uit["sluiting"] = uit["opening"] + uit["debet"] - uit["credit"]
        self._sluiting = uit[["rekening", "jaar", "sluiting"]].rename(columns={"sluiting": "cent"})
        volgorde = uit["rekening"].map({naam: nr for nr, naam in enumerate(REKENINGEN)})
        return (
            uit.assign(volgorde=volgorde).sort_values(["volgorde", "jaar"], ignore_index=True).drop(columns="volgorde")
        )


def eisen(boeken: Boeken, saldi: pd.DataFrame) -> list[Eis]:
    """What must hold in the books of a payment month."""
    j, p = boeken.journaal, boeken.betaalmaand
    per_zaak = j.groupby(["dossiernummer", "soort"])["cent"].sum()
    debet, credit = int(j["cent"].clip(lower=0).sum()), int(-j["cent"].clip(upper=0).sum())
    sluiting = boeken.sluiting.tabel
    besloten = j[~j["soort"].isin(["teruggedraaid", "betaling"])]
    te_betalen = -besloten[besloten["rekening"] == "uit_te_betalen"].groupby("dossiernummer")["cent"].sum()
    verwacht = boeken.betaling.set_index("dossiernummer")["te_betalen"]
    afwijkend = (te_betalen.reindex(verwacht.index, fill_value=0) != verwacht).sum()

    def saldo(rekening: str) -> int:
        return int(saldi.loc[saldi["rekening"] == rekening, "sluiting"].sum())

    open_, te_weinig = int(sluiting["saldo"].clip(lower=0).sum()), -int(sluiting["saldo"].clip(upper=0).sum())
    uit, besluit = int(te_betalen.sum()), int(verwacht.sum())
    return [
        Eis("debet = credit, in totaal en per huishouden", debet, credit, int((per_zaak != 0).sum())),
        Eis("uit te betalen = te betalen volgens de besluiten", uit, besluit, int(afwijkend)),
        Eis("te verrekenen = wat open staat per zaak", saldo("te_verrekenen"), open_, _zaken_anders(boeken, p)),
        Eis("na te betalen = te weinig betaald en nog open", -saldo("na_te_betalen"), te_weinig),
    ]


def _zaken_anders(boeken: Boeken, p: int) -> int:
    """Cases whose entries of this month do not lead from their opening to what is open now."""
    j = boeken.journaal
    beweging = (
        j[j["rekening"].isin(["te_verrekenen", "na_te_betalen"])].groupby(list(SLEUTEL))["cent"].sum().reset_index()
    )
    opening, sluiting = samen(boeken.opening.tabel, boeken.sluiting.tabel)
    oud, erbij = samen(opening[[*SLEUTEL, "saldo"]], beweging)
    _, nieuw = samen(erbij[[*SLEUTEL]].assign(x=0), sluiting[[*SLEUTEL, "saldo"]])
    # What the engine itself called open after the run, where no payment file changed it.
    teruggedraaid = set(j.loc[j["soort"] == "teruggedraaid", "dossiernummer"])
    zelf = sluiting[sluiting["is_er"] & ~sluiting["dossiernummer"].isin(teruggedraaid) & (sluiting["rechtmaand"] < p)]
    return int(
        (oud["saldo"] + erbij["cent"] != nieuw["saldo"]).sum() + (zelf["saldo"].clip(lower=0) != zelf["open"]).sum()
    )


def openstaand(boeken: Boeken) -> pd.DataFrame:
    """What is over-paid and open, per household and month R, with its age against the six months of art. 58 lid 4.

    Columns: dossiernummer, rechtmaand, jaar, ontvangstmaand, open (cents), maanden (age of the receipt month), termijn.
    """
    tabel = boeken.sluiting.tabel
    tabel = tabel[tabel["saldo"] > 0]
    oud = boeken.betaalmaand - tabel["ontvangstmaand"]
    termijn = np.select([oud < TERMIJN, oud == TERMIJN], ["binnen", "laatste maand"], "buiten")
    uit = tabel[[*SLEUTEL]].assign(
        jaar=tabel["rechtmaand"] // 12 + 1970,
        ontvangstmaand=tabel["ontvangstmaand"],
        open=tabel["saldo"],
        maanden=oud,
        termijn=termijn,
    )
    return uit.sort_values(["maanden", "open"], ascending=False, ignore_index=True)


def laatste(alle: Iterable[Boeken]) -> tuple[Boeken, pd.DataFrame]:
    """The books of the last month, with the balances that all months before led to."""
    saldi = Saldi()
    boek: Boeken | None = None
    for boek in alle:
        stand = saldi.tel(boek)
    if boek is None:
        raise ValueError("there is no payment month")
    return boek, stand
