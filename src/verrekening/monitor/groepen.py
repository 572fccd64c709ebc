"""The groups that the check for bias compares: a closed list, made from what the calculation itself uses.

There is no door for another attribute: the function takes the dossiers and the wage records and nothing else, and a
dossier refuses unknown keys. Origin, religion, address and name are nowhere in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import dagen_in, eerste_dag, maand_van, verjaardag
from verrekening.parameters import aow_datum
from verrekening.polis import Levering, Versies
from verrekening.polis.versies import GEBRUIKT

VIER_WEKEN = 28
WERK = (11, 13, 15)
"""SrtIV of employment (rule N2)."""
BUITEN = -1


@dataclass(frozen=True)
class Indeling:
    """One way to divide households.

    Attributes:
        naam: column of the table.
        woorden: what it is about, in Dutch.
        groepen: names of the groups by number; a household outside it (no job) has -1.
    """

    naam: str
    woorden: str
    groepen: tuple[str, ...]


INDELINGEN = (
    Indeling("leefvorm", "Leefvorm", ("alleenstaande", "alleenstaande ouder", "gehuwden")),
    Indeling(
        "leeftijd", "Leeftijd van de aanvrager", ("jonger dan 27", "27 tot en met 44", "45 tot AOW", "AOW-leeftijd")
    ),
    Indeling("loonperiode", "Loon per vier weken of per maand", ("per vier weken", "alleen per maand")),
    Indeling("werkgevers", "Eén of meer werkgevers", ("meer dan een werkgever", "een werkgever")),
)
"""All there are."""

NIET_TE_MAKEN = {
    "uitzendwerk": "de code voor uitzendwerk wordt bij het lezen niet bewaard, omdat de berekening haar niet gebruikt",
    "afkomst, geloof, wijk, geslacht": "deze gegevens zijn er niet, en kunnen er niet bij",
}
"""Groups that one might expect, and why they are not there."""


def groepen(zaken: Dossiers, levering: Levering, versies: Versies, van: int, tot: int) -> pd.DataFrame:
    """Per household that has income in the polis in these months: the number of its group in every `INDELINGEN`.

    Args:
        zaken: dossiers.
        levering, versies: wage records, and which count.
        van, tot: months; the situation and the age are those of the last.
    """
    aantal = len(zaken.huishoudens["begin"])
    wie, rijen = _opgaven(zaken, levering, versies, van, tot)
    o = levering.opgaven
    werk = _werk(levering)[rijen]
    begin, eind = o["tv_begin"][rijen], o["tv_eind"][rijen]
    maand = maand_van(begin)
    hele_maand = (begin == eerste_dag(maand)) & np.isin(eind - begin + 1, (28, 29, 30, 31)) & (maand_van(eind) == maand)
    vier = (eind - begin + 1 == VIER_WEKEN) & ~hele_maand
    met_werk = _een_van(wie[werk], aantal)
    kolommen = {
        "dossiernummer": zaken.huishoudens["dossiernummer"].tolist(),
        "leefvorm": _leefvorm(zaken, tot, aantal),
        "leeftijd": _leeftijd(zaken, tot, aantal),
        "loonperiode": np.where(met_werk, np.where(_een_van(wie[werk & vier], aantal), 0, 1), BUITEN),
        "werkgevers": np.where(
            met_werk, np.where(_werkgevers(wie[werk], o["lhnr"][rijen][werk], aantal) > 1, 0, 1), -1
        ),
    }
    return pd.DataFrame(kolommen)[_een_van(wie, aantal)].reset_index(drop=True)


def _opgaven(zaken: Dossiers, levering: Levering, versies: Versies, van: int, tot: int) -> tuple[Getallen, Getallen]:
    """Household and row of every effective record of these months."""
    o = levering.opgaven
    maand = maand_van(o["tv_eind"])
    rijen = np.flatnonzero((versies.status == GEBRUIKT) & (maand >= van) & (maand <= tot))
    orde = np.argsort(zaken.personen["bsn"], kind="stable")
    bsn = zaken.personen["bsn"][orde]
    plek = np.minimum(np.searchsorted(bsn, o["bsn"][rijen]), max(0, len(bsn) - 1))
    bekend = bsn[plek] == o["bsn"][rijen] if len(bsn) else np.zeros(len(rijen), bool)
    return zaken.personen["huishouden"][orde][plek[bekend]], rijen[bekend]


def _werk(levering: Levering) -> Masker:
    uit = np.zeros(len(levering.opgaven["bsn"]), dtype=bool)
    uit[levering.perioden["opgave"][np.isin(levering.perioden["srtiv"], WERK)]] = True
    return uit


def _een_van(wie: Getallen, aantal: int) -> Masker:
    uit = np.zeros(aantal, dtype=bool)
    uit[wie] = True
    return uit


def _werkgevers(wie: Getallen, lhnr: Getallen, aantal: int) -> Getallen:
    paren = np.unique(np.stack([wie, lhnr]), axis=1)
    return np.bincount(paren[0], minlength=aantal)


def _leefvorm(zaken: Dossiers, maand: int, aantal: int) -> Getallen:
    """That of the month, or the last one before it."""
    uit = np.full(aantal, BUITEN, dtype=np.int64)
    s = zaken.situatie
    rijen = np.flatnonzero(s["van"] <= maand)
    rijen = rijen[np.argsort(s["van"][rijen], kind="stable")]
    uit[s["huishouden"][rijen]] = s["leefvorm"][rijen]
    return uit


def _leeftijd(zaken: Dossiers, maand: int, aantal: int) -> Getallen:
    dag = int(eerste_dag(maand)) + dagen_in(maand) - 1
    p = zaken.personen
    rijen = np.flatnonzero(p["rol"] == 0)
    geboren = p["geboortedatum"][rijen]
    uit = np.full(aantal, BUITEN, dtype=np.int64)
    grenzen = np.stack([verjaardag(geboren, 27), verjaardag(geboren, 45), aow_datum(geboren)])
    uit[p["huishouden"][rijen]] = (grenzen <= dag).sum(axis=0)
    return uit
