"""What a run knows at K: from files alone, or from files and the memory of an administration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from verrekening import dossier, polis
from verrekening.beleid import Beleid
from verrekening.berekening import Besloten
from verrekening.dossier import Dossiers
from verrekening.fouten import InvoerGeweigerd
from verrekening.keuring import keur_dossiers, weiger_correcties
from verrekening.kolommen import Afkeuring, Masker
from verrekening.polis import Indeling, Levering, Versies

if TYPE_CHECKING:
    from verrekening.administratie import Boek

Voortgang = Callable[[str], None]
"""Told the name of every stage that begins."""


@dataclass(frozen=True)
class Opdracht:
    """What to settle, from what.

    Attributes:
        betaalmaand: P.
        peilmoment: K, microseconds UTC.
        dossiers: JSON Lines files.
        polis: files or folders with wage records.
        beleid: policy file.
        alleen: only this dossiernummer is computed (one case); None for all.
        processen: processes that may read wage records at once. More than 1 only from a program with a main guard.
        ontvangen: moment of wage records that have none of their own; None: K.
        kolommen: mapping file of the columns of wage records in CSV.
    """

    betaalmaand: int
    peilmoment: int
    dossiers: Sequence[Path]
    polis: Sequence[Path]
    beleid: Path
    alleen: str | None = None
    processen: int = 1
    ontvangen: int | None = None
    kolommen: Path | None = None


@dataclass(frozen=True)
class Feiten:
    """Everything a run knows.

    Attributes:
        zaken: the dossiers that are computed.
        levering, versies: wage records, and which version counts at K.
        aangeboden: which deliveries are in the files of this run (all, without an administration).
        besloten: standing decisions over months before P; None without an administration.
        afkeuringen: input that was refused.
        geteld: dossiers read, accepted and refused.
        kolommen_sha256: hash of the mapping file.
    """

    zaken: Dossiers
    levering: Levering
    versies: Versies
    aangeboden: Masker
    besloten: Besloten | None
    afkeuringen: list[Afkeuring]
    geteld: dict[str, int]
    kolommen_sha256: str | None


def lees(opdracht: Opdracht, beleid: Beleid, boek: Boek | None, voortgang: Voortgang) -> Feiten:
    """Reads what is known at K. Raises InvoerGeweigerd when nothing usable is there."""
    indeling = None if opdracht.kolommen is None else polis.lees_indeling(opdracht.kolommen)
    voortgang("dossiers lezen")
    gelezen = dossier.lees(opdracht.dossiers) if boek is None else boek.dossiers(opdracht.dossiers)
    zaken, geweigerd = gelezen, list[Afkeuring]()
    if boek is not None:
        zaken, geweigerd = weiger_correcties(zaken)
        zaken = boek.met_besluiten(zaken)
    zaken, onbruikbaar = keur_dossiers(zaken, beleid)
    afgekeurd = [*gelezen.afkeuringen, *geweigerd, *onbruikbaar]
    aantal = gelezen.geweigerd + len(gelezen.huishoudens["begin"]) - len(zaken.huishoudens["begin"])
    if opdracht.alleen is not None:
        zaken = kies_zaak(zaken, opdracht.alleen, afgekeurd)

    voortgang("loongegevens lezen")
    bsn = zaken.personen["bsn"]
    # What has no moment of its own is read now, and a run reads at its own K (rule N1).
    ontvangen = opdracht.peilmoment if opdracht.ontvangen is None else opdracht.ontvangen
    if boek is None:
        levering = polis.lees(
            opdracht.polis, frozenset(bsn.tolist()), ontvangen, processen=opdracht.processen, indeling=indeling
        )
    else:
        levering = boek.levering(opdracht.polis, bsn, ontvangen, opdracht.processen, indeling)
    besloten = None
    if boek is not None:
        zaken, besloten = boek.eerder(zaken, opdracht.betaalmaand)
    return Feiten(
        zaken,
        levering,
        polis.bepaal(levering, opdracht.peilmoment),
        _aangeboden(opdracht, levering, indeling, boek),
        besloten,
        [*afgekeurd, *levering.afkeuringen],
        {"gelezen": gelezen.gelezen, "aangenomen": gelezen.gelezen - aantal, "geweigerd": aantal},
        None if indeling is None else indeling.sha256,
    )


def _aangeboden(opdracht: Opdracht, levering: Levering, indeling: Indeling | None, boek: Boek | None) -> Masker:
    if boek is None:
        return np.ones(len(levering.bestanden), dtype=bool)
    nu = set(polis.kenmerken(opdracht.polis, indeling))
    return np.array([polis.kenmerk_van(een, indeling) in nu for een in levering.bestanden], dtype=bool)


def kies_zaak(zaken: Dossiers, dossiernummer: str, afkeuringen: Sequence[Afkeuring]) -> Dossiers:
    """Only one household. Raises InvoerGeweigerd when it was refused or does not occur."""
    deze = zaken.huishoudens["dossiernummer"] == dossiernummer
    if deze.any():
        return dossier.zonder_huishoudens(zaken, ~np.asarray(deze, dtype=bool))
    for afkeuring in afkeuringen:
        if afkeuring.dossiernummer == dossiernummer:
            raise InvoerGeweigerd(
                f"dossier {dossiernummer} is geweigerd ({afkeuring.bestand}, {afkeuring.plaats}): "
                f"{afkeuring.reden}. {afkeuring.wat_te_doen}"
            )
    raise InvoerGeweigerd(f"dossier {dossiernummer} staat niet in de opgegeven bestanden")
