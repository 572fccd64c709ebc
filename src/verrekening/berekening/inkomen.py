"""Income per person and month: the parts of wage records (T), and special pay that is spread back (N6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from verrekening.beleid import Beleid
from verrekening.berekening.opgaven import Opgaven, beleid_per_rij
from verrekening.berekening.stops import Stops
from verrekening.berekening.verhoudingen import Verhoudingen
from verrekening.geld import verdeel
from verrekening.kolommen import Getallen, Masker, op_volgorde
from verrekening.maand import eerste_dag, jaar_van, laatste_dag
from verrekening.motor.tabellen import groepen
from verrekening.regels import toerekening
from verrekening.regels.toerekening import DERTIEN_TWAALFDE, DERTIG_ACHTENTWINTIGSTE, WERKDAGEN, WIJZEN, Delen

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
ZONDER_AANSPRAAK = np.array([2, 2, 2, 7, 7, 7, 7, 7])
"""Category of each category when its claim is not counted (policy `vakantiegeld: bij_uitbetaling`)."""

UIT_OPGAVE, TERUGVERDEELD, DOORGETROKKEN, GESCHAT = range(4)
"""Where a part of income came from."""

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
        opgave: row in `Opgaven`, or -1 when carried on or estimated.
        bron_maand: month whose amount is carried on, or -1.
        lhnr, numiv: the inkomstenverhouding, or -1 when estimated.
        ikv: row in `Verhoudingen`, or -1 when estimated.
        opgebouwd: cents of OpgRchtVakBsl that belong to this part.
        soort: `UIT_OPGAVE`, `TERUGVERDEELD`, `DOORGETROKKEN` or `GESCHAT`.
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
    ikv: Getallen
    opgebouwd: Getallen
    soort: Getallen

    def __len__(self) -> int:
        return len(self.persoon)

    def rijen(self, keuze: Getallen | Masker | slice) -> Inkomen:
        """Some of the parts."""
        if isinstance(keuze, slice):
            return Inkomen(*[getattr(self, naam)[keuze] for naam in self.__dataclass_fields__])
        rij = np.flatnonzero(keuze) if keuze.dtype == bool else keuze
        return Inkomen(*[getattr(self, naam).take(rij) for naam in self.__dataclass_fields__])

    def alleen(self, telt: Masker) -> Inkomen:
        """The parts that count, in order."""
        return self if telt.all() else self.rijen(np.flatnonzero(telt))

    def met_aanspraak_volgens(self, beleid: Beleid) -> Inkomen:
        """The claim of each part counts only where the policy of its month counts claims month by month (V, P5)."""
        apart = beleid_per_rij(beleid, self.maand, lambda op: op.vakantiegeld == "bij_uitbetaling")
        if not apart.any():
            return self
        return replace(self, categorie=np.where(apart, ZONDER_AANSPRAAK[self.categorie], self.categorie))

    @staticmethod
    def samen(*delen: Inkomen) -> Inkomen:
        """All parts together."""
        delen = tuple(deel for deel in delen if len(deel)) or delen[:1]
        if len(delen) == 1:
            return delen[0]
        return Inkomen(
            *[np.concatenate([getattr(deel, naam) for deel in delen]) for naam in Inkomen.__dataclass_fields__]
        )


@dataclass(frozen=True)
class Maanddelen:
    """What the month loop reads of `Inkomen`, in order of month."""

    persoon: Getallen
    categorie: Getallen
    bedrag: Getallen
    lhnr: Getallen
    numiv: Getallen

    @classmethod
    def van(cls, inkomen: Inkomen, volgorde: Getallen) -> Maanddelen:
        """The parts in this order."""
        return cls(*[getattr(inkomen, naam).take(volgorde) for naam in cls.__dataclass_fields__])

    def __len__(self) -> int:
        return len(self.persoon)

    def rijen(self, keuze: Getallen | slice) -> Maanddelen:
        """Some of the parts."""
        return Maanddelen(*[getattr(self, naam)[keuze] for naam in self.__dataclass_fields__])


def categorie_van(opgaven: Opgaven) -> Getallen:
    """Category of the income of each record: kind, claim and tax credit."""
    k = opgaven.kolommen
    # Number of the category by kind of income, claim and tax credit, in the order of `CATEGORIEEN`.
    soort = _bits(k["is_werk"], k["srtiv"] == _AOW, k["met_aanspraak"], k["lhkort"] == 1)
    return np.asarray(_CATEGORIE.take(soort))


def _bits(*maskers: Masker) -> Getallen:
    """One small number per row: the masks as bits, the first as the highest."""
    uit = maskers[0].astype(np.int8)
    for masker in maskers[1:]:
        uit += uit
        uit += masker
    return uit.astype(np.int64)


_CATEGORIE = np.array([7, 7, 4, 3, 7, 7, 6, 5, 2, 2, 1, 0, 2, 2, 1, 0])
"""Other, AOW, employment (twice); of each without a claim (twice), with a claim without and with tax credit."""


def toerekening_van(opgaven: Opgaven, beleid: Beleid) -> tuple[Getallen, Getallen]:
    """Per record how it is turned into months (number in `WIJZEN`), and its number in the 4-week calendar or 0.

    The policy is that of the month in which the tijdvak ends (rule P5). Where no policy reads the 4-week calendar
    the number is 0.
    """
    wijze = beleid_per_rij(beleid, opgaven.maand_tijdvak, lambda op: WIJZEN.index(op.toerekening))
    if not (wijze >= DERTIEN_TWAALFDE).any():
        # By days: whether a tijdvak is a period of that calendar makes no difference.
        return wijze, np.zeros(len(opgaven), dtype=np.int64)
    return wijze, _vierwekenperiode(opgaven)


def _vierwekenperiode(opgaven: Opgaven) -> Getallen:
    """The 4-week period of each record; a tijdvak that is a calendar month too is judged by its neighbours.

    In some years period 13 is exactly December (2025), or period 1 exactly January (2027). Such a tijdvak is a
    4-week period when the same payer reported other 4-week periods for the person in that year, or, for January,
    in the year before.
    """
    begin, eind = opgaven.tv_begin, opgaven.tv_eind
    periode = toerekening.vierwekenperiode(begin, eind)
    maand = opgaven.maand_tijdvak
    dubbelzinnig = (periode > 0) & (begin == eerste_dag(maand)) & (eind == laatste_dag(maand))
    if not dubbelzinnig.any():
        return periode
    jaar = jaar_van(maand)
    zeker = np.flatnonzero((periode > 0) & ~dubbelzinnig)
    twijfel = np.flatnonzero(dubbelzinnig)
    voor = twijfel[periode[twijfel] == 1]
    vraag = np.concatenate([twijfel, voor])
    jaren = np.concatenate([jaar[twijfel], jaar[voor] - 1])
    nummer, _ = groepen(
        *[np.concatenate([kolom[zeker], kolom[vraag]]) for kolom in (opgaven.persoon, opgaven.lhnr)],
        np.concatenate([jaar[zeker], jaren]),
    )
    is_vierweken = np.isin(nummer[len(zeker) :], nummer[: len(zeker)])
    uit = np.where(dubbelzinnig, 0, periode)
    raak = vraag[is_vierweken]
    uit[raak] = periode[raak]
    return uit


def verdeel_opgaven(
    opgaven: Opgaven, beleid: Beleid, recht_begin: Getallen, recht_eind: Getallen, bedrag: Getallen
) -> Delen:
    """Rules T1–T3 for an amount of every record; a record outside its inkomstenverhouding is left out."""
    wijze, periode = toerekening_van(opgaven, beleid)
    rekent_om = (periode > 0) & ((wijze == DERTIEN_TWAALFDE) | (wijze == DERTIG_ACHTENTWINTIGSTE))
    dagen = np.flatnonzero(~opgaven.buiten & ~rekent_om)
    maanden = np.flatnonzero(~opgaven.buiten & rekent_om)

    def recht(rijen: Getallen) -> tuple[Getallen, Getallen]:
        wie = opgaven.huishouden.take(rijen)
        return recht_begin.take(wie), recht_eind.take(wie)

    naar_dagen = toerekening.verdeel_over_maanden(
        bedrag.take(dagen), opgaven.begin.take(dagen), opgaven.eind.take(dagen), *recht(dagen),
        wijze.take(dagen) == WERKDAGEN,
    )  # fmt: skip
    naar_dagen = naar_dagen._replace(ouder=dagen.take(naar_dagen.ouder))
    if len(maanden) == 0:
        return naar_dagen
    naar_maand = toerekening.reken_om_naar_maand(
        bedrag[maanden],
        periode[maanden],
        opgaven.tv_eind[maanden],
        *recht(maanden),
        wijze[maanden] == DERTIEN_TWAALFDE,
    )
    naar_maand = naar_maand._replace(ouder=maanden[naar_maand.ouder])
    samen = [np.concatenate(paar) for paar in zip(naar_dagen, naar_maand, strict=True)]
    volgorde = op_volgorde(samen[0])
    return Delen(*[kolom.take(volgorde) for kolom in samen])


def inkomen_van_maanden(
    opgaven: Opgaven,
    stops: Stops,
    delen: Delen,
    verhoudingen: Verhoudingen,
    wacht: Masker,
    betaalmaand: int,
    telt_in_maand: Callable[[Getallen, Getallen], Masker],
    *,
    werk_in_p: bool,
) -> Inkomen:
    """Parts of records that count: all before P; in P benefits and pensions, and wages only when the method says so.

    Args:
        opgaven, stops, delen: the records, which of them count, and their parts.
        verhoudingen: the inkomstenverhoudingen.
        wacht: [ikv, months] another amount stands in for the records of that month (rules A5 and S4).
        betaalmaand: P.
        telt_in_maand: whether a person and a month lie in the run.
        werk_in_p: known wages over P count (policies `schatten` and `op_de_maand`, rule S4).
    """
    telt = _telt(opgaven, stops, delen.ouder, delen.maand, betaalmaand, werk_in_p=werk_in_p)
    telt &= delen.binnen & (delen.maand <= betaalmaand)
    rij = np.flatnonzero(telt)
    ouder, maand = delen.ouder.take(rij), delen.maand.take(rij)
    houd = telt_in_maand(opgaven.persoon.take(ouder), maand)
    if wacht.any():
        cel = opgaven.ikv.take(ouder) * wacht.shape[1] + maand - int(verhoudingen.maanden[0])
        houd &= ~wacht.ravel().take(cel)
    rij = rij.compress(houd)
    opgebouwd = verdeel(opgaven.kolommen["OpgRchtVakBsl"], delen.ouder, delen.dagen)
    uit = _uit_opgaven(
        opgaven,
        delen.ouder.take(rij),
        delen.maand.take(rij),
        delen.bedrag.take(rij),
        categorie_van(opgaven),
        UIT_OPGAVE,
    )
    return replace(uit, opgebouwd=opgebouwd.take(rij))


def terugverdeeld_inkomen(opgaven: Opgaven, stops: Stops, betaalmaand: int, *, werk_in_p: bool) -> Inkomen:
    """Special pay in equal parts over the months in which it was earned, without a claim (rule N6)."""
    rijen = np.flatnonzero(opgaven.kolommen["netto_terugverdeeld"])
    deel, maand, bedrag = toerekening.verdeel_terug(
        opgaven.kolommen["netto_terugverdeeld"][rijen], opgaven.ikv_begin[rijen], opgaven.tv_eind[rijen]
    )
    ouder = rijen[deel]
    telt = _telt(opgaven, stops, ouder, maand, betaalmaand, werk_in_p=werk_in_p) & (maand <= betaalmaand)
    zonder = ZONDER_AANSPRAAK[categorie_van(opgaven)]
    return _uit_opgaven(opgaven, ouder[telt], maand[telt], bedrag[telt], zonder, TERUGVERDEELD)


def _telt(
    opgaven: Opgaven, stops: Stops, ouder: Getallen, maand: Getallen, betaalmaand: int, *, werk_in_p: bool
) -> Masker:
    k = opgaven.kolommen
    in_p = stops.telt_in_p & (k["is_pensioen"] | k["is_bekende_uitkering"])
    if werk_in_p:
        in_p |= stops.telt
    telt = stops.telt.take(ouder)
    in_betaalmaand = np.flatnonzero(maand == betaalmaand)
    telt[in_betaalmaand] = in_p.take(ouder.take(in_betaalmaand))
    return telt


def _uit_opgaven(
    opgaven: Opgaven, ouder: Getallen, maand: Getallen, bedrag: Getallen, categorie: Getallen, soort: int
) -> Inkomen:
    return Inkomen(
        persoon=opgaven.persoon.take(ouder),
        maand=maand,
        categorie=categorie.take(ouder),
        bedrag=bedrag,
        datum=opgaven.tv_eind.take(ouder),
        opgave=ouder,
        bron_maand=np.full(len(ouder), -1, dtype=np.int64),
        lhnr=opgaven.lhnr.take(ouder),
        numiv=opgaven.numiv.take(ouder),
        ikv=opgaven.ikv.take(ouder),
        opgebouwd=np.zeros(len(ouder), dtype=np.int64),
        soort=np.full(len(ouder), soort, dtype=np.int64),
    )
