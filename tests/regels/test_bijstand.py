"""Chapters B2, B3, A and W5 cent by cent: the branches and limits that a worked case does not single out."""

from __future__ import annotations

from typing import Any

import pytest
from tests.regels import rijen

from verrekening.geld import Verhouding
from verrekening.regels import bijstand

VIJF = Verhouding(5, 100)

RIJEN: list[rijen.Rij] = [
    # W5: 600.00 + 200.00 + 50.00 − 150.00 + 30.00 + 10.00; the income of a partner without right comes on top.
    (bijstand.eigen_met_vrijlating, (60000, 20000, 5000, 15000, 3000, 1000), 74000),
    (bijstand.inkomen_met_vrijlating, (74000, 500), 74500),
    # A1: what stays exempted goes off; what lapsed (CRvB 2021:2146) comes back.
    (bijstand.eigen_inkomen, (74000, 15000, 15000), 74000),
    (bijstand.eigen_inkomen, (74000, 15000, 0), 89000),
    # A3: of 0.10 the reserve of 5% is half a cent, a whole one when it is rounded; net first: 9.5 is 10, reserve 0.
    (bijstand.reservering_zonder_inkomen, (10, VIJF, False), 1),
    (bijstand.reservering_zonder_inkomen, (10, VIJF, True), 0),
    # A3, norm_min_inkomen_met_vt: 1000.00 − (600.00 + 48.00 − 150.00); without assistance nothing is exempted.
    (bijstand.reserveringsgrondslag, (40000, 100000, 60000, 4800, 15000, False, True), 50200),
    (bijstand.reserveringsgrondslag, (40000, 100000, 60000, 4800, 15000, True, True), 35200),
    (bijstand.reserveringsgrondslag, (0, 100000, 99999, 2, 0, False, True), 0),
    (bijstand.reserveringsgrondslag, (40000, 100000, 60000, 4800, 15000, False, False), 40000),
    # A2: one cent of income at a norm of one cent.
    (bijstand.signaal_INKOMEN_BOVEN_NORM, (0, 1), True),
    (bijstand.signaal_INKOMEN_BOVEN_NORM, (0, 0), False),
    (bijstand.signaal_INKOMEN_BOVEN_NORM, (1, 1), False),
    # B1: in a month with one day of right the norm of a birthday is told, in a month without not.
    (bijstand.signaal_NORMWIJZIGING_IN_MAAND, (140150, 219902, 1), True),
    (bijstand.signaal_NORMWIJZIGING_IN_MAAND, (140150, 219902, 0), False),
    (bijstand.signaal_NORMWIJZIGING_IN_MAAND, (140150, 140150, 31), False),
]


@pytest.mark.parametrize(("regel", "args", "verwacht"), RIJEN, ids=rijen.naam)
def test_a_rule_gives_the_cents_of_its_article(regel: Any, args: tuple[Any, ...], verwacht: Any) -> None:
    """Computed by hand from the rule in the comment."""
    assert rijen.antwoord(regel, args) == verwacht
