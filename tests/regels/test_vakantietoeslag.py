"""The claim tables of Regeling Pw art. 11 to 14: every edge of 2026 one cent on either side, computed by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from tests.regels import rijen

from verrekening.maand import lees_maand
from verrekening.parameters import laad
from verrekening.regels import vakantiegeld, vakantietoeslag

PARAMETERS = laad()

ART_11 = (vakantietoeslag.aanspraak_art11, "vt_claim_art11_tegenwoordige_arbeid")
ART_12 = (vakantietoeslag.aanspraak_art12, "vt_claim_art12_vroegere_arbeid")
ART_13 = (vakantietoeslag.aanspraak_art13_arbeid, "vt_claim_art13_zonder_ahk")
ART_13_OVERIG = (vakantietoeslag.aanspraak_art13_overig, "vt_claim_art13_zonder_ahk")
ART_14_1A = (vakantietoeslag.aanspraak_art14_1a, "vt_claim_art14_alleenstaande_aow")
ART_14_1B = (vakantietoeslag.aanspraak_art14_1b, "vt_claim_art14_gehuwden_aow")
ART_14_1C = (vakantietoeslag.aanspraak_art14_1c, "vt_claim_art14_gehuwden_een_aow")
ART_14_2 = (vakantietoeslag.aanspraak_art14_2, "vt_claim_art14_ander_inkomen_aow")

RANDEN = [
    # art. 11: 8% | from 876.39 8% − 20.77 | from 1059.26 8% − 2.67 | from 2175.48 5.02% − 1.68
    (ART_11, 87638, 7011),  # 70.1104
    (ART_11, 87639, 4934),  # 70.1112 − 20.77
    (ART_11, 105925, 6397),  # 84.74 − 20.77
    (ART_11, 105926, 8207),  # 84.7408 − 2.67 = 82.0708
    (ART_11, 217547, 17137),  # 174.0376 − 2.67 = 171.3676
    (ART_11, 217548, 10753),  # 109.209096 − 1.68 = 107.529096
    # art. 12: 8% | from 672.38 5.14% | from 726.15 8% − 20.77 | from 1733.81 7.20% − 18.70 | from 1851.75 8% − 33.46
    (ART_12, 67237, 5379),  # 53.7896
    (ART_12, 67238, 3456),  # 34.560332
    (ART_12, 72614, 3732),  # 37.323596
    (ART_12, 72615, 3732),  # 58.092 − 20.77 = 37.322
    (ART_12, 173380, 11793),  # 138.704 − 20.77 = 117.934
    (ART_12, 173381, 10613),  # 124.83432 − 18.70 = 106.13432
    (ART_12, 185174, 11463),  # 133.32528 − 18.70 = 114.62528
    (ART_12, 185175, 11468),  # 148.14 − 33.46
    # art. 13: 8% over all; half a cent is a cent
    (ART_13, 6, 0),  # 0.0048
    (ART_13, 7, 1),  # 0.0056
    (ART_13, 100000, 8000),
    (ART_13_OVERIG, 100000, 8000),
    # art. 14 lid 1: a 6.51%, b 6.78%, c 6.78% | from 1507.16 6.78% − 20.48; lid 2: 8%
    (ART_14_1A, 100000, 6510),
    (ART_14_1B, 100000, 6780),
    (ART_14_1C, 150715, 10218),  # 102.18477
    (ART_14_1C, 150716, 8171),  # 102.185448 − 20.48 = 81.705448
    (ART_14_2, 100000, 8000),
    # never below 0, also over a negative wage
    *[(een, -100, 0) for een in (ART_11, ART_12, ART_13, ART_13_OVERIG, ART_14_1A, ART_14_1B, ART_14_1C, ART_14_2)],
    (ART_12, 0, 0),
]


@pytest.mark.parametrize(("tabel", "inkomen", "verwacht"), RANDEN)
def test_a_bracket_begins_at_its_own_edge(tabel: tuple[Callable[..., Any], str], inkomen: int, verwacht: int) -> None:
    """`from ≤ ink < to`, rounded half up; a column gives what one number gives."""
    functie, naam = tabel
    schijven = PARAMETERS.op(naam, lees_maand("2026-06")).waarde
    assert functie(inkomen, schijven) == verwacht
    assert functie(np.array([inkomen]), schijven).tolist() == [verwacht]


@pytest.mark.parametrize("maand", ["2023-01", "2024-06", "2025-12", "2027-01", "2027-12"])
@pytest.mark.parametrize("tabel", [ART_11, ART_12, ART_13, ART_14_1A, ART_14_1B, ART_14_1C, ART_14_2])
def test_a_year_without_a_table_is_eight_percent(tabel: tuple[Callable[..., Any], str], maand: str) -> None:
    """8.00% flat, and provisional (rules V3 and P3)."""
    functie, naam = tabel
    waarde = PARAMETERS.op(naam, lees_maand(maand))
    assert functie(220000, waarde.waarde) == 17600
    assert waarde.status == "voorlopig"


def test_the_claim_of_the_day_before_2026_is_that_of_2025() -> None:
    """The table of the year of M: 900.00 is 72.00 in December 2025 and 51.23 in January 2026."""
    functie, naam = ART_11
    assert functie(90000, PARAMETERS.op(naam, lees_maand("2025-12")).waarde) == 7200
    assert functie(90000, PARAMETERS.op(naam, lees_maand("2026-01")).waarde) == 5123


def test_a_claim_goes_back_to_the_parts_that_brought_it() -> None:
    """In proportion to the income; the parts sum to the whole, the cent that is left to the largest remainder."""
    aanspraken = np.zeros((len(vakantiegeld.AANSPRAKEN), 2), dtype=np.int64)
    aanspraken[0, 0], aanspraken[5, 1] = 6369, 100
    persoon = np.array([0, 0, 0, 1, 1])
    aow = np.array([False, False, False, True, True])
    # Person 0: two jobs with tax credit and one part without a claim; person 1 has reached the AOW age.
    categorie = np.array([0, 0, 2, 0, 4])
    bedrag = np.array([49760, 29856, 50000, 100, 200])
    delen = vakantiegeld.verdeel_aanspraak(aanspraken, persoon, aow, categorie, bedrag)
    assert delen.tolist() == [3981, 2388, 0, 33, 67]


JA, NEE = True, False
v = vakantietoeslag

RIJEN: list[rijen.Rij] = [
    # V2: which income falls under which article, below and from AOW age
    (v.ink_art11, (100, NEE), 100),
    (v.ink_art11, (100, JA), 0),
    (v.ink_art12, (100, 20, NEE), 120),
    (v.ink_art12, (100, 20, JA), 0),
    (v.ink_art13_arbeid, (100, NEE), 100),
    (v.ink_art13_arbeid, (100, JA), 0),
    (v.ink_art13_overig, (100, 20, NEE), 120),
    (v.ink_art13_overig, (100, 20, JA), 0),
    (v.ink_art14_1, (100, 20, JA), 120),
    (v.ink_art14_1, (100, 20, NEE), 0),
    (v.ink_art14_2, (1000, 200, 30, 4, JA), 1234),
    (v.ink_art14_2, (1000, 200, 30, 4, NEE), 0),
    # a: single; b: both; c: one of the spouses
    (v.ink_art14_1a, (100, NEE), 100),
    (v.ink_art14_1a, (100, JA), 0),
    (v.ink_art14_1b, (100, JA, JA), 100),
    (v.ink_art14_1b, (100, JA, NEE), 0),
    (v.ink_art14_1b, (100, NEE, NEE), 0),
    (v.ink_art14_1c, (100, JA, NEE), 100),
    (v.ink_art14_1c, (100, JA, JA), 0),
    (v.ink_art14_1c, (100, NEE, NEE), 0),
    (v.aanspraak, (1, 20, 300, 4000, 50000, 600000, 7000000, 80000000), 87654321),
    # A1: everything together, with and without a claim
    (v.arbeid, (1000, 200, 30), 1230),
    (v.uitkeringen, (10000, 2000, 300, 40, 5), 12345),
    # A3: 1000.00 + 500.00, of which 100.00 and 50.00 without a claim
    (v.ink_met_aanspraak, (100000, 50000, 10000, 5000), 135000),
    # V4: art. 11, art. 13, and of art. 14 lid 2 what the wage 200.00 + 100.00 of 900.00 brought: 72.00 / 3
    (v.aanspraak_arbeid, (500, 80, 7200, 90000, 20000, 10000), 2980),
    (v.aanspraak_arbeid, (500, 80, 0, 0, 20000, 10000), 580),
]


@pytest.mark.parametrize(("regel", "args", "verwacht"), RIJEN, ids=rijen.naam)
def test_a_rule_gives_the_cents_of_its_article(regel: Any, args: tuple[Any, ...], verwacht: Any) -> None:
    """Computed by hand from the rule in the comment."""
    assert rijen.antwoord(regel, args) == verwacht
