"""Mutants in the words of the motor, for Cosmic Ray: the other word, the other branch, the condition reversed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cosmic_ray.operators.operator import Example, Operator

_ANDER_WOORD = {
    "ten_hoogste": "ten_minste",
    "ten_minste": "ten_hoogste",
    "en": "of",
    "of": "en",
    "rekenkundig": "naar_beneden",
    "naar_beneden": "rekenkundig",
    "minimum": "maximum",
    "maximum": "minimum",
}


def _aanroep(knoop: Any) -> str | None:
    """The word of a call ``word(…)`` or ``np.word(…)``, when this node is that word."""
    if knoop.type != "name":
        return None
    volgende = knoop.get_next_leaf()
    return str(knoop.value) if volgende is not None and volgende.value == "(" else None


class AnderWoord(Operator):  # type: ignore[misc]
    """`ten_hoogste` for `ten_minste`, `en` for `of`, rounding down for rounding half up, and the other way round."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """The words that are called."""
        if _aanroep(node) in _ANDER_WOORD:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, _index: int) -> Any:
        """The other word."""
        node.value = _ANDER_WOORD[node.value]
        return node

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """For the documentation of Cosmic Ray."""
        return (Example("en(a, b)", "of(a, b)"),)


class AndereTak(Operator):  # type: ignore[misc]
    """`kies(v, a, b)` with its branches exchanged, and `niet(v)` without its effect."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Calls of `kies` and `niet`."""
        if node.type == "atom_expr" and node.children[0].type == "name" and node.children[0].value in ("kies", "niet"):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, _index: int) -> Any:
        """Exchanges the last two arguments, or makes ``niet(v)`` into ``(v)``."""
        if node.children[0].value == "niet":
            node.children[0].value = ""
            return node
        argumenten = node.children[1].children[1].children
        plekken = [nummer for nummer, een in enumerate(argumenten) if een.type != "operator" or een.value != ","]
        dan, anders = plekken[1], plekken[2]
        argumenten[dan], argumenten[anders] = argumenten[anders], argumenten[dan]
        return node

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """For the documentation of Cosmic Ray."""
        return (Example("kies(v, 1, 2)", "kies(v, 2, 1)"),)


WOORDEN = (AnderWoord, AndereTak)
