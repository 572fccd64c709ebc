"""The norms that this municipality booked, computed apart from the engine.

The bookings must be what a municipality pays that knows the household but not the wage, so that a
household without income has nothing to settle. They are computed here in a second, simpler way
(without residence in an institution, reductions or a partner under 21): if the engine and this module
disagree, a household without income shows a difference.

Amounts: Participatiewet, net a month with holiday allowance, cents.
"""

from __future__ import annotations

import numpy as np

from verrekening.fouten import Gebruiksfout
from verrekening.kolommen import Getallen
from verrekening.maand import dagen_in, eerste_dag, laatste_dag, lees_maand, toon_maand, verjaardag
from verrekening.voorbeeld.huishoudens import AOW_LEEFTIJD, GEHUWDEN, Huishoudens, Personen

NORMEN: dict[str, dict[str, int]] = {
    "2025-07": {"20": 33_798, "21a": 136_906, "21b": 195_580, "22a": 153_021, "22bc": 209_498},
    "2026-01": {"20": 34_599, "21a": 140_150, "21b": 200_213, "22a": 156_469, "22bc": 214_416},
    "2026-07": {"20": 35_042, "21a": 141_946, "21b": 202_779, "22a": 158_734, "22bc": 217_610},
}
"""First month → article → amount; ``20`` is art. 20 lid 1 a and 2 a (one amount), ``22bc`` 22 b and c."""

LAATSTE_MAAND = "2026-12"
"""Last month through which the amounts were checked."""


def normen(maand: int) -> dict[str, int]:
    """The amounts valid in a month. Raises Gebruiksfout outside the months this example knows."""
    geldig = [van for van in NORMEN if lees_maand(van) <= maand <= lees_maand(LAATSTE_MAAND)]
    if not geldig:
        raise Gebruiksfout(
            f"het voorbeeld kent geen normen van {toon_maand(maand)}; "
            f"kies maanden van {min(NORMEN)} tot en met {LAATSTE_MAAND}"
        )
    return NORMEN[max(geldig)]


def volle_norm(huishoudens: Huishoudens, personen: Personen, maand: int) -> Getallen:
    """Norm of each household over a whole month (art. 20 lid 1 a and 2 a, 21, 22, 22a), cents."""
    bedrag = normen(maand)
    dag = eerste_dag(maand)
    per_huishouden = np.bincount(personen.huishouden, minlength=huishoudens.aantal)
    aow = verjaardag(personen.geboortedatum, AOW_LEEFTIJD) <= dag
    met_aow = np.bincount(personen.huishouden[aow], minlength=huishoudens.aantal)
    aanvrager = ~personen.partner
    onder_21 = verjaardag(personen.geboortedatum[aanvrager], 21) > dag
    gehuwd = huishoudens.leefvorm == GEHUWDEN
    # Art. 22 b and c: one with state pension is enough, also as the base B of both spouses.
    basis = np.where(met_aow > 0, bedrag["22bc"], bedrag["21b"])
    alleen = np.where(met_aow > 0, bedrag["22a"], bedrag["21a"])
    n = huishoudens.kostendelers + per_huishouden
    per_persoon = (2 * (40 + 30 * n) * basis + 100 * n) // (200 * n)
    norm = np.where(huishoudens.kostendelers > 0, per_persoon * per_huishouden, np.where(gehuwd, basis, alleen))
    return np.where(onder_21 & ~gehuwd, bedrag["20"], norm)


def norm_over(huishoudens: Huishoudens, personen: Personen, maand: int) -> Getallen:
    """Norm of each household over the days of a month with assistance, cents; 0 without such days."""
    eerste, laatste, dagen = eerste_dag(maand), laatste_dag(maand), dagen_in(maand)
    recht = np.minimum(huishoudens.eind, laatste) - np.maximum(huishoudens.begin, eerste) + 1
    recht = np.clip(recht, 0, dagen)
    norm: Getallen = (2 * volle_norm(huishoudens, personen, maand) * recht + dagen) // (2 * dagen)
    return norm


def netto_uitkering(bijstand: Getallen) -> Getallen:
    """What is paid of the assistance after the reserve of 5% for holiday allowance, cents."""
    return bijstand - np.minimum(bijstand, (bijstand * 5 + 50) // 100)
