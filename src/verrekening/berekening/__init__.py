"""From facts to a settlement: the order of the calculation, for one household or all of them.

N records → T parts per month → V, W per person → B, A per household → S per payment month. The law is in
`verrekening.regels`; this room only makes the tables between the levels and walks the months.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from verrekening.beleid import Beleid
from verrekening.berekening.bereik import Bereik, Besloten, bepaal_bereik
from verrekening.berekening.betaling import (
    Betalinguitkomst,
    Rechtmaanden,
    controleer_identiteit,
    meld_rechtmaanden,
    noteer_betaling,
    noteer_verrekening,
    reken_betaling,
    reken_rechtmaanden,
)
from verrekening.berekening.bufferbudget import bepaal_bufferbudget
from verrekening.berekening.gegevens import Zaakgegevens
from verrekening.berekening.giften import verzamel_giften
from verrekening.berekening.inkomen import Inkomen
from verrekening.berekening.maanden import Maanduitkomst, reken_maanden
from verrekening.berekening.meldingen import meld_opgaven, meld_verhoudingen, meld_zaken
from verrekening.berekening.middelen import verzamel_middelen
from verrekening.berekening.opgaven import Opgaven, beleid_van_opgaven, reken_opgaven, verzamel_opgaven
from verrekening.berekening.overig import ontvangstmaanden, verzamel_overig
from verrekening.berekening.samenstelling import Leeftijden, Situaties, telt_mee
from verrekening.berekening.signalen import Signalen, Verzamelaar
from verrekening.berekening.spoor import Spoor, Stap
from verrekening.berekening.stops import Stops, bepaal_stops, pas_besluiten_toe, signaalmaand
from verrekening.berekening.vakantiegeld import toets_vakantiegeld
from verrekening.berekening.voorlopig import Voorlopig
from verrekening.dossier import Dossiers
from verrekening.geld import Verhouding
from verrekening.kolommen import Getallen, Masker, als_kolom, houd_vrijgekomen_geheugen
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
    houd_vrijgekomen_geheugen()
    spoor = spoor or Spoor()
    instellingen = beleid.op(betaalmaand)
    bereik = bepaal_bereik(zaken, betaalmaand, peilmoment, besloten or Besloten.geen())
    vormen = Situaties.van_dossiers(zaken)
    situaties = [vormen.in_maand(int(maand), len(bereik.begint_na)) for maand in bereik.maanden]
    mee = np.array(
        [telt_mee(zaken, situatie, int(maand)) for situatie, maand in zip(situaties, bereik.maanden, strict=True)]
    )
    leeftijden = Leeftijden.van(zaken.personen)
    overig = verzamel_overig(zaken, bereik, mee, peilmoment)
    giften = verzamel_giften(zaken, bereik, beleid, parameters, leeftijden, peilmoment)
    buffer = bepaal_bufferbudget(zaken, betaalmaand, peilmoment)
    gegevens = Zaakgegevens(zaken, bereik, situaties, mee, leeftijden, parameters, beleid, overig, giften, buffer)
    signalen = Verzamelaar(betaalmaand, instellingen.signalen)
    voorlopig = Voorlopig(bereik.maanden, len(bereik.begint_na))

    opgaven, stops = _oordeel_opgaven(gegevens, levering, versies, peilmoment, spoor)
    middelen = verzamel_middelen(gegevens, opgaven, stops, voorlopig, spoor)
    inkomen = middelen.inkomen
    maanden = reken_maanden(gegevens, inkomen, middelen.wacht_op_loon, signalen, voorlopig, spoor)
    recht_van, huishouden = zaken.personen["rechthebbend"], zaken.personen["huishouden"]
    ontvangst = ontvangstmaanden(inkomen, overig, recht_van, bereik, maanden.kolommen, huishouden)
    recht = reken_rechtmaanden(gegevens, maanden, ontvangst, spoor)

    meld_opgaven(gegevens, opgaven, stops, levering, versies, peilmoment, signalen)
    meld_verhoudingen(gegevens, middelen.verhoudingen, signalen)
    overig.meld(signalen)
    toets_vakantiegeld(gegevens, opgaven, stops, middelen.verhoudingen, inkomen, maanden.aanspraak, signalen, spoor)
    meld_rechtmaanden(bereik, recht, signalen)
    meld_zaken(gegevens, recht, instellingen.drempel_mens, peilmoment, signalen)
    noteer_verrekening(gegevens, recht, voorlopig)

    besteedbaar = maanden.kolommen["besteedbaar_zonder_arbeid"][-1] + middelen.besteedbaar
    minimum = instellingen.beschermd_minimum
    betaling = _betaal(gegevens, maanden, recht, besteedbaar, minimum, signalen, voorlopig, spoor)
    controleer_identiteit(bereik, betaling)
    met_verschil = np.zeros(len(bereik.begint_na), dtype=bool)
    met_verschil[recht.huishouden[recht.kolommen["verschil"] != 0]] = True
    in_run = ~bereik.begint_na & (
        (bereik.dagen_recht[-1] > 0) | met_verschil | (buffer.betaling > 0) | (betaling.stop & bereik.is_r.any(axis=0))
    )
    return Uitkomst(zaken, bereik, opgaven, inkomen, maanden, betaling, signalen.tabel(in_run), in_run)


def _oordeel_opgaven(
    gegevens: Zaakgegevens,
    levering: Levering,
    versies: Versies,
    peilmoment: int,
    spoor: Spoor,
) -> tuple[Opgaven, Stops]:
    """Chapter N, and which records count after stops and besluiten."""
    bereik, zaken = gegevens.bereik, gegevens.zaken
    p = bereik.betaalmaand
    opgaven = verzamel_opgaven(levering, versies, zaken, gegevens.leeftijden, p)
    beleid = beleid_van_opgaven(gegevens.beleid, opgaven.maand_tijdvak)
    aantal = len(opgaven)
    nee = als_kolom(np.False_, aantal)
    invoer = dict(opgaven.kolommen)
    opgaven.kolommen |= {
        "besluit_netto": als_kolom(np.int64(0), aantal),
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


def _betaal(
    gegevens: Zaakgegevens,
    maanden: Maanduitkomst,
    recht: Rechtmaanden,
    besteedbaar: Getallen,
    minimum: Fraction,
    signalen: Verzamelaar,
    voorlopig: Voorlopig,
    spoor: Spoor,
) -> Betalinguitkomst:
    """The settlement; again when a municipality made a signal about its result a stop."""
    breuk = Verhouding(minimum.numerator, minimum.denominator)
    stop = signalen.stops(len(besteedbaar))
    proef = Verzamelaar(signalen.betaalmaand, signalen.gewichten)
    uitkomst = reken_betaling(gegevens, maanden, recht, besteedbaar, breuk, stop, proef, spoor)
    # Whether the room of the bufferbudget is read shows only now, and its amount is provisional (rule P3).
    noteer_betaling(gegevens, uitkomst.betaling, voorlopig)
    voorlopig.meld(proef, gegevens.parameters)
    extra = proef.stops(len(besteedbaar)) & ~stop
    if not extra.any():
        signalen.neem_over(proef)
        return uitkomst
    spoor.vergeet("betaalmaand", "verdeling", "vordering")
    uitkomst = reken_betaling(gegevens, maanden, recht, besteedbaar, breuk, stop | extra, signalen, spoor)
    voorlopig.meld(signalen, gegevens.parameters)
    # The cause of the stop stays told, also when it is gone now that nothing is settled; where both tell the same
    # month, the amount of the final computation was taken first.
    signalen.neem_over(proef, alleen_stops=True)
    return uitkomst
