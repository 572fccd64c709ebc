"""What an employer files: the amounts of each employee over one declaration period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verrekening.kolommen import Getallen, Masker
from verrekening.maand import OPEN, eerste_dag, jaar_van, maand_van, verjaardag
from verrekening.voorbeeld import tarieven
from verrekening.voorbeeld.betalers import Betalers
from verrekening.voorbeeld.huishoudens import AOW_LEEFTIJD
from verrekening.voorbeeld.inkomsten import AOW, OVERHEID, PENSIOEN, Inkomsten, kies_rijen
from verrekening.voorbeeld.kalender import Tijdvak
from verrekening.voorbeeld.loting import kans, tussen

VAKANTIETOESLAG, VAKANTIETOESLAG_AOW = 8_000, 6_500
"""Accrual per 100,000 of the wage."""


@dataclass(frozen=True)
class Opgaven:
    """The records of one declaration period, sorted by payer: what decides the amounts.

    Attributes:
        tijdvak: the period.
        ikv: row in the income relationships.
        uren: hours paid, in hundredths.
        bruto: gross pay without holiday allowance, cents.
        vakbsl: holiday allowance paid, cents.
    """

    tijdvak: Tijdvak
    ikv: Getallen
    uren: Getallen
    bruto: Getallen
    vakbsl: Getallen

    def kies(self, rijen: npt.NDArray[np.int64] | Masker) -> Opgaven:
        """The records that a mask or an index picks."""
        return Opgaven(self.tijdvak, self.ikv[rijen], self.uren[rijen], self.bruto[rijen], self.vakbsl[rijen])


def uurloon(inkomsten: Inkomsten, dag: int) -> Getallen:
    """Hourly wage in cents on a day: the minimum of that age times the percentage of the job."""
    minimum = tarieven.minimumuurloon(maand_van(dag))
    jeugd = np.full(inkomsten.aantal, 100, dtype=np.int64)
    for leeftijd in sorted(tarieven.JEUGD, reverse=True):
        jonger = verjaardag(inkomsten.geboortedatum, leeftijd + 1) > dag
        jeugd = np.where(jonger, tarieven.JEUGD[leeftijd], jeugd)
    return (minimum * jeugd * inkomsten.uurloon_pct + 5_000) // 10_000


def maandbedrag(inkomsten: Inkomsten, dag: int) -> Getallen:
    """Gross pay over a whole month at the contract hours, cents."""
    return np.where(inkomsten.werk, inkomsten.contracturen * uurloon(inkomsten, dag) * 52 // 12, inkomsten.vast)


def opbouw_vooraf(inkomsten: Inkomsten, dag: int) -> Getallen:
    """Holiday allowance accrued from June through the day before ``dag``, cents."""
    maand = maand_van(dag)
    juni = (jaar_van(maand) - 1970) * 12 + 5
    vanaf = juni if juni <= maand else juni - 12
    maanden = np.clip(maand - np.maximum(maand_van(inkomsten.begin), vanaf), 0, 12)
    per_maand = tarieven.deel(VAKANTIETOESLAG, maandbedrag(inkomsten, dag))
    return np.where(inkomsten.opbouw, per_maand * maanden, 0)


def trek(
    rng: np.random.Generator, inkomsten: Inkomsten, betalers: Betalers, tijdvak: Tijdvak, opgebouwd: Getallen
) -> Opgaven:
    """The records of one period. ``opgebouwd`` (accrued allowance per IKV) is updated in place."""
    dagen = np.minimum(inkomsten.eind, tijdvak.eind) - np.maximum(inkomsten.begin, tijdvak.begin) + 1
    in_tijdvak = betalers.vierweken[inkomsten.betaler] == tijdvak.vierweken
    ikv = np.flatnonzero((dagen > 0) & in_tijdvak).astype(np.int64)
    deel, dagen = kies_rijen(inkomsten, ikv), dagen[ikv]
    vol = deel.contracturen * 400 if tijdvak.vierweken else (deel.contracturen * 5_200 + 6) // 12
    uren = vol * _percentage(rng, deel) // 100 * dagen // tijdvak.dagen
    vast = deel.vast * dagen // tijdvak.dagen
    bruto = np.where(deel.werk, (uren * uurloon(deel, tijdvak.begin) + 50) // 100, vast)
    opbouw = np.where(deel.opbouw, _opbouw(deel, bruto), 0)
    # Paid in May, and with the last wage.
    in_mei = maand_van(tijdvak.eind) % 12 == 4
    betaalt = deel.opbouw & ((deel.eind <= tijdvak.eind) | in_mei)
    saldo = opgebouwd[ikv] + opbouw
    opgebouwd[ikv] = np.where(betaalt, 0, saldo)
    altijd = np.where(deel.werk & ~deel.opbouw, tarieven.deel(VAKANTIETOESLAG, bruto), 0)
    return Opgaven(tijdvak, ikv, uren, bruto, np.where(betaalt, saldo, altijd))


def _percentage(rng: np.random.Generator, inkomsten: Inkomsten) -> Getallen:
    """Hours worked as a percentage of the contract: on-call work swings, other work now and then differs."""
    aantal = inkomsten.aantal
    anders = np.where(kans(rng, aantal, 150), tussen(rng, aantal, 92, 125), 100)
    oproep = np.where(kans(rng, aantal, 40), 0, tussen(rng, aantal, 30, 170))
    return np.where(inkomsten.oproep, oproep, anders)


def _opbouw(inkomsten: Inkomsten, bruto: Getallen) -> Getallen:
    aow = tarieven.deel(VAKANTIETOESLAG_AOW, bruto)
    return np.where(inkomsten.srtiv == AOW, aow, tarieven.deel(VAKANTIETOESLAG, bruto))


def wijzig(rng: np.random.Generator, inkomsten: Inkomsten, opgaven: Opgaven) -> Opgaven:
    """The same records as corrected later: for half of the employees other hours, and the pay with them."""
    deel = kies_rijen(inkomsten, opgaven.ikv)
    aantal = deel.aantal
    anders = deel.werk & kans(rng, aantal, 500)
    uren = np.where(anders, opgaven.uren * tussen(rng, aantal, 75, 130) // 100, opgaven.uren)
    loon = (uren * uurloon(deel, opgaven.tijdvak.begin) + 50) // 100
    bruto = np.where(anders, loon, opgaven.bruto)
    altijd = tarieven.deel(VAKANTIETOESLAG, bruto)
    return Opgaven(opgaven.tijdvak, opgaven.ikv, uren, bruto, np.where(anders & ~deel.opbouw, altijd, opgaven.vakbsl))


def korting_in(inkomsten: Inkomsten, tijdvak: Tijdvak) -> Masker:
    """Whether tax credit is applied; it changes with the first period that begins in or after that month."""
    omgezet = inkomsten.korting_om <= maand_van(tijdvak.begin)
    return inkomsten.korting ^ omgezet


def verzekerd(inkomsten: Inkomsten) -> Masker:
    """Insured for the employee insurances: all but AOW and pension."""
    return np.isin(inkomsten.srtiv, (AOW, PENSIOEN), invert=True)


def bedragen(inkomsten: Inkomsten, opgaven: Opgaven) -> dict[str, Getallen]:
    """The amounts in cents (and whole hours) by element name, for what is not always zero.

    Args:
        inkomsten: all income relationships.
        opgaven: the records of one period.
    """
    tijdvak, bruto, vakbsl = opgaven.tijdvak, opgaven.bruto, opgaven.vakbsl
    deel = kies_rijen(inkomsten, opgaven.ikv)
    premie_pensioen = bruto * deel.pensioen_pct // 100
    loon = bruto + vakbsl - premie_pensioen
    korting = korting_in(deel, tijdvak)
    aow = verjaardag(deel.geboortedatum, AOW_LEEFTIJD) <= tijdvak.begin
    heffing = tarieven.loonheffing(loon - vakbsl, korting, deel.werk, aow, tijdvak.vierweken)
    zelf = ~verzekerd(deel)
    sv = np.where(zelf, 0, loon)
    reis = deel.reiskosten * 12 // 13 if tijdvak.vierweken else deel.reiskosten
    uit = {
        "LnLbPh": loon,
        "LnSV": sv,
        "LnTabBB": vakbsl,
        "VakBsl": vakbsl,
        "OpgRchtVakBsl": np.where(deel.opbouw, _opbouw(deel, bruto), 0),
        "LnInGld": bruto + vakbsl,
        "IngLbPh": np.minimum(heffing + tarieven.bijzonder_tarief(vakbsl, loon - vakbsl, korting, aow), loon),
        "BijdrZvw": np.where(zelf, tarieven.deel(tarieven.PREMIE["BijdrZvw"], loon), 0),
        "WghZvw": np.where(zelf, 0, tarieven.deel(tarieven.PREMIE["WghZvw"], loon)),
        "Reisk": np.where(deel.reiskosten > 0, reis * (opgaven.uren > 0), 0),
        "AantVerlU": (opgaven.uren + 50) // 100,
        "Ctrctln": maandbedrag(deel, tijdvak.begin),
        "AantCtrcturenPWk": deel.contracturen,
    }
    return uit | _premies(deel, sv)


def _premies(deel: Inkomsten, sv: Getallen) -> dict[str, Getallen]:
    """Premium bases and premiums: each in the one column that applies, 0 in the others."""
    overheid = deel.srtiv == OVERHEID
    laag = np.where(deel.werk & deel.onbepaald & ~overheid, sv, 0)
    hoog = np.where(deel.werk & ~deel.onbepaald & ~overheid, sv, 0)
    werk, uitkering, ufo = np.where(deel.werk, sv, 0), np.where(deel.werk, 0, sv), np.where(overheid, sv, 0)
    grondslag = {
        "PrlnAofAnwLg": werk,
        "PrlnAofAnwUit": uitkering,
        "PrlnWhkAnw": sv,
        "PrlnAwfAnwLg": laag,
        "PrlnAwfAnwHg": hoog,
        "PrlnAwfAnwUit": uitkering,
        "PrLnUfo": ufo,
    }
    premie = {
        "PrAofLg": tarieven.deel(tarieven.PREMIE["Aof"], werk),
        "PrAofUit": tarieven.deel(tarieven.PREMIE["Aof"], uitkering),
        "OpslWko": tarieven.deel(tarieven.PREMIE["Wko"], werk),
        "PrGediffWhk": tarieven.deel(tarieven.PREMIE["Whk"], sv),
        "PrAwfLg": tarieven.deel(tarieven.PREMIE["AwfLg"], laag),
        "PrAwfHg": tarieven.deel(tarieven.PREMIE["AwfHg"], hoog),
        "PrAwfUit": tarieven.deel(tarieven.PREMIE["Uit"], uitkering),
        "PrUFO": tarieven.deel(tarieven.PREMIE["Ufo"], ufo),
    }
    return grondslag | premie


def bekend_inkomen(inkomsten: Inkomsten, maand: int) -> tuple[Getallen, Getallen]:
    """What a municipality knows of benefits, AOW and pensions: (row in the persons, net with claim in cents).

    Only income that runs the whole month; jobs are not known when the month is booked.
    """
    dag = eerste_dag(maand)
    loopt = ~inkomsten.werk & (inkomsten.begin <= dag) & (inkomsten.eind == OPEN)
    deel = kies_rijen(inkomsten, np.flatnonzero(loopt))
    aow = verjaardag(deel.geboortedatum, AOW_LEEFTIJD) <= dag
    heffing = tarieven.loonheffing(deel.vast, deel.korting, deel.werk, aow, False)
    zvw = np.where(verzekerd(deel), 0, tarieven.deel(tarieven.PREMIE["BijdrZvw"], deel.vast))
    netto = deel.vast - np.minimum(heffing, deel.vast) - zvw
    opbouw = np.where(deel.srtiv == AOW, VAKANTIETOESLAG_AOW, VAKANTIETOESLAG)
    aanspraak = (netto * np.where(deel.opbouw, opbouw, 0) + tarieven.EENHEID // 2) // tarieven.EENHEID
    return deel.persoon, netto + aanspraak
