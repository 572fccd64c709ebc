"""Which records may count: stops about a record, and the besluiten of humans that close them (rule S12)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.berekening.bereik import Bereik
from verrekening.berekening.opgaven import Opgaven
from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen, Masker
from verrekening.motor.tabellen import groepen, koppel
from verrekening.regels import OPGAVE_STOPS

GEEN_MAAND = 2**40
"""Stands for: touches no month that is computed."""

_SOORTEN = ("DGA", "INCIDENTEEL_INKOMEN", "ONDERNEMING", "ONBEKENDE_INKOMENSCODE")
_MAG_IN_P = frozenset({"MEERDERE_INKOMSTENPERIODEN", "JGK_ONBEKEND", "GEGEVEN_ONTBREEKT"})


@dataclass(frozen=True)
class Stops:
    """Stops of records.

    Attributes:
        maand: first month R or P that each record touches, `GEEN_MAAND` when none.
        open: per code the records with that stop and no besluit.
        telt: no stop is open: the record counts.
        telt_in_p: counts in the provisional payment month: also a benefit whose stop concerns only unknown
            deductions or several income periods (else a full norm would be paid that may not be corrected).
    """

    maand: Getallen
    open: dict[str, Masker]
    telt: Masker
    telt_in_p: Masker


def signaalmaand(opgaven: Opgaven, bereik: Bereik, telt_mee: Masker) -> Getallen:
    """First month each record touches that is R or P for its household and in which the person counts."""
    van, tot = opgaven.maand_begin, opgaven.maand_eind
    return eerste_maand_in_bereik(opgaven.persoon, opgaven.huishouden, van, tot, bereik, telt_mee)


def eerste_maand_in_bereik(
    persoon: Getallen, huishouden: Getallen, van: Getallen, tot: Getallen, bereik: Bereik, telt_mee: Masker
) -> Getallen:
    """First month from ``van`` through ``tot`` that is R or P, or `GEEN_MAAND`.

    Args:
        persoon, huishouden: rows in the dossiers.
        van, tot: first and last month.
        telt_mee: [T, persons] whether the person counts in the month.
    """
    eerste = np.maximum(van, int(bereik.maanden[0]))
    laatste = np.minimum(tot, bereik.betaalmaand)
    uit = np.full(len(persoon), GEEN_MAAND, dtype=np.int64)
    is_r, mee = bereik.is_r.ravel(), telt_mee.ravel()
    zoekt = np.flatnonzero(eerste <= laatste)
    # Month by month, all that have not found theirs: nearly all find it in their first.
    while len(zoekt):
        maand = eerste.take(zoekt)
        rij = maand - int(bereik.maanden[0])
        in_bereik = is_r.take(rij * bereik.is_r.shape[1] + huishouden.take(zoekt)) | (rij == len(bereik.maanden) - 1)
        raak = in_bereik & mee.take(rij * telt_mee.shape[1] + persoon.take(zoekt))
        uit[zoekt] = np.where(raak, maand, GEEN_MAAND)
        eerste[zoekt] += 1
        zoekt = zoekt.compress(~raak & (maand < laatste.take(zoekt)))
    return uit


def pas_besluiten_toe(opgaven: Opgaven, maand: Getallen, zaken: Dossiers, peilmoment: int) -> dict[str, Masker]:
    """Puts the net amounts of besluiten known at K into the columns; returns per code which records are closed.

    A besluit closes only a stop that the record really has: after a correction that takes the stop away, the
    record counts as it is. A later besluit replaces an earlier one.
    """
    aantal = len(opgaven)
    netto, bekend = np.zeros(aantal, dtype=np.int64), np.zeros(aantal, dtype=bool)
    gesloten = {code: np.zeros(aantal, dtype=bool) for code in OPGAVE_STOPS}
    besluiten = zaken.besluiten
    keuze = np.flatnonzero((besluiten["op"] <= peilmoment) & (besluiten["persoon"] >= 0))
    keuze = keuze[np.lexsort((besluiten["volgnr"][keuze], besluiten["op"][keuze]))]
    if len(keuze):
        nummer, _ = groepen(
            np.concatenate([opgaven.persoon, besluiten["persoon"][keuze]]),
            np.concatenate([opgaven.lhnr, besluiten["lhnr"][keuze]]),
            np.concatenate([opgaven.numiv, besluiten["numiv"][keuze]]),
            np.concatenate([maand, besluiten["maand"][keuze]]),
        )
        links, rechts = koppel(nummer[aantal:], nummer[:aantal])
        raak = np.zeros(len(links), dtype=bool)
        for code in OPGAVE_STOPS:
            deze = (besluiten["code"][keuze[links]] == code) & opgaven.kolommen[f"signaal_{code}"][rechts]
            gesloten[code][rechts[deze]] = True
            raak |= deze
        besluit, rechts = keuze[links[raak]], rechts[raak]
        met_bedrag = besluiten["netto_bekend"][besluit]
        # In order of time: of several assignments to one record the last one stays.
        netto[rechts[met_bedrag]] = besluiten["netto"][besluit[met_bedrag]]
        bekend[rechts[met_bedrag]] = True
    # A human who gave the amount has judged the whole record; without an amount the other rules judge it.
    opgaven.kolommen["soort_gesloten"] = np.logical_or.reduce([gesloten[code] for code in _SOORTEN]) & ~bekend
    opgaven.kolommen["besluit_netto"] = netto
    opgaven.kolommen["besluit_netto_bekend"] = bekend
    return gesloten


def bepaal_stops(opgaven: Opgaven, maand: Getallen, gesloten: dict[str, Masker]) -> Stops:
    """Which records count, after chapter N has been computed."""
    k = opgaven.kolommen
    open_ = {code: k[f"signaal_{code}"] & ~gesloten[code] for code in OPGAVE_STOPS}
    niets = np.zeros(len(opgaven), dtype=bool)
    fout = np.logical_or.reduce([niets, *open_.values()])
    te_zwaar = np.logical_or.reduce([niets, *[open_[code] for code in OPGAVE_STOPS if code not in _MAG_IN_P]])
    te_zwaar |= open_["GEGEVEN_ONTBREEKT"] & k["gegeven_ontbreekt"]
    return Stops(maand, open_, ~fout, ~fout | (k["is_uitkering"] & ~te_zwaar))
