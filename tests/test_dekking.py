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

# Rules that no worked case reaches.
NIET_BEREIKT: set[str] = {
    "is_bankbedrag",
    "signaal_BETALING_WIJKT_AF",
    "is_pensioen",
    "nooit_inkomen",
    "onbekende_code",
    "signaal_INCIDENTEEL_INKOMEN",
    "signaal_ONDERNEMING",
    "signaal_ONBEKENDE_INKOMENSCODE",
    "signaal_MEERDERE_INKOMSTENPERIODEN",
    "gegeven_ontbreekt",
    "signaal_JGK_ONBEKEND",
    "signaal_IKB",
    "signaal_LOON_IN_NATURA",
    "loon_negatief",
    "signaal_AFWIJKENDE_INHOUDING",
    "signaal_NEGATIEF_LOON",
    "signaal_BRON_ONVOLLEDIG",
    "ink_art12",
    "ink_art13_overig",
    "ink_art14_2",
    "aanspraak_art12",
    "aanspraak_art13_overig",
    "ink_art14_1b",
    "ink_art14_1c",
    "aanspraak_art14_1b",
    "aanspraak_art14_1c",
    "aanspraak_art14_2",
    "vrijlating_grondslag_lks",
    "recht_op_z",
    "aa_mogelijk",
    "recht_op_aa",
    "r_mogelijk",
    "recht_op_r",
    "grondslag_z",
    "grondslag_aa",
    "grondslag_r",
    "vrijlating_z",
    "vrijlating_aa",
    "vrijlating_r",
    "vrijlating_b (vanaf 2027-01)",
    "grondslag_c (vanaf 2027-01)",
    "vrijlating_c (vanaf 2027-01)",
    "a_mogelijk (vanaf 2027-01)",
    "vrijlating_a (vanaf 2027-01)",
    "onderdeel (vanaf 2027-01)",
    "vrijlating_persoon (vanaf 2027-01)",
    "te_beoordelen (vanaf 2027-01)",
    "gebruikt_22bc",
    "verhoging_20_3",
    "maatregel_toegepast",
    "z_begin_na",
    "r_begin_na",
    "a34_begin_na",
    "signaal_UITGESLOTEN",
    "signaal_TERMIJN_LOOPT_AF",
}


@pytest.fixture(scope="module")
def gemeten() -> dekking.Dekking:
    """What the worked cases reach."""
    return dekking.meet()


def test_every_rule_is_reached_by_a_worked_case(gemeten: dekking.Dekking) -> None:
    """Its column holds something in at least one row of one scenario."""
    niet = {naam for naam, bereikt in gemeten.regels.items() if not bereikt.gevallen}
    assert niet <= NIET_BEREIKT


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
