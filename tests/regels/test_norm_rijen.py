"""Chapter B1 where two amounts of the law happen to be equal today: which of them a rule takes."""

from __future__ import annotations

from typing import Any

import pytest
from tests.regels import rijen

from verrekening.regels import norm

JA, NEE = True, False

RIJEN: list[rijen.Rij] = [
    # Art. 20 lid 1 onder a without a child, lid 2 onder a with one
    (norm.norm_jong_alleen, (NEE, 1, 2), 1),
    (norm.norm_jong_alleen, (JA, 1, 2), 2),
    # Art. 22a lid 3: the kostendelersnorm of whoever is 21 or older, and what the other brings
    (norm.norm_jong_een, (NEE, 1, JA, 100, 200, 7, 8, 30, 40), 140),
    (norm.norm_jong_een, (JA, 1, NEE, 100, 200, 7, 8, 30, 40), 230),
    (norm.norm_jong_een, (NEE, 0, JA, 100, 200, 7, 8, 30, 40), 7),
    (norm.norm_jong_een, (JA, 0, NEE, 100, 200, 7, 8, 30, 40), 8),
]


@pytest.mark.parametrize(("regel", "args", "verwacht"), RIJEN, ids=rijen.naam)
def test_a_rule_takes_the_amount_of_its_article(regel: Any, args: tuple[Any, ...], verwacht: Any) -> None:
    """Amounts that differ here and not in the law of today."""
    assert rijen.antwoord(regel, args) == verwacht
