"""The fast way for records in which nothing is out of the ordinary, thousands at a time, without an object each.

A record is taken here when its skeleton (`skelet`) is known to be in order and every value that is used is valid.
All other records, and everything around the records, is left to `loonaangifte` as if this module did not exist:
the taken records are cut out of the bytes and an empty element stands in their place, so that the XML parser still
sees the whole message, with its own lines. Findings and refusals are therefore never made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verrekening.kolommen import Getallen, Masker
from verrekening.maand import OPEN
from verrekening.polis.bekend import Bekend
from verrekening.polis.elementen import INITIEEL
from verrekening.polis.skelet import MAX_RONDEN, MAX_TAGS, Skelet, Skeletten
from verrekening.polis.tabel import BEDRAGEN
from verrekening.polis.velden import Haken, Tekens

BUNDEL = "_bundel"
"""Stands for taken records. A message that has it itself is refused: then the numbers do not match."""
OPGAVE_KOLOMMEN = ("regel", "plaats", "bsn", "numiv", "ikv_begin", "ikv_eind", *BEDRAGEN)
"""Columns of ``Oogst.opgaven``: lines and places within the piece."""
PERIODE_KOLOMMEN = ("opgave", "begin", "srtiv", "lhkort", "lbtab", "cdzvw_m", "sa72")
_BEGIN, _EIND = f"<{INITIEEL}>".encode(), f"</{INITIEEL}>".encode()
MAX_WIT = 64
"""Bytes: an indent, mostly."""
_WIT = np.isin(np.arange(256), list(b" \t\r\n"))
_ANDERS, _ONBEKEND, _BEKEND = 0, 1, 2
Tabel = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Oogst:
    """What was taken from a piece of bytes.

    Attributes:
        begin, eind: first byte of every taken record, and the byte after its last; in order.
        regel: line of every taken record within the piece, from 0.
        volgt: only white space stands between it and the taken record before it.
        opgaven: ``OPGAVE_KOLOMMEN`` of those of known persons; ``plaats`` is which taken record it is.
        perioden: ``PERIODE_KOLOMMEN``; ``opgave`` is a row of ``opgaven``. In order of it.
        regels: places of the line ends.
        niet_verder: places of comments, instructions and the like: after these, nothing may be taken from that message.
        open: begin of a record that does not end in this piece, or of a tag that does not; else the length.
    """

    begin: Getallen
    eind: Getallen
    regel: Getallen
    volgt: Masker
    opgaven: Tabel
    perioden: Tabel
    regels: Getallen
    niet_verder: Getallen
    open: int


@dataclass(frozen=True, slots=True)
class Bundel:
    """Taken records that follow each other.

    Attributes:
        opgaven, perioden: their rows of the tables of `Oogst`; only this is kept of a piece.
        aantal: how many records, also those of persons in no dossier.
        eerste: what to take off a ``plaats`` to make the first record number 0.
        rij: what to take off an ``opgave`` to make it a row of ``opgaven``.
        regel: what to add to a ``regel`` to make it a line of the file.
    """

    opgaven: Tabel
    perioden: Tabel
    aantal: int
    eerste: int
    rij: int
    regel: int

    @property
    def onbekend(self) -> int:
        """Records of persons in no dossier."""
        return self.aantal - len(self.opgaven)


class Snel:
    """Takes records; knows the skeletons of what was read before and the persons to keep."""

    def __init__(self, bekend: Bekend | None) -> None:
        """``bekend``: the persons to keep; None for everyone."""
        self._skeletten = Skeletten()
        self._bekend = bekend

    def oogst(self, inhoud: bytes) -> Oogst:
        """Take what can be taken from these bytes."""
        tekens = Tekens(inhoud)
        haken = tekens.haken()
        tweede = haken.woorden >> np.uint64(8) & np.uint64(255)
        niet_verder = haken.plaatsen[(tweede == ord("!")) | (tweede == ord("?"))]
        regels = tekens.plaatsen(ord("\n"))
        eerste, laatste, los = _opgaven(tekens, haken)
        stand = np.where(_vreemd(tekens, len(regels), haken.plaatsen[eerste], haken.plaatsen[laatste]), -1, _ANDERS)
        verzameld = _Verzameld(tekens, haken.plaatsen, self._bekend, stand)
        for skelet, rijen in self._groepen(tekens, haken, eerste, laatste, stand):
            verzameld.neem(skelet, rijen, eerste[rijen])
        opgaven, perioden = verzameld.tabellen()
        genomen = np.flatnonzero(stand > _ANDERS)
        begin, eind = haken.plaatsen[eerste[genomen]], haken.plaatsen[laatste[genomen]] + len(_EIND)
        regel = np.searchsorted(regels, begin)
        bewaard = np.flatnonzero(stand[genomen] == _BEKEND)
        opgaven[:, 0], opgaven[:, 1] = regel[bewaard], bewaard
        volgt, open_ = _volgt(tekens, begin, eind), _open(inhoud, haken.plaatsen, los)
        return Oogst(begin, eind, regel, volgt, opgaven, perioden, regels, niet_verder, open_)

    def _groepen(
        self, tekens: Tekens, haken: Haken, eerste: Getallen, laatste: Getallen, stand: Getallen
    ) -> Iterator[tuple[Skelet, Getallen]]:
        """Records with the same skeleton, for the skeletons that are in order."""
        tags = laatste - eerste + 1
        over = np.flatnonzero((stand == _ANDERS) & (tags <= MAX_TAGS))
        for _ in range(MAX_RONDEN):
            if not len(over):
                return
            rij = int(over[0])
            skelet = self._skeletten.van(tekens, haken, int(eerste[rij]), int(laatste[rij]))
            past = tags[over] == tags[rij]
            if skelet.vergelijkingen:
                past[past] = skelet.past(tekens, haken, eerste[over[past]])
            else:
                past[1:] = False
            if skelet.gewoon:
                yield skelet, over[past]
            over = over[~past]


def _opgaven(tekens: Tekens, haken: Haken) -> tuple[Getallen, Getallen, int]:
    """First and last tag of each whole record, as numbers in ``haken``; where one begins that is not whole, or -1."""
    begin, eind = (_met_tag(tekens, haken, tag) for tag in (_BEGIN, _EIND))
    bij = np.searchsorted(eind, begin)
    heel = bij < len(eind)
    los = int(haken.plaatsen[begin[-1]]) if len(begin) and not heel[-1] else -1
    begin, bij = begin[heel], bij[heel]
    if not len(begin):
        return begin, begin, los
    # A record within a record is for the careful reader.
    anders = bij[1:] != bij[:-1]
    alleen = np.append(anders, True) & np.append(True, anders)
    return begin[alleen], eind[bij[alleen]], los


def _met_tag(tekens: Tekens, haken: Haken, tag: bytes) -> Getallen:
    """Which of ``haken`` begin this tag."""
    woorden = [np.uint64(int.from_bytes(tag[vanaf : vanaf + 8], "little")) for vanaf in (0, 8, 16, len(tag) - 8)]
    uit = np.flatnonzero(haken.woorden == woorden[0])
    for vanaf, woord in zip((8, 16, len(tag) - 8), woorden[1:], strict=True):
        uit = uit[tekens.woorden[haken.plaatsen[uit] + vanaf] == woord]
    return uit


def _vreemd(tekens: Tekens, regels: int, begin: Getallen, eind: Getallen) -> Masker:
    """Records with a byte that XML forbids or gives a meaning in text: references, control characters, ``]]>``."""
    inhoud = tekens.inhoud
    plaatsen = [tekens.plaatsen(teken) for teken in b"&]" if teken in inhoud]
    laag = tekens.bytes[: len(inhoud)]
    witruimte = regels + sum(inhoud.count(teken) for teken in (b"\r", b"\t") if teken in inhoud)
    if np.count_nonzero(laag < 32) != witruimte:
        plaatsen.append(np.flatnonzero((laag < 32) & (laag != 9) & (laag != 10) & (laag != 13)))
    vreemd = np.zeros(len(begin), np.bool_)
    for waar in plaatsen:
        vreemd |= np.searchsorted(waar, begin) != np.searchsorted(waar, eind)
    return vreemd


def _volgt(tekens: Tekens, begin: Getallen, eind: Getallen) -> Masker:
    """Records behind white space of at most ``MAX_WIT`` bytes; to miss one costs time, not its records."""
    uit = np.zeros(len(begin), np.bool_)
    tussen = begin[1:] - eind[:-1]
    uit[1:] = tussen <= MAX_WIT
    for plaats in range(min(MAX_WIT, int(tussen.max(initial=0)))):
        rij = np.flatnonzero(tussen > plaats)
        uit[rij + 1] &= _WIT[tekens.bytes[eind[rij] + plaats]]
    return uit


def _open(inhoud: bytes, haken: Getallen, los: int) -> int:
    """Where to go on with the next piece: the begin of what is not whole in this one."""
    if los >= 0:
        return los
    laatste = int(haken[-1]) if len(haken) else len(inhoud)
    return laatste if laatste < len(inhoud) and inhoud.find(b">", laatste) < 0 else len(inhoud)


class _Verzameld:
    """The values of the records, gathered per skeleton and converted together."""

    def __init__(self, tekens: Tekens, haken: Getallen, bekend: Bekend | None, stand: Getallen) -> None:
        self._tekens, self._haken, self._bekend, self._stand = tekens, haken, bekend, stand
        self._rijen: list[Getallen] = []
        self._bsn: list[Getallen] = []
        self._velden: list[tuple[Getallen, Getallen]] = []
        self._perioden: list[tuple[Getallen, Getallen, Getallen]] = []

    def neem(self, skelet: Skelet, rijen: Getallen, eerste: Getallen) -> None:
        """Records with this skeleton: judge the person, remember where the texts of the known ones are."""
        if skelet.sofi < 0:
            self._stand[rijen] = _ONBEKEND
            return
        van, tot = self._grenzen(skelet, eerste, np.array([skelet.sofi]))
        bsn = self._tekens.bsns(van[:, 0], tot[:, 0])
        goed = bsn >= 0
        bekend = goed if self._bekend is None else goed & self._bekend.in_kolom(bsn)
        self._stand[rijen[goed & ~bekend]] = _ONBEKEND
        rijen, eerste = rijen[bekend], eerste[bekend]
        if not len(rijen):
            return
        self._stand[rijen] = _BEKEND
        self._rijen.append(rijen)
        self._bsn.append(bsn[bekend])
        plekken = np.array([skelet.numiv, skelet.aanvang, skelet.einde, *skelet.bedragen])
        self._velden.append(self._grenzen(skelet, eerste, plekken))
        for plekken_periode in skelet.perioden:
            self._perioden.append((rijen, *self._grenzen(skelet, eerste, np.array(plekken_periode))))

    def _grenzen(self, skelet: Skelet, eerste: Getallen, plekken: Getallen) -> tuple[Getallen, Getallen]:
        """Begin and end of the texts behind these tags, a row per record; -1 for a text that is absent."""
        tag = eerste[:, None] + np.maximum(plekken, 0)
        van = self._haken[tag] + skelet.lengten[np.maximum(plekken, 0)]
        tot = self._haken[tag + 1]
        return np.where(plekken < 0, -1, van), np.where(plekken < 0, -1, tot)

    def tabellen(self) -> tuple[Tabel, Tabel]:
        """The tables of `Oogst`, in the order of the records; records with an invalid value are given back."""
        if not self._rijen:
            return np.zeros((0, len(OPGAVE_KOLOMMEN)), np.int64), np.zeros((0, len(PERIODE_KOLOMMEN)), np.int64)
        lees = self._tekens
        rijen = np.concatenate(self._rijen)
        van, tot = (np.concatenate([paar[kant] for paar in self._velden]) for kant in (0, 1))
        uit = np.zeros((len(rijen), len(OPGAVE_KOLOMMEN)), np.int64)
        uit[:, 2] = np.concatenate(self._bsn)
        uit[:, 3] = lees.getallen(van[:, 0], tot[:, 0], 4, -1)
        uit[:, 4], goed = lees.datums(van[:, 1], tot[:, 1], -OPEN)
        heeft = tot[:, 2] >= 0
        uit[:, 5] = OPEN
        uit[heeft, 5], goed_eind = lees.datums(van[heeft, 2], tot[heeft, 2], OPEN)
        centen, goed_bedrag = lees.bedragen(van[:, 3:].ravel(), tot[:, 3:].ravel())
        uit[:, 6:] = centen.reshape(len(rijen), -1)
        goed &= (uit[:, 3] >= 0) & goed_bedrag.reshape(len(rijen), -1).all(axis=1)
        goed[heeft] &= goed_eind
        self._stand[rijen[~goed]] = _ANDERS
        perioden, van_periode = self._tabel_perioden()
        blijft = self._stand > _ANDERS
        orde = np.argsort(rijen)
        uit = uit[orde[blijft[rijen[orde]]]]
        # From a number among all records of the piece to a row of the table.
        rij_van = np.cumsum(self._stand == _BEKEND) - 1
        perioden = perioden[blijft[van_periode]]
        perioden[:, 0] = rij_van[perioden[:, 0]]
        return uit, perioden[np.argsort(perioden[:, 0], kind="stable")]

    def _tabel_perioden(self) -> tuple[Tabel, Getallen]:
        if not self._perioden:
            return np.zeros((0, len(PERIODE_KOLOMMEN)), np.int64), np.zeros(0, np.int64)
        lees = self._tekens
        rijen, van, tot = (np.concatenate([deel[welk] for deel in self._perioden]) for welk in range(3))
        uit = np.full((len(rijen), len(PERIODE_KOLOMMEN)), -1, np.int64)
        uit[:, 0] = rijen
        uit[:, 1], goed = lees.datums(van[:, 0], tot[:, 0], -OPEN)
        self._stand[rijen[~goed]] = _ANDERS
        ja_nee = {"J": 1, "N": 0}
        readers: tuple[tuple[int, Callable[[Getallen, Getallen], Getallen]], ...] = (
            (2, lambda a, b: lees.getallen(a, b, 4, -2)),
            (3, lambda a, b: lees.tekens(a, b, ja_nee, -1)),
            (4, lambda a, b: lees.getallen(a, b, 4, -2)),
            (5, lambda a, b: lees.tekens(a, b, {"M": 1}, 0)),
            (6, lambda a, b: lees.tekens(a, b, ja_nee, -1)),
        )
        for kolom, lezer in readers:
            heeft = tot[:, kolom - 1] >= 0
            uit[heeft, kolom] = lezer(van[heeft, kolom - 1], tot[heeft, kolom - 1])
        return uit, rijen
