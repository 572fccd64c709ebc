"""Moves on tables: whatever the keys, the answer is that of the plain way."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verrekening.motor.tabellen import (
    begin_van_gelijke,
    eerste_van_gelijke,
    groepen,
    grootste_per,
    herhaal,
    kleinste_per,
    koppel,
    som_per,
    verschillend,
)

GETALLEN = st.one_of(st.integers(-3, 3), st.integers(0, 10**11), st.integers(-(2**62), 2**62))


@st.composite
def sleutels(draw) -> list[np.ndarray]:
    """One to five columns of the same length, narrow and as wide as int64."""
    lengte = draw(st.integers(0, 30))
    return [
        np.array(draw(st.lists(GETALLEN, min_size=lengte, max_size=lengte)), dtype=np.int64)
        for _ in range(draw(st.integers(1, 5)))
    ]


@given(sleutels())
def test_rows_are_in_one_group_exactly_when_all_keys_are_equal(kolommen) -> None:
    """Groups are numbered in order of the keys, and each gives its first row."""
    rijen = list(zip(*[kolom.tolist() for kolom in kolommen], strict=True))
    verschillend = sorted(set(rijen))
    # In any order, and in the order in which most tables stand already.
    for deze in (rijen, sorted(rijen)):
        volgorde = [rijen.index(rij) for rij in deze]
        nummer, een = groepen(*[kolom[volgorde] for kolom in kolommen])
        assert nummer.tolist() == [verschillend.index(rij) for rij in deze]
        assert een.tolist() == [deze.index(rij) for rij in verschillend]


@given(st.lists(GETALLEN, max_size=20), st.lists(GETALLEN, max_size=20))
def test_all_pairs_with_equal_keys_are_found(links: list[int], rechts: list[int]) -> None:
    """In order of the left rows, then of the right ones: keys close together and far apart."""
    a, b = koppel(np.array(links, dtype=np.int64), np.array(rechts, dtype=np.int64))
    verwacht = [(i, j) for i, x in enumerate(links) for j, y in enumerate(rechts) if x == y]
    assert list(zip(a.tolist(), b.tolist(), strict=True)) == verwacht


@given(st.lists(st.integers(0, 3), max_size=20))
def test_repeated_rows_know_their_number_and_their_place(aantallen: list[int]) -> None:
    """Row i stands there as often as was asked, numbered from 0."""
    ouder, plaats = herhaal(np.array(aantallen, dtype=np.int64))
    verwacht = [(i, k) for i, keer in enumerate(aantallen) for k in range(keer)]
    assert list(zip(ouder.tolist(), plaats.tolist(), strict=True)) == verwacht


@given(st.lists(st.integers(1, 4), max_size=10))
def test_every_row_knows_the_first_of_its_group(lengtes: list[int]) -> None:
    """Groups that stand together."""
    sleutel = np.repeat(np.arange(len(lengtes)), lengtes)
    assert eerste_van_gelijke(sleutel).tolist() == [sleutel.tolist().index(een) for een in sleutel.tolist()]


GROEPEN = st.lists(st.tuples(st.integers(0, 4), st.integers(-(2**62), 2**62)), max_size=20)


@given(GROEPEN, st.booleans())
def test_sums_and_extremes_per_group_are_those_of_each_group_alone(
    rijen: list[tuple[int, int]], gepekeld: bool
) -> None:
    """Exact whole numbers, also of columns that came from another process and are no plain int64 to numpy."""
    groep, waarde = (np.array([rij[plek] for rij in rijen], dtype=np.int64) for plek in (0, 1))
    waarde >>= 5
    if gepekeld:
        groep, waarde = pickle.loads(pickle.dumps((groep, waarde)))  # noqa: S301 - our own bytes
    per = [[int(w) for g, w in zip(groep, waarde, strict=True) if g == nummer] for nummer in range(5)]
    assert som_per(groep, waarde, 5).tolist() == [sum(deze) for deze in per]
    assert grootste_per(groep, waarde, 5, -7).tolist() == [max([-7, *deze]) for deze in per]
    assert kleinste_per(groep, waarde, 5, 7).tolist() == [min([7, *deze]) for deze in per]


@given(st.lists(st.integers(0, 5), max_size=12).map(sorted))
def test_where_each_number_begins_in_a_sorted_column(gesorteerd: list[int]) -> None:
    """Also of numbers that are not there; the end of all stands last."""
    begint = begin_van_gelijke(np.array(gesorteerd, dtype=np.int64), 6)
    assert begint.tolist() == [sum(een < nummer for een in gesorteerd) for nummer in range(7)]


@pytest.mark.parametrize("sprong", [1, 2**30])
def test_different_numbers_of_columns_in_order(sprong: int) -> None:
    """Close together or far apart, also below zero, with a column that is empty."""
    kolommen = [np.array(rij, dtype=np.int64) * sprong for rij in ([3, -2, 3], [], [7, -2])]
    assert verschillend(*kolommen).tolist() == [-2 * sprong, 3 * sprong, 7 * sprong]
    assert verschillend(np.zeros(0, dtype=np.int64)).tolist() == []
