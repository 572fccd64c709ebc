"""Cuts the records that `snel` took out of the bytes, so that the XML parser sees the message without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from verrekening.polis.bronnen import Bron, Stroom
from verrekening.polis.snel import BUNDEL, Bundel, Oogst, Snel
from verrekening.polis.stroom import Kop

STUK = 1 << 21
"""Bytes of a large message that are looked through at once: small enough for the cache, large enough for columns."""
KLEIN = 1 << 19
"""Messages up to this many bytes are looked through together with others."""
GROEP = 1 << 21
"""So many bytes of small messages are enough."""
MAX_OPEN = 1 << 18
"""A record of more bytes than this is not one to take; the rest of its message goes the careful way."""
_LATIJN = {"iso-8859-1", "latin-1", "latin1"}
_UTF8 = {"utf-8", "utf8"}


@dataclass(frozen=True, slots=True)
class Deel:
    """A small message within a group: bytes ``van`` to ``tot`` of ``inhoud``."""

    inhoud: bytes
    oogst: Oogst
    van: int
    tot: int


def per_groep(bronnen: Iterable[Bron], snel: Snel) -> Iterator[tuple[Bron, Deel | None]]:
    """The sources in the same order; small ones are read ahead and looked through together."""
    wachtend: list[tuple[Bron, bytes]] = []
    omvang = 0
    for bron in bronnen:
        inhoud = bron.stroom.kijk(KLEIN + 1) if bron.stroom is not None else b""
        groot = len(inhoud) > KLEIN
        if not groot:
            wachtend.append((bron, inhoud))
            omvang += len(inhoud)
        if groot or omvang >= GROEP:
            yield from _groep(wachtend, snel)
            wachtend, omvang = [], 0
        if groot:
            yield bron, None
    yield from _groep(wachtend, snel)


def _groep(bronnen: list[tuple[Bron, bytes]], snel: Snel) -> Iterator[tuple[Bron, Deel | None]]:
    inhoud = b"".join(deel for _, deel in bronnen)
    oogst = snel.oogst(inhoud)
    van = 0
    for bron, deel in bronnen:
        yield bron, Deel(inhoud, oogst, van, van + len(deel))
        van += len(deel)


class Knipper:
    """Gives the bytes of one message without the records in ``bundels``, which fills up on the way."""

    def __init__(self, kop: Kop, snel: Snel) -> None:
        self._kop, self._snel = kop, snel
        self.bundels: list[Bundel] = []

    def deel(self, deel: Deel) -> bytes:
        """The bytes of a small message."""
        regels = int(np.searchsorted(deel.oogst.regels, deel.van))
        begin = deel.van + self._kop.begin
        stuk, grens = (begin, deel.tot), _grens(deel.oogst, begin)
        return deel.inhoud[deel.van : begin] + self._knip(deel.inhoud, deel.oogst, stuk, grens, 1 - regels)

    def stroom(self, stroom: Stroom, na_stuk: Callable[[], None]) -> Iterator[bytes]:
        """The bytes of a large message, as they come. ``na_stuk`` is called after every piece."""
        # What stands before the root element can hold anything in a comment.
        begin = self._kop.begin
        yield self._kop.bytes[:begin]
        rest, regel, verder = self._kop.bytes[begin:], 1 + self._kop.bytes.count(b"\n", 0, begin), True
        while verder:
            stuk = stroom.read(STUK)
            inhoud = rest + stuk
            oogst = self._snel.oogst(inhoud)
            eind = oogst.open if stuk else len(inhoud)
            if len(inhoud) - eind > MAX_OPEN:
                eind, verder = len(inhoud), False
            grens = _grens(oogst, 0)
            yield self._knip(inhoud, oogst, (0, eind), grens, regel)
            na_stuk()
            if not stuk:
                return
            verder = verder and grens >= eind
            regel += int(np.searchsorted(oogst.regels, eind))
            rest = inhoud[eind:]
        yield rest
        while stuk := stroom.read(STUK):
            yield stuk
            na_stuk()

    def _knip(self, inhoud: bytes, oogst: Oogst, stuk: tuple[int, int], grens: int, regel: int) -> bytes:
        """The bytes of a piece, with an empty element and as many lines where taken records were."""
        van, tot = stuk
        eerste = int(np.searchsorted(oogst.begin, van))
        laatste = int(np.searchsorted(oogst.eind, min(tot, grens), side="right"))
        if eerste >= laatste or not leesbaar(inhoud[oogst.begin[eerste] : oogst.eind[laatste - 1]], self._kop.codering):
            return inhoud[van:tot]
        delen = []
        for begin, eind in _reeksen(oogst, eerste, laatste):
            delen.append(inhoud[van : oogst.begin[begin]])
            van = int(oogst.eind[eind - 1])
            regels = int(np.searchsorted(oogst.regels, van)) - int(oogst.regel[begin])
            delen.append(b'<%b nr="%d"/>' % (BUNDEL.encode(), len(self.bundels)) + b"\n" * regels)
            self.bundels.append(_bundel(oogst, begin, eind, regel))
        delen.append(inhoud[van:tot])
        return b"".join(delen)


def leesbaar(inhoud: bytes, codering: str) -> bool:
    """Whether these bytes are text in the encoding of the message, without characters that XML forbids."""
    if inhoud.isascii() or codering in _LATIJN:
        return True
    if codering not in _UTF8 or b"\xef\xbf\xbe" in inhoud or b"\xef\xbf\xbf" in inhoud:
        return False
    try:
        inhoud.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _bundel(oogst: Oogst, begin: int, eind: int, regel: int) -> Bundel:
    rij, rij_tot = np.searchsorted(oogst.opgaven[:, 1], [begin, eind]).tolist()
    van, tot = np.searchsorted(oogst.perioden[:, 0], [rij, rij_tot])
    return Bundel(oogst.opgaven[rij:rij_tot], oogst.perioden[van:tot], eind - begin, begin, rij, regel)


def _grens(oogst: Oogst, begin: int) -> int:
    """The first comment or instruction after the root element begins: what follows may be inside it."""
    plaats = int(np.searchsorted(oogst.niet_verder, begin))
    return int(oogst.niet_verder[plaats]) if plaats < len(oogst.niet_verder) else 2**62


def _reeksen(oogst: Oogst, eerste: int, laatste: int) -> Iterator[tuple[int, int]]:
    """Taken records between which there is only white space."""
    grenzen = [eerste, *(np.flatnonzero(~oogst.volgt[eerste + 1 : laatste]) + eerste + 1).tolist(), laatste]
    return pairwise(grenzen)
