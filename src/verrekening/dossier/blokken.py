"""Dossiers in blocks of households: a municipality of any size in the memory of one block.

`lees_in_blokken` keeps the tables of what it read on disk, in pieces as they came. In memory stays what the checks
across dossiers need; what they accept gets its place by dossiernummer, and a block is gathered from the pieces in
which its households lie.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import ipc

from verrekening.dossier.genest import nest, ontnest
from verrekening.dossier.lezen import Bestand, Bewaarder, Dossiers, leeg, per_stuk, verwerk
from verrekening.dossier.oordeel import Keuring, Stand
from verrekening.dossier.tabellen import TABELLEN, Bouw
from verrekening.kolommen import Afkeuring, Getallen, Kolommen
from verrekening.schijf import eigen_bestand, op_schijf

_WAT = "de gelezen dossiers"


@dataclass(frozen=True)
class Dossierblokken:
    """Accepted dossiers by dossiernummer, in blocks of households.

    Attributes:
        grootte: households per block; the last block may hold fewer.
        huishoudens: accepted households in all blocks.
        gelezen, geweigerd, afkeuringen, bestanden: as in `Dossiers`.
    """

    grootte: int
    huishoudens: int
    gelezen: int
    geweigerd: int
    afkeuringen: tuple[Afkeuring, ...]
    bestanden: tuple[Bestand, ...]
    _tabellen: Callable[[int, int], Bouw] = field(repr=False)

    @property
    def aantal(self) -> int:
        """Number of blocks: at least one, so that who walks them also has the tables of no households at all."""
        return max(1, -(-self.huishoudens // self.grootte))

    def blok(self, nr: int) -> Dossiers:
        """Households ``nr * grootte`` up to ``(nr + 1) * grootte``, rows counted from 0.

        Blocks may be asked in any order, and again. Nothing is refused in a block: ``gelezen`` is its households.

        Raises:
            VerrekeningFout: what was put on disk is not there any more.
        """
        if not 0 <= nr < self.aantal:
            raise IndexError(nr)
        van = nr * self.grootte
        tot = min(van + self.grootte, self.huishoudens)
        tabellen: dict[str, Kolommen] = dict(self._tabellen(van, tot))
        return Dossiers(**tabellen, afkeuringen=(), gelezen=tot - van, geweigerd=0, bestanden=self.bestanden)


def in_blokken(zaken: Dossiers, grootte: int) -> Dossierblokken:
    """Dossiers that are in memory, with the face of those that are not; a block is a view on them."""
    return Dossierblokken(
        grootte,
        len(zaken.huishoudens["begin"]),
        zaken.gelezen,
        zaken.geweigerd,
        zaken.afkeuringen,
        zaken.bestanden,
        partial(_snijd, zaken),
    )


def lees_in_blokken(
    paden: Sequence[Path],
    map_: Path,
    grootte: int,
    voortgang: Callable[[int], None] | None = None,
    bewaar: Bewaarder | None = None,
) -> Dossierblokken:
    """Read dossiers as `verrekening.dossier.lees` does, without ever holding all of them.

    Args:
        paden: the files.
        map_: an empty folder for what is read, until the caller removes it; it holds personal data.
        grootte: households per block.
        voortgang, bewaar: as for `lees`.

    Raises:
        InvoerGeweigerd: a file cannot be read at all, or is named twice.
        VerrekeningFout: ``map_`` cannot be written.
    """
    keuring, paden_, aantallen = Keuring(), list[Path](), list[int]()

    def neem(gelegd: tuple[Stand, list[Path]]) -> None:
        keuring.neem(gelegd[0])
        paden_.extend(gelegd[1])
        aantallen.extend(len(deel.regel) for deel in gelegd[0].sleutels)

    bestanden = per_stuk(paden, partial(_leg_neer, map_), neem, voortgang, bewaar)
    besluit = keuring.oordeel([een.naam for een in bestanden])
    schijf = _Schijf(paden_, np.cumsum([0, *aantallen]), besluit.volgorde)
    if schijf.is_verspreid(grootte):
        schijf = schijf.op_orde(map_, grootte)
    return Dossierblokken(
        grootte,
        len(besluit.volgorde),
        besluit.gelezen,
        besluit.geweigerd,
        besluit.afkeuringen,
        bestanden,
        schijf.tabellen,
    )


def _leg_neer(map_: Path, stuk: bytes, regel: int, bestand: int) -> tuple[Stand, list[Path]]:
    stand, delen = verwerk(stuk, regel, bestand)
    paden = [map_ / f"{bestand}-{regel}-{nummer}.arrow" for nummer in range(len(delen))]
    for pad, deel in zip(paden, delen, strict=True):
        _schrijf(pad, nest(deel))
    return stand, paden


def _schrijf(pad: Path, tabel: pa.Table) -> None:
    """A new file that only its owner can read."""
    with op_schijf(_WAT), eigen_bestand(pad) as bestand, ipc.new_file(bestand, tabel.schema) as schrijver:
        schrijver.write_table(tabel)


@dataclass(frozen=True)
class _Schijf:
    """Pieces on disk.

    Attributes:
        paden: a file per piece.
        begin: first row of each piece when all lie one after the other, and the number of all rows.
        volgorde: row of every accepted household.
    """

    paden: Sequence[Path]
    begin: Getallen
    volgorde: Getallen

    def tabellen(self, van: int, tot: int) -> Bouw:
        """The tables of accepted households ``van`` up to ``tot``."""
        return ontnest(self._haal(self.volgorde[van:tot]) if tot > van else nest(leeg()))

    def is_verspreid(self, grootte: int) -> bool:
        """Whether the households of a block lie in so many pieces that putting them in order first is quicker."""
        stukken, blokken = len(self.paden), len(self.volgorde) // grootte + 1
        waar = np.arange(len(self.volgorde)) // grootte * stukken + self._stuk(self.volgorde)
        return len(np.unique(waar)) > 2 * (stukken + blokken)

    def op_orde(self, map_: Path, grootte: int) -> _Schijf:
        """The same households in fewer pieces, about as large as a block and each by dossiernummer."""
        # What lies side by side now goes into one piece.
        groep_van_stuk = self.begin[:-1] // grootte
        groep = groep_van_stuk[self._stuk(self.volgorde)]
        paden, begin, volgorde = list[Path](), [0], np.empty_like(self.volgorde)
        for nummer in np.unique(groep).tolist():
            eigen = np.flatnonzero(groep == nummer)
            paden.append(map_ / f"orde-{nummer}.arrow")
            _schrijf(paden[-1], self._haal(self.volgorde[eigen]))
            volgorde[eigen] = begin[-1] + np.arange(len(eigen))
            begin.append(begin[-1] + len(eigen))
            for stuk in np.flatnonzero(groep_van_stuk == nummer).tolist():
                self.paden[stuk].unlink()
        return _Schijf(paden, np.array(begin), volgorde)

    def _stuk(self, rijen: Getallen) -> Getallen:
        """The piece in which each of these rows lies."""
        return np.searchsorted(self.begin, rijen, side="right") - 1

    def _haal(self, rijen: Getallen) -> pa.Table:
        """These rows, in this order."""
        op_plek = np.argsort(rijen, kind="stable")
        gesorteerd = rijen[op_plek]
        grenzen = np.searchsorted(gesorteerd, self.begin)
        samen = pa.concat_tables(
            self._uit(stuk, gesorteerd[grenzen[stuk] : grenzen[stuk + 1]] - self.begin[stuk])
            for stuk in np.flatnonzero(np.diff(grenzen)).tolist()
        ).combine_chunks()
        return samen.take(pa.array(np.argsort(op_plek))) if (np.diff(op_plek) != 1).any() else samen

    def _uit(self, stuk: int, rijen: Getallen) -> pa.Table:
        """Some rows of one piece, copied: of its file only their pages are mapped, and not for long."""
        with op_schijf(_WAT), pa.memory_map(str(self.paden[stuk])) as bestand:
            return ipc.open_file(bestand).read_all().take(pa.array(rijen))


def _snijd(zaken: Dossiers, van: int, tot: int) -> Bouw:
    """The tables of some households side by side; every table is in the order of its household or person."""
    personen = zaken.personen["huishouden"]
    p_van, p_tot = np.searchsorted(personen, [van, tot]).tolist()
    uit: Bouw = {}
    for naam in TABELLEN:
        kolommen: Kolommen = getattr(zaken, naam)
        if naam == "huishoudens":
            deel = slice(van, tot)
        elif "huishouden" in kolommen:
            deel = slice(*np.searchsorted(kolommen["huishouden"], [van, tot]).tolist())
        else:
            deel = slice(*np.searchsorted(kolommen["persoon"], [p_van, p_tot]).tolist())
        uit[naam] = {kolom: _vanaf(waarde[deel], kolom, van, p_van) for kolom, waarde in kolommen.items()}
    return uit


def _vanaf(waarde: Any, kolom: str, huis: int, persoon: int) -> Any:
    """A column whose rows of households and persons count from the first of the block."""
    eerste = {"huishouden": huis, "persoon": persoon}.get(kolom, 0)
    return np.where(waarde >= 0, waarde - eerste, waarde) if eerste else waarde
