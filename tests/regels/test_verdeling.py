"""Rules S5, S7, S8, S9 and S13 cent by cent: which months and which claims."""

from __future__ import annotations

from typing import Any

import pytest
from tests.regels import rijen

from verrekening.regels import verdeling

RIJEN: list[rijen.Rij] = [
    (verdeling.verrekend, (100, 60), 60),
    (verdeling.verrekend, (40, 60), 40),
    (verdeling.nog_te_verdelen_na, (60, 40), 20),
    (verdeling.nabetaald, (30, False), 30),
    (verdeling.nabetaald, (30, True), 0),
    # S13: 1000.00 − 200.00 + 30.00 − 800.00 = 30.00; never below 0, and 0 when the payment is not known
    (verdeling.open_bedrag, (100000, 20000, 3000, 80000, True), 3000),
    (verdeling.open_bedrag, (80000, 0, 0, 100000, True), 0),
    (verdeling.open_bedrag, (100000, 0, 0, 80000, False), 0),
    (verdeling.blijft_te_verrekenen, (100, 60), 40),
    # S8: one cent stays open
    (verdeling.signaal_RESTANT_BIJ_EINDE, (1, True), True),
    (verdeling.signaal_RESTANT_BIJ_EINDE, (0, True), False),
    (verdeling.signaal_RESTANT_BIJ_EINDE, (1, False), False),
    (verdeling.signaal_TERMIJN_LOOPT_AF, (1, False, 672, 672), True),
    (verdeling.signaal_TERMIJN_LOOPT_AF, (0, False, 672, 672), False),
    (verdeling.signaal_TERMIJN_LOOPT_AF, (1, True, 672, 672), False),
    (verdeling.signaal_TERMIJN_LOOPT_AF, (1, False, 673, 672), False),
    # S9: in the order of the list
    (verdeling.afgelost, (5000, 3000), 3000),
    (verdeling.afgelost, (2000, 3000), 2000),
    (verdeling.nog_af_te_lossen_na, (5000, 3000), 2000),
]


@pytest.mark.parametrize(("regel", "args", "verwacht"), RIJEN, ids=rijen.naam)
def test_a_rule_gives_the_cents_of_its_article(regel: Any, args: tuple[Any, ...], verwacht: Any) -> None:
    """Computed by hand from the rule in the comment."""
    assert rijen.antwoord(regel, args) == verwacht
