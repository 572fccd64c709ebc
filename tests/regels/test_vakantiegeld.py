"""Rule V4 cent by cent: what was counted, and what was received."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.regels import rijen

from verrekening.regels import vakantiegeld

RIJEN: list[rijen.Rij] = [
    # 400.00 net × 350.00 / 560.00 = 250.00; never more than all of it
    (vakantiegeld.ontvangen, (40000, 35000, 56000), 25000),
    (vakantiegeld.ontvangen, (40000, 60000, 56000), 40000),
    (vakantiegeld.te_veel_geteld, (30000, 25000), 5000),
    (vakantiegeld.te_veel_geteld, (25000, 30000), 0),
    (vakantiegeld.te_veel_geteld, (25000, 25000), 0),
    (vakantiegeld.signaal_VAKANTIETOESLAG_TE_HOOG, (25001, 25000), True),
    (vakantiegeld.signaal_VAKANTIETOESLAG_TE_HOOG, (25000, 25000), False),
]


@pytest.mark.parametrize(("regel", "args", "verwacht"), RIJEN, ids=rijen.naam)
def test_a_rule_gives_the_cents_of_its_article(regel: Any, args: tuple[Any, ...], verwacht: Any) -> None:
    """Computed by hand from the rule in the comment."""
    assert rijen.antwoord(regel, args) == verwacht


@pytest.mark.parametrize(
    ("soort", "cent", "aow", "categorie", "bedrag", "verwacht"),
    [
        # A wage without a claim beside one with a claim from AOW age: all of the claim is of the second.
        (5, 100, True, [2, 0], [300, 100], [0, 100]),
        # Negative and empty parts bring no claim; a part of one cent brings its share, a claim of one cent too.
        (0, 80, False, [0, 0, 0], [-500, 0, 1000], [0, 0, 80]),
        (0, 4, False, [0, 0], [1, 3], [1, 3]),
        (0, 1, False, [0, 0], [1000, 1000], [1, 0]),
        (0, 0, False, [0, 0], [1000, 1000], [0, 0]),
        # What was not above 0 has no claim, and nothing to share.
        (0, 0, False, [0], [-100], [0]),
        (0, 0, False, [0, 0], [0, 0], [0, 0]),
    ],
)
def test_a_claim_goes_to_the_parts_above_zero_that_carry_one(
    soort: int, cent: int, aow: bool, categorie: list[int], bedrag: list[int], verwacht: list[int]
) -> None:
    """The parts sum to the claim."""
    aanspraken = np.zeros((len(vakantiegeld.AANSPRAKEN), 1), dtype=np.int64)
    aanspraken[soort, 0] = cent
    aantal = len(bedrag)
    persoon, leeftijd = np.zeros(aantal, dtype=np.int64), np.full(aantal, aow)
    delen = vakantiegeld.verdeel_aanspraak(aanspraken, persoon, leeftijd, np.array(categorie), np.array(bedrag))
    assert delen.tolist() == verwacht
