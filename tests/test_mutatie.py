"""Mutation testing itself: it changes what it says, and only that."""

from __future__ import annotations

from pathlib import Path

from cosmic_ray.mutating import mutate_code
from tests import mutatie
from tests.mutatie_woorden import WOORDEN

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
    assert all(een.code.count("10 words") == 1 for een in alle)
    assert all("GRENS = 3" in een.code for een in alle)


def test_a_word_that_is_exchanged_is_a_word_of_the_motor() -> None:
    """Each example of the own operators holds for Cosmic Ray too."""
    for woord in WOORDEN:
        for voorbeeld in woord.examples():
            na = mutate_code(voorbeeld.pre_mutation_code, woord(), voorbeeld.occurrence)
            assert "".join(na.split()) == "".join(voorbeeld.post_mutation_code.split())
