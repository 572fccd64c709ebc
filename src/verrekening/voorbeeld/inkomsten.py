"""Which person has which income: jobs, benefits and pensions, of the households and of everybody else.

The people who are in no dossier are there because a payroll message holds all employees of the
employer: the reader must have something to drop.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from verrekening.kolommen import Getallen, Masker
from verrekening.maand import OPEN, eerste_dag, verjaardag
from verrekening.voorbeeld.betalers import UITZENDBUREAU, VORMEN, Betalers
from verrekening.voorbeeld.huishoudens import AOW_LEEFTIJD, Huishoudens, Personen
from verrekening.voorbeeld.loting import kans, kies, stroom, tussen

ONBEKENDEN_PER_VIER_BEKENDEN = 9
_GEWICHT_UREN = [max(1, 12 - max(0, uren - 8)) for uren in range(4, 31)]  # most jobs are small
WW, ZW, WGA, AOW, PENSIOEN, WERK, OVERHEID = 33, 31, 40, 22, 56, 15, 11


@dataclass(frozen=True)
class Inkomsten:
    """One row per income relationship (IKV), sorted by payer.

    Attributes:
        betaler: row in the payers.
        persoon: row in the persons of the households; from there on the people in no dossier.
        geboortedatum: days.
        numiv: number of the relationship at this payer for this person.
        begin, eind: days (``OPEN`` = not ended).
        srtiv: kind of income.
        korting, korting_om: tax credit applied; month from which the opposite holds (``OPEN`` = never).
        uurloon_pct: hourly wage as a percentage of the minimum wage.
        contracturen: hours a week.
        oproep: on call, other hours each period.
        opbouw: accrues holiday allowance; otherwise it is paid in every period.
        onbepaald: contract for indefinite time.
        pensioen_pct: employee pension premium, percent of the wage.
        reiskosten: untaxed travel allowance a month, cents.
        vast: gross amount a month of a benefit or pension, cents (0 for a job).
        aow_alleen: the AOW of a single person.
    """

    betaler: Getallen
    persoon: Getallen
    geboortedatum: Getallen
    numiv: Getallen
    begin: Getallen
    eind: Getallen
    srtiv: Getallen
    korting: Masker
    korting_om: Getallen
    uurloon_pct: Getallen
    contracturen: Getallen
    oproep: Masker
    opbouw: Masker
    onbepaald: Masker
    pensioen_pct: Getallen
    reiskosten: Getallen
    vast: Getallen
    aow_alleen: Masker

    @property
    def aantal(self) -> int:
        """Number of income relationships."""
        return len(self.betaler)

    @property
    def werk(self) -> Masker:
        """Which rows are employment."""
        return np.isin(self.srtiv, (WERK, OVERHEID))


def kies_rijen(inkomsten: Inkomsten, rijen: npt.NDArray[Any]) -> Inkomsten:
    """The rows that a mask or an index picks, in that order."""
    return Inkomsten(**{veld.name: getattr(inkomsten, veld.name)[rijen] for veld in fields(inkomsten)})


def trek(
    seed: int,
    huishoudens: Huishoudens,
    personen: Personen,
    betalers: Betalers,
    eerste_maand: int,
    laatste_maand: int,
) -> Inkomsten:
    """Draw all income relationships. About 35% of the households gets at least one."""
    rng = stroom(seed, "inkomsten")
    aow = verjaardag(personen.geboortedatum, AOW_LEEFTIJD) <= eerste_dag(eerste_maand)
    heeft = kans(rng, huishoudens.aantal, 295)[personen.huishouden]
    # In a couple at least the applicant, and in a third of the couples also the partner, has the income.
    heeft &= ~personen.partner | kans(rng, personen.aantal, 330)
    lot = tussen(rng, personen.aantal, 0, 999)
    werkt = np.where(aow, lot < 100, heeft & (lot < 870))
    delen = [
        _banen(rng, betalers, np.flatnonzero(werkt), personen.geboortedatum, (820, 150, 30)),
        _uitkeringen(rng, betalers, np.flatnonzero(heeft & ~aow & (lot >= 840)), personen.geboortedatum),
        _ouderdom(rng, betalers, np.flatnonzero(aow & (lot < 900)), personen, huishoudens),
        _aanvullend(rng, betalers, np.flatnonzero(aow & (lot < 400)), personen.geboortedatum),
    ]
    bekenden = sum(deel.aantal for deel in delen)
    delen += _onbekenden(rng, betalers, personen.aantal, bekenden * ONBEKENDEN_PER_VIER_BEKENDEN // 4)
    alles = Inkomsten(**{v.name: np.concatenate([getattr(d, v.name) for d in delen]) for v in fields(Inkomsten)})
    alles = _looptijden(rng, alles, eerste_maand, laatste_maand)
    return kies_rijen(alles, np.lexsort((alles.numiv, alles.persoon, alles.betaler)))


def _leeg(betaler: Getallen, persoon: Getallen, geboortedatum: Getallen, srtiv: Getallen) -> Inkomsten:
    aantal = len(betaler)
    nul, nee = np.zeros(aantal, dtype=np.int64), np.zeros(aantal, dtype=bool)
    return Inkomsten(
        betaler=betaler,
        persoon=persoon,
        geboortedatum=geboortedatum[persoon],
        numiv=nul + 1,
        begin=nul,
        eind=nul + OPEN,
        srtiv=srtiv,
        korting=nee,
        korting_om=nul + OPEN,
        uurloon_pct=nul,
        contracturen=nul,
        oproep=nee,
        opbouw=nee,
        onbepaald=nee,
        pensioen_pct=nul,
        reiskosten=nul,
        vast=nul,
        aow_alleen=nee,
    )


def _banen(
    rng: np.random.Generator,
    betalers: Betalers,
    werkers: Getallen,
    geboortedatum: Getallen,
    per: tuple[int, ...],
) -> Inkomsten:
    """Jobs: 4 to 30 hours a week, around the minimum wage; tax credit at the first job only, as a rule."""
    banen = kies(rng, len(werkers), range(1, len(per) + 1), per)
    persoon = np.repeat(werkers, banen)
    aantal = len(persoon)
    rang = np.arange(aantal) - np.repeat(np.cumsum(banen) - banen, banen)
    betaler = kies(rng, aantal, range(betalers.werkgevers), betalers.gewicht[: betalers.werkgevers].tolist())
    basis = _leeg(betaler, persoon, geboortedatum, np.where(betalers.overheid[betaler], OVERHEID, WERK))
    uitzend = betalers.vorm[betaler] == VORMEN.index(UITZENDBUREAU)
    oproep = kans(rng, aantal, 220) | (uitzend & kans(rng, aantal, 500))
    factor = kies(rng, aantal, (100, 102, 105, 110, 118, 130), (38, 17, 15, 14, 10, 6))
    return replace(
        basis,
        numiv=_volgnummer(betaler, persoon),
        korting=np.where(rang == 0, kans(rng, aantal, 860), kans(rng, aantal, 80)),
        uurloon_pct=factor,
        contracturen=kies(rng, aantal, range(4, 31), _GEWICHT_UREN),
        oproep=oproep,
        opbouw=kans(rng, aantal, 930),
        onbepaald=kans(rng, aantal, 450) & ~uitzend & ~oproep,
        pensioen_pct=np.where(kans(rng, aantal, 330), kies(rng, aantal, (2, 3, 4), (2, 3, 2)), 0),
        reiskosten=np.where(kans(rng, aantal, 250), tussen(rng, aantal, 10, 90) * 100, 0),
    )


def _volgnummer(betaler: Getallen, persoon: Getallen) -> Getallen:
    """1, 2, … within the rows of one person at one payer."""
    volgorde = np.lexsort((persoon, betaler))
    nieuw = np.ones(len(volgorde), dtype=bool)
    nieuw[1:] = (np.diff(betaler[volgorde]) != 0) | (np.diff(persoon[volgorde]) != 0)
    start = np.maximum.accumulate(np.where(nieuw, np.arange(len(volgorde)), 0))
    uit = np.empty(len(volgorde), dtype=np.int64)
    uit[volgorde] = np.arange(len(volgorde)) - start + 1
    return uit


def _uitkeringen(rng: np.random.Generator, betalers: Betalers, wie: Getallen, geboortedatum: Getallen) -> Inkomsten:
    """WW, ZW and WGA from the one benefits office."""
    aantal = len(wie)
    srtiv = kies(rng, aantal, (WW, ZW, WGA), (50, 25, 25))
    return replace(
        _leeg(np.full(aantal, betalers.uwv, dtype=np.int64), wie, geboortedatum, srtiv),
        korting=kans(rng, aantal, 700),
        opbouw=np.ones(aantal, dtype=bool),
        vast=tussen(rng, aantal, 20_000, 105_000),
    )


def _ouderdom(
    rng: np.random.Generator, betalers: Betalers, wie: Getallen, personen: Personen, huishoudens: Huishoudens
) -> Inkomsten:
    """AOW that is not complete: the part of the years in which the person was insured."""
    aantal = len(wie)
    alleen = huishoudens.leefvorm[personen.huishouden[wie]] == 0
    volledig = np.where(alleen, 163_700, 112_100)
    soort = np.full(aantal, AOW, dtype=np.int64)
    return replace(
        _leeg(np.full(aantal, betalers.svb, dtype=np.int64), wie, personen.geboortedatum, soort),
        korting=kans(rng, aantal, 950),
        opbouw=np.ones(aantal, dtype=bool),
        vast=volledig * tussen(rng, aantal, 10, 42) // 50,
        aow_alleen=alleen,
    )


def _aanvullend(rng: np.random.Generator, betalers: Betalers, wie: Getallen, geboortedatum: Getallen) -> Inkomsten:
    """A small pension beside the AOW, without tax credit."""
    aantal = len(wie)
    betaler = kies(rng, aantal, betalers.pensioen, (5, 3, 2))
    return replace(
        _leeg(betaler, wie, geboortedatum, np.full(aantal, PENSIOEN, dtype=np.int64)),
        vast=tussen(rng, aantal, 1_500, 22_000),
    )


def _onbekenden(rng: np.random.Generator, betalers: Betalers, eerste: int, aantal: int) -> list[Inkomsten]:
    """People in no dossier, at the same payers; ``eerste`` is the row of the first of them."""
    geboortedatum = np.zeros(eerste + aantal, dtype=np.int64)
    peildag = 20_600  # 2026; only their age matters, and only roughly
    geboortedatum[eerste:] = peildag - tussen(rng, aantal, 18 * 365, 66 * 365)
    wie = np.arange(eerste, eerste + aantal, dtype=np.int64)
    lot = tussen(rng, aantal, 0, 99)
    geboortedatum[wie[lot >= 90]] -= 21 * 365
    banen = _banen(rng, betalers, wie[lot < 82], geboortedatum, (1000,))
    voltijd = kans(rng, banen.aantal, 600)
    banen = replace(
        banen,
        contracturen=np.where(voltijd, tussen(rng, banen.aantal, 24, 40), banen.contracturen),
        uurloon_pct=banen.uurloon_pct + np.where(voltijd, tussen(rng, banen.aantal, 0, 60), 0),
        oproep=banen.oproep & ~voltijd,
    )
    uitkeringen = _uitkeringen(rng, betalers, wie[(lot >= 82) & (lot < 90)], geboortedatum)
    return [banen, uitkeringen, _aanvullend(rng, betalers, wie[lot >= 90], geboortedatum)]


def _looptijden(rng: np.random.Generator, alles: Inkomsten, eerste_maand: int, laatste_maand: int) -> Inkomsten:
    """Begin, end and change of tax credit: most run through, some change in the months that are settled."""
    aantal, werk = alles.aantal, alles.werk
    eerste, laatste = eerste_dag(eerste_maand), eerste_dag(laatste_maand + 1) - 1
    vroeg = eerste - tussen(rng, aantal, 40, 1_800)
    binnen = tussen(rng, aantal, eerste, laatste)
    begin = np.where(kans(rng, aantal, 170) & (alles.srtiv != AOW), binnen, vroeg)
    # No job before the eighteenth birthday, no pension or AOW before that age.
    blijft = np.isin(alles.srtiv, (AOW, PENSIOEN))
    volwassen, met_aow = (verjaardag(alles.geboortedatum, jaren) for jaren in (18, AOW_LEEFTIJD))
    begin = np.maximum(begin, np.where(blijft, met_aow, volwassen))
    einde = begin + tussen(rng, aantal, 20, 200)
    einde = np.where(einde < eerste, tussen(rng, aantal, eerste, laatste), einde)
    eind = np.where(kans(rng, aantal, 130) & ~blijft & (einde > begin + 7), einde, OPEN)
    om = np.where(kans(rng, aantal, 20) & werk, tussen(rng, aantal, eerste_maand + 1, laatste_maand), OPEN)
    return replace(alles, begin=begin, eind=eind, korting_om=om)
