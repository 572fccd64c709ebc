"""Who belongs to which household in which month, with age, consent and household form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen, Kolommen, Masker
from verrekening.maand import OPEN, eerste_dag, laatste_dag, verjaardag
from verrekening.parameters import aow_datum

GEHUWDEN = 2
"""Code of leefvorm ``gehuwden``."""


@dataclass(frozen=True)
class Leeftijden:
    """Per person the days on which an age is reached."""

    op_21: Getallen
    op_27: Getallen
    aow: Getallen

    @classmethod
    def van(cls, personen: Kolommen) -> Leeftijden:
        """From the birth dates."""
        geboren = personen["geboortedatum"]
        return cls(verjaardag(geboren, 21), verjaardag(geboren, 27), aow_datum(geboren))


@dataclass(frozen=True)
class Situatie:
    """The household form of all households in one month."""

    leefvorm: Getallen
    medebewoners: Getallen
    jongste_kind: Getallen
    verlaging: Getallen
    rij: Getallen

    @property
    def gehuwd(self) -> Masker:
        """Leefvorm gehuwden."""
        return np.asarray(self.leefvorm == GEHUWDEN)


def situatie_in(zaken: Dossiers, maand: int) -> Situatie:
    """The situatie that holds in a month; a household without one (outside the assistance) is single."""
    aantal = len(zaken.huishoudens["begin"])
    tabel = zaken.situatie
    rijen = np.flatnonzero((tabel["van"] <= maand) & (tabel["tot"] >= maand))
    wie = tabel["huishouden"][rijen]

    def vul(naam: str, leeg: int) -> Getallen:
        uit = np.full(aantal, leeg, dtype=np.int64)
        uit[wie] = tabel[naam][rijen]
        return uit

    rij = np.full(aantal, -1, dtype=np.int64)
    rij[wie] = rijen
    return Situatie(vul("leefvorm", 0), vul("kostendelers", 0), vul("jongste_kind", OPEN), vul("verlaging", 0), rij)


def telt_mee(zaken: Dossiers, situatie: Situatie, maand: int) -> Masker:
    """Per person whether he counts in the month: the aanvrager, and the partner when gehuwd (rule O3).

    Outside the assistance nobody counts, also when the last situatie is open and the assistance has ended.
    """
    huishoudens = zaken.huishoudens
    loopt = (huishoudens["begin"] <= laatste_dag(maand)) & (huishoudens["eind"] >= eerste_dag(maand))
    personen = zaken.personen
    aanwezig = (personen["van"] <= maand) & (personen["tot"] >= maand)
    huishouden = personen["huishouden"]
    bekend = (situatie.rij[huishouden] >= 0) & loopt[huishouden]
    return np.asarray(aanwezig & bekend & ((personen["rol"] == 0) | situatie.gehuwd[huishouden]))


def kind_jonger_dan(geboren: Getallen, jaren: int, dag: int) -> Masker:
    """Whether the youngest child is born on or before a day and younger than an age on it; without a child no."""
    return np.asarray((geboren <= dag) & (verjaardag(geboren, jaren) > dag))


def in_perioden(tabel: Kolommen, aantal: int, maand: int) -> Masker:
    """Per person whether one of his periods covers the month."""
    uit = np.zeros(aantal, dtype=bool)
    uit[tabel["persoon"][(tabel["van"] <= maand) & (tabel["tot"] >= maand)]] = True
    return uit


@dataclass(frozen=True)
class Normgroep:
    """Inputs of the level `norm` for all households, with ages on one day."""

    kolommen: dict[str, Getallen | Masker]


def normgroep(
    zaken: Dossiers, situatie: Situatie, meetellend: Masker, leeftijden: Leeftijden, dag: int, maand: int
) -> Normgroep:
    """The inputs of the norm with the ages reached on a day."""
    aantal = len(situatie.leefvorm)
    personen = zaken.personen
    a = meetellend & (personen["rol"] == 0)
    p = meetellend & (personen["rol"] == 1)
    deze = (zaken.situatie_persoon["van"] <= maand) & (zaken.situatie_persoon["tot"] >= maand)

    def in_situatie(kenmerk: str) -> Masker:
        uit = np.zeros(len(personen["rol"]), dtype=bool)
        uit[zaken.situatie_persoon["persoon"][deze & zaken.situatie_persoon[kenmerk]]] = True
        return uit

    def per_huishouden(wie: Masker, kenmerk: Masker) -> Masker:
        uit = np.zeros(aantal, dtype=bool)
        uit[personen["huishouden"][wie & kenmerk]] = True
        return uit

    per_persoon = {
        "21": leeftijden.op_21 <= dag,
        "aow": leeftijden.aow <= dag,
        "verhoging": in_situatie("verhoging_20_3"),
        "inrichting": in_situatie("in_inrichting"),
        "recht": personen["rechthebbend"],
    }
    kolommen: dict[str, Getallen | Masker] = {
        "medebewoners": situatie.medebewoners,
        "gehuwd": situatie.gehuwd,
        "kind_onder_18": kind_jonger_dan(situatie.jongste_kind, 18, dag),
    }
    for naam, kenmerk in per_persoon.items():
        kolommen[f"a_{naam}"] = per_huishouden(a, kenmerk)
        kolommen[f"p_{naam}"] = per_huishouden(p, kenmerk)
    return Normgroep(kolommen)


def dagen_van(maand: int) -> tuple[int, int]:
    """First and last day of a month."""
    return eerste_dag(maand), laatste_dag(maand)
