"""Income per person and month: parts of records (T), and open inkomstenverhoudingen carried on (A5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.berekening.opgaven import Opgaven
from verrekening.berekening.stops import Stops
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import OPEN, eerste_dag, laatste_dag, maand_van
from verrekening.motor.tabellen import groepen, herhaal, som_per
from verrekening.regels import toerekening
from verrekening.regels.toerekening import Delen

CATEGORIEEN = (
    "arbeid_aanspraak_J",
    "arbeid_aanspraak_N",
    "arbeid_zonder_aanspraak",
    "uitkering_aanspraak_J",
    "uitkering_aanspraak_N",
    "aow_aanspraak_J",
    "aow_aanspraak_N",
    "uitkering_zonder_aanspraak",
)
"""Names of the income inputs of the level `persoon_maand`; the number of a category is its place here."""
ARBEID = (0, 1, 2)
"""Categories that are income from employment."""

_AOW = 22


@dataclass(frozen=True)
class Inkomen:
    """Parts of income that count, one row per part.

    Attributes:
        persoon: row in the dossiers.
        maand: month it belongs to.
        categorie: number in `CATEGORIEEN`.
        bedrag: cents, over days of assistance.
        datum: date that decides the receipt month (rule S3), days.
        opgave: row in `Opgaven`, or -1 when carried on.
        bron_maand: month whose amount is carried on, or -1.
        lhnr, numiv: the inkomstenverhouding.
    """

    persoon: Getallen
    maand: Getallen
    categorie: Getallen
    bedrag: Getallen
    datum: Getallen
    opgave: Getallen
    bron_maand: Getallen
    lhnr: Getallen
    numiv: Getallen

    def __len__(self) -> int:
        return len(self.persoon)

    def rijen(self, keuze: Getallen | Masker | slice) -> Inkomen:
        """Some of the parts."""
        return Inkomen(*[getattr(self, naam)[keuze] for naam in self.__dataclass_fields__])

    @staticmethod
    def samen(*delen: Inkomen) -> Inkomen:
        """All parts together."""
        return Inkomen(
            *[np.concatenate([getattr(deel, naam) for deel in delen]) for naam in Inkomen.__dataclass_fields__]
        )


@dataclass(frozen=True)
class Verhoudingen:
    """The inkomstenverhoudingen, and what their records cover per month (rows: ikv; columns: months).

    Attributes:
        persoon, huishouden, lhnr, numiv: of the inkomstenverhouding.
        begin, eind, laatste_eind: begin and end, and the end of its latest record (days).
        uitkering, arbeid: kind of the latest record; ``middel``: any kind but the assistance itself.
        maanden: the months of the columns.
        gedekt: days of the month in the tijdvakken of all records.
        gedekt_telt, gedekt_telt_p: days worked according to the records that count, and to those that count in the
            provisional payment month: a month in which the inkomstenverhouding begins is not a whole month.
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
    gedekt: Getallen
    gedekt_telt: Getallen
    gedekt_telt_p: Getallen
    open: Masker

    def kolom(self, maand: int) -> int:
        """Column of a month."""
        return maand - int(self.maanden[0])

    def wacht(self, maand: int) -> Masker:
        """Open in the month while the records do not cover all its days (rule A5)."""
        kolom = self.kolom(maand)
        return np.asarray(self.open[:, kolom] & (self.gedekt[:, kolom] < _dagen(maand)))


def _dagen(maand: int) -> int:
    return eerste_dag(maand + 1) - eerste_dag(maand)


def categorie_van(opgaven: Opgaven) -> Getallen:
    """Category of the income of each record: kind, claim and tax credit."""
    k = opgaven.kolommen
    korting, aanspraak = k["lhkort"] == 1, k["met_aanspraak"]
    arbeid = np.where(aanspraak, np.where(korting, 0, 1), 2)
    aow = np.where(korting, 5, 6)
    uitkering = np.where(aanspraak, np.where(k["srtiv"] == _AOW, aow, np.where(korting, 3, 4)), 7)
    return np.where(k["is_werk"], arbeid, uitkering)


def verdeel_opgaven(opgaven: Opgaven, recht_begin: Getallen, recht_eind: Getallen) -> Delen:
    """Rules T1–T3 for all records; a record outside its inkomstenverhouding is left out."""
    rijen = np.flatnonzero(~opgaven.buiten)
    delen = toerekening.verdeel_over_maanden(
        opgaven.kolommen["rest"][rijen],
        opgaven.begin[rijen],
        opgaven.eind[rijen],
        recht_begin[opgaven.huishouden[rijen]],
        recht_eind[opgaven.huishouden[rijen]],
    )
    return delen._replace(ouder=rijen[delen.ouder])


def verzamel_verhoudingen(opgaven: Opgaven, stops: Stops, delen: Delen, maanden: Getallen) -> Verhoudingen:
    """The inkomstenverhoudingen of all records, with their cover per month up to the payment month."""
    laatste = (
        np.flatnonzero(np.append(opgaven.ikv[1:] != opgaven.ikv[:-1], True)) if len(opgaven) else np.zeros(0, np.int64)
    )
    eerste_maand = int(min(maanden[0], delen.maand.min(initial=int(maanden[0]))))
    alle = np.arange(eerste_maand, int(maanden[-1]) + 1, dtype=np.int64)
    k = opgaven.kolommen
    rooster = (len(laatste), len(alle))

    def dagen_gewerkt(masker: Masker) -> Getallen:
        telt = np.flatnonzero(masker[delen.ouder] & (delen.maand <= alle[-1]))
        cel = opgaven.ikv[delen.ouder[telt]] * len(alle) + delen.maand[telt] - eerste_maand
        return som_per(cel, delen.dagen[telt], rooster[0] * rooster[1]).reshape(rooster)

    telt_ooit = ~k["nooit_inkomen"]
    return Verhoudingen(
        persoon=opgaven.persoon[laatste],
        huishouden=opgaven.huishouden[laatste],
        lhnr=opgaven.lhnr[laatste],
        numiv=opgaven.numiv[laatste],
        begin=opgaven.ikv_begin[laatste],
        eind=opgaven.ikv_eind[laatste],
        laatste_eind=opgaven.tv_eind[laatste],
        uitkering=(k["is_pensioen"] | k["is_bekende_uitkering"])[laatste],
        arbeid=k["is_werk"][laatste],
        middel=telt_ooit[laatste],
        maanden=alle,
        gedekt=_dagen_opgegeven(opgaven, np.flatnonzero(telt_ooit), alle, len(laatste)),
        gedekt_telt=dagen_gewerkt(stops.telt & telt_ooit),
        gedekt_telt_p=dagen_gewerkt(stops.telt_in_p & telt_ooit),
        open=toerekening.open_in_maand(
            alle, opgaven.ikv_begin[laatste], opgaven.ikv_eind[laatste], opgaven.tv_eind[laatste]
        ),
    )


def _dagen_opgegeven(opgaven: Opgaven, rij: Getallen, maanden: Getallen, aantal: int) -> Getallen:
    """[ikv, months] days of the month that lie in the tijdvakken of the records."""
    van = np.maximum(opgaven.tv_begin[rij], eerste_dag(int(maanden[0])))
    tot = np.minimum(opgaven.tv_eind[rij], laatste_dag(int(maanden[-1])))
    eerste = maand_van(van)
    ouder, plaats = herhaal(np.where(van <= tot, maand_van(tot) - eerste + 1, 0))
    maand = eerste[ouder] + plaats
    dagen = np.minimum(laatste_dag(maand), tot[ouder]) - np.maximum(eerste_dag(maand), van[ouder]) + 1
    cel = opgaven.ikv[rij[ouder]] * len(maanden) + maand - int(maanden[0])
    return som_per(cel, dagen, aantal * len(maanden)).reshape(aantal, len(maanden))


def inkomen_van_maanden(
    opgaven: Opgaven, stops: Stops, delen: Delen, verhoudingen: Verhoudingen, betaalmaand: int
) -> Inkomen:
    """Parts of records that count: all before P, in P only benefits and pensions (policy `achteraf`, rule S4).

    Parts of a benefit whose records do not yet cover an open month are left out: the month is carried on.
    """
    in_p = stops.telt_in_p & (opgaven.kolommen["is_pensioen"] | opgaven.kolommen["is_bekende_uitkering"])
    telt = np.where(delen.maand == betaalmaand, in_p[delen.ouder], stops.telt[delen.ouder])
    ikv = opgaven.ikv[delen.ouder]
    in_raster = delen.maand <= betaalmaand
    kolom = np.where(in_raster, delen.maand - int(verhoudingen.maanden[0]), 0)
    dagen_maand = laatste_dag(delen.maand) - eerste_dag(delen.maand) + 1
    wacht = (
        verhoudingen.uitkering[ikv] & verhoudingen.open[ikv, kolom] & (verhoudingen.gedekt[ikv, kolom] < dagen_maand)
    )
    rij = np.flatnonzero(telt & delen.binnen & in_raster & ~wacht)
    ouder = delen.ouder[rij]
    return Inkomen(
        persoon=opgaven.persoon[ouder],
        maand=delen.maand[rij],
        categorie=categorie_van(opgaven)[ouder],
        bedrag=delen.bedrag[rij],
        datum=opgaven.tv_eind[ouder],
        opgave=ouder,
        bron_maand=np.full(len(rij), -1, dtype=np.int64),
        lhnr=opgaven.lhnr[ouder],
        numiv=opgaven.numiv[ouder],
    )


@dataclass(frozen=True)
class Doortrekker:
    """Carries the last known month of an inkomstenverhouding on to a month without (full) records."""

    verhoudingen: Verhoudingen
    laatst: Getallen
    sleutel: Getallen
    categorie: Getallen
    bedrag: Getallen
    recht_begin: Getallen
    recht_eind: Getallen

    @classmethod
    def van(
        cls,
        opgaven: Opgaven,
        telt: Masker,
        delen: Delen,
        verhoudingen: Verhoudingen,
        gedekt: Getallen,
        recht_begin: Getallen,
        recht_eind: Getallen,
    ) -> Doortrekker:
        """Prepares the amounts per inkomstenverhouding, month and category of the records that count."""
        maanden = verhoudingen.maanden
        dagen = eerste_dag(maanden + 1) - eerste_dag(maanden)
        rij = np.flatnonzero(
            telt[delen.ouder] & ~opgaven.kolommen["nooit_inkomen"][delen.ouder] & (delen.maand <= maanden[-1])
        )
        sleutel = opgaven.ikv[delen.ouder[rij]] * len(maanden) + delen.maand[rij] - int(maanden[0])
        categorie = categorie_van(opgaven)[delen.ouder[rij]]
        groep, een = groepen(sleutel, categorie)
        return cls(
            verhoudingen,
            toerekening.laatst_bekende_maand(gedekt >= dagen[None, :]),
            sleutel[een],
            categorie[een],
            som_per(groep, delen.bedrag[rij], len(een)),
            recht_begin,
            recht_eind,
        )

    def trek_door(self, ikv: Getallen, maand: int, *, heel: bool = False) -> Inkomen:
        """The last known month of these inkomstenverhoudingen as income of a month (none known: nothing).

        Only the part over days of assistance (rule T3), unless the ``heel`` month is asked.
        """
        v = self.verhoudingen
        bron = self.laatst[ikv, v.kolom(maand)] if len(ikv) else np.zeros(0, dtype=np.int64)
        ikv, bron = ikv[bron >= 0], bron[bron >= 0]
        sleutel = ikv * len(v.maanden) + bron
        begin, eind = (
            np.searchsorted(self.sleutel, sleutel, "left"),
            np.searchsorted(self.sleutel, sleutel, "right"),
        )
        ouder, plaats = herhaal(eind - begin)
        rij = begin[ouder] + plaats
        ikv = ikv[ouder]
        huishouden = v.huishouden[ikv]
        aantal = len(rij)
        delen = toerekening.verdeel_over_maanden(
            self.bedrag[rij],
            np.full(aantal, eerste_dag(maand)),
            np.full(aantal, laatste_dag(maand)),
            np.full(aantal, -OPEN) if heel else self.recht_begin[huishouden],
            np.full(aantal, OPEN) if heel else self.recht_eind[huishouden],
        )
        deel, van = delen.bedrag[delen.binnen], delen.ouder[delen.binnen]
        return Inkomen(
            persoon=v.persoon[ikv[van]],
            maand=np.full(len(van), maand, dtype=np.int64),
            categorie=self.categorie[rij[van]],
            bedrag=deel,
            datum=np.full(len(van), laatste_dag(maand), dtype=np.int64),
            opgave=np.full(len(van), -1, dtype=np.int64),
            bron_maand=v.maanden[bron[ouder[van]]],
            lhnr=v.lhnr[ikv[van]],
            numiv=v.numiv[ikv[van]],
        )


def ontvangstmaand(inkomen: Inkomen, huishouden: Getallen, maanden: Getallen, aantal: int, leeg: int) -> Getallen:
    """[T, H] month of the latest date among the means of a month with an amount above 0 (rule S3)."""
    uit = np.full((len(maanden), aantal), leeg, dtype=np.int64)
    boven = inkomen.bedrag > 0
    cel = (inkomen.maand[boven] - int(maanden[0]), huishouden[inkomen.persoon[boven]])
    np.maximum.at(uit, cel, maand_van(inkomen.datum[boven]))
    return uit
