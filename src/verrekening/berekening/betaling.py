"""The settlement of all households for the payment month: what, how much, and from which month (rules S2–S13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from verrekening.berekening.aflossen import Aflossingen, verdeel_aflossing
from verrekening.berekening.bereik import Bereik
from verrekening.berekening.maanden import Maanduitkomst, Zaakgegevens
from verrekening.berekening.signalen import Verzamelaar, euro_tekst, vul
from verrekening.berekening.spoor import Spoor
from verrekening.berekening.voorlopig import Voorlopig
from verrekening.fouten import IdentiteitFout
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import laatste_dag, lees_maand, maand_van
from verrekening.motor.graaf import Niveau
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
        rechtmaand: [T−1, H] columns of the level `rechtmaand`, 0 where the month is not R.
        verdeling: [T−1, H] verrekend, nabetaald and open_bedrag per month R.
        betaling: [H] columns of the level `betaalmaand`.
        aflossingen: the applied instalment per claim.
        stop: [H] households with a signal of weight stop.
    """

    rechtmaand: dict[str, Getallen]
    verdeling: dict[str, Getallen]
    betaling: dict[str, Any]
    aflossingen: Aflossingen
    stop: Masker


def reken_rechtmaanden(
    gegevens: Zaakgegevens, maanden: Maanduitkomst, ontvangst: Getallen, spoor: Spoor
) -> dict[str, Any]:
    """Difference and what may be settled, for every month R of every household at once."""
    b = gegevens.bereik
    is_r = b.is_r[:-1]

    def van_r(matrix: Getallen) -> Getallen:
        # A month that is not R has no booking and no difference here.
        return np.where(is_r, matrix[:-1], 0)

    over_norm = [
        gegevens.beleid.op(int(maand)).reservering_grondslag == "norm_min_inkomen_met_vt" for maand in b.maanden[:-1]
    ]
    invoer = {
        "geboekt": van_r(b.geboekt),
        "geboekt_bekend": b.is_geboekt[:-1] | ~is_r,
        "besloten": van_r(b.besloten),
        "besloten_te_betalen": van_r(b.besloten_te_betalen),
        "besloten_bekend": b.is_besloten[:-1] & is_r,
        "maatregel_toegepast": van_r(maanden.kolommen["maatregel_toegepast"]),
        "reservering": van_r(maanden.kolommen["reservering"]),
        "reserveert_over_norm": np.broadcast_to(np.array(over_norm, dtype=bool)[:, None], is_r.shape),
        "uitbetaling_reserve": np.broadcast_to(b.uitbetaling_reserve[:-1, None], is_r.shape),
        "eerder_verrekend": van_r(b.eerder_verrekend),
        "eerder_nabetaald": van_r(b.eerder_nabetaald),
        "teruggevorderd": van_r(b.teruggevorderd),
        "vereffend": np.zeros(is_r.shape, dtype=np.int64),
        "verschuldigd": van_r(maanden.kolommen["verschuldigd"]),
        "zonder_inkomen": van_r(maanden.kolommen["zonder_inkomen"]),
        "ontvangstmaand": ontvangst[:-1],
        "betaalmaand": b.betaalmaand,
    }
    graaf = RECHTMAAND.op(b.betaalmaand)
    waarden = gegevens.parameters.voor_maand(b.betaalmaand, graaf.parameters)
    invoer |= {naam: waarde.waarde for naam, waarde in waarden.items()}
    kolommen = graaf.reken(invoer)
    te_vereffenen = gegevens.bufferbudget.vereffening
    if te_vereffenen.any():
        # What means caused must be known before the college's decisions can be spread over it, oldest month first.
        kolommen = graaf.reken(
            invoer | {"vereffend": bestaansminimum.vereffen(te_vereffenen, kolommen["te_verrekenen"])}
        )
    for rij in range(len(b.maanden) - 1):
        spoor.bewaar(
            RECHTMAAND.naam, int(b.maanden[rij]), graaf, _rij(kolommen, rij), np.arange(b.is_r.shape[1]), waarden
        )
    return kolommen


def noteer_verrekening(gegevens: Zaakgegevens, recht: dict[str, Any], voorlopig: Voorlopig) -> None:
    """The provisional parameters of the months R: own values of a municipality (rule P3)."""
    for rij in range(len(gegevens.bereik.maanden) - 1):
        _noteer(gegevens, RECHTMAAND, _rij(recht, rij), rij, voorlopig)


def noteer_betaling(gegevens: Zaakgegevens, betaling: dict[str, Any], voorlopig: Voorlopig) -> None:
    """The provisional parameters of the payment (rule P3)."""
    _noteer(gegevens, BETAALMAAND, betaling, len(gegevens.bereik.maanden) - 1, voorlopig)


def _noteer(gegevens: Zaakgegevens, niveau: Niveau, kolommen: dict[str, Any], rij: int, voorlopig: Voorlopig) -> None:
    b = gegevens.bereik
    graaf = niveau.op(b.betaalmaand)
    waarden = gegevens.parameters.voor_maand(b.betaalmaand, graaf.parameters)
    namen = frozenset(naam for naam, waarde in waarden.items() if waarde.status == "voorlopig")
    if namen:
        alle = np.arange(b.is_r.shape[1])
        voorlopig.noteer(graaf, kolommen, namen, rij, alle, alle, len(alle))


def meld_rechtmaanden(b: Bereik, recht: dict[str, Any], signalen: Verzamelaar) -> None:
    """Signals about what was booked and what can't be settled."""
    for code, bedrag in (
        ("BETALING_ONBEKEND", None),
        ("BETALING_WIJKT_AF", None),
        ("RESERVERING_GEWIJZIGD", None),
        ("GEEN_MIDDELEN", "geen_middelen"),
        ("BUITEN_TERMIJN", "te_verrekenen_buiten"),
    ):
        rij, huishouden = np.nonzero(recht[f"signaal_{code}"])
        signalen.meld(
            code,
            huishouden,
            b.maanden[rij],
            bedrag=None if bedrag is None else recht[bedrag][rij, huishouden],
        )
    signalen.meld("BETALING_ONBEKEND", np.flatnonzero(b.zonder_betaling), b.betaalmaand)


def reken_betaling(
    gegevens: Zaakgegevens,
    maanden: Maanduitkomst,
    recht: dict[str, Any],
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
        "totaal_te_verrekenen_binnen": recht["te_verrekenen_binnen"].sum(axis=0),
        "totaal_te_weinig": recht["te_weinig"].sum(axis=0),
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
    verdeling = _verdeel(gegevens, recht, betaling, stop, spoor)
    aflossingen = verdeel_aflossing(zaken.aflossingen, b.betaalmaand, betaling["aflossing"], spoor)
    uitkomst = Betalinguitkomst(recht, verdeling, betaling, aflossingen, stop)
    _meld_betaling(gegevens, maanden, uitkomst, signalen)
    return uitkomst


def _verdeel(
    gegevens: Zaakgegevens, recht: dict[str, Any], betaling: dict[str, Any], stop: Masker, spoor: Spoor
) -> dict[str, Getallen]:
    """Walks the months R from old to new, with what is still to be spread as state."""
    b = gegevens.bereik
    graaf = VERDELING.op(b.betaalmaand)
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
    uit = {naam: np.zeros(b.is_r[:-1].shape, dtype=np.int64) for naam in bewaard}
    for rij in range(len(b.maanden) - 1):
        invoer = {
            naam: recht[naam][rij]
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
            "stop": stop,
            "eindigt": eindigt,
            "nog_te_verdelen": nog,
            "eerste_ontvangstmaand": recht["eerste_ontvangstmaand"],
        }
        kolommen = graaf.reken(invoer)
        nog = kolommen["nog_te_verdelen_na"]
        for naam in bewaard:
            uit[naam][rij] = kolommen[naam]
        spoor.bewaar(VERDELING.naam, int(b.maanden[rij]), graaf, kolommen, np.arange(b.is_r.shape[1]), {})
    return uit


def _meld_betaling(
    gegevens: Zaakgegevens, maanden: Maanduitkomst, uitkomst: Betalinguitkomst, signalen: Verzamelaar
) -> None:
    """Signals about what stays open and what the household has left."""
    b = gegevens.bereik
    blijft = uitkomst.verdeling["blijft_te_verrekenen"]
    rij, wie = np.nonzero(uitkomst.verdeling["signaal_TERMIJN_LOOPT_AF"])
    signalen.meld("TERMIJN_LOOPT_AF", wie, b.maanden[rij], bedrag=blijft[rij, wie])
    rij, wie = np.nonzero(uitkomst.verdeling["signaal_RESTANT_BIJ_EINDE"])
    reserve = euro_tekst(_reserve_onbetaald(gegevens, maanden)[wie])
    wat = vul("De reservering die nog niet is betaald, is {bedrag}.", len(wie), bedrag=reserve)
    signalen.meld("RESTANT_BIJ_EINDE", wie, b.maanden[rij], bedrag=blijft[rij, wie], wat=wat)
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


def _reserve_onbetaald(gegevens: Zaakgegevens, maanden: Maanduitkomst) -> Getallen:
    """Reserve of the computed months that neither June nor the three months after the end have paid (rule A4)."""
    b = gegevens.bereik
    telt = (b.uitbetaling_reserve >= b.betaalmaand)[:, None] & (b.is_r | (b.maanden == b.betaalmaand)[:, None])
    som = (maanden.kolommen["reservering"] * telt).sum(axis=0)
    return np.where(b.betaalmaand > maand_van(gegevens.zaken.huishoudens["eind"]) + NA_EINDE, 0, som)


def controleer_identiteit(b: Bereik, uitkomst: Betalinguitkomst) -> None:
    """The money identity of rule S13, per household. Raises IdentiteitFout without naming a person."""
    p, v, r = uitkomst.betaling, uitkomst.verdeling, uitkomst.rechtmaand
    is_r = b.is_r[:-1]
    bekend = r["betaling_bekend"]
    saldo = np.where(
        is_r & bekend,
        r["betaald"] - v["verrekend"] + v["nabetaald"] - np.where(is_r, r["verschuldigd"], 0),
        0,
    )
    eisen = {
        "verrekend": v["verrekend"].sum(axis=0) == p["verrekend_met_uitkering"] + p["verrekend_met_nabetaling"],
        "nabetaald": v["nabetaald"].sum(axis=0) == p["nabetaling"] + p["verrekend_met_nabetaling"],
        "open": (np.maximum(saldo, 0) == v["open_bedrag"]).all(axis=0),
        "geen onderbetaling over": uitkomst.stop | (saldo >= 0).all(axis=0),
        "te betalen": p["te_betalen"]
        == p["verschuldigd"] - p["verrekend_met_uitkering"] + p["nabetaling"] - p["aflossing"] + p["bufferbudget"],
        "niets verrekend bij een stop": ~uitkomst.stop | ((v["verrekend"] + v["nabetaald"]).sum(axis=0) == 0),
        "niets onder nul": (p["te_betalen"] >= 0)
        & (v["verrekend"] >= 0).all(axis=0)
        & (v["nabetaald"] >= 0).all(axis=0),
    }
    for eis, klopt in eisen.items():
        if not np.all(klopt):
            raise IdentiteitFout(
                f"de geldidentiteit (regel S13, {eis}) klopt niet voor {int((~np.asarray(klopt)).sum())} huishoudens; "
                "er is niets besloten"
            )


def _rij(kolommen: dict[str, Any], rij: int) -> dict[str, Any]:
    """One month of [T, H] columns; what is no matrix stays as it is."""
    return {
        naam: kolom[rij] if isinstance(kolom, np.ndarray) and kolom.ndim == 2 else kolom
        for naam, kolom in kolommen.items()
    }
