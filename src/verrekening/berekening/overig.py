"""Other income that the municipality gives per person and month (rule O1), and when means were received (rule S3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from verrekening.berekening.bereik import Bereik
from verrekening.berekening.inkomen import Inkomen
from verrekening.berekening.signalen import Verzamelaar
from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import maand_van
from verrekening.motor.tabellen import groepen, grootste_per, som_per

ONDERNEMING = 3
"""Code of the kind `onderneming`: a business, which a human must judge."""
_OORZAAK_VANAF = 2**41
"""Causes of signals about given income; apart from those about records."""


@dataclass(frozen=True)
class Overig:
    """Other income in a month R or P in which the person counts, one row per amount.

    Attributes:
        persoon, huishouden: rows in the dossiers.
        maand: month it belongs to.
        bedrag: cents.
        met_aanspraak: a claim to holiday allowance grows with it.
        datum: day it was received.
        open: from a business, and not judged by a human: it does not count, and stops the household.
    """

    persoon: Getallen
    huishouden: Getallen
    maand: Getallen
    bedrag: Getallen
    met_aanspraak: Masker
    datum: Getallen
    open: Masker

    def per_persoon(self, maand: int, aantal: int) -> tuple[Getallen | int, Getallen | int]:
        """Sum per person of a month, and of the part with a claim; 0 for all when nobody has any."""
        deze = (self.maand == maand) & ~self.open
        if not deze.any():
            return 0, 0
        met = deze & self.met_aanspraak
        return (
            som_per(self.persoon[deze], self.bedrag[deze], aantal),
            som_per(self.persoon[met], self.bedrag[met], aantal),
        )

    def meld(self, signalen: Verzamelaar) -> None:
        """A stop per person and month with income from a business."""
        rij = np.flatnonzero(self.open)
        signalen.meld(
            "ONDERNEMING",
            self.huishouden[rij],
            self.maand[rij],
            opgave=pa.repeat("Het is opgegeven bij de overige inkomsten.", len(rij)),
            oorzaak=self.persoon[rij] + _OORZAAK_VANAF,
            regel=pa.repeat("O1", len(rij)),
        )


def verzamel_overig(zaken: Dossiers, bereik: Bereik, telt_mee: Masker, peilmoment: int) -> Overig:
    """The other income that may count, with the besluiten about a business known at K.

    Args:
        zaken: dossiers.
        bereik: months per household.
        telt_mee: [T, persons] who counts.
        peilmoment: K.
    """
    tabel = zaken.overige_inkomsten
    rij = tabel["maand"] - int(bereik.maanden[0])
    binnen = np.flatnonzero((rij >= 0) & (rij < len(bereik.maanden)))
    rij, huishouden, persoon = rij[binnen], tabel["huishouden"][binnen], tabel["persoon"][binnen]
    # Only income over days of assistance counts; what is given for such a month counts as given (rule T3).
    telt = (bereik.is_r[rij, huishouden] | (rij == len(bereik.maanden) - 1)) & (bereik.dagen_recht[rij, huishouden] > 0)
    houd = binnen[telt & telt_mee[rij, persoon]]
    bedrag = tabel["bedrag"][houd].copy()
    onderneming = tabel["soort"][houd] == ONDERNEMING
    gesloten = _besluiten(zaken, tabel["persoon"][houd], tabel["maand"][houd], onderneming, bedrag, peilmoment)
    return Overig(
        persoon=tabel["persoon"][houd],
        huishouden=tabel["huishouden"][houd],
        maand=tabel["maand"][houd],
        bedrag=bedrag,
        met_aanspraak=tabel["vakantietoeslag"][houd].astype(bool),
        datum=tabel["ontvangen_op"][houd],
        open=onderneming & ~gesloten,
    )


def _besluiten(
    zaken: Dossiers, persoon: Getallen, maand: Getallen, onderneming: Masker, bedrag: Getallen, peilmoment: int
) -> Masker:
    """Which rows of a business a human let count; an amount in the last besluit takes the place of the given ones.

    Such a besluit names a person and a month, and no inkomstenverhouding.
    """
    gesloten = np.zeros(len(persoon), dtype=bool)
    besluiten = zaken.besluiten
    keuze = np.flatnonzero(
        (besluiten["code"] == "ONDERNEMING")
        & (besluiten["persoon"] >= 0)
        & (besluiten["lhnr"] < 0)
        & (besluiten["numiv"] < 0)
        & (besluiten["op"] <= peilmoment)
    )
    rijen = np.flatnonzero(onderneming)
    if not len(keuze) or not len(rijen):
        return gesloten
    keuze = keuze[np.lexsort((besluiten["volgnr"][keuze], besluiten["op"][keuze]))]
    nummer, _ = groepen(
        np.concatenate([persoon[rijen], besluiten["persoon"][keuze]]),
        np.concatenate([maand[rijen], besluiten["maand"][keuze]]),
    )
    laatste = np.full(int(nummer.max()) + 1, -1, dtype=np.int64)
    # In order of time: of several assignments the last one stays.
    laatste[nummer[len(rijen) :]] = keuze
    besluit = laatste[nummer[: len(rijen)]]
    gesloten[rijen[besluit >= 0]] = True
    _, eerste = np.unique(nummer[: len(rijen)], return_index=True)
    is_eerste = np.zeros(len(rijen), dtype=bool)
    is_eerste[eerste] = True
    met = (besluit >= 0) & besluiten["netto_bekend"][besluit]
    bedrag[rijen[met]] = np.where(is_eerste[met], besluiten["netto"][besluit[met]], 0)
    return gesloten


def ontvangstmaanden(
    inkomen: Inkomen, overig: Overig, rechthebbend: Masker, bereik: Bereik, uitkomst: dict[str, Getallen], wie: Getallen
) -> Getallen:
    """[T, H] month of the latest date among the means that count in a month with an amount above 0 (rule S3).

    Args:
        inkomen: parts of records.
        overig: other income.
        rechthebbend: per person; the means of a spouse without right count only as far as rule O2 says.
        bereik: months per household.
        uitkomst: results of the months; reads ``partner_telt`` and ``giften_meegeteld``.
        wie: household of each person.
    """
    met_gift = uitkomst["giften_meegeteld"] > 0
    uit = met_gift * bereik.maanden[:, None] if met_gift.any() else np.zeros(met_gift.shape, dtype=np.int64)
    aantal = uit.shape[1]
    partner_telt = (uitkomst["partner_telt"] > 0).ravel()
    for persoon, maand, bedrag, datum in (
        (inkomen.persoon, inkomen.maand, inkomen.bedrag, inkomen.datum),
        (overig.persoon, overig.maand, np.where(overig.open, 0, overig.bedrag), overig.datum),
    ):
        cel = (maand - int(bereik.maanden[0])) * aantal + wie.take(persoon)
        telt = np.flatnonzero((bedrag > 0) & (rechthebbend.take(persoon) | partner_telt.take(cel)))
        ontvangen = grootste_per(cel.take(telt), maand_van(datum.take(telt)), uit.size, 0)
        uit = np.maximum(uit, ontvangen.reshape(uit.shape))
    return uit
