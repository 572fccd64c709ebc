"""Rules O1, O2 and S6 cent by cent: other income, and a spouse without right."""

from __future__ import annotations

from typing import Any

import pytest
from tests.regels import rijen

from verrekening.regels import overig

RIJEN: list[rijen.Rij] = [
    # O1: 8% of 1.06 = 0.0848 and of 1.07 = 0.0856
    (overig.aanspraak_overig, (106,), 8),
    (overig.aanspraak_overig, (107,), 9),
    (overig.aanspraak_totaal, (500, 80), 580),
    (overig.partner_inkomen, (1000, 200, 30, 4), 1234),
    # O2, norm 1000.00 of a couple's 2000.00. Own 0: assistance 1000.00, the partner's 1200.00 is 200.00 above.
    (overig.partner_telt_met_vrijlating, (120000, 0, 100000, 200000), 20000),
    # Own 300.00 only lowers the assistance: again 200.00.
    (overig.partner_telt_met_vrijlating, (120000, 30000, 100000, 200000), 20000),
    # Own 1500.00, no assistance: 700.00 above; own 2500.00: never more than the partner has.
    (overig.partner_telt_met_vrijlating, (120000, 150000, 100000, 200000), 70000),
    (overig.partner_telt_met_vrijlating, (120000, 250000, 100000, 200000), 120000),
    (overig.partner_telt_met_vrijlating, (90000, 0, 100000, 200000), 0),
    (overig.partner_telt_met_vrijlating, (-100, 250000, 100000, 200000), 0),
    (overig.bijstand_zonder_partner, (100000, 30000), 70000),
    (overig.bijstand_zonder_partner, (100000, 150000), 0),
    # The same with what is left of the exemption: income, own income, assistance, norm of a couple.
    (overig.partner_telt, (120000, 30000, 70000, 200000), 20000),
    (overig.partner_telt, (120000, 150000, 0, 200000), 70000),
    (overig.partner_telt, (120000, 250000, 0, 200000), 120000),
    (overig.partner_telt, (90000, 0, 100000, 200000), 0),
    (overig.partner_telt, (-100, 250000, 0, 200000), 0),
    (overig.overige_inkomsten, (3000, 200), 3200),
    (overig.besteedbaar_zonder_arbeid, (1000, 200, 30, 4), 1234),
]


@pytest.mark.parametrize(("regel", "args", "verwacht"), RIJEN, ids=rijen.naam)
def test_a_rule_gives_the_cents_of_its_article(regel: Any, args: tuple[Any, ...], verwacht: Any) -> None:
    """Computed by hand from the rule in the comment."""
    assert rijen.antwoord(regel, args) == verwacht
