"""Mutation testing itself: it changes what it says, and only that."""

from __future__ import annotations

from pathlib import Path

from cosmic_ray.mutating import mutate_code
from tests import gevallen, mutatie
from tests.mutatie_woorden import WOORDEN

from verrekening.regels import bijstand

BRON = '''"""A chapter."""
GRENS = 3


def regel(bedrag, maximum):
    """A rule with 10 words."""
    return kies(niet(bedrag > 0), ten_hoogste(bedrag, maximum), 0)
'''


def test_the_words_of_a_rule_are_changed_one_at_a_time(tmp_path: Path) -> None:
    """Boundary, reversal, number, word, branch and negation; nothing outside a function or inside a text."""
    (tmp_path / "proef.py").write_text(BRON, encoding="utf-8")
    alle = list(mutatie.mutanten(tmp_path / "proef.py"))
    na = {een.wijziging.split(" → ")[1].removeprefix("return ") for een in alle}
    assert {
        "kies(niet(bedrag >= 0), ten_hoogste(bedrag, maximum), 0)",
        "kies(niet(bedrag <= 0), ten_hoogste(bedrag, maximum), 0)",
        "kies(niet(bedrag > 1), ten_hoogste(bedrag, maximum), 0)",
        "kies(niet(bedrag > 0), ten_minste(bedrag, maximum), 0)",
        "kies((bedrag > 0), ten_hoogste(bedrag, maximum), 0)",
    } <= na
    assert any(een.startswith("kies(niet(bedrag > 0), 0,") for een in na)
    assert all(een.plek == "proef.regel" for een in alle)
    assert all(een.tekst.count("10 words") == 1 for een in alle)
    assert not any("GRENS" in een.tekst for een in alle)


def test_a_mutant_is_noticed_by_the_case_in_which_its_rule_answers_otherwise() -> None:
    """The rule of the real package is changed, in a fork: afterwards it is as it was."""
    bank = mutatie.Proefbank(gevallen.lees_alle("53_deelmaand"))
    alle = {een.naam: een for een in mutatie.mutanten(mutatie.REGELS / "bijstand.py")}
    voor, na = "return ten_minste(norm - verlaging, 0)", "return ten_minste(norm + verlaging, 0)"
    door, _ = bank.probeer(alle[f"bijstand.norm_na_verlaging: {voor} → {na}"])
    assert door is not None
    assert door.startswith("53_deelmaand: ")
    assert bijstand.norm_na_verlaging(1000, 100) == 900


def test_a_word_that_is_exchanged_is_a_word_of_the_motor() -> None:
    """Each example of the own operators holds for Cosmic Ray too."""
    for woord in WOORDEN:
        for voorbeeld in woord.examples():
            na = mutate_code(voorbeeld.pre_mutation_code, woord(), voorbeeld.occurrence)
            assert "".join(na.split()) == "".join(voorbeeld.post_mutation_code.split())
