"""Rule S10 cent by cent: what is short, the room in the bufferbudget, and which months it clears."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.regels import rijen

from verrekening.geld import Verhouding
from verrekening.regels import bestaansminimum

RIJEN: list[rijen.Rij] = [
    # 95% of 1419.46 = 1348.487, downwards
    (bestaansminimum.ondergrens, (141946, Verhouding(95, 100)), 134848),
    # 950.00 − (900.00 + 10.00 + 10.00); more than enough is no shortage, nor is an ended assistance
    (bestaansminimum.tekort, (95000, 90000, 1000, 1000, True), 3000),
    (bestaansminimum.tekort, (95000, 95000, 1, 0, True), 0),
    (bestaansminimum.tekort, (95000, 0, 0, 0, False), 0),
    # 1000.00 − 400.00, already at one cent short; nothing short: nothing told; used beyond the maximum: 0
    (bestaansminimum.bufferbudget_over, (1, 100000, 40000), 60000),
    (bestaansminimum.bufferbudget_over, (0, 100000, 40000), 0),
    (bestaansminimum.bufferbudget_over, (1, 100000, 100001), 0),
    (bestaansminimum.signaal_ONDER_BESTAANSMINIMUM, (1,), True),
    (bestaansminimum.signaal_ONDER_BESTAANSMINIMUM, (0,), False),
]


@pytest.mark.parametrize(("regel", "args", "verwacht"), RIJEN, ids=rijen.naam)
def test_a_rule_gives_the_cents_of_its_article(regel: Any, args: tuple[Any, ...], verwacht: Any) -> None:
    """Computed by hand from the rule in the comment."""
    assert rijen.antwoord(regel, args) == verwacht


def test_the_oldest_month_is_cleared_first_until_the_bufferbudget_is_used_up() -> None:
    """One household per column: 1.20 over 1.00, 0.50, 0.70; and 0.10 that skips a month with nothing to clear."""
    te_verrekenen = np.array([[100, 0], [50, 30], [70, 30]])
    vereffend = bestaansminimum.vereffen(np.array([120, 10]), te_verrekenen)
    assert vereffend.tolist() == [[100, 0], [20, 10], [0, 0]]
