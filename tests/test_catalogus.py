"""The law and the amounts to look up: complete, current, and where each amount is entered."""

from __future__ import annotations

from pathlib import Path

import pytest

from verrekening import catalogus
from verrekening.fouten import Gebruiksfout
from verrekening.leemten import LEEMTEN, leemte
from verrekening.maand import lees_datum, toon_maand
from verrekening.parameters import laad
from verrekening.regels import NIVEAUS, TABELREGELS

ROOT = Path(__file__).parents[1]


def test_every_rule_stands_in_the_catalogue_with_what_it_reads() -> None:
    """As many as there are, each argument with where it comes from."""
    alle = catalogus.regels()
    assert len(alle) == sum(len(niveau.regels) for niveau in NIVEAUS) + len(TABELREGELS)
    assert all(set(een["herkomst"]) == set(een["leest"]) for een in alle)
    netto = next(een for een in alle if een["naam"] == "netto")
    assert netto["herkomst"]["LnLbPh"] == "inkomstenopgave"
    assert netto["herkomst"]["wga"] == "regel N3"
    n = next(een for een in alle if een["naam"] == "n_mogelijk")
    assert (n["hoofdstuk"], n["tot"], n["herkomst"]["n_gebruikt"]) == ("vrijlating", "2026-12", "vorige maanden")
    assert n["herkomst"]["vrijlating_n_maanden"] == "parameter"


def test_every_amount_says_in_which_file_it_is_entered() -> None:
    """The file is in the repository and holds the name."""
    for een in catalogus.parameters(laad()):
        assert f"\n{een['naam']}:\n" in "\n" + (ROOT / een["plaats"]).read_text(encoding="utf-8")


def test_what_expires_comes_first_and_names_the_first_month_that_is_refused() -> None:
    """The month after the last one checked; an exemption that is repealed needs nothing new."""
    lijst = catalogus.verloopt(laad())
    assert [een["voor_maand"] for een in lijst] == sorted(een["voor_maand"] for een in lijst)
    op_naam = {een["naam"]: een for een in lijst}
    norm = op_naam["norm_21a_alleenstaande_21_aow"]
    eerste_geweigerd = toon_maand(laad().gecontroleerd_tot(norm["naam"]) + 1)
    assert (norm["voor_maand"], norm["herziening"], norm["vervalt"]) == (eerste_geweigerd, "halfjaarlijks", False)
    assert norm["plaats"] == "src/verrekening/parameters/norm.yaml"
    assert op_naam["vrijlating_n_max"]["vervalt"]


def test_an_own_value_without_end_does_not_expire() -> None:
    """The municipality answers for it from then on."""
    naam = "norm_21a_alleenstaande_21_aow"
    eigen = laad().met_eigen([(naam, lees_datum("2027-01-01"), "1450.00", "Normenbrief")])
    assert naam not in {een["naam"] for een in catalogus.verloopt(eigen)}


def test_the_value_of_a_day_is_the_last_one_before_it() -> None:
    """On the day itself it holds; before the first there is none."""
    waarden = [{"vanaf": "2026-01-01"}, {"vanaf": "2026-07-01"}]
    assert catalogus.op_dag(waarden, lees_datum("2026-06-30")) == [{"vanaf": "2026-01-01"}]
    assert catalogus.op_dag(waarden, lees_datum("2026-07-01")) == [{"vanaf": "2026-07-01"}]
    assert catalogus.op_dag(waarden, lees_datum("2025-12-31")) == []


def test_a_name_is_found_exactly_then_in_part_else_what_looks_like_it_is_named() -> None:
    """`netto` is one rule, `norm_alleen` a part of a name, `neto` nothing."""
    alle = catalogus.regels()
    assert [een["naam"] for een in catalogus.kies(alle, "netto", ("naam", "regel"), "regel")] == ["netto"]
    assert {een["regel"] for een in catalogus.kies(alle, "W4", ("naam", "regel"), "regel")} == {"W4"}
    with pytest.raises(Gebruiksfout, match="bedoelt u netto"):
        catalogus.kies(alle, "neto", ("naam",), "regel")


def test_every_declared_gap_names_article_consequence_and_action() -> None:
    """And has a code of its own."""
    assert len({een.code for een in LEEMTEN}) == len(LEEMTEN) >= 11
    for een in LEEMTEN:
        assert een.artikel, een.code
        assert een.wat.endswith("."), een.code
        assert een.doen.endswith("."), een.code
        assert leemte(een.code) is een
