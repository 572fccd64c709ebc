"""The inputs of the level `persoon_maand`: income by category, age, consent, periods and state of each person."""

from __future__ import annotations

from typing import Any

import numpy as np

from verrekening.beleid import BeleidMaand
from verrekening.berekening.inkomen import ARBEID, CATEGORIEEN, Inkomen
from verrekening.berekening.overig import Overig
from verrekening.berekening.samenstelling import Leeftijden, Situatie, in_perioden
from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import OPEN, eerste_dag
from verrekening.motor.tabellen import koppel
from verrekening.regels.invoer import VRIJLATING

Stand = dict[str, Getallen]
"""State of the exemption per person: name -> value at the begin of the month."""

_ALLEENSTAANDE_OUDER = 1


def beginstand(zaken: Dossiers, n_gebruikt: Getallen) -> Stand:
    """State before the first computed month: facts of the dossier, never assumed."""
    personen = zaken.personen
    stand = {
        naam: np.full(len(personen["bsn"]), toestand.begin, dtype=np.int64) for naam, toestand in VRIJLATING.items()
    }
    return stand | {
        "n_gebruikt": n_gebruikt,
        "z_begin": personen["z_eerste_maand"].copy(),
        "r_begin": personen["r_eerste_maand"].copy(),
    }


def persoon_invoer(
    zaken: Dossiers,
    situatie: Situatie,
    leeftijden: Leeftijden,
    beleid: BeleidMaand,
    inkomen: Inkomen,
    overig: Overig,
    groep: dict[str, Any],
    stand: Stand,
    personen: Getallen,
    plek: Getallen,
    maand: int,
) -> dict[str, Any]:
    """Inputs for the persons that count in a month.

    Args:
        zaken, situatie, leeftijden, beleid: facts and policy of the month.
        inkomen: the parts of income of the month.
        overig: other income that is given.
        groep: inputs of the norm, per computed household.
        stand: state of all persons.
        personen: rows of the persons that count.
        plek: place of the household of each of them in ``groep``.
        maand: the month.
    """
    eerste = eerste_dag(maand)
    alle = zaken.personen
    huishouden = alle["huishouden"][personen]
    aantal = len(alle["bsn"])
    perioden = zaken.perioden_34a
    invoer: dict[str, Any] = _bedragen(zaken, inkomen, personen, maand)
    gegeven, met_aanspraak = overig.per_persoon(maand, aantal)
    invoer |= {
        "maand": maand,
        "overig": gegeven[personen],
        "overig_met_aanspraak": met_aanspraak[personen],
        "rechthebbend": alle["rechthebbend"][personen],
        "is_27": leeftijden.op_27[personen] <= eerste,
        "aow_leeftijd": leeftijden.aow[personen] <= eerste,
        "heeft_partner": groep["gehuwd"][plek],
        "partner_aow_leeftijd": np.where(alle["rol"][personen] == 0, groep["p_aow"][plek], groep["a_aow"][plek]),
        "alleenstaande_ouder": situatie.is_leefvorm(_ALLEENSTAANDE_OUDER, huishouden),
        "kind_onder_12": situatie.kind_onder_12(huishouden, eerste),
        "medisch_urenbeperkt": in_perioden(zaken.medisch, aantal, maand)[personen],
        "in_lks": in_perioden(zaken.lks, aantal, maand)[personen],
        "z_gegeven": alle["z_eerste_maand"][personen] != OPEN,
        "a34_gegeven": _komt_voor(perioden["persoon"], aantal)[personen],
        "a34_in_periode": _in_34a(zaken, aantal, maand)[personen],
        "grondslag_met_aanspraak": beleid.vrijlating_grondslag == "met_aanspraak",
        "z_onder_27": beleid.z_onder_27,
    }
    for onderdeel in ("n", "r", "aa", "a34"):
        toestemming = alle[f"{onderdeel}_toestemming"][personen]
        invoer[f"{onderdeel}_toestemming"] = (toestemming == 1) & (alle[f"{onderdeel}_vanaf"][personen] <= maand)
        invoer[f"{onderdeel}_toestemming_onbekend"] = toestemming == -1
    return invoer | {naam: waarde[personen] for naam, waarde in stand.items()}


def _bedragen(zaken: Dossiers, inkomen: Inkomen, personen: Getallen, maand: int) -> dict[str, Getallen]:
    """Income per category, and the part of the work income that z and aa may use."""
    plaats = np.full(len(zaken.personen["bsn"]), -1, dtype=np.int64)
    plaats[personen] = np.arange(len(personen))
    bedragen = np.zeros((len(CATEGORIEEN), len(personen)), dtype=np.int64)
    doel = plaats[inkomen.persoon]
    telt = doel >= 0
    np.add.at(bedragen, (inkomen.categorie[telt], doel[telt]), inkomen.bedrag[telt])
    uit: dict[str, Getallen] = {naam: bedragen[nummer] for nummer, naam in enumerate(CATEGORIEEN)}
    lks = telt & np.isin(inkomen.categorie, ARBEID) & _uit_lks(zaken, inkomen, maand)
    met = {letter: lks & (inkomen.categorie == CATEGORIEEN.index(f"arbeid_aanspraak_{letter}")) for letter in "JN"}
    for naam, rijen in (("arbeid_lks", lks), ("arbeid_lks_J", met["J"]), ("arbeid_lks_N", met["N"])):
        uit[naam] = np.zeros(len(personen), dtype=np.int64)
        np.add.at(uit[naam], doel[rijen], inkomen.bedrag[rijen])
    return uit


def _uit_lks(zaken: Dossiers, inkomen: Inkomen, maand: int) -> Masker:
    """Parts from the job named in loonkostensubsidie; every job when none is named."""
    uit = np.zeros(len(inkomen), dtype=bool)
    geldig = np.flatnonzero((zaken.lks["van"] <= maand) & (zaken.lks["tot"] >= maand))
    if len(geldig):
        deel, periode = koppel(inkomen.persoon, zaken.lks["persoon"][geldig])
        lhnr, numiv = zaken.lks["lhnr"][geldig[periode]], zaken.lks["numiv"][geldig[periode]]
        past = ((lhnr == -1) | (lhnr == inkomen.lhnr[deel])) & ((numiv == -1) | (numiv == inkomen.numiv[deel]))
        uit[deel[past]] = True
    return uit


def _in_34a(zaken: Dossiers, aantal: int, maand: int) -> Masker:
    """The month lies in a given period: twelve months, and on while ``verlengd_tot`` runs (rule W3)."""
    perioden = zaken.perioden_34a
    verlengd = np.where(perioden["verlengd_tot"] == OPEN, -OPEN, perioden["verlengd_tot"])
    tot = np.maximum(perioden["eerste_maand"] + 11, verlengd)
    uit = np.zeros(aantal, dtype=bool)
    uit[perioden["persoon"][(perioden["eerste_maand"] <= maand) & (tot >= maand)]] = True
    return uit


def _komt_voor(persoon: Getallen, aantal: int) -> Masker:
    uit = np.zeros(aantal, dtype=bool)
    uit[persoon] = True
    return uit
