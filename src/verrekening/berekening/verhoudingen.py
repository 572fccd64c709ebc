"""The inkomstenverhoudingen of all persons, and what their records cover month by month (rules A5 and S4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.berekening.opgaven import Opgaven
from verrekening.berekening.stops import Stops
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import eerste_dag, laatste_dag, maand_van
from verrekening.motor.tabellen import grootste_per, herhaal, som_per
from verrekening.regels import toerekening

_DGA = 17
_SOORT_ONBEKEND = -1


@dataclass(frozen=True)
class Verhoudingen:
    """The inkomstenverhoudingen (rows: ikv; columns: months).

    Attributes:
        persoon, huishouden, lhnr, numiv: of the inkomstenverhouding.
        begin, eind, laatste_eind: begin and end, and the end of its latest record (days).
        uitkering, arbeid: kind of the latest record that says it (a director-shareholder only once a besluit lets the
            wage in); ``middel``: any kind but the assistance itself.
        maanden: the months of the columns.
        geraakt: the tijdvak of a record touches the month.
        gedekt: all days of the month lie in the tijdvakken of records.
        gedekt_telt, gedekt_telt_p: all days worked according to the records that count, and to those that count in
            the provisional payment month: a month in which the inkomstenverhouding begins is not a whole month.
        open: open in the month (rule A5).
    """

    persoon: Getallen
    huishouden: Getallen
    lhnr: Getallen
    numiv: Getallen
    begin: Getallen
    eind: Getallen
    laatste_eind: Getallen
    uitkering: Masker
    arbeid: Masker
    middel: Masker
    maanden: Getallen
    geraakt: Masker
    gedekt: Masker
    gedekt_telt: Masker
    gedekt_telt_p: Masker
    open: Masker

    def __len__(self) -> int:
        return len(self.persoon)

    def kolom(self, maand: int) -> int:
        """Column of a month."""
        return maand - int(self.maanden[0])


def verzamel_verhoudingen(opgaven: Opgaven, stops: Stops, maanden: Getallen) -> Verhoudingen:
    """The inkomstenverhoudingen of all records, with their cover per month up to the payment month."""
    laatste = (
        np.flatnonzero(np.append(opgaven.ikv[1:] != opgaven.ikv[:-1], True)) if len(opgaven) else np.zeros(0, np.int64)
    )
    eerste_maand = int(opgaven.maand_begin.min(initial=int(maanden[0])))
    alle = np.arange(eerste_maand, int(maanden[-1]) + 1, dtype=np.int64)
    dagen_maand = (eerste_dag(alle + 1) - eerste_dag(alle))[None, :]
    k = opgaven.kolommen
    telt_ooit = ~k["nooit_inkomen"]
    met_soort = _laatste_met_soort(opgaven, laatste)
    tijdvak = _Dagen.van(
        opgaven.ikv, opgaven.tv_begin, opgaven.tv_eind, maand_van(opgaven.tv_begin), opgaven.maand_tijdvak, alle
    )
    gewerkt = _Dagen.van(opgaven.ikv, opgaven.begin, opgaven.eind, opgaven.maand_begin, opgaven.maand_eind, alle)
    telt_gewerkt = telt_ooit & ~opgaven.buiten
    return Verhoudingen(
        persoon=opgaven.persoon[laatste],
        huishouden=opgaven.huishouden[laatste],
        lhnr=opgaven.lhnr[laatste],
        numiv=opgaven.numiv[laatste],
        begin=opgaven.ikv_begin[laatste],
        eind=opgaven.ikv_eind[laatste],
        laatste_eind=opgaven.tv_eind[laatste],
        uitkering=(k["is_pensioen"] | k["is_bekende_uitkering"])[met_soort],
        arbeid=(k["is_werk"] & ((k["srtiv"] != _DGA) | stops.telt))[met_soort],
        middel=telt_ooit[laatste],
        maanden=alle,
        geraakt=tijdvak.som(np.ones(len(opgaven), dtype=bool)) > 0,
        gedekt=tijdvak.som(telt_ooit) >= dagen_maand,
        gedekt_telt=gewerkt.som(stops.telt & telt_gewerkt) >= dagen_maand,
        gedekt_telt_p=gewerkt.som(stops.telt_in_p & telt_gewerkt) >= dagen_maand,
        open=toerekening.open_in_maand(
            alle, opgaven.ikv_begin[laatste], opgaven.ikv_eind[laatste], opgaven.tv_eind[laatste]
        ),
    )


def _laatste_met_soort(opgaven: Opgaven, laatste: Getallen) -> Getallen:
    """Per inkomstenverhouding the latest record that says its kind; the latest of all when none does.

    A record without SrtIV does not turn a pension into something else: it is still carried on (rule A5).
    """
    bekend = np.flatnonzero(opgaven.kolommen["srtiv"] != _SOORT_ONBEKEND)
    if len(bekend) == len(opgaven):
        return laatste
    uit = grootste_per(opgaven.ikv[bekend], bekend, len(laatste), -1)
    return np.where(uit >= 0, uit, laatste)


@dataclass(frozen=True)
class _Dagen:
    """The days of periods by month, one row per period and month.

    Attributes:
        ouder: the record of the period.
        cel: inkomstenverhouding and month, as one number.
        dagen: days of the month that lie in the period.
        vorm: (inkomstenverhoudingen, months).
    """

    ouder: Getallen
    cel: Getallen
    dagen: Getallen
    vorm: tuple[int, int]

    @classmethod
    def van(
        cls, ikv: Getallen, begin: Getallen, eind: Getallen, eerste: Getallen, laatste: Getallen, maanden: Getallen
    ) -> _Dagen:
        """Of one period per record, from a day in month ``eerste`` to one in ``laatste``, as far as in ``maanden``."""
        vorm = (int(ikv[-1]) + 1 if len(ikv) else 0, len(maanden))
        # Nearly every period lies in one month.
        in_een = (eerste == laatste) & (eerste >= maanden[0]) & (laatste <= maanden[-1]) & (begin <= eind)
        een, meer = np.flatnonzero(in_een), np.flatnonzero(~in_een)
        plek, maand, deel = _per_maand(begin.take(meer), eind.take(meer), maanden)
        ouder = np.concatenate([een, meer.take(plek)])
        kolom = np.concatenate([eerste.take(een), maand]) - int(maanden[0])
        dagen = np.concatenate([eind.take(een) - begin.take(een) + 1, deel])
        return cls(ouder, ikv.take(ouder) * len(maanden) + kolom, dagen, vorm)

    def som(self, telt: Masker) -> Getallen:
        """[ikv, months] days in the periods of the records that count."""
        dagen = self.dagen if telt.all() else self.dagen * telt.take(self.ouder)
        return som_per(self.cel, dagen, self.vorm[0] * self.vorm[1]).reshape(self.vorm)


def _per_maand(begin: Getallen, eind: Getallen, maanden: Getallen) -> tuple[Getallen, Getallen, Getallen]:
    """Row of the period, month and days of each month that each period touches."""
    van = np.maximum(begin, eerste_dag(int(maanden[0])))
    tot = np.minimum(eind, laatste_dag(int(maanden[-1])))
    eerste = maand_van(van)
    ouder, plaats = herhaal((maand_van(tot) - eerste + 1) * (van <= tot))
    maand = eerste.take(ouder) + plaats
    dagen = np.minimum(laatste_dag(maand), tot.take(ouder)) - np.maximum(eerste_dag(maand), van.take(ouder)) + 1
    return ouder, maand, dagen
