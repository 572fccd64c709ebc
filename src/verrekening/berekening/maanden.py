"""The month loop: every month R in order, then P, each with the rules of that month and named state.

State carried from month to month: the months in which onderdeel n was used, per person (rule W4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from verrekening.berekening.aanspraken import Aanspraken
from verrekening.berekening.gegevens import Zaakgegevens
from verrekening.berekening.inkomen import Inkomen, Maanddelen
from verrekening.berekening.normen import Maandnorm, Normen
from verrekening.berekening.persoonsmaand import Persoonsmaanden, Stand, beginstand
from verrekening.berekening.samenstelling import dagen_van
from verrekening.berekening.signalen import Verzamelaar
from verrekening.berekening.spoor import Spoor
from verrekening.berekening.voorlopig import Voorlopig
from verrekening.kolommen import Getallen, Masker, als_getal, als_kolom, op_volgorde
from verrekening.motor.graaf import Niveau
from verrekening.motor.tabellen import eerste_van_gelijke, groepen, som_per
from verrekening.regels import GIFT, HUISHOUDEN_MAAND, PERSOON_MAAND, PERSOON_MAAND_NA
from verrekening.regels.bijstand import bijstandsnorm, norm_na_verlaging
from verrekening.regels.invoer import VRIJLATING

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
    grenzen = np.searchsorted(inkomen.maand, np.append(bereik.maanden, bereik.betaalmaand + 1), sorter=volgorde)
    delen = Maanddelen.van(inkomen, volgorde)
    stand = beginstand(gegevens.zaken, _eerder_gebruikt(gegevens))
    normen = Normen(gegevens, voorlopig, spoor)
    personen = Persoonsmaanden(gegevens.zaken, gegevens.leeftijden, gegevens.overig)
    aanspraken = Aanspraken()
    for rij in range(len(bereik.maanden)):
        stap = _Maand(gegevens, rij, wacht_op_loon[rij], signalen, voorlopig, spoor)
        deel = delen.rijen(slice(grenzen[rij], grenzen[rij + 1]))
        if len(stap.huishoudens):
            persoon = stap.reken(normen, personen, deel, stand, uitkomst)
            aanspraken.voeg_toe(deel.persoon, stap.personen, persoon, len(gegevens.zaken.personen["bsn"]))
    uitkomst.aanspraak[volgorde] = aanspraken.per_deel(delen)
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
        self.actief = bereik.wordt_berekend(rij)
        self.huishoudens = np.flatnonzero(self.actief)
        self.situatie = gegevens.situaties[rij]
        self.beleid = gegevens.beleid.op(self.maand)
        self.eerste, self.laatste = dagen_van(self.maand)

    def reken(
        self, normen: Normen, personen: Persoonsmaanden, inkomen: Maanddelen, stand: Stand, uitkomst: Maanduitkomst
    ) -> dict[str, Any]:
        """Runs the levels of the month in order and stores what is kept; returns the level `persoon_maand`."""
        norm = normen.van_maand(self.rij, self.huishoudens)
        self._kies_rijen(inkomen, norm)
        invoer = personen.invoer(self.situatie, self.beleid, inkomen, norm.sleutel, stand, self.personen, self.maand)
        persoon = self._reken(PERSOON_MAAND, invoer, self.personen, self.rijen.take(self.van_persoon))
        huishouden = self._huishouden(norm, persoon)
        na = self._na(persoon, huishouden)
        for naam, toestand in VRIJLATING.items():
            stand[naam][self.personen] = na[toestand.na]
        for naam, matrix in uitkomst.kolommen.items():
            self._bewaar(huishouden[naam], matrix[self.rij])
        uitkomst.onderdeel[self.rij, self.rijen] = self._onderdeel(na)
        self._meld(huishouden, na)
        return persoon

    def _bewaar(self, kolom: Any, doel: Getallen) -> None:
        """Puts the result of a level where it is kept: every household that is computed, at its row."""
        if not isinstance(kolom, np.ndarray):
            if kolom:
                doel[self.huishoudens] = kolom
        elif len(self.huishoudens) == len(doel):
            # All places exist; the default mode would first write to a copy.
            np.take(kolom, self.plek, out=doel, mode="clip")
        else:
            doel[self.huishoudens] = kolom.take(self.plek)

    def _kies_rijen(self, inkomen: Maanddelen, norm: Maandnorm) -> None:
        """Which households and persons are computed one by one, and which household stands for many.

        A household in which nothing happens in a month (no income, gift, reduction, measure or wait, right on all its
        days) differs from another only in its norm: one of each norm is computed. A person without income has no
        claim and no exemption. With a trace everybody is computed, so that everybody can be explained.
        """
        g, wie = self.g, self.g.zaken.personen["huishouden"]
        if self.spoor.aan:
            self.personen = np.flatnonzero(g.telt_mee[self.rij] & self.actief[wie])
            bezig = self.actief
        else:
            met_inkomen = np.zeros(len(wie), dtype=bool)
            met_inkomen[inkomen.persoon] = True
            met_inkomen[g.overig.persoon[g.overig.maand == self.maand]] = True
            met_inkomen &= g.telt_mee[self.rij]
            self.personen = np.flatnonzero(met_inkomen)
            van_personen = wie.take(self.personen)
            if not self.actief.all():
                houd = self.actief.take(van_personen)
                self.personen, van_personen = self.personen.compress(houd), van_personen.compress(houd)
            bezig = (
                self.wacht_op_loon
                | (g.bereik.maatregel[self.rij] != 0)
                | (g.bereik.dagen_recht[self.rij] != self.laatste - self.eerste + 1)
                | self.situatie.met_verlaging()
            )
            bezig[van_personen] = True
            bezig[g.giften.huishouden[g.giften.maand == self.maand]] = True
            bezig[norm.anders] = True
            bezig &= self.actief
        zelf, stil = np.flatnonzero(bezig), np.flatnonzero(self.actief & ~bezig)
        # The last household of each norm that is written stays: any of them will do.
        vertegenwoordiger = np.full(len(norm.norm), -1, dtype=np.int64)
        vertegenwoordiger[norm.klasse.take(stil)] = stil
        komt_voor = np.flatnonzero(vertegenwoordiger >= 0)
        self.rijen = np.concatenate([zelf, vertegenwoordiger.take(komt_voor)])
        rij_van_klasse = np.zeros(len(norm.norm), dtype=np.int64)
        rij_van_klasse[komt_voor] = np.arange(len(zelf), len(self.rijen))
        # The row of every household that is computed; without meaning for the others.
        self.plaats = rij_van_klasse.take(norm.klasse)
        self.plaats[zelf] = np.arange(len(zelf))
        self.plek = self.plaats if self.actief.all() else self.plaats.take(self.huishoudens)
        self.van_persoon = self.plaats.take(wie.take(self.personen))
        self.klasse = norm.klasse.take(self.rijen)

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
        graaf = niveau.op(self.maand)
        waarden = self.g.parameters.voor_maand(self.maand, graaf.parameters)
        if not self.spoor.aan:
            invoer = {naam: als_getal(kolom) for naam, kolom in invoer.items()}
        kolommen = graaf.reken(invoer | {naam: waarde.waarde for naam, waarde in waarden.items()})
        provisioneel = frozenset(naam for naam, waarde in waarden.items() if waarde.status == "voorlopig")
        if provisioneel:
            plek = np.arange(len(rijen)) if plek is None else plek
            self.voorlopig.noteer(graaf, kolommen, provisioneel, self.rij, huishoudens, plek, len(rijen))
        self.spoor.bewaar(niveau.naam, self.maand, graaf, kolommen, rijen, waarden)
        return kolommen

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
        gerekend = self._reken(GIFT, invoer, giften.rij, giften.huishouden)
        uit = {
            naam: als_kolom(gerekend[naam], len(giften.rij))
            for naam in ("signaal_GIFT_BOVEN_GRENS", "boven_grens", "gift_meegeteld")
        }
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

    def _huishouden(self, norm: Maandnorm, persoon: dict[str, Any]) -> dict[str, Any]:
        """Sums over the persons, norm of the month, income, assistance, reserve."""
        aantal = len(self.rijen)
        recht = als_kolom(persoon["rechthebbend"], len(self.personen))
        met, zonder = np.flatnonzero(recht), np.flatnonzero(~recht)

        def som(*namen: str, wie: Getallen = met) -> Any:
            kolommen = [persoon[naam] for naam in namen]
            if len(wie) == 0 or not any(isinstance(kolom, np.ndarray) or kolom for kolom in kolommen):
                return np.zeros(aantal, dtype=np.int64) if self.spoor.aan else 0
            per_persoon = als_kolom(sum(kolommen), len(recht))
            if len(wie) == len(recht):
                return som_per(self.van_persoon, per_persoon, aantal)
            return som_per(self.van_persoon.take(wie), per_persoon.take(wie), aantal)

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
        for naam in ("vrijlating_vervalt", "bijstand"):
            invoer[naam] = als_kolom(huishouden[naam], len(self.rijen)).take(self.van_persoon)
        return self._reken(PERSOON_MAAND_NA, invoer, self.personen, self.rijen[self.van_persoon])

    def _onderdeel(self, na: dict[str, Any]) -> Getallen:
        """Letters of the persons with an exemption, in list order, packed per household."""
        code = als_kolom(na["onderdeel_na"], len(self.personen))
        met = np.flatnonzero(code)
        huishouden = self.van_persoon.take(met)
        volgnummer = np.arange(len(met)) - eerste_van_gelijke(huishouden)
        return som_per(huishouden, code.take(met) << 4 * volgnummer, len(self.rijen))

    def _meld(self, huishouden: dict[str, Any], na: dict[str, Any]) -> None:
        for code in ("INKOMEN_BOVEN_NORM", "NORMWIJZIGING_IN_MAAND", "WACHT_OP_LOONGEGEVENS"):
            raak = huishouden[f"signaal_{code}"]
            if np.any(raak):
                telt = als_kolom(raak, len(self.rijen)).take(self.plek)
                self.signalen.meld(code, self.huishoudens.compress(telt), self.maand)
        beoordelen = np.flatnonzero(als_kolom(na["signaal_VRIJLATING_BEOORDELEN"], len(self.personen)))
        self.signalen.meld(
            "VRIJLATING_BEOORDELEN",
            self.rijen.take(self.van_persoon.take(beoordelen)),
            self.maand,
            oorzaak=self.personen.take(beoordelen),
        )
