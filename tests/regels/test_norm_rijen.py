"""Chapter B1 where amounts of the law happen to be equal today, and columns that no norm shows on their own."""

from __future__ import annotations

from typing import Any

import pytest
from tests.regels import rijen

from verrekening.geld import Verhouding
from verrekening.regels import norm, norm_23_24

JA, NEE = True, False
DELERS = (Verhouding(40, 100), Verhouding(30, 100))
HELFT = Verhouding(1, 2)

RIJEN: list[rijen.Rij] = [
    # Art. 20 lid 1 onder a without a child, lid 2 onder a with one
    (norm.norm_jong_alleen, (NEE, 1, 2), 1),
    (norm.norm_jong_alleen, (JA, 1, 2), 2),
    # Art. 22a lid 3: the kostendelersnorm of whoever is 21 or older, and what the other brings
    (norm.norm_jong_een, (NEE, 1, JA, 100, 200, 7, 8, 30, 40), 140),
    (norm.norm_jong_een, (JA, 1, NEE, 100, 200, 7, 8, 30, 40), 230),
    (norm.norm_jong_een, (NEE, 0, JA, 100, 200, 7, 8, 30, 40), 7),
    (norm.norm_jong_een, (JA, 0, NEE, 100, 200, 7, 8, 30, 40), 8),
    # Art. 20 lid 3: from 2026, for whoever is under 21; nobody asks for it, nothing there
    (norm.verhoging_20_3_voor_2026, (JA,), 0),
    (norm.verhoging_20_3_voor_2026, (NEE,), 0),
    (norm.verhoging_20_3, (JA, NEE, 400), 400),
    (norm.verhoging_20_3, (NEE, JA, 400), 400),
    (norm.verhoging_20_3, (NEE, NEE, 400), 0),
    (norm.verhoging_a, (JA, NEE, 400), 400),
    (norm.verhoging_a, (JA, JA, 400), 0),
    (norm.verhoging_a, (NEE, NEE, 400), 0),
    (norm.verhoging_p, (JA, JA, NEE, 400), 400),
    (norm.verhoging_p, (JA, JA, JA, 400), 0),
    (norm.verhoging_p, (JA, NEE, NEE, 400), 0),
    (norm.verhoging_p, (NEE, JA, NEE, 400), 0),
    # Art. 20 lid 4: the raise up to the norm from 21 years, by one cent too; it never lowers the norm
    (norm.thuis_a, (NEE, 1000, 300, 400), 700),
    (norm.thuis_a, (NEE, 600, 300, 400), 600),
    (norm.thuis_a, (NEE, 200, 300, 400), 300),
    (norm.thuis_a, (JA, 1000, 300, 400), 1000),
    (norm.thuis_p, (NEE, 1000, 300, 400), 700),
    (norm.thuis_p, (NEE, 600, 300, 400), 600),
    (norm.thuis_p, (NEE, 200, 300, 400), 300),
    (norm.thuis_p, (JA, 1000, 300, 400), 1000),
    # both 21; one; neither: with a raise of 1 and 0, and 400 and 400
    (norm.thuis_paar, (JA, JA, 2000, 1500, 700, 9999, 0, 0), 2000),
    (norm.thuis_paar, (JA, NEE, 2000, 1500, 700, 9999, 0, 1), 1501),
    (norm.thuis_paar, (NEE, JA, 2000, 1500, 700, 9999, 1, 0), 1501),
    (norm.thuis_paar, (NEE, NEE, 2000, 1500, 700, 9999, 400, 400), 1500),
    (norm.thuis_paar, (NEE, NEE, 2000, 1500, 700, 1400, 400, 400), 1400),
    (norm.thuis_paar, (NEE, NEE, 2000, 1500, 700, 600, 400, 400), 700),
    # Art. 24, 22a lid 1: with a housemate the kostendelersnorm of whoever has the right; the ceiling likewise:
    # (40% + 2 × 30%) / 2 × 1000 = 500 without, (40% + 3 × 30%) / 3 × 2000 = 866.67 with a spouse of 21 or older
    (norm_23_24.norm_24, (JA, JA, JA, 1, 100, 200, 70, 90, 0, 0), 100),
    (norm_23_24.norm_24, (NEE, JA, JA, 1, 100, 200, 70, 90, 0, 0), 200),
    (norm_23_24.norm_24, (JA, NEE, JA, 1, 100, 200, 70, 90, 40, 0), 90),
    (norm_23_24.plafond_24, (1, JA, JA, NEE, 1000, 2000, 0, *DELERS, HELFT), 500),
    (norm_23_24.plafond_24, (1, NEE, JA, NEE, 1000, 2000, 0, *DELERS, HELFT), 867),
    (norm_23_24.plafond_24, (0, NEE, JA, NEE, 1000, 2000, 1501, *DELERS, HELFT), 751),
    # Art. 32 lid 3: the norm of a couple is only read when one of them has no right
    (norm_23_24.gehuwdennorm, (JA, 2000), 2000),
    (norm_23_24.gehuwdennorm, (NEE, 2000), 0),
]


@pytest.mark.parametrize(("regel", "args", "verwacht"), RIJEN, ids=rijen.naam)
def test_a_rule_takes_the_amount_of_its_article(regel: Any, args: tuple[Any, ...], verwacht: Any) -> None:
    """Amounts that differ here and not in the law of today."""
    assert rijen.antwoord(regel, args) == verwacht
