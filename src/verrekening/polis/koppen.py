"""What rule N1 needs of the wage returns themselves, whoever they are about: their order, and which replace others."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from verrekening.kolommen import Getallen
from verrekening.polis.tabel import VOLLEDIG, Levering

_CIJFERS = re.compile(r"\d+")
TIJDVAK = ("lhnr", "tv_begin", "tv_eind")


class _Nummering:
    """A number for every different row of some columns, also for rows that are asked later."""

    def __init__(self, kolommen: Sequence[Getallen]) -> None:
        self._stappen: list[tuple[Getallen, Getallen]] = []
        self.nummer = np.zeros(len(kolommen[0]), np.int64)
        for kolom in kolommen:
            waarden = np.unique(kolom)
            # Numbered anew after every column, so that the products stay small.
            paren = self.nummer * len(waarden) + np.searchsorted(waarden, kolom)
            uniek, self.nummer = np.unique(paren, return_inverse=True)
            self._stappen.append((waarden, uniek))

    def zoek(self, kolommen: Sequence[Getallen]) -> Getallen:
        """The numbers of rows; -1 for one that does not occur."""
        nummer = np.zeros(len(kolommen[0]), np.int64)
        bekend = np.ones(len(nummer), np.bool_)
        for kolom, (waarden, uniek) in zip(kolommen, self._stappen, strict=True):
            plaats = _plaats(waarden, kolom, bekend)
            nummer = _plaats(uniek, nummer * len(waarden) + plaats, bekend)
        return np.where(bekend, nummer, -1)


def _plaats(gesorteerd: Getallen, gezocht: Getallen, bekend: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Getallen:
    """Where each occurs; what does not is taken from ``bekend``."""
    if not len(gesorteerd):
        bekend[:] = False
        return np.zeros(len(gezocht), np.int64)
    plaats = np.minimum(np.searchsorted(gesorteerd, gezocht), len(gesorteerd) - 1)
    bekend &= gesorteerd[plaats] == gezocht
    return plaats


class Koppen:
    """The wage returns of a delivery, or of many deliveries that have the same.

    Attributes:
        rang: position of each row of ``aangiften`` in the order moment, IdBer, position of delivery.
    """

    def __init__(self, levering: Levering) -> None:
        a = levering.aangiften
        self.rang = _rang(levering)
        self._moment = a["moment"][np.argsort(self.rang)]
        volledig = np.flatnonzero(a["soort"] == VOLLEDIG)
        self._nummering = _Nummering([a[naam][volledig] for naam in TIJDVAK])
        code = self._nummering.nummer * len(self.rang) + self.rang[volledig]
        orde = np.argsort(code)
        self._volledig, self._code = volledig[orde], code[orde]

    def volledige_na(
        self, tijdvak: Sequence[Getallen], aangifte: Getallen, peilmoment: int
    ) -> tuple[Getallen, Getallen]:
        """Each VolledigeAangifte of the same payer and tijdvak that came later, as far as known at a moment.

        Args:
            tijdvak: columns ``lhnr``, ``tv_begin`` and ``tv_eind``.
            aangifte: after which row of ``aangiften``.
            peilmoment: knowledge moment.

        Returns:
            Pairs: row of the columns, row of ``aangiften``.
        """
        nummer = self._nummering.zoek(tijdvak)
        bekend = int(np.searchsorted(self._moment, peilmoment, side="right"))
        van = np.searchsorted(self._code, nummer * len(self.rang) + self.rang[aangifte], side="right")
        tot = np.searchsorted(self._code, nummer * len(self.rang) + bekend)
        keer = np.where(nummer < 0, 0, np.maximum(tot - van, 0))
        rij = np.repeat(np.arange(len(nummer)), keer)
        binnen = np.arange(len(rij)) - np.repeat(np.cumsum(keer) - keer, keer)
        return rij, self._volledig[np.repeat(van, keer) + binnen]


def _idber_sleutel(idber: str) -> tuple[str, str]:
    """Order of IdBer: by text, with every run of digits compared as a number ("B9" before "B10")."""
    return _CIJFERS.sub(lambda cijfers: cijfers[0].lstrip("0").zfill(32), idber), idber


def _rang(levering: Levering) -> Getallen:
    uniek = sorted(set(levering.idber), key=_idber_sleutel)
    plaats = {idber: i for i, idber in enumerate(uniek)}
    idber = np.array([plaats[i] for i in levering.idber], np.int64)
    orde = np.lexsort((levering.aangiften["volgorde"], idber, levering.aangiften["moment"]))
    rang = np.empty(len(orde), np.int64)
    rang[orde] = np.arange(len(orde))
    return rang
