"""What makes a plausible payslip: minimum wage, wage tax and premiums, roughly as they were.

These figures only have to look right. They are what the fictitious employers did, not what the
engine computes with; nothing here may be used to settle a real case. Percentages are whole
numbers per 100,000 and amounts cents, so that no float touches money.
"""

from __future__ import annotations

import numpy as np

from verrekening.kolommen import Getallen, Masker

MINIMUMUURLOON: tuple[tuple[int, int, int], ...] = (
    (2023, 1, 1176),
    (2024, 1, 1327),
    (2024, 7, 1368),
    (2025, 1, 1406),
    (2025, 7, 1440),
    (2026, 1, 1471),
    (2026, 7, 1499),
)
"""(year, month, cents an hour): minimum hourly wage from 21 years (before 2024: for 38 hours a week)."""

JEUGD = {18: 50, 19: 60, 20: 80}
"""Percentage of the minimum wage under 21."""

EENHEID = 100_000
PREMIE = {
    "Aof": 6_270,
    "AwfLg": 2_740,
    "AwfHg": 7_740,
    "Uit": 2_740,
    "Whk": 1_520,
    "Wko": 500,
    "Ufo": 680,
    "WghZvw": 6_100,
    "BijdrZvw": 4_850,
}
"""Premiums of 2026 in outline."""

SCHIJF, SCHIJF_AOW = 35_750, 17_850
_KORTING, _KORTING_AOW = 25_958, 30_100  # a month; from AOW age including the credit for the elderly
_ARBEID_GRENS, _ARBEID_TOP = 99_700, 220_000


def deel(percentage: int, bedrag: Getallen) -> Getallen:
    """A percentage (per 100,000) of amounts ≥ 0, rounded half up to a cent."""
    return (bedrag * percentage + EENHEID // 2) // EENHEID


def minimumuurloon(maand: int) -> int:
    """Minimum hourly wage in cents in a month; before the first known date the first amount."""
    geldig = [c for jaar, m, c in MINIMUMUURLOON if (jaar - 1970) * 12 + m - 1 <= maand]
    return geldig[-1] if geldig else MINIMUMUURLOON[0][2]


def loonheffing(loon: Getallen, korting: Masker, werk: Masker, aow: Masker, vierweken: bool) -> Getallen:
    """Wage tax withheld over regular pay: one bracket, less the credits when they are applied."""
    maandloon = loon * 13 // 12 if vierweken else loon
    tarief = np.where(aow, SCHIJF_AOW, SCHIJF)
    belasting = (maandloon * tarief + EENHEID // 2) // EENHEID
    # The labour credit: slow at first, then 31% of the wage up to the top.
    laag = deel(8_324, np.minimum(maandloon, _ARBEID_GRENS))
    hoog = deel(31_009, np.clip(maandloon - _ARBEID_GRENS, 0, _ARBEID_TOP - _ARBEID_GRENS))
    arbeidskorting = np.where(werk, np.where(aow, (laag + hoog) // 2, laag + hoog), 0)
    kortingen = np.where(aow, _KORTING_AOW, _KORTING) + arbeidskorting
    ingehouden = np.maximum(0, belasting - np.where(korting, kortingen, 0))
    return ingehouden * 12 // 13 if vierweken else ingehouden


def bijzonder_tarief(bedrag: Getallen, loon: Getallen, korting: Masker, aow: Masker) -> Getallen:
    """Wage tax over holiday allowance: nothing for a low wage with credits, else the bracket."""
    tarief = np.where(korting, np.where(loon < 90_000, 0, 5_750), np.where(aow, SCHIJF_AOW, SCHIJF))
    return (bedrag * tarief + EENHEID // 2) // EENHEID
