"""The names and columns under which the rest of the engine knows a dossier."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from verrekening import maand as kalender
from verrekening.dossier.controles import persoonsrij
from verrekening.dossier.platslaan import WAARDE, Tabel
from verrekening.kolommen import Getallen

Bouw: TypeAlias = dict[str, dict[str, npt.NDArray[Any]]]
"""Tables by name, not yet frozen."""

# Per table: its list below the dossier or the person, and per column the key.
_PERSOON = {
    "medisch": ("medisch_urenbeperkt", ("van", "tot")),
    "lks": ("loonkostensubsidie", ("van", "tot", "lhnr", "numiv")),
    "perioden_34a": ("vrijlating.artikel_34a.perioden", ("eerste_maand", "verlengd_tot")),
}
_VRIJLATING = {
    "n_toestemming": "n.toestemming",
    "n_vanaf": "n.vanaf",
    "r_toestemming": "r.toestemming",
    "r_vanaf": "r.vanaf",
    "r_eerste_maand": "r.eerste_maand",
    "z_eerste_maand": "z.eerste_maand",
    "aa_toestemming": "aa.toestemming",
    "aa_vanaf": "aa.vanaf",
    "a34_toestemming": "artikel_34a.toestemming",
    "a34_vanaf": "artikel_34a.vanaf",
}
_HUISHOUDEN = {
    "betalingen": {"rechtmaand": "rechtmaand", "betaald_op": "betaald_op", "bedrag": "bedrag_cent"},
    "correcties": {
        "rechtmaand": "rechtmaand",
        "betaalmaand": "betaalmaand",
        "verrekend": "verrekend_cent",
        "nabetaald": "nabetaald_cent",
    },
    "teruggevorderd": {
        "rechtmaand": "rechtmaand",
        "bedrag": "bedrag_cent",
        "besluit_op": "besluit_op",
        "vordering": "vordering",
    },
    "maatregelen": {"maand": "maand", "bedrag": "bedrag_cent"},
    "aflossingen": {"maand": "maand", "bedrag": "bedrag_cent", "vordering": "vordering"},
    "overige_inkomsten": {
        "soort": "soort",
        "maand": "maand",
        "bedrag": "bedrag_cent",
        "ontvangen_op": "ontvangen_op",
        "vakantietoeslag": "vakantietoeslag",
    },
    "schattingen": {"maand": "maand", "bedrag": "netto_cent", "vakantietoeslag": "vakantietoeslag"},
    "giften": {
        "datum": "datum",
        "bedrag": "bedrag_cent",
        "soort": "soort",
        "besluit": "besluit",
        "besluit_op": "besluit_op",
    },
    "bufferbudget": {"maand": "maand", "bedrag": "bedrag_cent", "soort": "soort", "op": "op"},
    "besluiten": {
        "code": "code",
        "maand": "maand",
        "lhnr": "lhnr",
        "numiv": "numiv",
        "netto": "netto_cent",
        "op": "op",
        "door": "door",
        "reden": "reden",
    },
}
_MET_PERSOON = ("overige_inkomsten", "schattingen", "giften", "besluiten")
_MET_VOLGNR = ("aflossingen", "giften", "besluiten")
TABELLEN = (
    "huishoudens",
    "personen",
    "n_gebruikt",
    *_PERSOON,
    "situatie",
    "situatie_persoon",
    *_HUISHOUDEN,
)
"""Names of all tables, each a field of `verrekening.dossier.Dossiers`."""


def bouw(wortel: Tabel, regels: Getallen, bestand: int) -> Bouw:
    """All tables of these dossiers; ``huishouden`` and ``persoon`` are rows within them.

    Args:
        wortel: the flat tables.
        regels: line of each dossier in its file.
        bestand: number of the file.
    """
    uit: Bouw = {
        "huishoudens": {
            "dossiernummer": wortel["dossiernummer"],
            "gemeentecode": wortel["gemeentecode"],
            "begin": wortel["begindatum"],
            "eind": wortel["einddatum"],
            "uitgesloten": wortel["uitgesloten"],
            "bestand": np.full(len(wortel), bestand, np.int64),
            "regel": regels,
        }
    }
    _bouw_personen(wortel, uit)
    _bouw_situaties(wortel, uit)
    for naam, kaart in _HUISHOUDEN.items():
        tabel = wortel.onder[naam]
        kolommen: dict[str, npt.NDArray[Any]] = {"huishouden": tabel.rij}
        if naam in _MET_PERSOON:
            kolommen["persoon"] = persoonsrij(wortel, tabel.rij, tabel["bsn"])
        kolommen |= {kolom: tabel[sleutel] for kolom, sleutel in kaart.items()}
        if naam in _MET_VOLGNR:
            kolommen["volgnr"] = tabel.volgnr
        if "vakantietoeslag" in kolommen:
            kolommen["vakantietoeslag"] = kolommen["vakantietoeslag"] == 1
        uit[naam] = kolommen
    overig = uit["overige_inkomsten"]
    # Rule O1: not given is the last day of the month.
    gegeven = wortel.onder["overige_inkomsten"].gegeven["ontvangen_op"]
    overig["ontvangen_op"] = np.where(gegeven, overig["ontvangen_op"], kalender.laatste_dag(overig["maand"]))
    uit["besluiten"]["netto_bekend"] = wortel.onder["besluiten"].gegeven["netto_cent"]
    return uit


def _bouw_personen(wortel: Tabel, uit: Bouw) -> None:
    personen = wortel.onder["personen"]
    uit["personen"] = {
        "huishouden": personen.rij,
        "volgnr": personen.volgnr,
        "bsn": personen["bsn"],
        "rol": personen["rol"],
        "geboortedatum": personen["geboortedatum"],
        "rechthebbend": personen["rechthebbend"] == 1,
        "van": personen["van"],
        "tot": personen["tot"],
    }
    for kolom, sleutel in _VRIJLATING.items():
        waarde = personen[f"vrijlating.{sleutel}"]
        uit["personen"][kolom] = waarde.astype(np.int8) if kolom.endswith("toestemming") else waarde
    gebruikt = personen.onder["vrijlating.n.gebruikte_maanden"]
    uit["n_gebruikt"] = {"persoon": gebruikt.rij, "maand": gebruikt[WAARDE]}
    for naam, (lijst, sleutels) in _PERSOON.items():
        tabel = personen.onder[lijst]
        uit[naam] = {"persoon": tabel.rij} | {sleutel: tabel[sleutel] for sleutel in sleutels}


def _bouw_situaties(wortel: Tabel, uit: Bouw) -> None:
    situatie, personen = wortel.onder["situatie"], wortel.onder["personen"]
    uit["situatie"] = {
        "huishouden": situatie.rij,
        "van": situatie["van"],
        "tot": situatie["tot"],
        "leefvorm": situatie["leefvorm"],
        "kostendelers": situatie["kostendelende_medebewoners"],
        "jongste_kind": situatie["jongste_kind_geboortedatum"],
        "verlaging": situatie["verlaging_cent"],
    }
    # Every person × every situatie of the household.
    aantal = np.bincount(personen.rij, minlength=len(wortel)).astype(np.int64)
    eerste = np.cumsum(aantal) - aantal
    keer = aantal[situatie.rij]
    s = np.repeat(np.arange(len(situatie)), keer)
    binnen = np.arange(len(s)) - np.repeat(np.cumsum(keer) - keer, keer)
    p = eerste[situatie.rij[s]] + binnen
    kolommen: dict[str, npt.NDArray[Any]] = {
        "persoon": p,
        "van": situatie["van"][s],
        "tot": situatie["tot"][s],
    }
    for sleutel in ("in_inrichting", "verhoging_20_3"):
        waarde = situatie[sleutel][s]
        lijst = situatie.onder.get(sleutel)
        if lijst is not None and len(lijst):
            genoemd = persoonsrij(wortel, lijst.huishouden, lijst[WAARDE])
            n = max(1, len(personen))
            waarde = waarde | np.isin(s * n + p, (lijst.rij * n + genoemd)[genoemd >= 0])
        kolommen[sleutel] = waarde
    # In the order of the persons, as every table about persons.
    volgorde = np.lexsort((kolommen["van"], p))
    uit["situatie_persoon"] = {naam: kolom[volgorde] for naam, kolom in kolommen.items()}


def voeg_samen(delen: list[Bouw]) -> Bouw:
    """One set of tables of all pieces; rows of households and persons are renumbered."""
    if not delen:
        return {}
    huizen = _begin([len(deel["huishoudens"]["begin"]) for deel in delen])
    personen = _begin([len(deel["personen"]["bsn"]) for deel in delen])
    verschuif = {"huishouden": huizen, "persoon": personen}
    uit: Bouw = {}
    for naam, kolommen in delen[0].items():
        uit[naam] = {}
        for kolom in kolommen:
            stukken = [deel[naam][kolom] for deel in delen]
            if kolom in verschuif:
                stukken = [
                    np.where(stuk >= 0, stuk + plus, stuk) for stuk, plus in zip(stukken, verschuif[kolom], strict=True)
                ]
            uit[naam][kolom] = np.concatenate(stukken)
    return uit


def _begin(aantallen: list[int]) -> list[int]:
    uit, som = [], 0
    for aantal in aantallen:
        uit.append(som)
        som += aantal
    return uit


def kies(tabellen: Bouw, huishoudens: Getallen) -> Bouw:
    """The tables with only these households, in this order; persons keep the order of their list."""
    uit = {"huishoudens": {naam: kolom[huishoudens] for naam, kolom in tabellen["huishoudens"].items()}}
    nieuw_huis = _nieuw(huishoudens, len(tabellen["huishoudens"]["begin"]))
    rijen = _rijen(nieuw_huis, tabellen["personen"]["huishouden"])
    nieuw_persoon = _nieuw(rijen, len(tabellen["personen"]["bsn"]))
    nieuw = {"huishouden": nieuw_huis, "persoon": nieuw_persoon}
    for naam, kolommen in tabellen.items():
        if naam == "huishoudens":
            continue
        sleutel = "huishouden" if "huishouden" in kolommen else "persoon"
        keus = _rijen(nieuw[sleutel], kolommen[sleutel])
        gekozen = {kolom: waarde[keus] for kolom, waarde in kolommen.items()}
        for kolom in nieuw.keys() & gekozen.keys():
            oud = gekozen[kolom]
            gekozen[kolom] = np.where(oud >= 0, nieuw[kolom][oud], -1)
        uit[naam] = gekozen
    return uit


def _nieuw(gekozen: Getallen, aantal: int) -> Getallen:
    """New row of every old row; -1 for what was not chosen."""
    uit = np.full(max(1, aantal), -1, np.int64)
    uit[gekozen] = np.arange(len(gekozen))
    return uit


def _rijen(nieuw: Getallen, verwijst: Getallen) -> Getallen:
    """Rows that refer to something chosen, in the new order and then as they stood."""
    doel = nieuw[verwijst]
    rijen = np.flatnonzero(doel >= 0)
    return rijen[np.argsort(doel[rijen], kind="stable")]
