"""The inkomstenverhoudingen of all persons, and what their records cover month by month (rules A5 and S4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.berekening.opgaven import Opgaven
from verrekening.berekening.stops import Stops
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import eerste_dag, laatste_dag, maand_van
from verrekening.motor.tabellen import herhaal, som_per
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
    eerste_maand = int(min(maanden[0], maand_van(opgaven.begin).min(initial=int(maanden[0]))))
    alle = np.arange(eerste_maand, int(maanden[-1]) + 1, dtype=np.int64)
    dagen_maand = (eerste_dag(alle + 1) - eerste_dag(alle))[None, :]
    k = opgaven.kolommen
    telt_ooit = ~k["nooit_inkomen"]
    met_soort = _laatste_met_soort(opgaven, laatste)

    def dagen(masker: Masker, begin: Getallen, eind: Getallen) -> Getallen:
        rij = np.flatnonzero(masker)
        return _dagen_per_maand(opgaven.ikv[rij], begin[rij], eind[rij], alle, len(laatste))

    gewerkt = telt_ooit & ~opgaven.buiten
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
        geraakt=dagen(np.ones(len(opgaven), dtype=bool), opgaven.tv_begin, opgaven.tv_eind) > 0,
        gedekt=dagen(telt_ooit, opgaven.tv_begin, opgaven.tv_eind) >= dagen_maand,
        gedekt_telt=dagen(stops.telt & gewerkt, opgaven.begin, opgaven.eind) >= dagen_maand,
        gedekt_telt_p=dagen(stops.telt_in_p & gewerkt, opgaven.begin, opgaven.eind) >= dagen_maand,
        open=toerekening.open_in_maand(
            alle, opgaven.ikv_begin[laatste], opgaven.ikv_eind[laatste], opgaven.tv_eind[laatste]
        ),
    )


def _laatste_met_soort(opgaven: Opgaven, laatste: Getallen) -> Getallen:
    """Per inkomstenverhouding the latest record that says its kind; the latest of all when none does.

    A record without SrtIV does not turn a pension into something else: it is still carried on (rule A5).
    """
    bekend = np.flatnonzero(opgaven.kolommen["srtiv"] != _SOORT_ONBEKEND)
    uit = np.full(len(laatste), -1, dtype=np.int64)
    np.maximum.at(uit, opgaven.ikv[bekend], bekend)
    return np.where(uit >= 0, uit, laatste)


def _dagen_per_maand(ikv: Getallen, begin: Getallen, eind: Getallen, maanden: Getallen, aantal: int) -> Getallen:
    """[ikv, months] days of the month that lie in these periods."""
    van = np.maximum(begin, eerste_dag(int(maanden[0])))
    tot = np.minimum(eind, laatste_dag(int(maanden[-1])))
    eerste = maand_van(van)
    ouder, plaats = herhaal(np.where(van <= tot, maand_van(tot) - eerste + 1, 0))
    maand = eerste[ouder] + plaats
    dagen = np.minimum(laatste_dag(maand), tot[ouder]) - np.maximum(eerste_dag(maand), van[ouder]) + 1
    cel = ikv[ouder] * len(maanden) + maand - int(maanden[0])
    return som_per(cel, dagen, aantal * len(maanden)).reshape(aantal, len(maanden))
