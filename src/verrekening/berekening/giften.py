"""The gifts of every household with what was received earlier in the calendar year, and the free room (chapter G)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.beleid import Beleid
from verrekening.berekening.bereik import Bereik
from verrekening.berekening.opgaven import beleid_per_rij
from verrekening.berekening.samenstelling import Leeftijden, Normsleutels, Situaties, norminvoer, telt_mee
from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import dag_van_moment, dagen_in, eerste_dag, jaar_van, laatste_dag, lees_maand, maand_van
from verrekening.motor.tabellen import koppel
from verrekening.parameters import Parameters
from verrekening.regels import NORM
from verrekening.regels.bijstand import bijstandsnorm, norm_na_verlaging

_TELT = (0, 1, 2)
"""Kinds that fill the limit: geld, natura, kostenbesparing. Food and clothes of a bank never do."""
_VRIJGELATEN, _MEETELLEN = 1, 2


@dataclass(frozen=True)
class Giften:
    """Gifts that fill the limit, in a month R or P, by month, date and place in the list.

    Attributes:
        rij: row in the dossiers' list of gifts.
        huishouden: row in the dossiers.
        eenheid: person whose limit it fills, or -1 for the household.
        maand: month of the gift.
        bedrag, eerder_dit_jaar, vrij: cents; ``vrij`` is what the policy leaves free per calendar year.
        vrijgelaten, meetellen: what a decision known at K says.
        telt_zonder_besluit: policy `giften.boven_grens` is meetellen.
    """

    rij: Getallen
    huishouden: Getallen
    eenheid: Getallen
    maand: Getallen
    bedrag: Getallen
    eerder_dit_jaar: Getallen
    vrij: Getallen
    vrijgelaten: Masker
    meetellen: Masker
    telt_zonder_besluit: Masker

    def in_maand(self, maand: int) -> Giften:
        """The gifts of one month."""
        deze = self.maand == maand
        return Giften(*[getattr(self, naam)[deze] for naam in self.__dataclass_fields__])


def verzamel_giften(
    zaken: Dossiers, bereik: Bereik, beleid: Beleid, parameters: Parameters, leeftijden: Leeftijden, peilmoment: int
) -> Giften:
    """Every gift of a month R or P, with the gifts before it in the calendar year, also those before the first R.

    Args:
        zaken: dossiers.
        bereik: months per household.
        beleid, parameters: dated policy and amounts.
        leeftijden: ages, for the norms of a policy `norm_per_kalenderjaar`.
        peilmoment: K.
    """
    tabel = zaken.giften
    rij = np.flatnonzero(_op_dag_van_bijstand(zaken) & np.isin(tabel["soort"], _TELT))
    rij = rij[np.lexsort((tabel["volgnr"][rij], tabel["datum"][rij], tabel["huishouden"][rij]))]
    huishouden, bedrag = tabel["huishouden"][rij], tabel["bedrag"][rij]
    maand = maand_van(tabel["datum"][rij])
    jaar = jaar_van(maand)
    per_persoon = beleid_per_rij(beleid, maand, lambda op: op.giften_eenheid == "persoon")
    persoon = _ontvanger(zaken, rij)
    eerder = np.where(
        per_persoon, _eerder(bedrag, huishouden, persoon, jaar), _eerder(bedrag, huishouden, huishouden * 0, jaar)
    )
    vrij = beleid_per_rij(beleid, maand, lambda op: _cent(op.giften_bedrag)).astype(np.int64)
    uit_norm = np.flatnonzero(vrij < 0)
    vrij[uit_norm] = _normsom(
        zaken, beleid, parameters, leeftijden, bereik.betaalmaand, huishouden[uit_norm], jaar[uit_norm]
    )
    bekend = tabel["besluit_op"][rij] <= dag_van_moment(peilmoment)
    telt = beleid_per_rij(beleid, maand, lambda op: op.giften_boven_grens == "meetellen")
    giften = Giften(
        rij=rij,
        huishouden=huishouden,
        eenheid=np.where(per_persoon, persoon, -1),
        maand=maand,
        bedrag=bedrag,
        eerder_dit_jaar=eerder,
        vrij=vrij,
        vrijgelaten=bekend & (tabel["besluit"][rij] == _VRIJGELATEN),
        meetellen=bekend & (tabel["besluit"][rij] == _MEETELLEN),
        telt_zonder_besluit=telt,
    )
    plek = maand - int(bereik.maanden[0])
    binnen = (plek >= 0) & (plek < len(bereik.maanden))
    telt_in = np.flatnonzero(binnen)
    telt_in = telt_in[bereik.is_r[plek[telt_in], huishouden[telt_in]] | (plek[telt_in] == len(bereik.maanden) - 1)]
    return Giften(*[getattr(giften, naam)[telt_in] for naam in Giften.__dataclass_fields__])


def _cent(bedrag: int | None) -> int:
    return -1 if bedrag is None else bedrag


def _op_dag_van_bijstand(zaken: Dossiers) -> Masker:
    """The gift was received on a day of assistance, by a person who counts (rule O3) when a person is named."""
    tabel, huishoudens, personen = zaken.giften, zaken.huishoudens, zaken.personen
    datum, huishouden, persoon = tabel["datum"], tabel["huishouden"], tabel["persoon"]
    op_dag = (datum >= huishoudens["begin"][huishouden]) & (datum <= huishoudens["eind"][huishouden])
    maand = maand_van(datum)
    gift, situatie = koppel(huishouden, zaken.situatie["huishouden"])
    geldt = (zaken.situatie["van"][situatie] <= maand[gift]) & (zaken.situatie["tot"][situatie] >= maand[gift])
    gehuwd = np.zeros(len(datum), dtype=bool)
    gehuwd[gift[geldt & (zaken.situatie["leefvorm"][situatie] == 2)]] = True
    genoemd = persoon >= 0
    telt = ~genoemd
    p = persoon[genoemd]
    telt[genoemd] = (
        (personen["van"][p] <= maand[genoemd])
        & (personen["tot"][p] >= maand[genoemd])
        & ((personen["rol"][p] == 0) | gehuwd[genoemd])
    )
    return np.asarray(op_dag & telt)


def _ontvanger(zaken: Dossiers, rij: Getallen) -> Getallen:
    """Who received each gift; the aanvrager when nobody is named."""
    personen = zaken.personen
    aanvrager = np.full(len(zaken.huishoudens["begin"]), -1, dtype=np.int64)
    eerste = np.flatnonzero(personen["rol"] == 0)
    aanvrager[personen["huishouden"][eerste]] = eerste
    persoon = zaken.giften["persoon"][rij]
    return np.where(persoon >= 0, persoon, aanvrager[zaken.giften["huishouden"][rij]])


def _eerder(bedrag: Getallen, huishouden: Getallen, eenheid: Getallen, jaar: Getallen) -> Getallen:
    """Sum of the rows before this one with the same household, unit and year; rows stand in order of time."""
    volgorde = np.lexsort((np.arange(len(bedrag)), jaar, eenheid, huishouden))
    b, som = bedrag[volgorde], np.cumsum(bedrag[volgorde])
    nieuw = np.ones(len(b), dtype=bool)
    for sleutel in (huishouden, eenheid, jaar):
        nieuw[1:] &= sleutel[volgorde][1:] == sleutel[volgorde][:-1]
    nieuw[1:] = ~nieuw[1:]
    voor = som - b
    begin = np.maximum.accumulate(np.where(nieuw, np.arange(len(b)), 0))
    uit = np.empty_like(b)
    uit[volgorde] = voor - voor[begin]
    return uit


def _normsom(
    zaken: Dossiers,
    beleid: Beleid,
    parameters: Parameters,
    leeftijden: Leeftijden,
    p: int,
    huishouden: Getallen,
    jaar: Getallen,
) -> Getallen:
    """Sum of the bijstandsnormen of a calendar year per row; months after P at the norm of P (rule G2)."""
    uit = np.zeros(len(huishouden), dtype=np.int64)
    for een in np.unique(jaar):
        deze = np.flatnonzero(jaar == een)
        wie, plek = np.unique(huishouden[deze], return_inverse=True)
        januari = lees_maand(f"{int(een)}-01")
        som = np.zeros(len(wie), dtype=np.int64)
        for maand in range(januari, januari + 12):
            bron = min(maand, p)
            heel = _norm_na_verlaging(zaken, parameters, leeftijden, wie, bron)
            som += bijstandsnorm(
                heel, _dagen_recht(zaken, wie, maand), dagen_in(maand), beleid.op(bron).deelmaand == "dertig"
            )
        uit[deze] = som[plek]
    return uit


def _norm_na_verlaging(
    zaken: Dossiers, parameters: Parameters, leeftijden: Leeftijden, wie: Getallen, maand: int
) -> Getallen:
    situatie = Situaties.van_dossiers(zaken).in_maand(maand, len(zaken.huishoudens["begin"]))
    mee = telt_mee(zaken, situatie, maand)
    sleutel = Normsleutels(zaken, leeftijden).in_maand(situatie, mee, eerste_dag(maand), maand)
    sleutels, klasse = np.unique(sleutel[wie], return_inverse=True)
    graaf = NORM.op(maand)
    waarden = {naam: een.waarde for naam, een in parameters.voor_maand(maand, graaf.parameters).items()}
    norm = np.broadcast_to(graaf.reken(norminvoer(sleutels) | waarden)["norm"], sleutels.shape)
    return np.asarray(norm_na_verlaging(norm[klasse], situatie.verlaging(wie)))


def _dagen_recht(zaken: Dossiers, wie: Getallen, maand: int) -> Getallen:
    begin, eind = zaken.huishoudens["begin"][wie], zaken.huishoudens["eind"][wie]
    dagen = np.minimum(laatste_dag(maand), eind) - np.maximum(eerste_dag(maand), begin) + 1
    return np.asarray(np.maximum(dagen, 0))
