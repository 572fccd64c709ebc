"""Wage records on disk, by block of households: a night holds the records of one block in memory, and all heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from verrekening.fouten import ProgrammeerFout
from verrekening.kolommen import Afkeuring, Getallen, Kolommen, Masker, aantal, kies_rijen
from verrekening.polis import opslag
from verrekening.polis.herlezen import MET_AANGIFTE, ontdubbel, verwijs
from verrekening.polis.koppen import Koppen
from verrekening.polis.tabel import LEEG, Bestand, Bevinding, Erboven, Levering, stapel
from verrekening.schijf import als_tabel

_TELT = "telt"
_VAN_PERSONEN = ("opgaven", "intrekkingen", "afgekeurde_opgaven")
_LEEG: Mapping[str, Kolommen] = {
    **{naam: LEEG[naam] for naam in (*_VAN_PERSONEN, "perioden")},
    "opgaven": {**LEEG["opgaven"], _TELT: np.zeros(0, np.bool_)},
}


@dataclass(frozen=True)
class Verdeling:
    """Which blocks of households need the records of a person.

    Attributes:
        bsn: sorted; a person may occur more than once.
        blok: the block of each, from 0. Of a person in several blocks the first row owns: there he is counted.
        aantal: number of blocks, at least 1.
    """

    bsn: Getallen
    blok: Getallen
    aantal: int

    def __post_init__(self) -> None:
        goed = self.aantal >= 1 and len(self.bsn) == len(self.blok) and bool((np.diff(self.bsn) >= 0).all())
        if not goed or not ((self.blok >= 0) & (self.blok < self.aantal)).all():
            raise ProgrammeerFout("een verdeling heeft oplopende nummers en blokken van 0 tot het aantal")
        # Two households of one block may share a person: the block needs him once.
        orde = np.lexsort((self.blok, self.bsn))
        dubbel = (np.diff(self.bsn[orde]) == 0) & (np.diff(self.blok[orde]) == 0)
        if dubbel.any():
            houd = np.ones(len(orde), np.bool_)
            houd[orde[1:][dubbel]] = False
            object.__setattr__(self, "bsn", self.bsn[houd])
            object.__setattr__(self, "blok", self.blok[houd])

    def van(self, bsn: Getallen) -> Plaatsing:
        """The blocks of rows that are about these persons; whoever is in no block goes to ``bsn % aantal``."""
        links = np.searchsorted(self.bsn, bsn)
        in_blokken = np.searchsorted(self.bsn, bsn, side="right") - links
        keer = np.maximum(in_blokken, 1)
        rij = np.repeat(np.arange(len(bsn)), keer)
        hoeveelste = np.arange(len(rij)) - np.repeat(np.cumsum(keer) - keer, keer)
        blok = bsn[rij] % self.aantal
        bekend = in_blokken[rij] > 0
        blok[bekend] = self.blok[(links[rij] + hoeveelste)[bekend]]
        orde = np.argsort(blok, kind="stable")
        return Plaatsing(rij[orde], blok[orde], hoeveelste[orde] == 0, self.aantal)


@dataclass(frozen=True)
class Plaatsing:
    """Rows of a table by block, in each block in their own order.

    Attributes:
        rij: row of the table; of a person in several blocks more than once.
        blok: its block.
        telt: whether the block owns the person.
        aantal: number of blocks.
    """

    rij: Getallen
    blok: Getallen
    telt: Masker
    aantal: int

    @property
    def grenzen(self) -> Getallen:
        """Where each block begins, and the end of the last."""
        return np.searchsorted(self.blok, np.arange(self.aantal + 1))

    def onderliggend(self, ouder: Getallen) -> tuple[Plaatsing, Getallen]:
        """Rows that go where the rows go they belong to (``ouder``), and the number of that within its block."""
        in_blok = np.arange(len(self.rij)) - self.grenzen[self.blok]
        per_rij = np.argsort(self.rij, kind="stable")
        begin = np.searchsorted(self.rij[per_rij], ouder)
        keer = np.searchsorted(self.rij[per_rij], ouder, side="right") - begin
        rij = np.repeat(np.arange(len(ouder)), keer)
        bij = per_rij[np.arange(len(rij)) - np.repeat(np.cumsum(keer) - keer - begin, keer)]
        orde = np.argsort(self.blok[bij], kind="stable")
        bij = bij[orde]
        return Plaatsing(rij[orde], self.blok[bij], self.telt[bij], self.aantal), in_blok[bij]


@dataclass(frozen=True)
class Blok:
    """The wage records of one block of households.

    Attributes:
        levering: the heads of everything (``bestanden``, ``aangiften``, ``idber``) and the rows of the persons of the
            block. Refusals and findings are not of a block: they are in `Voorraad`.
        telt: per row of ``opgaven`` whether it is counted here: every row is in one block.
    """

    levering: Levering
    telt: Masker


class Voorraad:
    """Wage records on disk, by block of households. Heads stay in memory, rows do not.

    Attributes:
        bestanden, afkeuringen, bevindingen: of everything, in order.
    """

    def __init__(self, map_: Path, verdeling: Verdeling) -> None:
        """``map_``: an existing folder that nobody else writes in; who made it removes it."""
        self._map, self._verdeling = map_, verdeling
        self.bestanden: list[Bestand] = []
        self.afkeuringen: list[Afkeuring] = []
        self.bevindingen: list[Bevinding] = []
        self._erboven = Erboven()
        self._aangiften: list[Kolommen] = []
        self._idber: list[str] = []
        self._delen: list[dict[str, Getallen]] = []
        self._gesloten: tuple[Levering, Koppen] | None = None
        self._wordt: Getallen | None = None

    def leg_weg(self, levering: Levering) -> None:
        """A reading or a part of one, below what was put away before. Raises VerrekeningFout when that fails."""
        if self._gesloten is not None:
            raise ProgrammeerFout("de voorraad is al gesloten")
        self.bestanden.extend(levering.bestanden)
        self.afkeuringen.extend(levering.afkeuringen)
        self.bevindingen.extend(levering.bevindingen)
        # Columns of their own: a view would keep the file of a part of another process in memory.
        koppen = self._erboven.verschuif(levering.aangiften)
        self._aangiften.append({naam: np.array(kolom) for naam, kolom in koppen.items()})
        self._idber.extend(levering.idber)
        grenzen: dict[str, Getallen] = {}
        for naam in _VAN_PERSONEN:
            tabel = getattr(levering, naam)
            plaatsing = self._verdeling.van(tabel["bsn"])
            kolommen = self._erboven.verschuif(kies_rijen(tabel, plaatsing.rij))
            if naam == "opgaven":
                kolommen[_TELT] = plaatsing.telt
                onder, opgave = plaatsing.onderliggend(levering.perioden["opgave"])
                grenzen["perioden"] = onder.grenzen
                self._schrijf("perioden", {**kies_rijen(levering.perioden, onder.rij), "opgave": opgave})
            grenzen[naam] = plaatsing.grenzen
            self._schrijf(naam, kolommen)
        self._delen.append(grenzen)
        self._erboven = self._erboven.met(levering)

    def sluit(self) -> None:
        """After the last: a wage return that was read twice is one, as `herlezen.samen_op_inhoud` says."""
        if self._gesloten is not None:
            return
        aangiften, idber = stapel(LEEG["aangiften"], self._aangiften), self._idber
        self._aangiften, self._idber = [], []
        dubbel = ontdubbel(self.bestanden, aangiften)
        if dubbel is not None:
            houd, self._wordt = dubbel
            aangiften = kies_rijen(aangiften, houd)
            idber = [idber[rij] for rij in houd.tolist()]
        tabellen: dict[str, Any] = {**LEEG, "aangiften": aangiften}
        koppen = Levering(tuple(self.bestanden), idber=tuple(idber), afkeuringen=(), bevindingen=(), **tabellen)
        self._gesloten = koppen, Koppen(koppen)

    @property
    def koppen(self) -> Koppen:
        """What `versies.bepaal` needs of the wage returns: made once, used for every block."""
        return self._heel()[1]

    def blok(self, nr: int) -> Blok:
        """The records of a block, as putting everything below each other and choosing its persons would give them."""
        heel, _ = self._heel()
        tabellen: dict[str, Any] = {naam: self._lees(naam, nr) for naam in _LEEG}
        if self._wordt is not None:
            for naam in MET_AANGIFTE:
                tabellen[naam] = verwijs(tabellen[naam], self._wordt)
        opgaven = dict(tabellen.pop("opgaven"))
        telt = opgaven.pop(_TELT)
        return Blok(replace(heel, opgaven=opgaven, **tabellen), telt)

    def _heel(self) -> tuple[Levering, Koppen]:
        if self._gesloten is None:
            raise ProgrammeerFout("de voorraad is nog niet gesloten")
        return self._gesloten

    def _pad(self, naam: str, deel: int) -> Path:
        return self._map / f"{naam}-{deel}.arrow"

    def _schrijf(self, naam: str, tabel: Kolommen) -> None:
        if aantal(tabel):
            opslag.schrijf(self._pad(naam, len(self._delen)), [als_tabel(tabel)])

    def _lees(self, naam: str, nr: int) -> Kolommen:
        delen: list[dict[str, np.ndarray[Any, Any]]] = []
        opgaven = 0
        for deel, grenzen in enumerate(self._delen):
            van, tot = grenzen[naam][nr : nr + 2].tolist()
            if van < tot:
                rijen = opslag.lees_rijen(self._pad(naam, deel), van, tot)
                if naam == "perioden":
                    rijen["opgave"] = rijen["opgave"] + opgaven
                delen.append(rijen)
            opgaven += int(np.diff(grenzen["opgaven"][nr : nr + 2])[0])
        return stapel(_LEEG[naam], delen)
