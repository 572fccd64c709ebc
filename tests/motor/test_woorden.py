"""The words give for a column what they give for every row, also where a condition or amount is the same for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verrekening.motor.woorden import en, kies, of, volgens_tabel

JA_NEE = st.lists(st.booleans(), min_size=3, max_size=3)
GEMENGD = st.one_of(st.booleans(), JA_NEE)


def _kolom(waarde: Any) -> Any:
    return np.array(waarde) if isinstance(waarde, list) else waarde


def _rij(waarde: Any, plek: int) -> Any:
    return waarde[plek] if isinstance(waarde, list) else waarde


@given(st.lists(GEMENGD, min_size=1, max_size=4), st.sampled_from([(en, all), (of, any)]))
def test_conditions_for_all_and_per_row_may_be_mixed(
    voorwaarden: list[Any], woord: tuple[Callable[..., Any], Callable[..., bool]]
) -> None:
    """One that decides for everybody gives one answer; else every row has its own."""
    uit = np.broadcast_to(woord[0](*[_kolom(een) for een in voorwaarden]), 3)
    assert uit.tolist() == [woord[1](_rij(een, plek) for een in voorwaarden) for plek in range(3)]


BEDRAG = st.one_of(st.integers(0, 2), st.lists(st.integers(-5, 5), min_size=3, max_size=3))


@given(GEMENGD, BEDRAG, BEDRAG)
def test_a_choice_between_columns_and_numbers_is_made_per_row(voorwaarde: Any, dan: Any, anders: Any) -> None:
    """Between twice the same number nothing is to be chosen."""
    uit = np.broadcast_to(kies(_kolom(voorwaarde), _kolom(dan), _kolom(anders)), 3)
    verwacht = [_rij(dan, plek) if _rij(voorwaarde, plek) else _rij(anders, plek) for plek in range(3)]
    assert uit.tolist() == verwacht


@dataclass(frozen=True)
class Tabel:
    """Brackets; below 0 in the first, and an amount taken off from the first on."""

    vanaf: tuple[int, ...] = (0, 100, 250)
    teller: tuple[int, ...] = (8, 10, 3)
    noemer: int = 100
    minus: tuple[int, ...] = (2, 4, 0)


@pytest.mark.parametrize("nullen", [0, 3, 30])
@given(bedragen=st.lists(st.integers(-50, 400), min_size=1, max_size=8))
def test_a_table_gives_a_column_what_it_gives_each_amount(nullen: int, bedragen: list[int]) -> None:
    """Also when nearly everybody has nothing in it, and of nothing something is taken off."""
    alle = [*bedragen, *[0] * nullen]
    uit = volgens_tabel(np.array(alle), Tabel())
    assert uit.teller.tolist() == [volgens_tabel(een, Tabel()).teller for een in alle]
    assert uit.noemer == 100
