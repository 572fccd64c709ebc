"""No rule without an article, a sentence that explains it, and a worked case that reaches it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests import dekking

from verrekening.motor import woorden
from verrekening.motor.regel import maak_regel
from verrekening.motor.woorden import Cent, kies, ten_hoogste
from verrekening.regels import NIVEAUS, TABELREGELS

_RUN = "needs a standing decision of an earlier run; tests/berekening/test_betaald.py reaches it"
# Rule -> why no worked case reaches it.
NIET_BEREIKT: dict[str, str] = {
    "signaal_BETALING_WIJKT_AF": _RUN,
    "verhoging_20_3": "before 2026 there was no raise: always 0",
}


@pytest.fixture(scope="module")
def gemeten() -> dekking.Dekking:
    """What the worked cases reach."""
    return dekking.meet(met_kanten=False)


def test_every_rule_is_reached_by_a_worked_case(gemeten: dekking.Dekking) -> None:
    """Its column holds something in at least one row of one scenario."""
    niet = {naam for naam, bereikt in gemeten.regels.items() if not bereikt.gevallen}
    assert niet == set(NIET_BEREIKT)


def test_every_rule_names_its_article_and_explains_itself() -> None:
    """Number, article and sentence, for rules over columns and rules over tables."""
    alle: list[Any] = [regel for niveau in NIVEAUS for regel in niveau.regels]
    assert len(alle) > 100
    for een in [*alle, *TABELREGELS]:
        assert een.nummer.strip(), een.naam
        assert een.artikel.strip(), een.naam
        assert len(een.zin.split()) >= 2, een.naam


def test_a_side_of_a_choice_that_never_occurs_is_reported() -> None:
    """With only amounts below the limit, the limit never wins."""

    def begrensd(bedrag: Cent, maximum: Cent) -> Cent:
        return kies(bedrag > 0, ten_hoogste(bedrag, maximum), 0)

    regel = maak_regel(begrensd, "toets", "X1", "art. 1", "een bedrag met een maximum")
    bereikt = dekking.Bereikt()
    functie = dekking._met_spionnen(regel.functie, bereikt.kanten)
    assert functie(np.array([0, 5]), np.array([9, 9])).tolist() == [0, 5]
    (gemist,) = bereikt.ontbreekt()
    assert gemist.endswith("ten_hoogste nooit maximum")
    assert functie(10, 9) == 9
    assert bereikt.ontbreekt() == []


def test_every_word_that_chooses_is_watched() -> None:
    """A new word with two sides in the motor must be counted too."""
    rekent = {"deel", "evenredig", "per_hoofd", "volgens_tabel", "rekenkundig", "naar_beneden", "Exact", "niet"}
    assert rekent | set(dekking._KANTEN) == woorden.WOORDEN
