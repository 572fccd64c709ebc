"""The households of the fictitious municipality: who they are, and what the municipality knows of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verrekening.kolommen import Getallen, Masker
from verrekening.maand import OPEN, eerste_dag, laatste_dag, maand_van, verjaardag
from verrekening.voorbeeld.loting import kans, kies, stroom, tussen

ALLEENSTAANDE, ALLEENSTAANDE_OUDER, GEHUWDEN = 0, 1, 2
LEEFVORMEN = ("alleenstaande", "alleenstaande_ouder", "gehuwden")
AOW_LEEFTIJD = 67
"""State pension age of 2024-2027."""


@dataclass(frozen=True)
class Huishoudens:
    """One row per household.

    Attributes:
        leefvorm: 0 single, 1 single parent, 2 couple.
        kostendelers: cost-sharing housemates (0-3).
        begin, eind: first and last day of assistance (days; ``OPEN`` = still running).
        jongste_kind: birth date of the youngest child (days; ``OPEN`` = none).
        maatregel_maand, maatregel: month (``OPEN`` = none) and amount in cents of a reduction.
        aflossing: monthly instalment in cents (0 = none).
    """

    leefvorm: Getallen
    kostendelers: Getallen
    begin: Getallen
    eind: Getallen
    jongste_kind: Getallen
    maatregel_maand: Getallen
    maatregel: Getallen
    aflossing: Getallen

    @property
    def aantal(self) -> int:
        """Number of households."""
        return len(self.leefvorm)


@dataclass(frozen=True)
class Personen:
    """One row per person with assistance, sorted by household, applicant first.

    Attributes:
        huishouden: row of the household.
        partner: True for the second of a couple.
        geboortedatum: days.
        toestemming_n: 1 yes, 0 no, -1 not decided (consent for the exemption of 25%).
        n_gebruikt: months of that exemption used before the first month.
        medisch_van: first month of a medical limit in hours (``OPEN`` = none).
    """

    huishouden: Getallen
    partner: Masker
    geboortedatum: Getallen
    toestemming_n: Getallen
    n_gebruikt: Getallen
    medisch_van: Getallen

    @property
    def aantal(self) -> int:
        """Number of persons."""
        return len(self.huishouden)


def trek(seed: int, aantal: int, eerste_maand: int, laatste_maand: int) -> tuple[Huishoudens, Personen]:
    """Draw the households and their persons.

    Args:
        seed: seed of the whole municipality.
        aantal: number of households.
        eerste_maand, laatste_maand: first month with a booking, and the first payment month.
    """
    rng = stroom(seed, "huishoudens")
    leefvorm = kies(rng, aantal, (ALLEENSTAANDE, ALLEENSTAANDE_OUDER, GEHUWDEN), (64, 19, 17))
    # Young people live alone; state pensioners are single or a couple.
    jong = kans(rng, aantal, 40) & (leefvorm != GEHUWDEN)
    aow = kans(rng, aantal, 90) & (leefvorm != ALLEENSTAANDE_OUDER) & ~jong
    kostendelers = np.where(jong, 0, kies(rng, aantal, (0, 1, 2, 3), (850, 105, 32, 13)))
    begin, eind = _looptijd(rng, aantal, eerste_maand, laatste_maand)
    kind = (leefvorm == ALLEENSTAANDE_OUDER) | ((leefvorm == GEHUWDEN) & ~aow & kans(rng, aantal, 600))
    peildag = eerste_dag(laatste_maand)
    leeftijd_kind = np.where(jong, tussen(rng, aantal, 100, 700), tussen(rng, aantal, 100, 5_900))
    maatregel_maand = np.where(kans(rng, aantal, 15), tussen(rng, aantal, eerste_maand, laatste_maand), np.int64(OPEN))
    maatregel = kies(rng, aantal, (5_000, 14_000, 28_000, 42_000), (4, 3, 2, 1))
    aflossing = kies(rng, aantal, (1_000, 3_500, 5_000, 7_000), (1, 4, 3, 2))
    huishoudens = Huishoudens(
        leefvorm=leefvorm,
        kostendelers=kostendelers,
        begin=begin,
        eind=eind,
        jongste_kind=np.where(kind, peildag - leeftijd_kind, OPEN),
        maatregel_maand=maatregel_maand,
        maatregel=np.where(maatregel_maand < OPEN, maatregel, 0),
        aflossing=np.where(kans(rng, aantal, 80), aflossing, 0),
    )
    return huishoudens, _personen(seed, huishoudens, jong, aow, eerste_maand, peildag)


def _looptijd(
    rng: np.random.Generator, aantal: int, eerste_maand: int, laatste_maand: int
) -> tuple[Getallen, Getallen]:
    """Begin and end of assistance: most run for years, a few begin or end in the months that are settled."""
    lang_geleden = eerste_dag(eerste_maand) - tussen(rng, aantal, 20, 3_000)
    onlangs = tussen(rng, aantal, eerste_dag(eerste_maand), eerste_dag(laatste_maand) - 1)
    begin = np.where(kans(rng, aantal, 50), onlangs, lang_geleden)
    # Half of the beginnings fall on the first of a month, as decisions often do.
    begin = np.where(kans(rng, aantal, 500), eerste_dag(maand_van(begin)), begin)
    einde = tussen(rng, aantal, eerste_dag(eerste_maand + 1), laatste_dag(laatste_maand))
    eind = np.where(kans(rng, aantal, 25) & (einde > begin + 31), einde, OPEN)
    return begin, eind


def _personen(
    seed: int, huishoudens: Huishoudens, jong: Masker, aow: Masker, eerste_maand: int, peildag: int
) -> Personen:
    rng = stroom(seed, "personen")
    per_huishouden = np.where(huishoudens.leefvorm == GEHUWDEN, 2, 1)
    huishouden = np.repeat(np.arange(huishoudens.aantal, dtype=np.int64), per_huishouden)
    aantal = len(huishouden)
    partner = np.zeros(aantal, dtype=bool)
    partner[1:] = huishouden[1:] == huishouden[:-1]
    gewoon = 22 * 365 + 6 + kies(rng, aantal, range(44), [*([24] * 14), *([20] * 16), *([26] * 14)]) * 365
    gewoon += tussen(rng, aantal, 0, 364)
    # A parent is at least eighteen years older than the youngest child (born up to 16 years ago).
    ouder = huishoudens.jongste_kind[huishouden] < OPEN
    gewoon = np.where(ouder, np.minimum(np.maximum(gewoon, 34 * 365 + 9), 55 * 365), gewoon)
    jongere = 18 * 365 + 200 + tussen(rng, aantal, 0, 890)
    gepensioneerd = AOW_LEEFTIJD * 365 + 17 + tussen(rng, aantal, 0, 20 * 365)
    # In some of the older couples the partner is still under state pension age.
    jongere_partner = partner & kans(rng, aantal, 150)
    ouder_dan_aow = aow[huishouden] & ~jongere_partner
    leeftijd = np.where(jong[huishouden], jongere, np.where(ouder_dan_aow, gepensioneerd, gewoon))
    geboortedatum = peildag - leeftijd
    minstens_27 = verjaardag(geboortedatum, 27) <= peildag
    gebruikt = np.where(kans(rng, aantal, 350), tussen(rng, aantal, 1, 6), 0)
    return Personen(
        huishouden=huishouden,
        partner=partner,
        geboortedatum=geboortedatum,
        toestemming_n=kies(rng, aantal, (1, -1), (60, 40)),
        n_gebruikt=np.where(minstens_27, gebruikt, 0),
        medisch_van=np.where(kans(rng, aantal, 40), eerste_maand - tussen(rng, aantal, -2, 24), np.int64(OPEN)),
    )
