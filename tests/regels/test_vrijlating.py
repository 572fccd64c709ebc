"""Rules W1 to W3 and W6 row by row: the base, every condition of every onderdeel, and its months to the month."""

from __future__ import annotations

from typing import Any

import pytest
from tests.regels import rijen

from verrekening.geld import Verhouding
from verrekening.maand import OPEN
from verrekening.regels import vrijlating as w
from verrekening.regels import vrijlating_34a as w34

JA, NEE = True, False
M = 678
VIJFTIEN, VIJFENTWINTIG = Verhouding(15, 100), Verhouding(25, 100)

RIJEN: list[rijen.Rij] = [
    # W1: wage, claim, with the claim?, right?
    (w.vrijlating_grondslag, (60000, 4800, NEE, JA), 60000),
    (w.vrijlating_grondslag, (60000, 4800, JA, JA), 64800),
    (w.vrijlating_grondslag, (-100, 0, NEE, JA), 0),
    (w.vrijlating_grondslag, (60000, 4800, JA, NEE), 0),
    (w.vrijlating_grondslag_lks, (60000, 4800, NEE, JA), 60000),
    (w.vrijlating_grondslag_lks, (60000, 4800, JA, JA), 64800),
    (w.vrijlating_grondslag_lks, (-100, 0, NEE, JA), 0),
    (w.vrijlating_grondslag_lks, (60000, 4800, JA, NEE), 0),
    # 48.00 × 300/600 + 16.00 × 100/200 = 24.00 + 8.00; next to the AOW age 72.00 × (200 + 100)/900 = 24.00
    (w.aanspraak_lks, (30000, 10000, 4800, 60000, 1600, 20000, 0, 0), 3200),
    (w.aanspraak_lks, (20000, 10000, 0, 0, 0, 0, 7200, 90000), 2400),
    (w.aanspraak_lks, (30000, 10000, 4800, 60000, 1600, 20000, 7200, 80000), 6800),
    # n: 27 or older; below AOW age fewer than six months and consent, from AOW age neither
    (w.n_mogelijk, (JA, NEE, 5, 6), JA),
    (w.n_mogelijk, (JA, NEE, 6, 6), NEE),
    (w.n_mogelijk, (JA, JA, 6, 6), JA),
    (w.n_mogelijk, (NEE, NEE, 0, 6), NEE),
    (w.recht_op_n, (JA, NEE, JA), JA),
    (w.recht_op_n, (JA, NEE, NEE), NEE),
    (w.recht_op_n, (JA, JA, NEE), JA),
    (w.recht_op_n, (NEE, JA, JA), NEE),
    (w.recht_op_y, (JA, NEE), JA),
    (w.recht_op_y, (JA, JA), NEE),
    (w.recht_op_y, (NEE, NEE), NEE),
    # aa: from the month after the twelve months of z, unless n, y or z applies
    (w.aa_mogelijk, (JA, M - 12, 12, M, NEE, NEE, NEE), JA),
    (w.aa_mogelijk, (JA, M - 11, 12, M, NEE, NEE, NEE), NEE),
    (w.aa_mogelijk, (JA, OPEN, 12, M, NEE, NEE, NEE), NEE),
    (w.aa_mogelijk, (NEE, M - 12, 12, M, NEE, NEE, NEE), NEE),
    (w.aa_mogelijk, (JA, M - 12, 12, M, JA, NEE, NEE), NEE),
    (w.aa_mogelijk, (JA, M - 12, 12, M, NEE, JA, NEE), NEE),
    (w.aa_mogelijk, (JA, M - 12, 12, M, NEE, NEE, JA), NEE),
    (w.recht_op_aa, (JA, JA), JA),
    (w.recht_op_aa, (JA, NEE), NEE),
    (w.recht_op_aa, (NEE, JA), NEE),
    (w.recht_op_r, (JA, JA), JA),
    (w.recht_op_r, (JA, NEE), NEE),
    (w.recht_op_r, (NEE, JA), NEE),
    # The first that applies: n, y, z, aa, r
    *[(w.onderdeel_31, tuple(plaats >= eerste for plaats in range(5)), eerste + 1) for eerste in range(5)],
    (w.onderdeel_31, (NEE,) * 5, 0),
    *[
        (regel, (code, 100), 100 * (code == eigen))
        for eigen, regel in enumerate((w.grondslag_n, w.grondslag_y, w.grondslag_z, w.grondslag_aa, w.grondslag_r), 1)
        for code in range(6)
    ],
    # 25% of 1140.00 = 285.00; half a cent is a cent; 12.5% of 0.04 = 0.005
    (w.vrijlating_n, (114000, VIJFENTWINTIG, 28500), 28500),
    (w.vrijlating_n, (114004, VIJFENTWINTIG, 28500), 28500),
    (w.vrijlating_n, (2, VIJFENTWINTIG, 28500), 1),
    *[(regel, (30, VIJFTIEN, 18000), 5) for regel in (w.vrijlating_y, w.vrijlating_z, w.vrijlating_aa)],
    *[(regel, (130000, VIJFTIEN, 18000), 18000) for regel in (w.vrijlating_y, w.vrijlating_z, w.vrijlating_aa)],
    (w.vrijlating_r, (4, Verhouding(125, 1000), 17000), 1),
    (w.vrijlating_r, (140000, Verhouding(125, 1000), 17000), 17000),
    (w.vrijlating_persoon_31, (1, 20, 300, 4000, 50000), 54321),
    # W6: n below AOW age; aa over the wage of its job, r over all wage; one cent is enough
    (w.te_beoordelen_31, (JA, NEE, JA, 1, NEE, NEE, 0, NEE, NEE), JA),
    (w.te_beoordelen_31, (JA, NEE, JA, 0, NEE, NEE, 1, NEE, NEE), NEE),
    (w.te_beoordelen_31, (JA, JA, JA, 1, NEE, NEE, 1, NEE, NEE), NEE),
    (w.te_beoordelen_31, (JA, NEE, NEE, 1, NEE, NEE, 1, NEE, NEE), NEE),
    (w.te_beoordelen_31, (NEE, NEE, JA, 1, NEE, JA, 1, NEE, JA), NEE),
    (w.te_beoordelen_31, (NEE, NEE, NEE, 0, JA, JA, 1, NEE, NEE), JA),
    (w.te_beoordelen_31, (NEE, NEE, NEE, 1, JA, JA, 0, NEE, NEE), NEE),
    (w.te_beoordelen_31, (NEE, NEE, NEE, 1, JA, NEE, 1, NEE, NEE), NEE),
    (w.te_beoordelen_31, (NEE, NEE, NEE, 1, NEE, NEE, 0, JA, JA), JA),
    (w.te_beoordelen_31, (NEE, NEE, NEE, 0, NEE, NEE, 1, JA, JA), NEE),
    (w.te_beoordelen_31, (NEE, NEE, NEE, 1, NEE, NEE, 1, JA, NEE), NEE),
    # A3: 150.00 × (300.00 + 100.00) / 600.00
    (w.vrijlating_deel_aanspraak, (15000, 30000, 10000, 60000), 10000),
    (w.vrijlating_deel_aanspraak, (0, 0, 0, 0), 0),
    # W3: b 15% without maximum, c 25% with one, who is in both the higher, else a
    (w34.vrijlating_b, (JA, 30, VIJFTIEN), 5),
    (w34.vrijlating_b, (NEE, 30, VIJFTIEN), 0),
    (w34.grondslag_c, (JA, 100), 100),
    (w34.grondslag_c, (NEE, 100), 0),
    (w34.vrijlating_c, (2, VIJFENTWINTIG, 22600), 1),
    (w34.vrijlating_c, (100000, VIJFENTWINTIG, 22600), 22600),
    (w34.vrijlating_a, (JA, JA, 30, VIJFTIEN), 5),
    (w34.vrijlating_a, (JA, NEE, 30, VIJFTIEN), 0),
    (w34.vrijlating_a, (NEE, JA, 30, VIJFTIEN), 0),
    # limited, AOW, b, c, a
    (w34.onderdeel_34a, (NEE, JA, 0, 1, 0), 8),
    (w34.onderdeel_34a, (JA, JA, 4, 5, 0), 8),
    (w34.onderdeel_34a, (JA, JA, 5, 5, 0), 7),
    (w34.onderdeel_34a, (JA, NEE, 5, 0, 0), 7),
    (w34.onderdeel_34a, (NEE, NEE, 0, 0, 1), 6),
    (w34.onderdeel_34a, (NEE, NEE, 0, 0, 0), 0),
    (w34.vrijlating_persoon_34a, (0, 4, 5), 5),
    (w34.vrijlating_persoon_34a, (0, 5, 4), 5),
    (w34.vrijlating_persoon_34a, (3, 0, 0), 3),
    # a: AOW, limited, given, in a given period, begun, months, month
    (w34.a_mogelijk, (NEE, NEE, NEE, NEE, OPEN, 12, M), JA),
    (w34.a_mogelijk, (NEE, NEE, NEE, NEE, M, 12, M), JA),
    (w34.a_mogelijk, (NEE, NEE, NEE, NEE, M + 1, 12, M), NEE),
    (w34.a_mogelijk, (NEE, NEE, NEE, NEE, M - 11, 12, M), JA),
    (w34.a_mogelijk, (NEE, NEE, NEE, NEE, M - 12, 12, M), NEE),
    (w34.a_mogelijk, (NEE, NEE, JA, JA, M - 12, 12, M), JA),
    (w34.a_mogelijk, (NEE, NEE, JA, NEE, M, 12, M), NEE),
    (w34.a_mogelijk, (JA, NEE, NEE, NEE, M, 12, M), NEE),
    (w34.a_mogelijk, (NEE, JA, NEE, NEE, M, 12, M), NEE),
    (w34.te_beoordelen_34a, (JA, JA, 1), JA),
    (w34.te_beoordelen_34a, (JA, JA, 0), NEE),
    (w34.te_beoordelen_34a, (JA, NEE, 1), NEE),
    (w34.te_beoordelen_34a, (NEE, JA, 1), NEE),
]


@pytest.mark.parametrize(("regel", "args", "verwacht"), RIJEN, ids=rijen.naam)
def test_a_rule_gives_the_row_of_its_article(regel: Any, args: tuple[Any, ...], verwacht: Any) -> None:
    """Computed by hand from the rule in the comment."""
    assert rijen.antwoord(regel, args) == verwacht


Z: dict[str, Any] = {
    "in_lks": JA, "is_27": JA, "z_onder_27": NEE, "n_gebruikt": 6, "vrijlating_n_maanden": 6, "z_gegeven": NEE,
    "z_begin": OPEN, "vrijlating_z_maanden": 12, "maand": M, "recht_op_n": NEE, "recht_op_y": NEE,
}  # fmt: skip
"""In the target group, 27 or older, n used up, z not begun."""


@pytest.mark.parametrize(
    ("anders", "recht"),
    [
        ({}, JA),
        ({"in_lks": NEE}, NEE),
        ({"n_gebruikt": 5}, NEE),
        ({"n_gebruikt": 5, "z_gegeven": JA}, JA),
        ({"is_27": NEE, "n_gebruikt": 0}, NEE),
        ({"is_27": NEE, "n_gebruikt": 0, "z_onder_27": JA}, JA),
        ({"is_27": NEE, "z_gegeven": JA}, NEE),
        ({"z_begin": M}, JA),
        ({"z_begin": M + 1}, NEE),
        ({"z_begin": M - 11}, JA),
        ({"z_begin": M - 12}, NEE),
        ({"recht_op_n": JA}, NEE),
        ({"recht_op_y": JA}, NEE),
    ],
)
def test_z_runs_twelve_calendar_months_after_six_months_of_n(anders: dict[str, Any], recht: bool) -> None:
    """Rule W2; a given first month stands for the six months, the policy decides under 27."""
    assert rijen.antwoord(w.recht_op_z, tuple((Z | anders).values())) == recht


R: dict[str, Any] = {
    "alleenstaande_ouder": JA, "is_27": JA, "kind_onder_12": JA, "n_gebruikt": 6, "vrijlating_n_maanden": 6,
    "r_begin": OPEN, "vrijlating_r_maanden": 30, "maand": M,
    "recht_op_n": NEE, "recht_op_y": NEE, "recht_op_z": NEE, "recht_op_aa": NEE,
}  # fmt: skip
"""A single parent of 27 or older with a child under 12, n used up, r not begun."""


@pytest.mark.parametrize(
    ("anders", "mogelijk"),
    [
        ({}, JA),
        *[({naam: NEE}, NEE) for naam in ("alleenstaande_ouder", "is_27", "kind_onder_12")],
        ({"n_gebruikt": 5}, NEE),
        ({"r_begin": M}, JA),
        ({"r_begin": M + 1}, NEE),
        ({"r_begin": M - 29}, JA),
        ({"r_begin": M - 30}, NEE),
        *[({f"recht_op_{letter}": JA}, NEE) for letter in ("n", "y", "z", "aa")],
    ],
)
def test_r_runs_thirty_calendar_months_after_six_months_of_n(anders: dict[str, Any], mogelijk: bool) -> None:
    """Rule W2; the onderdelen before it go first."""
    assert rijen.antwoord(w.r_mogelijk, tuple((R | anders).values())) == mogelijk
