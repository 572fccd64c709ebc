"""From files to the columns of all accepted dossiers and the reasons of all refused ones."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

import numpy as np

from verrekening.dossier.blok import lees_stuk, stukken
from verrekening.dossier.controles import controleer
from verrekening.dossier.onderling import sleutels
from verrekening.dossier.oordeel import Keuring, Stand
from verrekening.dossier.platslaan import sla_plat
from verrekening.dossier.schema import arrow
from verrekening.dossier.tabellen import TABELLEN, Bouw, bouw, kies, voeg_samen
from verrekening.fouten import InvoerGeweigerd
from verrekening.kolommen import Afkeuring, Kolommen
from verrekening.nummers import zonder_bsn

STUK = 2 * 2**20
"""Bytes that are read at once: some thousands of dossiers."""
MAX_REGEL = 64 * 2**20
"""A longer line is not a dossier."""
UITGANGEN = (".jsonl", ".jsonl.gz")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bestand:
    """A file of dossiers: its name without any BSN, the hash and the size of what is on disk."""

    naam: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Dossiers:
    """All accepted dossiers as columns, sorted by dossiernummer.

    Every table holds numpy columns of one length; ``huishouden`` is a row of `huishoudens`, ``persoon`` a row
    of `personen` (-1: none). Months, dates and moments are int64 as in `verrekening.maand`, money is
    cents, yes/no/unknown is 1/0/-1, an LhNr or NumIV that was not given is -1. Rows below a
    household or person keep the order of their list.

    Attributes:
        afkeuringen: why dossiers were refused, in the order of the files; one row per reason.
        gelezen: lines that are not blank: accepted + refused.
        geweigerd: lines that were refused.
        bestanden: the files; ``huishoudens["bestand"]`` is a row of these.
    """

    huishoudens: Kolommen
    personen: Kolommen
    n_gebruikt: Kolommen
    medisch: Kolommen
    lks: Kolommen
    perioden_34a: Kolommen
    situatie: Kolommen
    situatie_persoon: Kolommen
    betalingen: Kolommen
    correcties: Kolommen
    teruggevorderd: Kolommen
    maatregelen: Kolommen
    aflossingen: Kolommen
    overige_inkomsten: Kolommen
    schattingen: Kolommen
    giften: Kolommen
    bufferbudget: Kolommen
    besluiten: Kolommen
    afkeuringen: tuple[Afkeuring, ...]
    gelezen: int
    geweigerd: int
    bestanden: tuple[Bestand, ...]


Bewaarder: TypeAlias = Callable[[int, int, bytes], None]
"""Told every piece as it was received: number of the file, number of its first line, whole lines."""


def lees(
    paden: Sequence[Path],
    voortgang: Callable[[int], None] | None = None,
    bewaar: Bewaarder | None = None,
) -> Dossiers:
    """Read dossiers (JSON Lines, also gzipped).

    Args:
        paden: the files.
        voortgang: called now and then with the number of bytes of all files on disk that were read.
        bewaar: told the lines as they were received, for who must be able to read them again later.

    Returns:
        The dossiers. A dossier that is wrong is in ``afkeuringen`` and nowhere else.

    Raises:
        InvoerGeweigerd: a file cannot be read at all, or is named twice.
    """
    return _lees(paden, voortgang, bewaar, altijd_zorgvuldig=False)


def lees_opnieuw(bestanden: Sequence[Bestand], stukken_: Sequence[tuple[int, int, bytes]]) -> Dossiers:
    """Read lines that were kept (see `lees`, ``bewaar``): the same lines give the same dossiers and refusals."""
    samen = _Samen()
    for nummer, regel, stuk in stukken_:
        samen.neem(verwerk(stuk, regel, nummer))
    return samen.dossiers(tuple(bestanden))


def _lees(
    paden: Sequence[Path],
    voortgang: Callable[[int], None] | None,
    bewaar: Bewaarder | None = None,
    *,
    altijd_zorgvuldig: bool,
) -> Dossiers:
    samen = _Samen()
    doe = partial(verwerk, altijd_zorgvuldig=altijd_zorgvuldig)
    return samen.dossiers(per_stuk(paden, doe, samen.neem, voortgang, bewaar))


def per_stuk(
    paden: Sequence[Path],
    doe: Callable[[bytes, int, int], T],
    neem: Callable[[T], None],
    voortgang: Callable[[int], None] | None = None,
    bewaar: Bewaarder | None = None,
) -> tuple[Bestand, ...]:
    """Read files in pieces of whole lines, several at a time.

    Args:
        paden: the files.
        doe: called in threads with every piece, the number of its first line and that of its file.
        neem: called with what ``doe`` gave, in the order of the files.
        voortgang, bewaar: as for `lees`.

    Raises:
        InvoerGeweigerd: a file cannot be read at all, or is named twice.
    """
    _controleer_paden(paden)
    bestanden: list[Bestand] = []
    gepasseerd = 0
    with ThreadPoolExecutor(max_workers=_draden()) as draden:
        lopend: list[Future[T]] = []
        for nummer, pad in enumerate(paden):
            bron = _Bron(pad)
            for stuk, regel in bron.stukken():
                # A few pieces in flight keep every core busy without holding the whole file.
                if len(lopend) > _draden():
                    neem(lopend.pop(0).result())
                lopend.append(draden.submit(doe, stuk, regel, nummer))
                if bewaar is not None:
                    bewaar(nummer, regel, stuk)
                if voortgang is not None:
                    voortgang(gepasseerd + bron.gelezen)
            bestanden.append(bron.klaar())
            gepasseerd += bestanden[-1].bytes
        while lopend:
            neem(lopend.pop(0).result())
    if voortgang is not None:
        voortgang(gepasseerd)
    return tuple(bestanden)


def _draden() -> int:
    # More bring nothing, for half of the work is Python; and every one holds pieces in memory.
    return min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def verwerk(stuk: bytes, regel: int, bestand: int, *, altijd_zorgvuldig: bool = False) -> tuple[Stand, list[Bouw]]:
    """The tables of one piece, what is wrong in them, and what the checks across dossiers need.

    Args:
        stuk: whole lines.
        regel: number of the first line in the file.
        bestand: number of the file.
        altijd_zorgvuldig: never use the fast path.
    """
    gelezen = lees_stuk(stuk, regel, altijd_zorgvuldig=altijd_zorgvuldig)
    stand = Stand(bestand, geweigerd=gelezen.geweigerd, aantal=gelezen.aantal)
    tabellen: list[Bouw] = []
    for deel in gelezen.delen:
        # A value that could not be read would raise a second, false alarm in the checks of the meaning.
        onleesbaar = {fout.huishouden for fout in deel.fouten}
        inhoud = [fout for fout in controleer(deel.wortel) if fout.huishouden not in onleesbaar]
        stand.fouten.append(deel.fouten + inhoud)
        tabellen.append(bouw(deel.wortel, deel.regels, bestand))
        stand.sleutels.append(sleutels(tabellen[-1]))
    return stand, tabellen


class _Samen:
    """Puts the pieces together, and keeps what is right."""

    def __init__(self) -> None:
        self._keuring, self._tabellen = Keuring(), list[Bouw]()

    def neem(self, gelezen: tuple[Stand, list[Bouw]]) -> None:
        """The next piece, in the order of the files."""
        self._keuring.neem(gelezen[0])
        self._tabellen += gelezen[1]

    def dossiers(self, bestanden: tuple[Bestand, ...]) -> Dossiers:
        """All of them, after the last piece."""
        besluit = self._keuring.oordeel([een.naam for een in bestanden])
        gekozen = kies(voeg_samen(self._tabellen) or leeg(), besluit.volgorde)
        return Dossiers(
            **{naam: gekozen[naam] for naam in TABELLEN},
            afkeuringen=besluit.afkeuringen,
            gelezen=besluit.gelezen,
            geweigerd=besluit.geweigerd,
            bestanden=bestanden,
        )


def leeg() -> Bouw:
    """All tables without rows, with the right columns."""
    wortel, _ = sla_plat(arrow(met_lijsten=False).empty_table())
    return bouw(wortel, np.zeros(0, np.int64), 0)


def _controleer_paden(paden: Sequence[Path]) -> None:
    gezien: set[Path] = set()
    for pad in paden:
        naam = zonder_bsn(pad.name)
        if not pad.name.endswith(UITGANGEN):
            raise InvoerGeweigerd(f"{naam} is geen bestand met dossiers: de naam eindigt op {' of '.join(UITGANGEN)}.")
        if not pad.is_file():
            raise InvoerGeweigerd(f"{naam} bestaat niet of is geen bestand. Controleer het pad bij --dossiers.")
        if pad.resolve() in gezien:
            raise InvoerGeweigerd(f"{naam} is twee keer opgegeven. Geef elk bestand met dossiers één keer.")
        gezien.add(pad.resolve())


class _Bron:
    """Reads one file, unpacks it, and hashes what is on disk on the way."""

    def __init__(self, pad: Path) -> None:
        self._pad, self.naam = pad, zonder_bsn(pad.name)
        self._hash, self.gelezen = hashlib.sha256(), 0

    def stukken(self) -> Iterator[tuple[bytes, int]]:
        """Whole lines in pieces, each with its first line number."""
        try:
            with self._pad.open("rb") as ruw:
                tellend = _Tellend(ruw, self._tel)
                bron: io.BufferedIOBase = tellend
                if self._pad.suffix == ".gz":
                    bron = gzip.GzipFile(fileobj=tellend, mode="rb")
                yield from stukken(bron, STUK, MAX_REGEL)
                while tellend.read(STUK):
                    pass
        except (OSError, EOFError, zlib.error) as fout:
            wat = "Lever het bestand opnieuw aan."
            raise InvoerGeweigerd(f"{self.naam} kan niet worden gelezen ({type(fout).__name__}). {wat}") from fout
        except ValueError as fout:
            raise InvoerGeweigerd(f"{self.naam}: {fout}. Zet op elke regel één dossier.") from fout

    def _tel(self, stuk: bytes) -> None:
        self._hash.update(stuk)
        self.gelezen += len(stuk)

    def klaar(self) -> Bestand:
        """Name, hash and size, after reading."""
        return Bestand(self.naam, self._hash.hexdigest(), self.gelezen)


class _Tellend(io.BufferedIOBase):
    """Passes on what is read to a counter."""

    def __init__(self, bron: io.BufferedReader, tel: Callable[[bytes], None]) -> None:
        self._bron, self._tel = bron, tel

    def read(self, aantal: int | None = -1, /) -> bytes:
        stuk = self._bron.read(-1 if aantal is None else aantal)
        self._tel(stuk)
        return stuk
