"""Rules W4, W5 and W6 row by row: what the household's month makes of the exemption, and of the next month."""

from __future__ import annotations

from typing import Any

import pytest
from tests.regels import rijen

from verrekening.maand import OPEN
from verrekening.regels import vrijlating_na as na

MAAND = 678
N, Y, Z, AA, R, A, B, C = range(1, 9)

RIJEN: list[rijen.Rij] = [
    (na.vrijlating_na, (1, False), 1),
    (na.vrijlating_na, (1, True), 0),
    # An onderdeel is used from one cent on.
    (na.onderdeel_na, (Z, 1), Z),
    (na.onderdeel_na, (Z, 0), 0),
    # Only n uses a month of n; only z begins z, r begins r, a begins a; once begun it stays.
    *[(na.n_gebruikt_na, (3, code), 3 + (code == N)) for code in range(9)],
    *[(na.z_begin_na, (OPEN, code, MAAND), MAAND if code == Z else OPEN) for code in range(9)],
    *[(na.r_begin_na, (OPEN, code, MAAND), MAAND if code == R else OPEN) for code in range(9)],
    *[(na.a34_begin_na, (OPEN, code, MAAND), MAAND if code == A else OPEN) for code in range(9)],
    (na.z_begin_na, (MAAND - 2, Z, MAAND), MAAND - 2),
    (na.r_begin_na, (MAAND - 2, R, MAAND), MAAND - 2),
    (na.a34_begin_na, (MAAND - 2, A, MAAND), MAAND - 2),
    # W6: judged only while there is assistance, of one cent too.
    (na.signaal_VRIJLATING_BEOORDELEN, (True, 1), True),
    (na.signaal_VRIJLATING_BEOORDELEN, (True, 0), False),
    (na.signaal_VRIJLATING_BEOORDELEN, (False, 1), False),
]


@pytest.mark.parametrize(("regel", "args", "verwacht"), RIJEN, ids=rijen.naam)
def test_a_rule_gives_the_row_of_its_article(regel: Any, args: tuple[Any, ...], verwacht: Any) -> None:
    """Read from the rule in the comment."""
    assert rijen.antwoord(regel, args) == verwacht
