"""Bytes of the XML straight to int64, a whole column at a time, for what is written in the usual way.

Everything here gives the same numbers as `omzetten`: what is not written in the usual way is given to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from verrekening.kolommen import Getallen, Masker
from verrekening.nummers import elfproef
from verrekening.polis import omzetten

_NUL, _PUNT, _MIN = 48, 46, 45
_LANGSTE_BEDRAG = len("-1234567.89")
MARGE = 64
"""Bytes of zero behind the text, so that reading a few bytes too far is always possible."""

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Haken:
    """The places of every "<", and the eight bytes from there as one number."""

    plaatsen: Getallen
    woorden: npt.NDArray[np.uint64]


class Tekens:
    """The bytes of some messages, as numbers; ``van`` and ``tot`` below are columns of places in them."""

    def __init__(self, inhoud: bytes) -> None:
        self.inhoud = inhoud
        self.bytes: Bytes = np.frombuffer(inhoud + bytes(MARGE), np.uint8)
        self.woorden: npt.NDArray[np.uint64] = np.ndarray(
            (len(inhoud) + MARGE - 8,), np.dtype("<u8"), buffer=self.bytes, strides=(1,)
        )
        """The eight bytes that begin at each place, as one number."""

    def plaatsen(self, teken: int) -> Getallen:
        """Where a byte occurs. In pieces: a mask that stays in the cache costs half."""
        stap = 1 << 18
        delen = [
            np.flatnonzero(self.bytes[begin : begin + stap] == teken) + begin
            for begin in range(0, len(self.inhoud), stap)
        ]
        return np.concatenate(delen) if delen else np.zeros(0, np.int64)

    def haken(self) -> Haken:
        """Where tags begin."""
        plaatsen = self.plaatsen(ord("<"))
        return Haken(plaatsen, self.woorden[plaatsen])

    def teksten(self, van: Getallen, tot: Getallen) -> list[str]:
        """The text between places. Bytes that are not ASCII may become any other character: no field has them."""
        paren = zip(van.tolist(), tot.tolist(), strict=True)
        return [self.inhoud[begin:eind].decode("latin-1") for begin, eind in paren]

    def _anders(self, gewoon: Masker, van: Getallen, tot: Getallen, lees: Callable[[list[str]], Any]) -> Any:
        """Gives the cells outside the mask to the careful reader."""
        anders = ~gewoon
        if anders.any():
            return lees(self.teksten(van[anders], tot[anders])), anders
        return None, anders

    def bedragen(self, van: Getallen, tot: Getallen) -> tuple[Getallen, Masker]:
        """Cents, and whether the text is an amount (see `omzetten.bedragen`)."""
        b, lengte = self.bytes, tot - van
        negatief = b[van] == _MIN
        cijfers = lengte - negatief
        gewoon = (cijfers >= 4) & (lengte <= _LANGSTE_BEDRAG) & (cijfers <= _LANGSTE_BEDRAG - 1) & (b[tot - 3] == _PUNT)
        centen = np.zeros(len(van), np.int64)
        macht = 1
        langste = int(cijfers[gewoon].max(initial=0))
        for plaats in (1, 2, *range(4, langste + 1)):
            cijfer = b[tot - plaats] - np.uint8(_NUL)  # what is no digit wraps to more than nine
            doet_mee = plaats <= cijfers
            gewoon &= (cijfer <= 9) | ~doet_mee
            centen += np.where(doet_mee, cijfer, 0).astype(np.int64) * macht
            macht *= 10
        centen = np.where(gewoon, np.where(negatief, -centen, centen), 0)
        goed = gewoon.copy()
        rest, anders = self._anders(gewoon, van, tot, omzetten.bedragen)
        if rest is not None:
            centen[anders], goed[anders] = rest[0], rest[1]
        return centen, goed

    def datums(self, van: Getallen, tot: Getallen, open_waarde: int) -> tuple[Getallen, Masker]:
        """Days since 1970-01-01, and whether the text is a date or a known marker (see `omzetten.datums`)."""
        b = self.bytes
        gewoon = (tot - van == 10) & (b[van + 4] == _MIN) & (b[van + 7] == _MIN)
        delen = []
        for plekken in ((0, 1, 2, 3), (5, 6), (8, 9)):
            getal = np.zeros(len(van), np.int64)
            for plek in plekken:
                cijfer = b[van + plek] - np.uint8(_NUL)
                gewoon &= cijfer <= 9
                getal = getal * 10 + cijfer
            delen.append(getal)
        jaar, maand, dag = delen
        gewoon &= (jaar > 0) & (jaar < 9999) & (maand >= 1) & (maand <= 12) & (dag >= 1)
        maanden = np.where(gewoon, (jaar - 1970) * 12 + maand - 1, 0)
        eerste = maanden.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        volgende = (maanden + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        dagen = eerste + dag - 1
        gewoon &= dagen < volgende
        dagen = np.where(gewoon, dagen, open_waarde)
        goed = gewoon.copy()
        rest, anders = self._anders(gewoon, van, tot, lambda t: omzetten.datums(t, open_waarde))
        if rest is not None:
            dagen[anders], goed[anders] = rest[0], ~rest[1]
        return dagen, goed

    def getallen(self, van: Getallen, tot: Getallen, cijfers: int, fout: int) -> Getallen:
        """Whole numbers of at most so many digits (see `omzetten.getallen`)."""
        getal, gewoon = self._cijfers(van, tot, cijfers)
        rest, anders = self._anders(gewoon, van, tot, lambda t: omzetten.getallen(t, cijfers, fout, fout))
        if rest is not None:
            getal[anders] = rest
        return getal

    def bsns(self, van: Getallen, tot: Getallen) -> Getallen:
        """BSNs of nine digits that pass the elfproef; -1 for anything else."""
        getal, goed = self._cijfers(van, tot, 9)
        return np.where(goed & (tot - van == 9) & elfproef(getal), getal, -1)

    def tekens(self, van: Getallen, tot: Getallen, waarden: dict[str, int], anders: int) -> Getallen:
        """A code of one letter, by the given table; ``anders`` for every other text."""
        teken = np.where(tot - van == 1, self.bytes[van], 0)
        uit = np.full(len(van), anders, np.int64)
        for letter, waarde in waarden.items():
            uit[teken == ord(letter)] = waarde
        # White space around the letter is allowed; other texts are not looked at twice.
        ruim = np.flatnonzero((tot - van > 1) & (tot - van < MARGE))
        for plaats, tekst in zip(ruim.tolist(), self.teksten(van[ruim], tot[ruim]), strict=True):
            uit[plaats] = waarden.get(tekst.strip(" \t\r\n\v\f"), anders)
        return uit

    def _cijfers(self, van: Getallen, tot: Getallen, meeste: int) -> tuple[Getallen, Masker]:
        lengte = tot - van
        goed = (lengte >= 1) & (lengte <= meeste)
        getal = np.zeros(len(van), np.int64)
        macht = 1
        for plaats in range(1, meeste + 1):
            cijfer = self.bytes[np.maximum(tot - plaats, 0)] - np.uint8(_NUL)
            doet_mee = plaats <= lengte
            goed &= (cijfer <= 9) | ~doet_mee
            getal += np.where(doet_mee, cijfer, 0).astype(np.int64) * macht
            macht *= 10
        return np.where(goed, getal, 0), goed
