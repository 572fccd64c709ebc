"""All income of all months: records, special pay spread back, last known months and estimates, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby

import numpy as np

from verrekening.berekening.gegevens import Zaakgegevens
from verrekening.berekening.inkomen import Inkomen, inkomen_van_maanden, terugverdeeld_inkomen, verdeel_opgaven
from verrekening.berekening.opgaven import Opgaven
from verrekening.berekening.spoor import Spoor
from verrekening.berekening.stops import Stops
from verrekening.berekening.verhoudingen import Verhoudingen, verzamel_verhoudingen
from verrekening.berekening.verwacht import (
    Doortrekker,
    Schattingen,
    bepaal_wacht,
    verzamel_schattingen,
    wacht_op_loon,
)
from verrekening.berekening.voorlopig import Voorlopig
from verrekening.kolommen import Getallen, Masker
from verrekening.motor.tabellen import som_per


@dataclass(frozen=True)
class Middelen:
    """The income of every person, as far as it comes from wage records and estimates.

    Attributes:
        inkomen: parts of income that count.
        verhoudingen: the inkomstenverhoudingen.
        wacht_op_loon: [T, H] the payment waits for wages (policy `op_de_maand`).
        besteedbaar: [H] work income that may be expected in P (rule S6), cents.
    """

    inkomen: Inkomen
    verhoudingen: Verhoudingen
    wacht_op_loon: Masker
    besteedbaar: Getallen


def verzamel_middelen(
    gegevens: Zaakgegevens, opgaven: Opgaven, stops: Stops, voorlopig: Voorlopig, spoor: Spoor
) -> Middelen:
    """Income per month (T, A5, S4), and what may be expected in P (S6)."""
    bereik, beleid, zaken = gegevens.bereik, gegevens.beleid, gegevens.zaken
    p = bereik.betaalmaand
    recht = zaken.huishoudens["begin"], zaken.huishoudens["eind"]
    delen = verdeel_opgaven(opgaven, beleid, *recht, opgaven.kolommen["rest"])
    v = verzamel_verhoudingen(opgaven, stops, bereik.maanden)
    schattingen = verzamel_schattingen(zaken, opgaven, v, beleid, bereik)
    wacht = bepaal_wacht(v, beleid, schattingen)
    in_betaalmaand = wacht.doortrekken[:, v.kolom(p)]
    nodig = wacht.doortrekken.any(axis=1) | (v.open[:, v.kolom(p)] & v.arbeid)
    gewoon = Doortrekker.van(opgaven, stops.telt, delen, v, v.gedekt_telt, nodig, *recht)
    in_p = Doortrekker.van(opgaven, stops.telt_in_p, delen, v, v.gedekt_telt_p, in_betaalmaand, *recht)
    werk_in_p = beleid.op(p).methode != "achteraf"
    alle_wacht = wacht.doortrekken | wacht.geschat
    stukken = [
        inkomen_van_maanden(
            opgaven, stops, delen, v, alle_wacht, p, partial(_telt_in_maand, gegevens), werk_in_p=werk_in_p
        ),
        terugverdeeld_inkomen(opgaven, stops, p, werk_in_p=werk_in_p),
        schattingen.inkomen.rijen(schattingen.geldt),
    ]
    # Months in a row with the same policy are carried to at once; P has records of its own that count.
    for wijze, maanden in groupby(bereik.maanden[:-1].tolist(), lambda maand: beleid.op(maand).toerekening):
        deze = list(maanden)
        rij, ikv = np.nonzero(wacht.doortrekken[:, v.kolom(deze[0]) : v.kolom(deze[-1]) + 1].T)
        stukken.append(gewoon.trek_door(ikv, rij + deze[0], wijze))
    ikv = np.flatnonzero(in_betaalmaand)
    stukken.append(in_p.trek_door(ikv, np.full(len(ikv), p), beleid.op(p).toerekening))
    inkomen = Inkomen.samen(stukken[0], *[_in_bereik(gegevens, stuk) for stuk in stukken[1:]])
    inkomen = inkomen.met_aanspraak_volgens(beleid)
    _noteer_wga(gegevens, opgaven, inkomen, voorlopig)
    werk = _in_bereik(gegevens, _verwacht_werk(gegevens, v, schattingen, gewoon))
    besteedbaar = som_per(zaken.personen["huishouden"][werk.persoon], werk.bedrag, len(recht[0]))
    spoor.bewaar_tabel("delen", delen)
    spoor.bewaar_tabel("inkomen", inkomen)
    spoor.bewaar_tabel("besteedbaar", werk)
    return Middelen(inkomen, v, wacht_op_loon(v, beleid, bereik, gegevens.telt_mee), besteedbaar)


def _verwacht_werk(gegevens: Zaakgegevens, v: Verhoudingen, schattingen: Schattingen, gewoon: Doortrekker) -> Inkomen:
    """Work income a household may expect in P: the given estimate, else open employment at its last known month."""
    bereik = gegevens.bereik
    p = bereik.betaalmaand
    gegeven = schattingen.maand == p
    geschat = np.zeros(len(gegevens.zaken.personen["bsn"]), dtype=bool)
    geschat[schattingen.persoon[gegeven]] = True
    open_werk = v.open[:, v.kolom(p)] & v.arbeid & ~geschat[v.persoon]
    ikv = np.flatnonzero(open_werk)
    samen = Inkomen.samen(
        schattingen.inkomen.rijen(gegeven),
        gewoon.trek_door(ikv, np.full(len(ikv), p), gegevens.beleid.op(p).toerekening, heel=True),
    )
    loopt = bereik.dagen_recht[-1] > 0
    return samen.rijen(loopt[gegevens.zaken.personen["huishouden"][samen.persoon]])


def _in_bereik(gegevens: Zaakgegevens, inkomen: Inkomen) -> Inkomen:
    """Only the parts in a month of assistance, R or P, in which the person counts."""
    return inkomen.alleen(_telt_in_maand(gegevens, inkomen.persoon, inkomen.maand))


def _telt_in_maand(gegevens: Zaakgegevens, persoon: Getallen, maand: Getallen) -> Masker:
    """Whether each is a month of assistance, R or P, in which the person counts."""
    bereik = gegevens.bereik
    rij = maand - int(bereik.maanden[0])
    binnen = (rij >= 0) & (rij < len(bereik.maanden))
    kan = np.flatnonzero(binnen)
    persoon, rij = persoon.take(kan), rij.take(kan)
    cel = rij * len(bereik.begint_na) + gegevens.zaken.personen["huishouden"].take(persoon)
    maand_telt = (bereik.is_r.ravel().take(cel) | (rij == len(bereik.maanden) - 1)) & (
        bereik.dagen_recht.ravel().take(cel) > 0
    )
    plek = rij * gegevens.telt_mee.shape[1] + persoon
    binnen[kan] = maand_telt & gegevens.telt_mee.ravel().take(plek)
    return binnen


def _noteer_wga(gegevens: Zaakgegevens, opgaven: Opgaven, inkomen: Inkomen, voorlopig: Voorlopig) -> None:
    """A month in which a record with a provisional WGA premium counts has used that parameter (rule P3)."""
    naam = "wga_geuniformeerde_inhouding_pct"
    uit_opgave = np.flatnonzero(inkomen.opgave >= 0)
    rij = inkomen.opgave.take(uit_opgave)
    status = {waarde.vanaf: waarde.status for waarde in gegevens.parameters.reeks(naam)}
    grenzen = np.array(sorted(status), dtype=np.int64)
    voorlopig_vanaf = np.array([status[int(grens)] == "voorlopig" for grens in grenzen])
    geldig = np.searchsorted(grenzen, opgaven.tv_eind.take(rij), side="right") - 1
    raak = (opgaven.kolommen["wga_grondslag"].take(rij) > 0) & (geldig >= 0) & voorlopig_vanaf[geldig]
    if raak.any():
        uit_opgave = uit_opgave.compress(raak)
        huishouden = gegevens.zaken.personen["huishouden"].take(inkomen.persoon.take(uit_opgave))
        maandrij = inkomen.maand.take(uit_opgave) - int(gegevens.bereik.maanden[0])
        voorlopig.noteer_los(naam, "N3", "Regeling Pw art. 7b", maandrij, huishouden)
