"""The shell of a message: what is left of a small one when `snel` took all its records.

Payroll programs write the same tags around the records of nearly every message; only the texts differ. Of each sequence
of tags one is parsed, with a number in the place of every text, so that the reader shows which texts it asks for and in
which order. The texts of every other message are then given to that reader as if they were just parsed: equal tags
around plain text are equally well-formed. Whatever is not plain is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from verrekening.polis.bronnen import BestandGeweigerd
from verrekening.polis.knippen import leesbaar
from verrekening.polis.loonaangifte import Geleerd, Lezer
from verrekening.polis.snel import OPGAVE_KOLOMMEN, PERIODE_KOLOMMEN, Bundel
from verrekening.polis.stroom import Kop
from verrekening.polis.uitkomst import Uitkomst

MAX_SCHILLEN = 256
"""So many sequences of tags are remembered; messages with another go to the parser. 0 turns this way off."""
MAX_BYTES = 1 << 16
"""A larger shell goes to the parser: it bounds what is remembered."""
_TAG = re.compile(rb"(<[^<>]*>)")
_RECORD = b"Inkomstenverhouding"
"""In the names of records and withdrawals: a message with one left is for the parser."""
_VREEMD = bytes({*b"&]", *range(32)} - {*b"\t\n\r"})
"""Bytes that XML forbids or gives a meaning in text, as in `snel`."""

_Tekst = Callable[[int], str | None]
"""The text behind a tag, by its number from 1; None for 0: an element that is not there."""
_Regel = Callable[[int], int]
"""The line of a tag, by its number."""
_Stap = Callable[[Lezer, _Tekst, _Regel], None]
"""What the reader is told next."""


class _Stappen(NamedTuple):
    """What the reader is told of a message with these tags, in order, and the numbers of the texts that takes."""

    stappen: list[_Stap]
    teksten: tuple[int, ...]


class Schillen:
    """What was learned of the shells so far."""

    def __init__(self) -> None:
        self._geleerd: dict[tuple[bytes, bytes, int], _Stappen | None] = {}

    def lees(self, schil: bytes, kop: Kop, lezer: Lezer, aantal: int) -> Uitkomst | None:
        """Reads a message without its records.

        Args:
            schil: its bytes, with an empty element where taken records were.
            kop: its root element.
            lezer: the reader of this message.
            aantal: how many times records were taken.

        Returns:
            What the reader gives; None when the parser must see these bytes: then the reader was not used.

        Raises:
            BestandGeweigerd: as the reader does.
        """
        proloog, romp = schil[: kop.begin], schil[kop.begin :]
        if len(romp) > MAX_BYTES or _RECORD in romp or not _is_gewoon(romp) or not leesbaar(romp, kop.codering):
            return None
        # Text, tag, text, tag, ..., text: tag n is delen[2 * n - 1], and the text behind it delen[2 * n].
        delen = _TAG.split(romp)
        tags = delen[1::2]
        if romp.count(b"<") != len(tags) or delen[0] or delen[-1].strip():
            return None
        geleerd = self._van(proloog, tags, kop, aantal)
        if geleerd is None:
            return None
        gebruikt = [delen[2 * nummer] for nummer in geleerd.teksten]
        # The parser makes one character of a line end, and of a letter in any encoding.
        if not all(tekst.isascii() and b"\r" not in tekst for tekst in gebruikt):
            return None
        teksten = {nr: tekst.decode("ascii") for nr, tekst in zip(geleerd.teksten, gebruikt, strict=True)}
        regels = 1 + proloog.count(b"\n")
        for stap in geleerd.stappen:
            stap(lezer, teksten.get, lambda nummer: regels + b"".join(delen[: 2 * nummer - 1]).count(b"\n"))
        return lezer.sluit()

    def _van(self, proloog: bytes, tags: list[bytes], kop: Kop, aantal: int) -> _Stappen | None:
        """What is known of these tags; None when they are not a message in order."""
        sleutel = (proloog, b"".join(tags), aantal)
        if sleutel not in self._geleerd:
            if len(self._geleerd) >= MAX_SCHILLEN:
                return None
            self._geleerd[sleutel] = _leer(proloog, tags, kop, aantal)
        return self._geleerd[sleutel]


def _is_gewoon(romp: bytes) -> bool:
    """Tags and plain text only: no comments, instructions or references."""
    return b"<!" not in romp and b"<?" not in romp and len(romp.translate(None, _VREEMD)) == len(romp)


class _Opnemer(Lezer):
    """Writes down which texts the reader asks for: of each it is given the number of the tag before it."""

    def __init__(self, kop: Kop, aantal: int, regels: int) -> None:
        """``regels``: line ends before the first tag; every tag is on a line of its own."""
        leeg = [np.zeros((0, len(kolommen)), np.int64) for kolommen in (OPGAVE_KOLOMMEN, PERIODE_KOLOMMEN)]
        super().__init__(kop, "", None, Geleerd(), [Bundel(leeg[0], leeg[1], 0, 0, 0, 0)] * aantal)
        self._regels = regels
        self.stappen: list[_Stap] = []
        self.teksten: set[int] = set()

    def noteer_kop(self, moment: str | None, lhnr: str | None, idber: str | None, regel: int) -> None:
        m, n, i, tag = self._onthoud(moment), self._onthoud(lhnr), self._onthoud(idber), regel - self._regels
        self.stappen.append(lambda lezer, tekst, op: lezer.noteer_kop(tekst(m), tekst(n), tekst(i), op(tag)))

    def noteer_tijdvak(self, element: str, soort: str, begin: str | None, eind: str | None, regel: int) -> None:
        super().noteer_tijdvak(element, soort, begin, eind, regel)
        van, tot, tag = self._onthoud(begin), self._onthoud(eind), regel - self._regels
        self.stappen.append(
            lambda lezer, tekst, op: lezer.noteer_tijdvak(element, soort, tekst(van), tekst(tot), op(tag))
        )

    def noteer_bundel(self) -> None:
        super().noteer_bundel()
        self.stappen.append(lambda lezer, _tekst, _op: lezer.noteer_bundel())

    def _onthoud(self, tekst: str | None) -> int:
        nummer = int((tekst or "").strip() or 0)
        self.teksten |= {nummer} - {0}
        return nummer


def _leer(proloog: bytes, tags: list[bytes], kop: Kop, aantal: int) -> _Stappen | None:
    if any(b"\n" in tag for tag in tags):
        return None
    genummerd = [b"%b%d\n" % (tag, nummer) for nummer, tag in enumerate(tags[:-1], 1)]
    opnemer = _Opnemer(kop, aantal, proloog.count(b"\n"))
    try:
        opnemer.lees([proloog, *genummerd, *tags[-1:]])
    except BestandGeweigerd:
        return None
    return _Stappen(opnemer.stappen, tuple(opnemer.teksten))
