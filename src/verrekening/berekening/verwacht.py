"""Income that stands in for records that are not (all) there: the last known month (A5), and estimates (S4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.beleid import Beleid
from verrekening.berekening.bereik import Bereik
from verrekening.berekening.inkomen import DOORGETROKKEN, GESCHAT, Inkomen, categorie_van
from verrekening.berekening.opgaven import Opgaven, beleid_per_rij
from verrekening.berekening.verhoudingen import Verhoudingen
from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen, Masker, op_volgorde
from verrekening.maand import OPEN, eerste_dag, laatste_dag
from verrekening.motor.tabellen import groepen, herhaal, koppel, som_per
from verrekening.regels import toerekening
from verrekening.regels.toerekening import DERTIEN_TWAALFDE, DERTIG_ACHTENTWINTIGSTE, WERKDAGEN, WIJZEN, Delen


@dataclass(frozen=True)
class Schattingen:
    """Given estimates of wages, one row each.

    Attributes:
        persoon, maand: of the estimate.
        inkomen: the estimates as income.
        geldt: in force in its month: the method is `schatten` and the records of the month are not complete.
    """

    persoon: Getallen
    maand: Getallen
    inkomen: Inkomen
    geldt: Masker


def verzamel_schattingen(
    zaken: Dossiers, opgaven: Opgaven, verhoudingen: Verhoudingen, beleid: Beleid, bereik: Bereik
) -> Schattingen:
    """The estimates for the months that are computed, with the table of the latest wage record (none: art. 13)."""
    tabel = zaken.schattingen
    rijen = np.flatnonzero((tabel["maand"] >= int(bereik.maanden[0])) & (tabel["maand"] <= bereik.betaalmaand))
    persoon, maand = tabel["persoon"][rijen], tabel["maand"][rijen]
    # Most municipalities have no estimates: then no wage record needs to be the latest.
    korting = _korting_van_laatste_loon(opgaven, len(zaken.personen["bsn"]))[persoon] if len(rijen) else rijen == 0
    nergens = np.full(len(rijen), -1, dtype=np.int64)
    inkomen = Inkomen(
        persoon=persoon,
        maand=maand,
        categorie=np.where(tabel["vakantietoeslag"][rijen], np.where(korting, 0, 1), 2),
        bedrag=tabel["bedrag"][rijen],
        datum=laatste_dag(maand),
        opgave=nergens,
        bron_maand=nergens,
        lhnr=nergens,
        numiv=nergens,
        ikv=nergens,
        opgebouwd=np.zeros(len(rijen), dtype=np.int64),
        soort=np.full(len(rijen), GESCHAT, dtype=np.int64),
    )
    schat = beleid_per_rij(beleid, maand, lambda op: op.methode == "schatten")
    return Schattingen(persoon, maand, inkomen, schat & ~_loon_compleet(persoon, maand, verhoudingen))


def _korting_van_laatste_loon(opgaven: Opgaven, aantal: int) -> Masker:
    """Per person whether the tax credit is applied in the employment record whose tijdvak ends last."""
    uit = np.zeros(aantal, dtype=bool)
    werk = np.flatnonzero(opgaven.kolommen["is_werk"])
    werk = werk[op_volgorde(opgaven.tv_eind[werk])]
    # In order of time: of several assignments to one person the last one stays.
    uit[opgaven.persoon[werk]] = opgaven.kolommen["lhkort"][werk] == 1
    return uit


def _loon_compleet(persoon: Getallen, maand: Getallen, v: Verhoudingen) -> Masker:
    """Employment records touch the month of the person and cover all employment that is open in it (rule S4)."""
    rij, ikv = koppel(persoon, v.persoon)
    houd = v.arbeid[ikv]
    rij, ikv = rij[houd], ikv[houd]
    kolom = maand[rij] - int(v.maanden[0])
    geraakt, mist = np.zeros(len(persoon), dtype=bool), np.zeros(len(persoon), dtype=bool)
    geraakt[rij[v.geraakt[ikv, kolom]]] = True
    mist[rij[v.open[ikv, kolom] & ~v.gedekt[ikv, kolom]]] = True
    return np.asarray(geraakt & ~mist)


@dataclass(frozen=True)
class Wacht:
    """[ikv, months] months in which records do not count yet.

    Attributes:
        doortrekken: the last known month stands in (rule A5; wages with the method `schatten`, rule S4).
        geschat: an estimate stands in.
    """

    doortrekken: Masker
    geschat: Masker


def bepaal_wacht(v: Verhoudingen, beleid: Beleid, schattingen: Schattingen) -> Wacht:
    """For which inkomstenverhouding and month something stands in for the records."""
    geschat = np.zeros(v.open.shape, dtype=bool)
    geldt = np.flatnonzero(schattingen.geldt)
    rij, ikv = koppel(schattingen.persoon[geldt], v.persoon)
    houd = v.arbeid[ikv]
    geschat[ikv[houd], schattingen.maand[geldt[rij[houd]]] - int(v.maanden[0])] = True
    schat = beleid_per_rij(beleid, v.maanden, lambda op: op.methode == "schatten")
    soort = v.uitkering[:, None] | (v.arbeid[:, None] & schat[None, :])
    return Wacht(v.open & ~v.gedekt & soort & ~geschat, geschat)


def wacht_op_loon(v: Verhoudingen, beleid: Beleid, bereik: Bereik, telt_mee: Masker) -> Masker:
    """[T, H] the household waits for wages (policy `op_de_maand`, rule S4).

    An open employment whose records do not cover the month. A month R waits on as long as nothing was paid over it:
    it is paid in the run that knows its wage.
    """
    uit = np.zeros(bereik.is_r.shape, dtype=bool)
    op_de_maand = beleid_per_rij(beleid, bereik.maanden, lambda op: op.methode == "op_de_maand")
    if not op_de_maand.any():
        return uit
    kolommen = bereik.maanden - int(v.maanden[0])
    mist = (v.open & ~v.gedekt & v.arbeid[:, None])[:, kolommen] & op_de_maand[None, :]
    ikv, rij = np.nonzero(mist & telt_mee[:, v.persoon].T)
    uit[rij, v.huishouden[ikv]] = True
    in_maand = np.where(bereik.is_geboekt, bereik.geboekt, bereik.besloten)
    saldo = in_maand - bereik.eerder_verrekend + bereik.eerder_nabetaald - bereik.teruggevorderd
    onbetaald = bereik.is_r & (bereik.is_geboekt | bereik.is_besloten) & (saldo == 0)
    onbetaald[-1] = True
    return np.asarray(uit & onbetaald & (bereik.dagen_recht > 0))


@dataclass(frozen=True)
class Doortrekker:
    """Carries the last known month of an inkomstenverhouding on to a month without (full) records."""

    verhoudingen: Verhoudingen
    gedekt: Masker
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
        gedekt: Masker,
        nodig: Masker,
        recht_begin: Getallen,
        recht_eind: Getallen,
    ) -> Doortrekker:
        """Prepares the amounts per inkomstenverhouding, month and category of the records that count.

        ``nodig`` are the inkomstenverhoudingen that may be carried on; most are not.
        """
        maanden = verhoudingen.maanden
        van_opgave = telt & ~opgaven.kolommen["nooit_inkomen"] & nodig.take(opgaven.ikv)
        in_raster = (delen.maand >= maanden[0]) & (delen.maand <= maanden[-1])
        rij = np.flatnonzero(van_opgave.take(delen.ouder) & in_raster)
        ouder = delen.ouder.take(rij)
        sleutel = opgaven.ikv.take(ouder) * len(maanden) + delen.maand.take(rij) - int(maanden[0])
        categorie = categorie_van(opgaven).take(ouder)
        groep, een = groepen(sleutel, categorie)
        return cls(
            verhoudingen,
            gedekt,
            sleutel[een],
            categorie[een],
            som_per(groep, delen.bedrag.take(rij), len(een)),
            recht_begin,
            recht_eind,
        )

    def trek_door(self, ikv: Getallen, maand: Getallen, wijze: str, *, heel: bool = False) -> Inkomen:
        """The last known month of these inkomstenverhoudingen as income of a month (none known: nothing).

        Args:
            ikv: rows of the inkomstenverhoudingen.
            maand: for each the month carried to.
            wijze: `beleid.toerekening` of those months.
            heel: the whole month; else only the part over days of assistance (rule T3).
        """
        v = self.verhoudingen
        bron = toerekening.laatst_bekende_maand(self.gedekt[ikv])[np.arange(len(ikv)), maand - int(v.maanden[0])]
        bekend = np.flatnonzero(bron >= 0)
        ikv, bron, maand = ikv[bekend], bron[bekend], maand[bekend]
        sleutel = ikv * len(v.maanden) + bron
        begin, eind = (
            np.searchsorted(self.sleutel, sleutel, "left"),
            np.searchsorted(self.sleutel, sleutel, "right"),
        )
        ouder, plaats = herhaal(eind - begin)
        rij = begin[ouder] + plaats
        ikv, maand = ikv[ouder], maand[ouder]
        van, deel = self._naar_recht(self.bedrag[rij], v.huishouden[ikv], maand, wijze, heel=heel)
        nergens = np.full(len(van), -1, dtype=np.int64)
        return Inkomen(
            persoon=v.persoon[ikv[van]],
            maand=maand[van],
            categorie=self.categorie[rij[van]],
            bedrag=deel,
            datum=laatste_dag(maand[van]),
            opgave=nergens,
            bron_maand=v.maanden[bron[ouder[van]]],
            lhnr=v.lhnr[ikv[van]],
            numiv=v.numiv[ikv[van]],
            ikv=ikv[van],
            opgebouwd=np.zeros(len(van), dtype=np.int64),
            soort=np.full(len(van), DOORGETROKKEN, dtype=np.int64),
        )

    def _naar_recht(
        self, bedrag: Getallen, huishouden: Getallen, maand: Getallen, wijze: str, *, heel: bool
    ) -> tuple[Getallen, Getallen]:
        """Row and cents of the part of each monthly amount that lies over days of assistance (rule T3)."""
        aantal = len(bedrag)
        recht = (
            np.full(aantal, -OPEN) if heel else self.recht_begin[huishouden],
            np.full(aantal, OPEN) if heel else self.recht_eind[huishouden],
        )
        if WIJZEN.index(wijze) in (DERTIEN_TWAALFDE, DERTIG_ACHTENTWINTIGSTE):
            delen = toerekening.deel_van_maand(bedrag, maand, *recht)
        else:
            werkdagen = np.full(aantal, WIJZEN.index(wijze) == WERKDAGEN)
            delen = toerekening.verdeel_over_maanden(bedrag, eerste_dag(maand), laatste_dag(maand), *recht, werkdagen)
        return delen.ouder[delen.binnen], delen.bedrag[delen.binnen]
