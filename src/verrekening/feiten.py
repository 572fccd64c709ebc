"""What a run knows at K: from files alone, or from files and the memory of an administration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from verrekening import dossier, polis
from verrekening.beleid import Beleid
from verrekening.berekening import Besloten
from verrekening.dossier import Dossierblokken, Dossiers
from verrekening.fouten import InvoerGeweigerd
from verrekening.keuring import keur_dossiers, weiger_correcties
from verrekening.kolommen import Afkeuring, Getallen, Masker, aantal
from verrekening.polis import Indeling, Levering, Verdeling, Versies, Voorraad

if TYPE_CHECKING:
    from verrekening.administratie import Boek

Voortgang = Callable[[str], None]
"""Told the name of every stage that begins."""
_HEEL = 2**40
"""Households of a block that holds all of them."""


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
    """Everything a run knows about the households of a block.

    Attributes:
        zaken: the dossiers that are computed.
        levering, versies: wage records, and which version counts at K.
        telt: per record whether it is counted with this block; of a person in two blocks only one counts it.
        besloten: standing decisions over months before P; None without an administration.
        heel: this is the only block.
    """

    zaken: Dossiers
    levering: Levering
    versies: Versies
    telt: Masker
    besloten: Besloten | None
    heel: bool


@dataclass(frozen=True)
class Werkplaats:
    """Where a run puts away what it reads, and how much it takes up at once.

    Attributes:
        map: a folder of its own.
        grootte: households of a block.
    """

    map: Path
    grootte: int

    def voor(self, naam: str) -> Path:
        """A folder in it for one thing."""
        map_ = self.map / naam
        map_.mkdir(0o700, exist_ok=True)
        return map_


@dataclass(frozen=True)
class Bekend:
    """What is known at K: what was read, and on demand the facts of each block of households, in order of number.

    Attributes:
        bestanden: the files of dossiers.
        leveringen: the deliveries of wage records.
        aangeboden: which of them are in the files of this run (all, without an administration).
        afkeuringen: input that was refused.
        geteld: dossiers read, accepted and refused.
        kolommen_sha256: hash of the mapping file.
        aantal: number of blocks, at least 1.
        blok: the facts of a block, by number.
    """

    bestanden: tuple[dossier.Bestand, ...]
    leveringen: tuple[polis.Bestand, ...]
    aangeboden: Masker
    afkeuringen: list[Afkeuring]
    geteld: dict[str, int]
    kolommen_sha256: str | None
    aantal: int
    blok: Callable[[int], Feiten]


def lees(
    opdracht: Opdracht, beleid: Beleid, boek: Boek | None, voortgang: Voortgang, plaats: Werkplaats | None = None
) -> Bekend:
    """Reads what is known at K.

    Args:
        opdracht: what to settle, from what.
        beleid: the policy.
        boek: an administration that knows more than the files.
        voortgang: told the name of every stage that begins.
        plaats: where to put away what is read, so that memory is bounded by a block; None keeps all in one block in
            memory: for one case, and for what was already read.

    Raises:
        InvoerGeweigerd: nothing usable is there.
    """
    indeling = None if opdracht.kolommen is None else polis.lees_indeling(opdracht.kolommen)
    voortgang("dossiers lezen")
    bron = _Dossierbron(opdracht, beleid, boek, plaats)
    voortgang("loongegevens lezen")
    # What is in the files of this run; an administration may hold more. Hashing them all is done once.
    inhoud = None if boek is None else frozenset(polis.kenmerken(opdracht.polis, indeling))
    voorraad = _loongegevens(opdracht, bron.verdeling, boek, inhoud, indeling, plaats)

    def blok(nr: int) -> Feiten:
        zaken, besloten, heel = bron.zaken(nr), None, bron.aantal == 1
        if boek is not None:
            zaken, besloten = boek.eerder(zaken, opdracht.betaalmaand, heel=heel)
        loon = voorraad.blok(nr)
        versies = polis.bepaal(loon.levering, opdracht.peilmoment, voorraad.koppen)
        return Feiten(zaken, loon.levering, versies, loon.telt, besloten, heel)

    return Bekend(
        bron.bestanden,
        tuple(voorraad.bestanden),
        _aangeboden(voorraad.bestanden, inhoud, indeling),
        [*bron.afkeuringen, *voorraad.afkeuringen],
        {"gelezen": bron.gelezen, "aangenomen": bron.gelezen - bron.geweigerd, "geweigerd": bron.geweigerd},
        None if indeling is None else indeling.sha256,
        bron.aantal,
        blok,
    )


class _Dossierbron:
    """The dossiers that can be computed, block by block, and who is in them."""

    def __init__(self, opdracht: Opdracht, beleid: Beleid, boek: Boek | None, plaats: Werkplaats | None) -> None:
        self._opdracht, self._beleid, self._boek = opdracht, beleid, boek
        self._blokken = self._lees(plaats)
        self.aantal, self.bestanden, self.gelezen = (
            self._blokken.aantal, self._blokken.bestanden, self._blokken.gelezen
        )  # fmt: skip
        self.afkeuringen, self.geweigerd = list(self._blokken.afkeuringen), self._blokken.geweigerd
        bsn: list[Getallen] = []
        for nr in range(self.aantal):
            gelezen = self._blokken.blok(nr)
            if boek is not None:
                boek.zie_dossiers(gelezen)
            zaken, onbruikbaar = self._bruikbaar(gelezen)
            self.afkeuringen += onbruikbaar
            self.geweigerd += len(gelezen.huishoudens["begin"]) - len(zaken.huishoudens["begin"])
            bsn.append(zaken.personen["bsn"])
        if opdracht.alleen is not None:
            zaken = kies_zaak(zaken, opdracht.alleen, self.afkeuringen)
            bsn = [zaken.personen["bsn"]]
        self._enige = zaken if self.aantal == 1 else None
        self.verdeling = _verdeling(bsn)

    def _lees(self, plaats: Werkplaats | None) -> Dossierblokken:
        boek, paden = self._boek, self._opdracht.dossiers
        if boek is not None and boek.naspel:
            return dossier.in_blokken(boek.dossiers(), _HEEL if plaats is None else plaats.grootte)
        if plaats is None:
            return dossier.in_blokken(dossier.lees(paden), _HEEL)
        if boek is None:
            return dossier.lees_in_blokken(paden, plaats.voor("dossiers"), plaats.grootte)
        return boek.lees_dossiers(paden, plaats.voor("dossiers"), plaats.grootte, plaats.voor("administratie"))

    def zaken(self, nr: int) -> Dossiers:
        """The dossiers of a block that are computed."""
        return self._bruikbaar(self._blokken.blok(nr))[0] if self._enige is None else self._enige

    def _bruikbaar(self, zaken: Dossiers) -> tuple[Dossiers, list[Afkeuring]]:
        geweigerd: list[Afkeuring] = []
        if self._boek is not None:
            zaken, geweigerd = weiger_correcties(zaken)
            zaken = self._boek.met_besluiten(zaken)
        zaken, onbruikbaar = keur_dossiers(zaken, self._beleid)
        # In order of dossier, as the blocks are: so that the size of a block does not show.
        return zaken, sorted([*geweigerd, *onbruikbaar], key=attrgetter("dossiernummer"))


def _verdeling(per_blok: Sequence[Getallen]) -> Verdeling:
    """Which blocks need the records of a person; of a person in more than one the first counts them."""
    bsn = np.concatenate(per_blok)
    blok = np.repeat(np.arange(len(per_blok)), [len(een) for een in per_blok])
    orde = np.lexsort((blok, bsn))
    return Verdeling(bsn[orde], blok[orde], len(per_blok))


def _loongegevens(
    opdracht: Opdracht,
    verdeling: Verdeling,
    boek: Boek | None,
    inhoud: frozenset[str] | None,
    indeling: Indeling | None,
    plaats: Werkplaats | None,
) -> Voorraad | _Geheel:
    """All wage records of the people in the dossiers, by block."""
    # What has no moment of its own is read now, and a run reads at its own K (rule N1).
    ontvangen = opdracht.peilmoment if opdracht.ontvangen is None else opdracht.ontvangen
    wie, paden, processen = np.unique(verdeling.bsn), opdracht.polis, opdracht.processen
    if boek is not None and boek.naspel:
        delen = boek.leveringen(inhoud or ())
    elif plaats is None:
        delen = iter([polis.lees(paden, wie, ontvangen, processen=processen, indeling=indeling)])
    elif boek is not None:
        plekken = plaats.voor("leveringen"), plaats.voor("administratie")
        delen = boek.lees_leveringen(paden, inhoud or frozenset(), wie, ontvangen, plekken, processen, indeling)
    else:
        delen = polis.lees_in_delen(
            paden, wie, ontvangen, plaats.voor("leveringen"), processen=processen, indeling=indeling
        )
    if plaats is None:
        return _Geheel(polis.samen_op_inhoud(list(delen)))
    voorraad = Voorraad(plaats.voor("loongegevens"), verdeling)
    for deel in delen:
        voorraad.leg_weg(deel)
    voorraad.sluit()
    return voorraad


class _Geheel:
    """Wage records in memory, with the face of those that are not: one block."""

    def __init__(self, levering: Levering) -> None:
        self._levering = levering
        self.bestanden, self.afkeuringen, self.koppen = levering.bestanden, levering.afkeuringen, None

    def blok(self, _: int) -> polis.Blok:
        """All of it."""
        return polis.Blok(self._levering, np.ones(aantal(self._levering.opgaven), bool))


def _aangeboden(
    leveringen: Sequence[polis.Bestand], inhoud: frozenset[str] | None, indeling: Indeling | None
) -> Masker:
    if inhoud is None:
        return np.ones(len(leveringen), dtype=bool)
    return np.array([polis.kenmerk_van(een, indeling) in inhoud for een in leveringen], dtype=bool)


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
