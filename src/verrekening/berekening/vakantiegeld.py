"""Holiday allowance paid, set against the claims that were counted (rule V4)."""

from __future__ import annotations

from typing import Any

import numpy as np

from verrekening.berekening.gegevens import Zaakgegevens
from verrekening.berekening.inkomen import Inkomen
from verrekening.berekening.meldingen import verhouding_tekst
from verrekening.berekening.opgaven import Opgaven
from verrekening.berekening.signalen import Verzamelaar, euro_tekst, vul
from verrekening.berekening.spoor import Spoor
from verrekening.berekening.stops import Stops
from verrekening.berekening.verhoudingen import Verhoudingen
from verrekening.kolommen import Getallen, Masker
from verrekening.maand import OPEN, maand_van
from verrekening.motor.tabellen import groepen, koppel, som_per
from verrekening.regels import PERSOON_UITBETALING

_NOOIT = -OPEN


def toets_vakantiegeld(
    gegevens: Zaakgegevens,
    opgaven: Opgaven,
    stops: Stops,
    v: Verhoudingen,
    inkomen: Inkomen,
    aanspraak: Getallen,
    signalen: Verzamelaar,
    spoor: Spoor,
) -> None:
    """Signals every payment or end with which the household got less than was counted.

    Args:
        gegevens: the dossiers, months and policy.
        opgaven, stops: the records, and which of them count.
        v: the inkomstenverhoudingen.
        inkomen, aanspraak: parts of income, and the claim that each of them brought (cents).
        signalen: takes the signals.
        spoor: keeps the columns for the explanation.
    """
    k = opgaven.kolommen
    betaalt = np.flatnonzero(k["bouwt_op"] & (k["VakBsl"] > 0) & ~k["nooit_inkomen"])
    betaalmaand = maand_van(opgaven.tv_eind[betaalt])
    eindmaand = np.where(v.eind < OPEN, maand_van(v.eind), OPEN)
    ikv, maand = _momenten(opgaven, v, betaalt, betaalmaand, eindmaand)
    houd = _te_toetsen(gegevens, v, ikv, maand)
    ikv, maand = ikv[houd], maand[houd]
    is_einde = maand == eindmaand[ikv]
    vorige = _vorige_betaling(opgaven.ikv[betaalt], betaalmaand, ikv, maand)
    tot = np.where(is_einde, OPEN, maand)
    kolommen: dict[str, Any] = {}
    # Few pay allowance or end: only their parts are joined. What has no inkomstenverhouding has -1, the last place.
    getoetst = np.zeros(len(v) + 1, dtype=bool)
    getoetst[ikv] = True
    van_getoetst = np.flatnonzero(getoetst[inkomen.ikv])
    moment, deel = koppel(ikv, inkomen.ikv.take(van_getoetst))
    deel = van_getoetst.take(deel)
    in_venster = (inkomen.maand[deel] > vorige[moment]) & (inkomen.maand[deel] <= tot[moment])
    moment, deel = moment[in_venster], deel[in_venster]
    kolommen["geteld"] = som_per(moment, aanspraak[deel], len(ikv))
    kolommen["opgebouwd"] = som_per(moment, inkomen.opgebouwd[deel], len(ikv))
    moment, plek = koppel(ikv, opgaven.ikv[betaalt])
    hierbij = (betaalmaand[plek] >= maand[moment]) & (betaalmaand[plek] <= tot[moment])
    moment, rij = moment[hierbij], betaalt[plek[hierbij]]
    kolommen["vakbsl_betaald"] = som_per(moment, k["VakBsl"][rij], len(ikv))
    kolommen["netto_betaald"] = som_per(moment, k["netto_vakbsl"][rij], len(ikv))
    # What was paid is not certain while a record that pays it has a stop.
    onzeker = np.zeros(len(ikv), dtype=bool)
    onzeker[moment[~stops.telt[rij]]] = True
    _meld(gegevens, v, ikv, maand, kolommen, ~onzeker, signalen, spoor)


def _momenten(
    opgaven: Opgaven, v: Verhoudingen, betaalt: Getallen, betaalmaand: Getallen, eindmaand: Getallen
) -> tuple[Getallen, Getallen]:
    """Inkomstenverhouding and month of every payment before the end, and of every end of one that accrues."""
    apart = opgaven.kolommen["vakbsl_apart"][betaalt] & (betaalmaand < eindmaand[opgaven.ikv[betaalt]])
    bouwt_op = np.zeros(len(v), dtype=bool)
    bouwt_op[opgaven.ikv[opgaven.kolommen["bouwt_op"]]] = True
    eindigt = np.flatnonzero(bouwt_op & v.middel & (eindmaand < OPEN))
    ikv = np.concatenate([opgaven.ikv[betaalt[apart]], eindigt])
    maand = np.concatenate([betaalmaand[apart], eindmaand[eindigt]])
    _, een = groepen(ikv, maand)
    return ikv[een], maand[een]


def _te_toetsen(gegevens: Zaakgegevens, v: Verhoudingen, ikv: Getallen, maand: Getallen) -> Masker:
    """Moments up to P whose claims have been counted: the wage of P itself is counted one run later (rule S4)."""
    bereik = gegevens.bereik
    p = bereik.betaalmaand
    telt_in_p = v.uitkering[ikv] | (gegevens.beleid.op(p).methode != "achteraf")
    telt_in_p |= bereik.dagen_recht[-1][v.huishouden[ikv]] == 0
    return np.asarray((maand >= int(bereik.maanden[0])) & ((maand < p) | ((maand == p) & telt_in_p)))


def _vorige_betaling(bij_ikv: Getallen, betaalmaand: Getallen, ikv: Getallen, maand: Getallen) -> Getallen:
    """Latest month before each moment in which the inkomstenverhouding paid allowance."""
    uit = np.full(len(ikv), _NOOIT, dtype=np.int64)
    moment, plek = koppel(ikv, bij_ikv)
    eerder = betaalmaand[plek] < maand[moment]
    np.maximum.at(uit, moment[eerder], betaalmaand[plek[eerder]])
    return uit


def _meld(
    gegevens: Zaakgegevens,
    v: Verhoudingen,
    ikv: Getallen,
    maand: Getallen,
    kolommen: dict[str, Any],
    zeker: Masker,
    signalen: Verzamelaar,
    spoor: Spoor,
) -> None:
    bereik = gegevens.bereik
    graaf = PERSOON_UITBETALING.op(bereik.betaalmaand)
    uit = graaf.reken(kolommen)
    in_maand = _maand_van_recht(bereik.is_r, bereik.dagen_recht, maand - int(bereik.maanden[0]), v.huishouden[ikv])
    goed = zeker & (in_maand >= 0) & (uit["geteld"] > 0)
    for rij in np.unique(in_maand[goed]) if spoor.aan else ():
        deze = np.flatnonzero(goed & (in_maand == rij))
        eigen = {naam: kolom[deze] for naam, kolom in uit.items()}
        spoor.bewaar(PERSOON_UITBETALING.naam, int(bereik.maanden[rij]), graaf, eigen, v.persoon[ikv[deze]], {})
    raak = np.flatnonzero(goed & uit["signaal_VAKANTIETOESLAG_TE_HOOG"])
    signalen.meld(
        "VAKANTIETOESLAG_TE_HOOG",
        v.huishouden[ikv[raak]],
        bereik.maanden[in_maand[raak]],
        bedrag=uit["te_veel_geteld"][raak],
        wat=vul(
            "{geteld} meegeteld, {ontvangen} ontvangen.",
            len(raak),
            geteld=euro_tekst(uit["geteld"][raak]),
            ontvangen=euro_tekst(uit["ontvangen"][raak]),
        ),
        opgave=verhouding_tekst(v.lhnr[ikv[raak]], v.numiv[ikv[raak]]),
        oorzaak=ikv[raak],
    )


def _maand_van_recht(is_r: Masker, dagen_recht: Getallen, rij: Getallen, huishouden: Getallen) -> Getallen:
    """Row of the last computed month of assistance up to each moment, or -1: after the end there is none."""
    telt = is_r & (dagen_recht > 0)
    telt[-1] = dagen_recht[-1] > 0
    laatste = np.maximum.accumulate(np.where(telt, np.arange(len(telt))[:, None], -1), axis=0)
    return np.asarray(laatste[rij, huishouden], dtype=np.int64)
