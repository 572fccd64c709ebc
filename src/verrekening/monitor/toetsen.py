"""Is a difference between a group and the rest more than chance? Statistics by statsmodels.

Floats are right here: these are rates and probabilities, never money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, test_proportions_2indep

BETROUWBAARHEID = 0.95


@dataclass(frozen=True)
class Aandeel:
    """A share with its interval (Wilson), as numbers from 0 to 1."""

    waarde: float
    laag: float
    hoog: float


@dataclass(frozen=True)
class Vergelijking:
    """A group beside the rest.

    Attributes:
        groep, rest: the shares.
        verschil: of the group less that of the rest, with its interval (Newcombe).
        p: probability of such a difference or a larger one when there is none (score test, two-sided).
    """

    groep: Aandeel
    rest: Aandeel
    verschil: Aandeel
    p: float


def aandeel(raak: int, aantal: int) -> Aandeel:
    """The share of ``raak`` in ``aantal`` (above 0)."""
    laag, hoog = proportion_confint(raak, aantal, alpha=1 - BETROUWBAARHEID, method="wilson")
    return Aandeel(raak / aantal, float(laag), float(hoog))


def vergelijk(raak: int, aantal: int, raak_rest: int, aantal_rest: int) -> Vergelijking:
    """A group of ``aantal`` of which ``raak`` beside a rest; both counts are above 0."""
    een, rest = aandeel(raak, aantal), aandeel(raak_rest, aantal_rest)
    if raak + raak_rest in (0, aantal + aantal_rest):
        # Nobody, or everybody: there is no difference to test.
        return Vergelijking(een, rest, Aandeel(0.0, 0.0, 0.0), 1.0)
    laag, hoog = confint_proportions_2indep(
        raak, aantal, raak_rest, aantal_rest, method="newcomb", compare="diff", alpha=1 - BETROUWBAARHEID
    )
    # A share of 0 or 1 has no odds; the result of the test does not use them.
    with np.errstate(divide="ignore", invalid="ignore"):
        uitslag = test_proportions_2indep(
            raak, aantal, raak_rest, aantal_rest, method="score", compare="diff", return_results=True
        )
    return Vergelijking(een, rest, Aandeel(een.waarde - rest.waarde, float(laag), float(hoog)), float(uitslag.pvalue))


def na_veel_toetsen(kansen: Sequence[float]) -> list[float]:
    """The probabilities corrected for how many were tested (Holm): one false alarm in twenty over all of them."""
    if not kansen:
        return []
    return [float(een) for een in multipletests(list(kansen), alpha=1 - BETROUWBAARHEID, method="holm")[1]]
