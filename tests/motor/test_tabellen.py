"""Moves on tables: whatever the keys, the answer is that of the plain way."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verrekening.kolommen import op_volgorde
from verrekening.motor.tabellen import eerste_van_gelijke, groepen, herhaal, koppel

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
def test_the_order_is_that_of_lexsort(kolommen) -> None:
    """First key first; equal rows keep their order, also when the keys do not fit in one number."""
    assert op_volgorde(*kolommen).tolist() == np.lexsort(kolommen[::-1]).tolist()


@given(sleutels())
def test_rows_are_in_one_group_exactly_when_all_keys_are_equal(kolommen) -> None:
    """Groups are numbered in order of the keys, and each gives its first row."""
    rijen = list(zip(*[kolom.tolist() for kolom in kolommen], strict=True))
    nummer, een = groepen(*kolommen)
    verschillend = sorted(set(rijen))
    assert nummer.tolist() == [verschillend.index(rij) for rij in rijen]
    assert een.tolist() == [rijen.index(rij) for rij in verschillend]


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
