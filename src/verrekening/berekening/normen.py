"""The norms of the months: one per class of households with the same inputs, and where a birthday changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from verrekening.berekening.gegevens import Zaakgegevens
from verrekening.berekening.samenstelling import Normsleutels, dagen_van, leeftijd_bereikt, norminvoer
from verrekening.berekening.spoor import Spoor
from verrekening.berekening.voorlopig import Gebruik, Voorlopig
from verrekening.kolommen import Getallen, Masker
from verrekening.motor.graaf import Graaf
from verrekening.motor.tabellen import DICHTBIJ, verschillend
from verrekening.parameters import Waarde
from verrekening.regels import NORM


@dataclass(frozen=True)
class Maandnorm:
    """The norms of a month, cents.

    Attributes:
        norm, gehuwdennorm: per class of households with the same inputs.
        klasse: [H] class of each household; without meaning where it is not computed.
        sleutel: [H] what decides the norm, see `Normsleutels`.
        anders: households in which an age is reached later in the month, and ``na_verjaardag`` their norm then.
    """

    norm: Getallen
    gehuwdennorm: Getallen
    klasse: Getallen
    sleutel: Getallen
    anders: Getallen
    na_verjaardag: Getallen


@dataclass(frozen=True)
class _Tabel:
    """The norms of months in which the same rules and amounts hold."""

    sleutels: Getallen
    norm: Getallen
    gehuwdennorm: Getallen
    gebruik: list[tuple[Gebruik, Masker]]


class Normen:
    """Computes the norms of every month: once for all months in which the same rules and amounts hold.

    With a trace every household is a class of its own in every month, so that each of them can be explained.
    """

    def __init__(self, gegevens: Zaakgegevens, voorlopig: Voorlopig, spoor: Spoor) -> None:
        self.g, self.voorlopig, self.spoor = gegevens, voorlopig, spoor
        sleutels = Normsleutels(gegevens.zaken, gegevens.leeftijden)
        self.maanden = [_Normmaand(gegevens, sleutels, rij) for rij in range(len(gegevens.bereik.maanden))]
        self._tabellen: dict[int, _Tabel] = {}

    def van_maand(self, rij: int, huishoudens: Getallen) -> Maandnorm:
        """The norms of one month (row of ``bereik.maanden``) for the households that are computed in it."""
        maand, g = self.maanden[rij], self.g
        if self.spoor.aan:
            tabel = self._met_spoor(maand, huishoudens)
            klasse = np.zeros(len(maand.sleutel), dtype=np.int64)
            klasse[huishoudens] = np.arange(len(huishoudens))
        else:
            tabel = self._tabel(rij)
            klasse = _plek(tabel.sleutels, maand.sleutel)
        if tabel.gebruik:
            # Months without assistance have no norm to choose.
            met_norm = huishoudens[g.bereik.dagen_recht[rij, huishoudens] > 0]
            for gebruik, raak in tabel.gebruik:
                self.voorlopig.noteer_gebruik(gebruik, raak, rij, met_norm, klasse[met_norm])
        if self.spoor.aan:
            graaf, waarden = _regels(g, maand.maand)
            na_verjaardag = _reken(graaf, waarden, maand.later)["norm"] if len(maand.later) else maand.later
        else:
            na_verjaardag = tabel.norm[_plek(tabel.sleutels, maand.later)]
        return Maandnorm(
            tabel.norm, tabel.gehuwdennorm, klasse, maand.sleutel, maand.anders,
            np.asarray(np.broadcast_to(na_verjaardag, maand.anders.shape)),
        )  # fmt: skip

    def _tabel(self, rij: int) -> _Tabel:
        """The norms of all months with the rules and amounts of this one."""
        if rij not in self._tabellen:
            graaf, waarden = _regels(self.g, self.maanden[rij].maand)
            samen = [
                nummer
                for nummer, maand in enumerate(self.maanden)
                if maand.actief.any() and _regels(self.g, maand.maand) == (graaf, waarden)
            ]
            sleutels = verschillend(*[deel for nummer in samen for deel in self.maanden[nummer].sleutels()])
            tabel = self._maak(graaf, waarden, sleutels, _reken(graaf, waarden, sleutels))
            self._tabellen |= dict.fromkeys(samen, tabel)
        return self._tabellen[rij]

    def _met_spoor(self, maand: _Normmaand, huishoudens: Getallen) -> _Tabel:
        graaf, waarden = _regels(self.g, maand.maand)
        sleutels = maand.sleutel[huishoudens]
        kolommen = _reken(graaf, waarden, sleutels)
        self.spoor.bewaar(NORM.naam, maand.maand, graaf, kolommen, huishoudens, waarden)
        return self._maak(graaf, waarden, sleutels, kolommen)

    def _maak(self, graaf: Graaf, waarden: dict[str, Waarde], sleutels: Getallen, kolommen: dict[str, Any]) -> _Tabel:
        vorm = sleutels.shape
        voorlopig = frozenset(naam for naam, waarde in waarden.items() if waarde.status == "voorlopig")
        gebruik = Voorlopig.norm_gebruik(graaf, kolommen, voorlopig, len(sleutels), self.g.parameters)
        norm, gehuwdennorm = (np.broadcast_to(kolommen[naam], vorm) for naam in ("norm", "gehuwdennorm"))
        return _Tabel(sleutels, norm, gehuwdennorm, gebruik)


class _Normmaand:
    """What decides the norms of one month."""

    def __init__(self, g: Zaakgegevens, sleutels: Normsleutels, rij: int) -> None:
        self.maand = int(g.bereik.maanden[rij])
        eerste, laatste = dagen_van(self.maand)
        mee = g.telt_mee[rij]
        self.sleutel = sleutels.in_maand(g.situaties[rij], mee, eerste, self.maand)
        jarig = leeftijd_bereikt(mee, g.leeftijden, eerste, laatste)
        self.actief = g.bereik.wordt_berekend(rij)
        anders = np.unique(g.zaken.personen["huishouden"][jarig])
        self.anders = anders[self.actief[anders]]
        self.later = sleutels.met_leeftijden(self.sleutel, jarig, laatste)[self.anders]

    def sleutels(self) -> Sequence[Getallen]:
        """The keys whose norm is asked."""
        return (self.sleutel if self.actief.all() else self.sleutel.compress(self.actief)), self.later


def _regels(g: Zaakgegevens, maand: int) -> tuple[Graaf, dict[str, Waarde]]:
    graaf = NORM.op(maand)
    return graaf, g.parameters.voor_maand(maand, graaf.parameters)


def _reken(graaf: Graaf, waarden: dict[str, Waarde], sleutels: Getallen) -> dict[str, Any]:
    return graaf.reken(norminvoer(sleutels) | {naam: waarde.waarde for naam, waarde in waarden.items()})


def _plek(verschillend: Getallen, sleutels: Getallen) -> Getallen:
    """The place of each key among the different ones; any place for a key that is not among them."""
    grootste = int(sleutels.max(initial=0))
    if grootste >= DICHTBIJ or not len(verschillend):
        return np.minimum(np.searchsorted(verschillend, sleutels), max(len(verschillend) - 1, 0))
    nummer = np.zeros(max(grootste, int(verschillend[-1])) + 1, dtype=np.int64)
    nummer[verschillend] = np.arange(len(verschillend))
    return nummer.take(sleutels)
