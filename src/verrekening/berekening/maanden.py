"""The month loop: every month R in order, then P, each with the rules of that month and named state.

State carried from month to month: the months in which onderdeel n was used, per person (rule W4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from verrekening.beleid import Beleid
from verrekening.berekening.bereik import Bereik
from verrekening.berekening.bufferbudget import Bufferbudget
from verrekening.berekening.giften import Giften
from verrekening.berekening.inkomen import Inkomen
from verrekening.berekening.normen import Maandnorm
from verrekening.berekening.overig import Overig
from verrekening.berekening.persoonsmaand import Stand, beginstand, persoon_invoer
from verrekening.berekening.samenstelling import (
    Leeftijden,
    Situatie,
    dagen_van,
    leeftijd_bereikt,
    met_leeftijden,
    normgroep,
    norminvoer,
)
from verrekening.berekening.signalen import Verzamelaar
from verrekening.berekening.spoor import Spoor
from verrekening.berekening.voorlopig import Voorlopig
from verrekening.dossier import Dossiers
from verrekening.kolommen import Getallen, Masker, op_volgorde
from verrekening.motor.graaf import Niveau
from verrekening.motor.tabellen import eerste_van_gelijke, groepen, som_per
from verrekening.parameters import Parameters
from verrekening.regels import GIFT, HUISHOUDEN_MAAND, NORM, PERSOON_MAAND, PERSOON_MAAND_NA
from verrekening.regels.bijstand import bijstandsnorm, norm_na_verlaging
from verrekening.regels.invoer import VRIJLATING
from verrekening.regels.vakantiegeld import AANSPRAKEN, verdeel_aanspraak

VELDEN = (
    "bijstandsnorm",
    "netto_arbeid",
    "netto_uitkeringen",
    "aanspraak_totaal",
    "vrijlating",
    "overige_inkomsten",
    "partner_telt",
    "giften_meegeteld",
    "besteedbaar_zonder_arbeid",
    "inkomen",
    "bijstand",
    "reservering",
    "netto_uitkering",
    "maatregel_toegepast",
    "verschuldigd",
    "zonder_inkomen",
)
"""Columns of the level `huishouden_maand` that are kept for every month."""


@dataclass(frozen=True)
class Zaakgegevens:
    """Everything the month loop reads, prepared once.

    Attributes:
        zaken: the dossiers.
        bereik: months per household.
        situaties: household form per month of ``bereik.maanden``.
        telt_mee: [T, persons] who counts.
        leeftijden: ages of the persons.
        parameters: dated amounts.
        beleid: dated policy.
        overig: other income given per person and month.
        giften: gifts of the months.
        bufferbudget: decisions about the bufferbudget.
    """

    zaken: Dossiers
    bereik: Bereik
    situaties: list[Situatie]
    telt_mee: Masker
    leeftijden: Leeftijden
    parameters: Parameters
    beleid: Beleid
    overig: Overig
    giften: Giften
    bufferbudget: Bufferbudget


@dataclass(frozen=True)
class Maanduitkomst:
    """Results per month and household: [T, H] cents, and the letters of the exemption.

    ``aanspraak`` is the claim that each part of income brought (rule V4), in cents, in the order of the parts.
    """

    kolommen: dict[str, Getallen]
    onderdeel: Getallen
    aanspraak: Getallen


def reken_maanden(
    gegevens: Zaakgegevens,
    inkomen: Inkomen,
    wacht_op_loon: Masker,
    signalen: Verzamelaar,
    voorlopig: Voorlopig,
    spoor: Spoor,
) -> Maanduitkomst:
    """Computes all months of all households, in order; in ``wacht_op_loon`` [T, H] the payment waits for wages."""
    bereik = gegevens.bereik
    vorm = bereik.is_r.shape
    uitkomst = Maanduitkomst(
        {naam: np.zeros(vorm, dtype=np.int64) for naam in VELDEN},
        np.zeros(vorm, dtype=np.int64),
        np.zeros(len(inkomen), dtype=np.int64),
    )
    volgorde = op_volgorde(inkomen.maand)
    inkomen = inkomen.rijen(volgorde)
    grenzen = np.searchsorted(inkomen.maand, np.append(bereik.maanden, bereik.betaalmaand + 1))
    stand = beginstand(gegevens.zaken, _eerder_gebruikt(gegevens))
    for rij in range(len(bereik.maanden)):
        stap = _Maand(gegevens, rij, wacht_op_loon[rij], signalen, voorlopig, spoor)
        deel = slice(grenzen[rij], grenzen[rij + 1])
        uitkomst.aanspraak[volgorde[deel]] = stap.reken(inkomen.rijen(deel), stand, uitkomst)
    return uitkomst


def _eerder_gebruikt(gegevens: Zaakgegevens) -> Getallen:
    """Listed months of n before the first computed month of the household (rule W4)."""
    bereik, zaken = gegevens.bereik, gegevens.zaken
    heeft = bereik.is_r.any(axis=0)
    eerste = np.where(heeft, bereik.maanden[bereik.is_r.argmax(axis=0)], bereik.betaalmaand)
    persoon, maand = zaken.n_gebruikt["persoon"], zaken.n_gebruikt["maand"]
    _, een = groepen(persoon, maand)
    voor = een[maand[een] < eerste[zaken.personen["huishouden"][persoon[een]]]]
    return np.bincount(persoon[voor], minlength=len(zaken.personen["bsn"]))


class _Maand:
    """One step of the loop: the households that are computed in one month."""

    def __init__(
        self,
        gegevens: Zaakgegevens,
        rij: int,
        wacht_op_loon: Masker,
        signalen: Verzamelaar,
        voorlopig: Voorlopig,
        spoor: Spoor,
    ) -> None:
        self.wacht_op_loon = wacht_op_loon
        self.g, self.rij, self.signalen, self.voorlopig, self.spoor = gegevens, rij, signalen, voorlopig, spoor
        bereik = gegevens.bereik
        self.maand = int(bereik.maanden[rij])
        laatste = rij == len(bereik.maanden) - 1
        self.actief = ~bereik.begint_na if laatste else bereik.is_r[rij]
        self.huishoudens = np.flatnonzero(self.actief)
        self.situatie = gegevens.situaties[rij]
        self.beleid = gegevens.beleid.op(self.maand)
        self.eerste, self.laatste = dagen_van(self.maand)

    def reken(self, inkomen: Inkomen, stand: Stand, uitkomst: Maanduitkomst) -> Getallen:
        """Runs the levels of the month in order and stores what is kept; returns the claim per part of income."""
        if len(self.huishoudens) == 0:
            return np.zeros(len(inkomen), dtype=np.int64)
        norm, sleutel = self._norm()
        self._kies_rijen(inkomen, norm)
        persoon = self._persoon(inkomen, norminvoer(sleutel[self.rijen]), stand)
        huishouden = self._huishouden(norm, persoon)
        na = self._na(persoon, huishouden)
        for naam, toestand in VRIJLATING.items():
            stand[naam][self.personen] = na[toestand.na]
        for naam, matrix in uitkomst.kolommen.items():
            rij = matrix[self.rij]
            if len(self.huishoudens) == len(rij):
                np.take(huishouden[naam], self.plek, out=rij)
            else:
                rij[self.huishoudens] = huishouden[naam][self.plek]
        uitkomst.onderdeel[self.rij, self.rijen] = self._onderdeel(na)
        self._meld(huishouden, na)
        return self._aanspraak(inkomen, persoon)

    def _kies_rijen(self, inkomen: Inkomen, norm: Maandnorm) -> None:
        """Which households and persons are computed one by one, and which household stands for many.

        A household in which nothing happens in a month (no income, gift, reduction, measure or wait, right on all its
        days) differs from another only in its norm: one of each norm is computed. A person without income has no
        claim and no exemption. With a trace everybody is computed, so that everybody can be explained.
        """
        g, wie = self.g, self.g.zaken.personen["huishouden"]
        meetellend = g.telt_mee[self.rij] & self.actief[wie]
        bezig = np.full(len(self.actief), self.spoor.aan)
        if self.spoor.aan:
            self.personen = np.flatnonzero(meetellend)
        else:
            met_inkomen = np.zeros(len(wie), dtype=bool)
            met_inkomen[inkomen.persoon] = True
            met_inkomen[g.overig.persoon[g.overig.maand == self.maand]] = True
            self.personen = np.flatnonzero(met_inkomen & meetellend)
            bezig[wie[self.personen]] = True
            bezig[g.giften.huishouden[g.giften.maand == self.maand]] = True
            bezig[norm.anders] = True
            bezig |= (
                self.wacht_op_loon
                | (g.bereik.maatregel[self.rij] != 0)
                | (g.bereik.dagen_recht[self.rij] != self.laatste - self.eerste + 1)
            )
            bezig[self.huishoudens[self.situatie.verlaging(self.huishoudens) != 0]] = True
        bezig &= self.actief
        zelf = np.flatnonzero(bezig)
        stil = ~bezig[self.huishoudens]
        # The last household of each norm that is written stays: any of them will do.
        vertegenwoordiger = np.full(len(norm.norm), -1, dtype=np.int64)
        vertegenwoordiger[norm.klasse[stil]] = self.huishoudens[stil]
        komt_voor = np.flatnonzero(vertegenwoordiger >= 0)
        self.rijen = np.concatenate([zelf, vertegenwoordiger[komt_voor]])
        rij_van_klasse = np.zeros(len(norm.norm), dtype=np.int64)
        rij_van_klasse[komt_voor] = np.arange(len(zelf), len(self.rijen))
        self.plaats = np.full(len(self.actief), -1, dtype=np.int64)
        self.plaats[zelf] = np.arange(len(zelf))
        self.plek = np.where(stil, rij_van_klasse[norm.klasse], self.plaats[self.huishoudens])
        self.van_persoon = self.plaats[wie[self.personen]]
        self.klasse = norm.klasse_van(self.huishoudens, self.rijen)

    def _reken(
        self,
        niveau: Niveau,
        invoer: dict[str, Any],
        rijen: Getallen,
        huishoudens: Getallen,
        plek: Getallen | None = None,
    ) -> dict[str, Any]:
        """Runs a level.

        Args:
            niveau, invoer: the level and its inputs; ``rijen`` is what its rows are, for the trace.
            huishoudens: the households to which the results belong, ``plek`` the row of each (None: its own).
        """
        plek = np.arange(len(rijen)) if plek is None else plek
        graaf = niveau.op(self.maand)
        waarden = self.g.parameters.voor_maand(self.maand, graaf.parameters)
        kolommen = graaf.reken(invoer | {naam: waarde.waarde for naam, waarde in waarden.items()})
        provisioneel = frozenset(naam for naam, waarde in waarden.items() if waarde.status == "voorlopig")
        if provisioneel and niveau is NORM:
            # Months without assistance have no norm to choose.
            met_norm = self.g.bereik.dagen_recht[self.rij, huishoudens] > 0
            self.voorlopig.noteer_norm(
                graaf,
                kolommen,
                provisioneel,
                self.rij,
                huishoudens[met_norm],
                plek[met_norm],
                len(rijen),
                self.g.parameters,
            )
        elif provisioneel:
            self.voorlopig.noteer(graaf, kolommen, provisioneel, self.rij, huishoudens, plek, len(rijen))
        self.spoor.bewaar(niveau.naam, self.maand, graaf, kolommen, rijen, waarden)
        return kolommen

    def _norm(self) -> tuple[Maandnorm, Getallen]:
        """The norm of every class of households, and the key of all households."""
        g, mee = self.g, self.g.telt_mee[self.rij]
        groep = normgroep(g.zaken, self.situatie, mee, g.leeftijden, self.eerste, self.maand)
        # With a trace every household is a class of its own, so that each of them can be explained.
        alle = self.huishoudens
        uniek, klasse = (groep.sleutel[alle], np.arange(len(alle))) if self.spoor.aan else groep.klassen(alle)
        uit = self._reken(NORM, dict(norminvoer(uniek)), alle if self.spoor.aan else uniek, alle, klasse)
        jarig = leeftijd_bereikt(mee, g.leeftijden, self.eerste, self.laatste)
        anders = np.unique(g.zaken.personen["huishouden"][jarig])
        anders = anders[self.actief[anders]]
        later = met_leeftijden(groep.sleutel, g.zaken, jarig, g.leeftijden, self.laatste).sleutel[anders]
        return Maandnorm.van(uit, klasse, anders, later, self.maand, g.parameters), groep.sleutel

    def _giften(self) -> Getallen:
        """Gifts that count per household, and who must be judged."""
        giften = self.g.giften.in_maand(self.maand)
        aantal = len(self.rijen)
        if len(giften.rij) == 0:
            return np.zeros(aantal, dtype=np.int64)
        invoer = {
            "bedrag": giften.bedrag,
            "eerder_dit_jaar": giften.eerder_dit_jaar,
            "vrij_volgens_beleid": giften.vrij,
            "besluit_vrijgelaten": giften.vrijgelaten,
            "besluit_meetellen": giften.meetellen,
            "telt_zonder_besluit": giften.telt_zonder_besluit,
            "in_betaalmaand": self.maand == self.g.bereik.betaalmaand,
        }
        uit = self._reken(GIFT, invoer, giften.rij, giften.huishouden)
        # One signal per household, or per person with a limit of his own: what stands above it this month.
        over = np.flatnonzero(uit["signaal_GIFT_BOVEN_GRENS"])
        groep, een = groepen(giften.huishouden[over], giften.eenheid[over])
        self.signalen.meld(
            "GIFT_BOVEN_GRENS",
            giften.huishouden[over[een]],
            self.maand,
            bedrag=som_per(groep, uit["boven_grens"][over], len(een)),
            oorzaak=giften.eenheid[over[een]],
        )
        return som_per(self.plaats[giften.huishouden], uit["gift_meegeteld"], aantal)

    def _persoon(self, inkomen: Inkomen, groep: dict[str, Any], stand: Stand) -> dict[str, Any]:
        """Income, claim and exemption per person."""
        g = self.g
        invoer = persoon_invoer(
            g.zaken, self.situatie, g.leeftijden, self.beleid, inkomen, g.overig, groep, stand,
            self.personen, self.van_persoon, self.maand,
        )  # fmt: skip
        return self._reken(PERSOON_MAAND, invoer, self.personen, self.rijen[self.van_persoon])

    def _aanspraak(self, inkomen: Inkomen, persoon: dict[str, Any]) -> Getallen:
        """The claims of the month, back to the parts of income that brought them (rule V4)."""
        plek = np.full(len(self.g.zaken.personen["bsn"]), -1, dtype=np.int64)
        plek[self.personen] = np.arange(len(self.personen))
        wie = plek[inkomen.persoon]
        aow = np.broadcast_to(persoon["aow_leeftijd"], self.personen.shape)
        kolommen = [sum(np.broadcast_to(persoon[naam], self.personen.shape) for naam in namen) for namen in AANSPRAKEN]
        return verdeel_aanspraak(np.stack(kolommen), wie, aow[wie], inkomen.categorie, inkomen.bedrag)

    def _huishouden(self, norm: Maandnorm, persoon: dict[str, Any]) -> dict[str, Any]:
        """Sums over the persons, norm of the month, income, assistance, reserve."""
        aantal = len(self.rijen)
        recht = persoon["rechthebbend"]
        met, zonder = np.flatnonzero(recht), np.flatnonzero(~recht)

        def som(*namen: str, wie: Getallen = met) -> Getallen:
            uit = np.zeros(aantal, dtype=np.int64)
            for naam in namen if len(wie) else ():
                np.add.at(uit, self.van_persoon[wie], np.broadcast_to(persoon[naam], recht.shape)[wie])
            return uit

        verlaging = self.situatie.verlaging(self.rijen)
        deel = {
            "dagen_recht": self.g.bereik.dagen_recht[self.rij, self.rijen],
            "dagen_maand": self.laatste - self.eerste + 1,
            "deelmaand_dertig": self.beleid.deelmaand == "dertig",
        }
        gehuwd = norm_na_verlaging(norm.gehuwdennorm[self.klasse], verlaging)
        eigen_norm = norm.norm[self.klasse]
        na_verjaardag = eigen_norm.copy()
        na_verjaardag[self.plaats[norm.anders]] = norm.na_verjaardag
        invoer = deel | {
            "norm": eigen_norm,
            "norm_na_verjaardag": na_verjaardag,
            "gehuwdennorm_maand": bijstandsnorm(gehuwd, **deel),
            "verlaging": verlaging,
            "netto_arbeid": som("arbeid"),
            "netto_uitkeringen": som("uitkeringen"),
            "vakantietoeslag_aanspraak": som("aanspraak"),
            "vakantietoeslag_overig": som("aanspraak_overig"),
            "overig_eigen": som("overig"),
            "giften_meegeteld": self._giften(),
            "partner_arbeid": som("arbeid", wie=zonder),
            "partner_uitkeringen": som("uitkeringen", wie=zonder),
            "partner_overig": som("overig", wie=zonder),
            "partner_aanspraak": som("aanspraak", "aanspraak_overig", wie=zonder),
            "vrijlating_voor_toets": som("vrijlating_persoon"),
            "wacht_op_loon": self.wacht_op_loon[self.rijen],
            "maatregel_gegeven": self.g.bereik.maatregel[self.rij, self.rijen],
            "inkomen_met_aanspraak": som("ink_met_aanspraak"),
            "vrijlating_met_aanspraak": som("vrijlating_deel_aanspraak"),
            "reserveert_over_norm": self.beleid.reservering_grondslag == "norm_min_inkomen_met_vt",
            "netto_eerst": self.beleid.reservering_afronding == "netto_eerst",
        }
        return self._reken(HUISHOUDEN_MAAND, invoer, self.rijen, self.huishoudens, self.plek)

    def _na(self, persoon: dict[str, Any], huishouden: dict[str, Any]) -> dict[str, Any]:
        """What the exemption becomes once the household is known, and the state after the month."""
        invoer = {
            naam: persoon[naam] for naam in ("vrijlating_persoon", "onderdeel", "te_beoordelen", "maand", *VRIJLATING)
        }
        invoer |= {naam: huishouden[naam][self.van_persoon] for naam in ("vrijlating_vervalt", "bijstand")}
        return self._reken(PERSOON_MAAND_NA, invoer, self.personen, self.rijen[self.van_persoon])

    def _onderdeel(self, na: dict[str, Any]) -> Getallen:
        """Letters of the persons with an exemption, in list order, packed per household."""
        code = np.broadcast_to(na["onderdeel_na"], self.van_persoon.shape)
        met = np.flatnonzero(code)
        huishouden = self.van_persoon[met]
        volgnummer = np.arange(len(met)) - eerste_van_gelijke(huishouden)
        return som_per(huishouden, code[met] * 16**volgnummer, len(self.rijen))

    def _meld(self, huishouden: dict[str, Any], na: dict[str, Any]) -> None:
        for code in ("INKOMEN_BOVEN_NORM", "NORMWIJZIGING_IN_MAAND", "WACHT_OP_LOONGEGEVENS"):
            raak = huishouden[f"signaal_{code}"]
            if np.any(raak):
                self.signalen.meld(code, self.huishoudens[raak[self.plek]], self.maand)
        beoordelen = na["signaal_VRIJLATING_BEOORDELEN"]
        self.signalen.meld(
            "VRIJLATING_BEOORDELEN",
            self.rijen[self.van_persoon[beoordelen]],
            self.maand,
            oorzaak=self.personen[beoordelen],
        )
