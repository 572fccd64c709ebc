"""Chapter S cent by cent: what may be settled over a month, and how much of a payment."""

from __future__ import annotations

from typing import Any

import pytest
from tests.regels import rijen

from verrekening.geld import Verhouding
from verrekening.maand import lees_maand
from verrekening.regels import verrekening as s

P = lees_maand("2026-08")
VIJF = Verhouding(5, 100)
JA, NEE = True, False

RIJEN: list[rijen.Rij] = [
    # S2: booked, booked?, decided, paid by the bank, decided? Silence, the amount of the bank, or less than 0: unknown.
    (s.betaling_bekend, (100, JA, 0, 0, NEE), JA),
    (s.betaling_bekend, (0, NEE, 100, 80, JA), JA),
    (s.betaling_bekend, (0, NEE, 0, 0, NEE), NEE),
    (s.betaling_bekend, (80, JA, 100, 80, JA), NEE),
    (s.betaling_bekend, (90, JA, 100, 80, JA), JA),
    (s.betaling_bekend, (80, JA, 80, 80, JA), JA),
    (s.betaling_bekend, (0, JA, 100, 0, NEE), JA),
    (s.betaling_bekend, (0, NEE, 100, 0, JA), JA),
    (s.betaling_bekend, (0, JA, 0, 0, NEE), JA),
    (s.betaling_bekend, (-1, JA, 0, 0, NEE), NEE),
    (s.betaald_in_maand, (90, JA, 100), 90),
    (s.betaald_in_maand, (0, NEE, 100), 100),
    (s.betaald, (100000, 20000, 3000, 400, 50), 82550),
    (s.verschil, (100000, 80000, JA), 20000),
    (s.verschil, (80000, 100000, JA), -20000),
    (s.verschil, (100000, 80000, NEE), 0),
    # without income 1348.49, due 799.19; 100.00 of it settled before, on balance; paid back more than settled: 0
    (s.door_middelen, (134849, 79919, 12000, 2000, 500), 44430),
    (s.door_middelen, (134849, 79919, 2000, 12000, 0), 54930),
    (s.te_verrekenen, (60000, 54930), 54930),
    (s.te_verrekenen, (50000, 54930), 50000),
    (s.te_verrekenen, (-50000, 54930), 0),
    (s.te_verrekenen, (50000, -1), 0),
    (s.geen_middelen, (60000, 54930), 5070),
    (s.geen_middelen, (1, 0), 1),
    (s.geen_middelen, (-1, 0), 0),
    (s.signaal_GEEN_MIDDELEN, (2,), NEE),
    (s.signaal_GEEN_MIDDELEN, (3,), JA),
    # S3: received in P−6 or later
    (s.eerste_ontvangstmaand, (P, 6), lees_maand("2026-02")),
    (s.binnen_termijn, (lees_maand("2026-02"), lees_maand("2026-02")), JA),
    (s.binnen_termijn, (lees_maand("2026-01"), lees_maand("2026-02")), NEE),
    (s.te_verrekenen_binnen, (100, JA), 100),
    (s.te_verrekenen_binnen, (100, NEE), 0),
    (s.te_verrekenen_buiten, (100, NEE), 100),
    (s.te_verrekenen_buiten, (100, JA), 0),
    (s.signaal_BUITEN_TERMIJN, (1,), JA),
    (s.signaal_BUITEN_TERMIJN, (0,), NEE),
    (s.te_weinig, (-100,), 100),
    (s.te_weinig, (100,), 0),
    (s.signaal_BETALING_ONBEKEND, (NEE,), JA),
    (s.signaal_BETALING_ONBEKEND, (JA,), NEE),
    # Booked and decided, not the same, and known
    (s.signaal_BETALING_WIJKT_AF, (90, JA, 100, JA, JA), JA),
    (s.signaal_BETALING_WIJKT_AF, (100, JA, 100, JA, JA), NEE),
    (s.signaal_BETALING_WIJKT_AF, (90, NEE, 100, JA, JA), NEE),
    (s.signaal_BETALING_WIJKT_AF, (90, JA, 100, NEE, JA), NEE),
    (s.signaal_BETALING_WIJKT_AF, (90, JA, 100, JA, NEE), NEE),
    # A4: 95.00 net with a measure of 9.50 is 104.50 of assistance of 110.00: 5/95 = 5.50
    (s.reservering_bij_betaald, (9500, 950, VIJF), 550),
    # difference, reserve now, reserve with what was paid, over the norm?, paid in, P
    (s.signaal_RESERVERING_GEWIJZIGD, (1, 501, 500, NEE, P - 1, P), JA),
    (s.signaal_RESERVERING_GEWIJZIGD, (0, 501, 500, NEE, P - 1, P), NEE),
    (s.signaal_RESERVERING_GEWIJZIGD, (1, 500, 500, NEE, P - 1, P), NEE),
    (s.signaal_RESERVERING_GEWIJZIGD, (1, 500, 500, JA, P - 1, P), JA),
    (s.signaal_RESERVERING_GEWIJZIGD, (1, 501, 500, NEE, P, P), NEE),
    # S5 to S9
    (s.som_te_verrekenen, (100, NEE), 100),
    (s.som_te_verrekenen, (100, JA), 0),
    (s.som_te_weinig, (100, NEE), 100),
    (s.som_te_weinig, (100, JA), 0),
    (s.verrekend_met_nabetaling, (100, 30), 30),
    (s.verrekend_met_nabetaling, (30, 100), 30),
    (s.nabetaling, (100, 30), 70),
    # 90% of 1000.05 = 900.045 -> 900.05 (rounded half up); 500.00 to spend
    (s.beschermd, (Verhouding(9, 10), 100005, 50000), 40005),
    (s.beschermd, (Verhouding(9, 10), 100005, 90006), 0),
    (s.beschikbaar, (80000, 30000), 50000),
    (s.beschikbaar, (30000, 80000), 0),
    (s.verrekend_met_uitkering, (100, 30, 50), 50),
    (s.verrekend_met_uitkering, (100, 60, 50), 40),
    (s.aflossing, (5000, 80000, 20000, 3000), 5000),
    (s.aflossing, (5000, 20000, 18000, 1000), 3000),
    (s.te_betalen, (80000, 20000, 3000, 5000, 700), 58700),
    (s.signaal_UITGESLOTEN, (JA,), JA),
]


@pytest.mark.parametrize(("regel", "args", "verwacht"), RIJEN, ids=rijen.naam)
def test_a_rule_gives_the_cents_of_its_article(regel: Any, args: tuple[Any, ...], verwacht: Any) -> None:
    """Computed by hand from the rule in the comment."""
    assert rijen.antwoord(regel, args) == verwacht
