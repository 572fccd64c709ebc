"""The settlement of all households for the payment month: what, how much, and from which month (rules S2–S13)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from verrekening.berekening.aflossen import Aflossingen, verdeel_aflossing
from verrekening.berekening.bereik import Bereik
from verrekening.berekening.gegevens import Zaakgegevens
from verrekening.berekening.maanden import Maanduitkomst
from verrekening.berekening.signalen import Verzamelaar, euro_tekst, vul
from verrekening.berekening.spoor import Spoor
from verrekening.berekening.voorlopig import Voorlopig
from verrekening.fouten import IdentiteitFout
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import laatste_dag, lees_maand, maand_van
from verrekening.motor.graaf import Graaf, Niveau
from verrekening.motor.tabellen import som_per
from verrekening.regels import BETAALMAAND, RECHTMAAND, VERDELING, bestaansminimum

NA_EINDE = 3
"""Months after the end of the assistance within which the reserve is paid (Pw art. 45 lid 1)."""

BUFFERBUDGET_VANAF = lees_maand("2027-01")
"""First month with a bufferbudget (Pw art. 34b)."""


@dataclass(frozen=True)
class Betalinguitkomst:
    """The settlement.

    Attributes:
        rechtmaand: the level `rechtmaand`.
        verdeling: [T−1, H] verrekend, nabetaald and open_bedrag per month R.
        lijnen: the same and the rest of the level `verdeling`, per row of ``rechtmaand``.
        betaling: [H] columns of the level `betaalmaand`.
        aflossingen: the applied instalment per claim.
        stop: [H] households with a signal of weight stop.
    """

    rechtmaand: Rechtmaanden
    verdeling: dict[str, Getallen]
    lijnen: dict[str, Getallen]
    betaling: dict[str, Any]
    aflossingen: Aflossingen
    stop: Masker


_NUL_ZONDER_VERSCHIL = frozenset(
    {
        "verschil", "te_verrekenen", "te_verrekenen_binnen", "te_verrekenen_buiten", "geen_middelen", "te_weinig",
        "vereffend", "signaal_BETALING_ONBEKEND", "signaal_BETALING_WIJKT_AF", "signaal_GEEN_MIDDELEN",
        "signaal_BUITEN_TERMIJN", "signaal_RESERVERING_GEWIJZIGD",
    }
)  # fmt: skip
"""Columns of the level `rechtmaand` that are 0 in a month in which what was paid is what is due."""


@dataclass(frozen=True)
class Rechtmaanden:
    """The level `rechtmaand`: one row per month R in which what was paid is not exactly what is due.

    A month in which it is has no difference, and nothing to settle. With a trace every month has a row.

    Attributes:
        rij, huishouden: row of the month and the household of each row, in order of month.
        kolommen: columns of the level.
        vorm: (T−1, H).
        vast: [T−1, H] columns that are not 0 in a month without a row.
    """

    rij: Getallen
    huishouden: Getallen
    kolommen: dict[str, Any]
    vorm: tuple[int, int]
    vast: dict[str, Any]

    def __getitem__(self, naam: str) -> Any:
        """[T−1, H] column of the level; 0 in a month that is not R."""
        kolom = np.asarray(self.kolommen[naam])
        if naam in self.vast:
            uit = self.vast[naam].copy()
        elif naam in _NUL_ZONDER_VERSCHIL:
            uit = np.zeros(self.vorm, dtype=kolom.dtype)
        else:
            raise KeyError(f"{naam} is niet bekend van maanden zonder verschil")
        uit[self.rij, self.huishouden] = kolom
        return uit

    def matrix(self, kolom: Getallen) -> Getallen:
        """[T−1, H] of a column of the rows, 0 in a month without a row."""
        uit = np.zeros(self.vorm, dtype=np.int64)
        uit[self.rij, self.huishouden] = kolom
        return uit

    def som(self, naam: str) -> Getallen:
        """[H] sum over the months."""
        return som_per(self.huishouden, self.kolommen[naam], self.vorm[1])

    def in_maand(self, rij: int) -> slice:
        """The rows of one month."""
        begin, eind = np.searchsorted(self.rij, [rij, rij + 1])
        return slice(int(begin), int(eind))


def reken_rechtmaanden(
    gegevens: Zaakgegevens, maanden: Maanduitkomst, ontvangst: Getallen, spoor: Spoor
) -> Rechtmaanden:
    """Difference and what may be settled, for every month R of every household at once."""
    b = gegevens.bereik
    is_r, verschuldigd = b.is_r[:-1], maanden.kolommen["verschuldigd"][:-1]
    saldo = np.where(b.is_geboekt, b.geboekt, b.besloten)[:-1]
    saldo = saldo - b.eerder_verrekend[:-1] + b.eerder_nabetaald[:-1] - b.teruggevorderd[:-1]
    twee = b.is_geboekt & b.is_besloten & (b.geboekt != b.besloten)
    bekend = (b.is_geboekt | b.is_besloten) & ~twee & (b.geboekt >= 0)
    bezig = is_r & ((saldo != verschuldigd) | ~bekend[:-1])
    cel = np.arange(is_r.size) if spoor.aan else np.flatnonzero(bezig)
    rij, wie = np.divmod(cel, is_r.shape[1])
    telt = is_r.ravel().take(cel)

    def van_r(matrix: Getallen) -> Getallen:
        # A month that is not R has no booking and no difference here.
        return matrix.ravel().take(cel) * telt

    over_norm = np.array(
        [gegevens.beleid.op(int(maand)).reservering_grondslag == "norm_min_inkomen_met_vt" for maand in b.maanden],
        dtype=bool,
    )
    invoer = {
        "geboekt": van_r(b.geboekt),
        "geboekt_bekend": b.is_geboekt[rij, wie] | ~telt,
        "besloten": van_r(b.besloten),
        "besloten_te_betalen": van_r(b.besloten_te_betalen),
        "besloten_bekend": b.is_besloten[rij, wie] & telt,
        "maatregel_toegepast": van_r(maanden.kolommen["maatregel_toegepast"]),
        "reservering": van_r(maanden.kolommen["reservering"]),
        "reserveert_over_norm": over_norm[rij],
        "uitbetaling_reserve": b.uitbetaling_reserve[rij],
        "eerder_verrekend": van_r(b.eerder_verrekend),
        "eerder_nabetaald": van_r(b.eerder_nabetaald),
        "teruggevorderd": van_r(b.teruggevorderd),
        "vereffend": np.zeros(len(rij), dtype=np.int64),
        "verschuldigd": van_r(maanden.kolommen["verschuldigd"]),
        "zonder_inkomen": van_r(maanden.kolommen["zonder_inkomen"]),
        "ontvangstmaand": ontvangst[rij, wie],
        "betaalmaand": b.betaalmaand,
    }
    graaf = RECHTMAAND.op(b.betaalmaand)
    waarden = gegevens.parameters.voor_maand(b.betaalmaand, graaf.parameters)
    invoer |= {naam: waarde.waarde for naam, waarde in waarden.items()}
    vast = {
        "betaald": np.where(is_r, verschuldigd, 0),
        "betaling_bekend": np.ones(is_r.shape, dtype=bool),
        "teruggevorderd": np.where(is_r, b.teruggevorderd[:-1], 0),
        "ontvangstmaand": ontvangst[:-1],
    }
    recht = Rechtmaanden(rij, wie, graaf.reken(invoer), is_r.shape, vast)
    te_vereffenen = gegevens.bufferbudget.vereffening
    if te_vereffenen.any():
        # What means caused must be known before the college's decisions can be spread over it, oldest month first.
        vereffend = bestaansminimum.vereffen(te_vereffenen, recht["te_verrekenen"])[rij, wie]
        recht = replace(recht, kolommen=graaf.reken(invoer | {"vereffend": vereffend}))
    for maandrij in range(len(b.maanden) - 1) if spoor.aan else ():
        deze = recht.in_maand(maandrij)
        spoor.bewaar(RECHTMAAND.naam, int(b.maanden[maandrij]), graaf, _deel(recht.kolommen, deze), wie[deze], waarden)
    return recht


def noteer_verrekening(gegevens: Zaakgegevens, recht: Rechtmaanden, voorlopig: Voorlopig) -> None:
    """The provisional parameters of the months R: own values of a municipality (rule P3)."""
    b = gegevens.bereik
    graaf, namen = _voorlopige(gegevens, RECHTMAAND)
    for maandrij in range(len(b.maanden) - 1) if namen else ():
        # What is read of a month without a difference counts too: the whole month.
        kolommen = {
            grondslag: recht[grondslag][maandrij]
            for regel in graaf.regels
            for parameter, grondslag in regel.grondslag
            if parameter in namen
        }
        alle = np.arange(b.is_r.shape[1])
        voorlopig.noteer(graaf, kolommen, namen, maandrij, alle, alle, len(alle))


def noteer_betaling(gegevens: Zaakgegevens, betaling: dict[str, Any], voorlopig: Voorlopig) -> None:
    """The provisional parameters of the payment (rule P3)."""
    graaf, namen = _voorlopige(gegevens, BETAALMAAND)
    if namen:
        alle = np.arange(gegevens.bereik.is_r.shape[1])
        voorlopig.noteer(graaf, betaling, namen, len(gegevens.bereik.maanden) - 1, alle, alle, len(alle))


def _voorlopige(gegevens: Zaakgegevens, niveau: Niveau) -> tuple[Graaf, frozenset[str]]:
    graaf = niveau.op(gegevens.bereik.betaalmaand)
    waarden = gegevens.parameters.voor_maand(gegevens.bereik.betaalmaand, graaf.parameters)
    return graaf, frozenset(naam for naam, waarde in waarden.items() if waarde.status == "voorlopig")


def meld_rechtmaanden(b: Bereik, recht: Rechtmaanden, signalen: Verzamelaar) -> None:
    """Signals about what was booked and what can't be settled."""
    for code, bedrag in (
        ("BETALING_ONBEKEND", None),
        ("BETALING_WIJKT_AF", None),
        ("RESERVERING_GEWIJZIGD", None),
        ("GEEN_MIDDELEN", "geen_middelen"),
        ("BUITEN_TERMIJN", "te_verrekenen_buiten"),
    ):
        raak = np.flatnonzero(recht.kolommen[f"signaal_{code}"])
        signalen.meld(
            code,
            recht.huishouden[raak],
            b.maanden[recht.rij[raak]],
            bedrag=None if bedrag is None else recht.kolommen[bedrag][raak],
        )
    signalen.meld("BETALING_ONBEKEND", np.flatnonzero(b.zonder_betaling), b.betaalmaand)


def reken_betaling(
    gegevens: Zaakgegevens,
    maanden: Maanduitkomst,
    recht: Rechtmaanden,
    besteedbaar: Getallen,
    beschermd_minimum: Any,
    stop: Masker,
    signalen: Verzamelaar,
    spoor: Spoor,
) -> Betalinguitkomst:
    """How much is settled, paid back and paid, and over which months, oldest first."""
    b, zaken = gegevens.bereik, gegevens.zaken
    aantal = b.is_r.shape[1]
    deze = zaken.aflossingen["maand"] == b.betaalmaand
    invoer = {
        "totaal_te_verrekenen_binnen": recht.som("te_verrekenen_binnen"),
        "totaal_te_weinig": recht.som("te_weinig"),
        "stop": stop,
        "uitgesloten": zaken.huishoudens["uitgesloten"] != "",
        "besteedbaar": besteedbaar,
        "beschermd_minimum": beschermd_minimum,
        "bijstandsnorm": maanden.kolommen["bijstandsnorm"][-1],
        "reservering": maanden.kolommen["reservering"][-1],
        "verschuldigd": maanden.kolommen["verschuldigd"][-1],
        "aflossing_gegeven": som_per(zaken.aflossingen["huishouden"][deze], zaken.aflossingen["bedrag"][deze], aantal),
        "bufferbudget": gegevens.bufferbudget.betaling,
        "bufferbudget_gebruikt": gegevens.bufferbudget.gebruikt,
        "loopt": b.dagen_recht[-1] > 0,
    }
    graaf = BETAALMAAND.op(b.betaalmaand)
    waarden = gegevens.parameters.voor_maand(b.betaalmaand, graaf.parameters)
    betaling = graaf.reken(invoer | {naam: waarde.waarde for naam, waarde in waarden.items()})
    spoor.bewaar(BETAALMAAND.naam, b.betaalmaand, graaf, betaling, np.arange(aantal), waarden)
    lijnen = _verdeel(gegevens, recht, betaling, stop, spoor)
    aflossingen = verdeel_aflossing(zaken.aflossingen, b.betaalmaand, betaling["aflossing"], spoor)
    verdeling = {naam: recht.matrix(lijnen[naam]) for naam in ("verrekend", "nabetaald", "open_bedrag")}
    uitkomst = Betalinguitkomst(recht, verdeling, lijnen, betaling, aflossingen, stop)
    _meld_betaling(gegevens, maanden, uitkomst, signalen)
    return uitkomst


def _verdeel(
    gegevens: Zaakgegevens, recht: Rechtmaanden, betaling: dict[str, Any], stop: Masker, spoor: Spoor
) -> dict[str, Getallen]:
    """Walks the months R from old to new, with what is still to be spread as state."""
    b = gegevens.bereik
    graaf = VERDELING.op(b.betaalmaand)
    # What is settled is paid in months that have a row, so that the other months need no step.
    nog = betaling["verrekend_met_nabetaling"] + betaling["verrekend_met_uitkering"]
    eindigt = gegevens.zaken.huishoudens["eind"] <= laatste_dag(b.betaalmaand)
    bewaard = (
        "verrekend",
        "nabetaald",
        "open_bedrag",
        "blijft_te_verrekenen",
        "signaal_RESTANT_BIJ_EINDE",
        "signaal_TERMIJN_LOOPT_AF",
    )
    uit = {naam: np.zeros(len(recht.rij), dtype=np.int64) for naam in bewaard}
    for maandrij in range(len(b.maanden) - 1):
        deze = recht.in_maand(maandrij)
        wie = recht.huishouden[deze]
        invoer = {
            naam: recht.kolommen[naam][deze]
            for naam in (
                "te_verrekenen_binnen",
                "te_weinig",
                "betaald",
                "verschuldigd",
                "betaling_bekend",
                "ontvangstmaand",
            )
        }
        invoer |= {
            "stop": stop[wie],
            "eindigt": eindigt[wie],
            "nog_te_verdelen": nog[wie],
            "eerste_ontvangstmaand": recht.kolommen["eerste_ontvangstmaand"],
        }
        kolommen = graaf.reken(invoer)
        nog[wie] = kolommen["nog_te_verdelen_na"]
        for naam in bewaard:
            uit[naam][deze] = kolommen[naam]
        spoor.bewaar(VERDELING.naam, int(b.maanden[maandrij]), graaf, kolommen, wie, {})
    return uit


def _meld_betaling(
    gegevens: Zaakgegevens, maanden: Maanduitkomst, uitkomst: Betalinguitkomst, signalen: Verzamelaar
) -> None:
    """Signals about what stays open and what the household has left."""
    b = gegevens.bereik
    recht, lijnen = uitkomst.rechtmaand, uitkomst.lijnen
    blijft = lijnen["blijft_te_verrekenen"]
    raak = np.flatnonzero(lijnen["signaal_TERMIJN_LOOPT_AF"])
    signalen.meld("TERMIJN_LOOPT_AF", recht.huishouden[raak], b.maanden[recht.rij[raak]], bedrag=blijft[raak])
    raak = np.flatnonzero(lijnen["signaal_RESTANT_BIJ_EINDE"])
    wie = recht.huishouden[raak]
    reserve = euro_tekst(_reserve_onbetaald(gegevens, maanden, wie))
    wat = vul("De reservering die nog niet is betaald, is {bedrag}.", len(wie), bedrag=reserve)
    signalen.meld("RESTANT_BIJ_EINDE", wie, b.maanden[recht.rij[raak]], bedrag=blijft[raak], wat=wat)
    wie = np.flatnonzero(uitkomst.betaling["signaal_ONDER_BESTAANSMINIMUM"])
    wat = _bij_tekort(b.betaalmaand, uitkomst.betaling, wie)
    signalen.meld("ONDER_BESTAANSMINIMUM", wie, b.betaalmaand, bedrag=uitkomst.betaling["tekort"][wie], wat=wat)


def _bij_tekort(betaalmaand: int, betaling: dict[str, Any], wie: Getallen) -> pa.Array:
    """What a human should know of households that have too little to live on."""
    lost_af = betaling["aflossing"][wie] > 0
    wat = pa.array(np.where(lost_af, "De aflossing moet de beslagvrije voet in acht nemen.", ""), pa.string())
    if betaalmaand < BUFFERBUDGET_VANAF:
        return wat
    ruimte = euro_tekst(betaling["bufferbudget_over"][wie])
    return vul("{wat} In het bufferbudget van dit jaar is nog {bedrag}.", len(wie), wat=wat, bedrag=ruimte)


def _reserve_onbetaald(gegevens: Zaakgegevens, maanden: Maanduitkomst, wie: Getallen) -> Getallen:
    """Reserve of these households that neither June nor the three months after the end have paid (rule A4)."""
    b = gegevens.bereik
    telt = (b.uitbetaling_reserve >= b.betaalmaand)[:, None] & (b.is_r[:, wie] | (b.maanden == b.betaalmaand)[:, None])
    som = (maanden.kolommen["reservering"][:, wie] * telt).sum(axis=0)
    return np.where(b.betaalmaand > maand_van(gegevens.zaken.huishoudens["eind"][wie]) + NA_EINDE, 0, som)


def controleer_identiteit(b: Bereik, uitkomst: Betalinguitkomst) -> None:
    """The money identity of rule S13, per household. Raises IdentiteitFout without naming a person."""
    p, lijn, r = uitkomst.betaling, uitkomst.lijnen, uitkomst.rechtmaand
    # Of a month without a row, what was paid is what is due.
    rij, wie, k = r.rij, r.huishouden, r.kolommen
    telt = b.is_r[rij, wie] & k["betaling_bekend"]
    saldo = np.where(telt, k["betaald"] - lijn["verrekend"] + lijn["nabetaald"] - k["verschuldigd"], 0)
    som = {naam: som_per(wie, lijn[naam], b.is_r.shape[1]) for naam in ("verrekend", "nabetaald")}
    eisen = {
        "verrekend": som["verrekend"] == p["verrekend_met_uitkering"] + p["verrekend_met_nabetaling"],
        "nabetaald": som["nabetaald"] == p["nabetaling"] + p["verrekend_met_nabetaling"],
        "open": np.maximum(saldo, 0) == lijn["open_bedrag"],
        "geen onderbetaling over": uitkomst.stop[wie] | (saldo >= 0),
        "te betalen": p["te_betalen"]
        == p["verschuldigd"] - p["verrekend_met_uitkering"] + p["nabetaling"] - p["aflossing"] + p["bufferbudget"],
        "niets verrekend bij een stop": ~uitkomst.stop | (som["verrekend"] + som["nabetaald"] == 0),
        "niets onder nul": p["te_betalen"] >= 0,
        "geen lijn onder nul": (lijn["verrekend"] >= 0) & (lijn["nabetaald"] >= 0),
    }
    for eis, klopt in eisen.items():
        if not np.all(klopt):
            raise IdentiteitFout(
                f"de geldidentiteit (regel S13, {eis}) klopt niet voor {int((~np.asarray(klopt)).sum())} huishoudens; "
                "er is niets besloten"
            )


def _deel(kolommen: dict[str, Any], rijen: slice) -> dict[str, Any]:
    """Some rows of columns; what is no column stays as it is."""
    return {naam: kolom[rijen] if isinstance(kolom, np.ndarray) else kolom for naam, kolom in kolommen.items()}
