"""From facts to a settlement: the order of the calculation, for one household or all of them.

N records → T parts per month → V, W per person → B, A per household → S per payment month. The law is in
`verrekening.regels`; this room only makes the tables between the levels and walks the months.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa

from verrekening.beleid import Beleid, BeleidMaand
from verrekening.berekening.bereik import Bereik, Besloten, bepaal_bereik
from verrekening.berekening.betaling import (
    Betalinguitkomst,
    controleer_identiteit,
    meld_rechtmaanden,
    noteer_verrekening,
    reken_betaling,
    reken_rechtmaanden,
)
from verrekening.berekening.inkomen import (
    Doortrekker,
    Inkomen,
    Verhoudingen,
    inkomen_van_maanden,
    ontvangstmaand,
    verdeel_opgaven,
    verzamel_verhoudingen,
)
from verrekening.berekening.maanden import Maanduitkomst, Zaakgegevens, reken_maanden
from verrekening.berekening.meldingen import meld_opgaven, meld_verhoudingen, meld_zaken
from verrekening.berekening.opgaven import (
    Opgaven,
    drempel_bijzondere_beloning,
    reken_opgaven,
    verzamel_opgaven,
)
from verrekening.berekening.samenstelling import Leeftijden, situatie_in, telt_mee
from verrekening.berekening.signalen import Signalen, Verzamelaar
from verrekening.berekening.spoor import Spoor, Stap
from verrekening.berekening.stops import Stops, bepaal_stops, pas_besluiten_toe, signaalmaand
from verrekening.berekening.voorlopig import Voorlopig
from verrekening.dossier import Dossiers
from verrekening.geld import Verhouding
from verrekening.kolommen import Getallen, Masker
from verrekening.parameters import Parameters
from verrekening.polis import Levering, Versies

__all__ = ["Besloten", "Signalen", "Spoor", "Stap", "Uitkomst", "bereken"]


@dataclass(frozen=True)
class Uitkomst:
    """What a run computed. Matrices are [months, households]; the last month is the payment month.

    Attributes:
        zaken: the dossiers.
        bereik: months per household, and what was booked.
        opgaven: effective records with chapter N.
        inkomen: parts of income per person and month.
        maanden: results per month.
        betaling: the settlement.
        signalen: ordered table of signals.
        in_run: [H] households that get a row: assistance runs in P, or a difference or stop is left.
    """

    zaken: Dossiers
    bereik: Bereik
    opgaven: Opgaven
    inkomen: Inkomen
    maanden: Maanduitkomst
    betaling: Betalinguitkomst
    signalen: Signalen
    in_run: Masker


def bereken(
    zaken: Dossiers,
    levering: Levering,
    versies: Versies,
    beleid: Beleid,
    parameters: Parameters,
    betaalmaand: int,
    peilmoment: int,
    spoor: Spoor | None = None,
    besloten: Besloten | None = None,
) -> Uitkomst:
    """Settles payment month P with what is known at K, for all households at once.

    Args:
        zaken: dossiers as columns.
        levering, versies: wage records, and which version of each is effective at K.
        beleid: policy of the municipality.
        parameters: dated amounts.
        betaalmaand: P.
        peilmoment: K.
        spoor: keeps every intermediate column when on (for the explanation of a case).
        besloten: standing decisions for months before P, from the administration (rule S2).

    Raises:
        ParameterVerlopen: a month lies past the last checked month of an amount.
        IdentiteitFout: the money identity does not hold; nothing may be decided.
    """
    spoor = spoor or Spoor()
    instellingen = beleid.op(betaalmaand)
    bereik = bepaal_bereik(zaken, betaalmaand, peilmoment, besloten or Besloten.geen())
    situaties = [situatie_in(zaken, int(maand)) for maand in bereik.maanden]
    mee = np.array(
        [telt_mee(zaken, situatie, int(maand)) for situatie, maand in zip(situaties, bereik.maanden, strict=True)]
    )
    gegevens = Zaakgegevens(zaken, bereik, situaties, mee, Leeftijden.van(zaken.personen), parameters, beleid)
    signalen = Verzamelaar(betaalmaand, instellingen.signalen)
    voorlopig = Voorlopig(bereik.maanden, len(bereik.begint_na))

    opgaven, stops = _oordeel_opgaven(gegevens, levering, versies, instellingen, peilmoment, spoor)
    inkomen, verhoudingen, besteedbaar_arbeid = _inkomen(gegevens, opgaven, stops, voorlopig, spoor)
    maanden = reken_maanden(gegevens, inkomen, signalen, voorlopig, spoor)
    huishouden = zaken.personen["huishouden"]
    ontvangst = ontvangstmaand(inkomen, huishouden, bereik.maanden, len(bereik.begint_na), 0)
    recht = reken_rechtmaanden(gegevens, maanden, ontvangst, spoor)

    meld_opgaven(gegevens, opgaven, stops, levering, versies, peilmoment, signalen)
    meld_verhoudingen(gegevens, verhoudingen, opgaven, signalen)
    meld_rechtmaanden(bereik, recht, signalen)
    meld_zaken(gegevens, recht, instellingen.drempel_mens, peilmoment, signalen)
    noteer_verrekening(gegevens, maanden, recht, voorlopig)
    voorlopig.meld(signalen, parameters)

    besteedbaar = maanden.kolommen["netto_uitkeringen"][-1] + besteedbaar_arbeid
    minimum = instellingen.beschermd_minimum
    betaling = _betaal(gegevens, maanden, recht, besteedbaar, minimum, signalen, spoor)
    controleer_identiteit(bereik, betaling)
    in_run = ~bereik.begint_na & (
        (bereik.dagen_recht[-1] > 0) | (recht["verschil"] != 0).any(axis=0) | (betaling.stop & bereik.is_r.any(axis=0))
    )
    return Uitkomst(
        zaken, bereik, opgaven, inkomen, maanden, betaling, _alleen_in_run(signalen.tabel(), in_run), in_run
    )


def _oordeel_opgaven(
    gegevens: Zaakgegevens,
    levering: Levering,
    versies: Versies,
    instellingen: BeleidMaand,
    peilmoment: int,
    spoor: Spoor,
) -> tuple[Opgaven, Stops]:
    """Chapter N, and which records count after stops and besluiten."""
    bereik, zaken = gegevens.bereik, gegevens.zaken
    p = bereik.betaalmaand
    opgaven = verzamel_opgaven(levering, versies, zaken, p)
    beleid: dict[str, Any] = {
        "maandelijks_meegenomen": instellingen.vakantiegeld == "maandelijks_meegenomen",
        "bijzondere_beloning_drempel": drempel_bijzondere_beloning(
            instellingen.bijzondere_beloning, instellingen.bijzondere_beloning_drempel_cent
        ),
    }
    aantal = len(opgaven)
    nee = np.zeros(aantal, dtype=bool)
    invoer = dict(opgaven.kolommen)
    opgaven.kolommen |= {
        "besluit_netto": np.zeros(aantal, dtype=np.int64),
        "besluit_netto_bekend": nee,
        "soort_gesloten": nee,
    }
    reken_opgaven(opgaven, beleid, gegevens.parameters, p)
    maand = signaalmaand(opgaven, bereik, gegevens.telt_mee)
    gesloten = pas_besluiten_toe(opgaven, maand, zaken, peilmoment)
    # A kind that a besluit let in may have other stops, which have their own besluiten: at most two rounds.
    for _ in range(2):
        if not np.logical_or.reduce([nee, *gesloten.values()]).any():
            break
        besluit = {naam: opgaven.kolommen[naam] for naam in ("besluit_netto", "besluit_netto_bekend", "soort_gesloten")}
        opgaven.kolommen = invoer | besluit
        reken_opgaven(opgaven, beleid, gegevens.parameters, p)
        gesloten = pas_besluiten_toe(opgaven, maand, zaken, peilmoment)
    spoor.bewaar_tabel("opgaven", opgaven)
    return opgaven, bepaal_stops(opgaven, maand, gesloten)


def _inkomen(
    gegevens: Zaakgegevens, opgaven: Opgaven, stops: Stops, voorlopig: Voorlopig, spoor: Spoor
) -> tuple[Inkomen, Verhoudingen, Getallen]:
    """Income per month, the inkomstenverhoudingen, and the work income a household may expect in P (rule S6)."""
    bereik = gegevens.bereik
    p = bereik.betaalmaand
    recht_begin, recht_eind = gegevens.zaken.huishoudens["begin"], gegevens.zaken.huishoudens["eind"]
    delen = verdeel_opgaven(opgaven, recht_begin, recht_eind)
    verhoudingen = verzamel_verhoudingen(opgaven, stops, delen, bereik.maanden)
    gewoon = Doortrekker.van(
        opgaven, stops.telt, delen, verhoudingen, verhoudingen.gedekt_telt, recht_begin, recht_eind
    )
    in_p = Doortrekker.van(
        opgaven, stops.telt_in_p, delen, verhoudingen, verhoudingen.gedekt_telt_p, recht_begin, recht_eind
    )
    stukken = [inkomen_van_maanden(opgaven, stops, delen, verhoudingen, p)]
    for maand in bereik.maanden:
        wacht = np.flatnonzero(verhoudingen.wacht(int(maand)) & verhoudingen.uitkering)
        stukken.append((in_p if maand == p else gewoon).trek_door(wacht, int(maand)))
    inkomen = _in_bereik(gegevens, Inkomen.samen(*stukken))
    _noteer_wga(gegevens, opgaven, inkomen, voorlopig)
    loopt = bereik.dagen_recht[-1][verhoudingen.huishouden] > 0
    open_werk = np.flatnonzero(verhoudingen.open[:, verhoudingen.kolom(p)] & verhoudingen.arbeid & loopt)
    werk = gewoon.trek_door(open_werk, p, heel=True)
    werk = _in_bereik(gegevens, werk)
    besteedbaar = np.zeros(len(recht_begin), dtype=np.int64)
    np.add.at(besteedbaar, gegevens.zaken.personen["huishouden"][werk.persoon], werk.bedrag)
    spoor.bewaar_tabel("delen", delen)
    spoor.bewaar_tabel("inkomen", inkomen)
    spoor.bewaar_tabel("besteedbaar", werk)
    return inkomen, verhoudingen, besteedbaar


def _in_bereik(gegevens: Zaakgegevens, inkomen: Inkomen) -> Inkomen:
    """Only the parts in a month R or P in which the person counts."""
    bereik = gegevens.bereik
    rij = inkomen.maand - int(bereik.maanden[0])
    kan = np.flatnonzero((rij >= 0) & (rij < len(bereik.maanden)))
    inkomen, rij = inkomen.rijen(kan), rij[kan]
    huishouden = gegevens.zaken.personen["huishouden"][inkomen.persoon]
    maand_telt = bereik.is_r[rij, huishouden] | (rij == len(bereik.maanden) - 1)
    return inkomen.rijen(np.flatnonzero(maand_telt & gegevens.telt_mee[rij, inkomen.persoon]))


def _noteer_wga(gegevens: Zaakgegevens, opgaven: Opgaven, inkomen: Inkomen, voorlopig: Voorlopig) -> None:
    """A month in which a record with a provisional WGA premium counts has used that parameter (rule P3)."""
    naam = "wga_geuniformeerde_inhouding_pct"
    uit_opgave = inkomen.rijen(np.flatnonzero(inkomen.opgave >= 0))
    rij = uit_opgave.opgave
    status = {waarde.vanaf: waarde.status for waarde in gegevens.parameters.reeks(naam)}
    grenzen = np.array(sorted(status), dtype=np.int64)
    voorlopig_vanaf = np.array([status[int(grens)] == "voorlopig" for grens in grenzen])
    geldig = np.searchsorted(grenzen, opgaven.tv_eind[rij], side="right") - 1
    raak = (opgaven.kolommen["wga_grondslag"][rij] > 0) & (geldig >= 0) & voorlopig_vanaf[geldig]
    if raak.any():
        huishouden = gegevens.zaken.personen["huishouden"][uit_opgave.persoon[raak]]
        maandrij = uit_opgave.maand[raak] - int(gegevens.bereik.maanden[0])
        voorlopig.noteer_los(naam, "N3", "Regeling Pw art. 7b", maandrij, huishouden)


def _betaal(
    gegevens: Zaakgegevens,
    maanden: Maanduitkomst,
    recht: dict[str, Any],
    besteedbaar: Getallen,
    minimum: Fraction,
    signalen: Verzamelaar,
    spoor: Spoor,
) -> Betalinguitkomst:
    """The settlement; again when a municipality made a signal about its result a stop."""
    breuk = Verhouding(minimum.numerator, minimum.denominator)
    stop = signalen.stops(len(besteedbaar))
    proef = Verzamelaar(signalen.betaalmaand, signalen.gewichten)
    uitkomst = reken_betaling(gegevens, maanden, recht, besteedbaar, breuk, stop, proef, spoor)
    extra = proef.stops(len(besteedbaar)) & ~stop
    if not extra.any():
        signalen.neem_over(proef)
        return uitkomst
    signalen.neem_over(proef, alleen_stops=True)
    spoor.vergeet("betaalmaand", "verdeling")
    return reken_betaling(gegevens, maanden, recht, besteedbaar, breuk, stop | extra, signalen, spoor)


def _alleen_in_run(signalen: Signalen, in_run: Masker) -> Signalen:
    """Signals of households that have left the run are left out with them."""
    houd = np.flatnonzero(in_run[signalen.huishouden])
    keuze = pa.array(houd)
    return Signalen(
        signalen.huishouden[houd],
        signalen.code[houd],
        signalen.gewicht[houd],
        signalen.maand[houd],
        signalen.bedrag[houd],
        signalen.met_bedrag[houd],
        signalen.regel.take(keuze),
        signalen.artikel.take(keuze),
        signalen.tekst.take(keuze),
    )
