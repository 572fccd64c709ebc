"""The inputs of the level `persoon_maand`: income by category, age, consent, periods and state of each person."""

from __future__ import annotations

from typing import Any

import numpy as np

from verrekening.beleid import BeleidMaand
from verrekening.berekening.inkomen import ARBEID, CATEGORIEEN, Maanddelen
from verrekening.berekening.overig import Overig
from verrekening.berekening.samenstelling import Leeftijden, Situatie, gehuwd_en_aow
from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen, Kolommen, Masker, als_getal
from verrekening.maand import OPEN, eerste_dag
from verrekening.motor.tabellen import koppel, som_per
from verrekening.regels.invoer import VRIJLATING

Stand = dict[str, Getallen]
"""State of the exemption per person: name -> value at the begin of the month."""

_ALLEENSTAANDE_OUDER = 1
_ONDERDELEN = ("n", "r", "aa", "a34")
"""Onderdelen of the exemption that need the consent of the municipality."""


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


class Persoonsmaanden:
    """Makes the inputs of the level `persoon_maand`, month by month.

    What is the same for everybody, such as a consent that nobody has, is one number instead of a column.
    """

    def __init__(self, zaken: Dossiers, leeftijden: Leeftijden, overig: Overig) -> None:
        self.zaken, self.leeftijden, self.overig = zaken, leeftijden, overig
        alle = zaken.personen
        namen = [f"{onderdeel}_{wat}" for onderdeel in _ONDERDELEN for wat in ("toestemming", "vanaf")]
        self.vast = {naam: als_getal(alle[naam]) for naam in namen} | {
            "z_gegeven": als_getal(alle["z_eerste_maand"] != OPEN),
            "a34_gegeven": _van_personen(zaken.perioden_34a["persoon"], len(alle["bsn"])),
        }

    def invoer(
        self,
        situatie: Situatie,
        beleid: BeleidMaand,
        inkomen: Maanddelen,
        sleutel: Getallen,
        stand: Stand,
        personen: Getallen,
        maand: int,
    ) -> dict[str, Any]:
        """Inputs for the persons that count in a month.

        Args:
            situatie, beleid: facts and policy of the month.
            inkomen: the parts of income of the month.
            sleutel: per household what decides its norm (`Normsleutels`).
            stand: state of all persons.
            personen: rows of the persons that count.
            maand: the month.
        """
        zaken, eerste = self.zaken, eerste_dag(maand)
        alle = zaken.personen
        huishouden, aantal = alle["huishouden"].take(personen), len(alle["bsn"])
        gehuwd, a_aow, p_aow = gehuwd_en_aow(sleutel.take(huishouden))
        gegeven, met_aanspraak = self.overig.per_persoon(maand, aantal)

        def van(kolom: Any) -> Any:
            return kolom.take(personen) if isinstance(kolom, np.ndarray) else kolom

        invoer: dict[str, Any] = bedragen_van(zaken, inkomen, personen, maand)
        invoer |= {
            "maand": maand,
            "overig": van(gegeven),
            "overig_met_aanspraak": van(met_aanspraak),
            "rechthebbend": van(alle["rechthebbend"]),
            "is_27": van(self.leeftijden.op_27) <= eerste,
            "aow_leeftijd": van(self.leeftijden.aow) <= eerste,
            "heeft_partner": gehuwd,
            "partner_aow_leeftijd": np.where(van(alle["rol"]) == 0, p_aow, a_aow),
            "alleenstaande_ouder": situatie.is_leefvorm(_ALLEENSTAANDE_OUDER, huishouden),
            "kind_onder_12": situatie.kind_onder_12(huishouden, eerste),
            "medisch_urenbeperkt": van(_in_perioden(zaken.medisch, aantal, maand)),
            "in_lks": van(_in_perioden(zaken.lks, aantal, maand)),
            "z_gegeven": van(self.vast["z_gegeven"]),
            "a34_gegeven": van(self.vast["a34_gegeven"]),
            "a34_in_periode": van(_in_34a(zaken, aantal, maand)),
            "grondslag_met_aanspraak": beleid.vrijlating_grondslag == "met_aanspraak",
            "z_onder_27": beleid.z_onder_27,
        }
        for onderdeel in _ONDERDELEN:
            toestemming = van(self.vast[f"{onderdeel}_toestemming"])
            vanaf = van(self.vast[f"{onderdeel}_vanaf"])
            invoer[f"{onderdeel}_toestemming"] = (toestemming == 1) & (vanaf <= maand)
            invoer[f"{onderdeel}_toestemming_onbekend"] = toestemming == -1
        return invoer | {naam: van(waarde) for naam, waarde in stand.items()}


def bedragen_van(zaken: Dossiers, inkomen: Maanddelen, personen: Getallen, maand: int) -> dict[str, Any]:
    """Income per category, and the part of the work income that z and aa may use; cents per person."""
    aantal = len(personen)
    plaats = np.full(len(zaken.personen["bsn"]), -1, dtype=np.int64)
    plaats[personen] = np.arange(aantal)
    doel = plaats.take(inkomen.persoon)
    if (doel < 0).any():
        telt = np.flatnonzero(doel >= 0)
        inkomen, doel = inkomen.rijen(telt), doel.take(telt)
    bedragen = som_per(inkomen.categorie * aantal + doel, inkomen.bedrag, len(CATEGORIEEN) * aantal)
    per_categorie = bedragen.reshape(len(CATEGORIEEN), aantal)
    uit: dict[str, Any] = {naam: per_categorie[nummer] for nummer, naam in enumerate(CATEGORIEEN)}
    lks = _uit_lks(zaken, inkomen, maand)
    if lks is None:
        return uit | dict.fromkeys(("arbeid_lks", "arbeid_lks_J", "arbeid_lks_N"), 0)
    lks &= np.isin(inkomen.categorie, ARBEID)
    met = {letter: lks & (inkomen.categorie == CATEGORIEEN.index(f"arbeid_aanspraak_{letter}")) for letter in "JN"}
    for naam, rijen in (("arbeid_lks", lks), ("arbeid_lks_J", met["J"]), ("arbeid_lks_N", met["N"])):
        uit[naam] = som_per(doel[rijen], inkomen.bedrag[rijen], aantal)
    return uit


def _uit_lks(zaken: Dossiers, inkomen: Maanddelen, maand: int) -> Masker | None:
    """Parts from the job named in loonkostensubsidie; every job when none is named. None: nobody has such a job."""
    geldig = np.flatnonzero((zaken.lks["van"] <= maand) & (zaken.lks["tot"] >= maand))
    if not len(geldig):
        return None
    uit = np.zeros(len(inkomen), dtype=bool)
    deel, periode = koppel(inkomen.persoon, zaken.lks["persoon"][geldig])
    lhnr, numiv = zaken.lks["lhnr"][geldig[periode]], zaken.lks["numiv"][geldig[periode]]
    past = ((lhnr == -1) | (lhnr == inkomen.lhnr[deel])) & ((numiv == -1) | (numiv == inkomen.numiv[deel]))
    uit[deel[past]] = True
    return uit


def _in_perioden(tabel: Kolommen, aantal: int, maand: int) -> Masker | bool:
    """Per person whether one of his periods covers the month."""
    return _van_personen(tabel["persoon"][(tabel["van"] <= maand) & (tabel["tot"] >= maand)], aantal)


def _in_34a(zaken: Dossiers, aantal: int, maand: int) -> Masker | bool:
    """The month lies in a given period: twelve months, and on while ``verlengd_tot`` runs (rule W3)."""
    perioden = zaken.perioden_34a
    verlengd = np.where(perioden["verlengd_tot"] == OPEN, -OPEN, perioden["verlengd_tot"])
    tot = np.maximum(perioden["eerste_maand"] + 11, verlengd)
    return _van_personen(perioden["persoon"][(perioden["eerste_maand"] <= maand) & (tot >= maand)], aantal)


def _van_personen(persoon: Getallen, aantal: int) -> Masker | bool:
    """Per person whether he is one of these; one answer when there are none."""
    if not len(persoon):
        return False
    uit = np.zeros(aantal, dtype=bool)
    uit[persoon] = True
    return uit
