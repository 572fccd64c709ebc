"""Whole cents, exact fractions, roundings and splits."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verrekening.geld import Exact, Verhouding, euro, evenredig, naar_beneden, per_hoofd, rekenkundig, verdeel
from verrekening.motor.woorden import deel

BEDRAG = st.integers(-(10**9) + 1, 10**9 - 1)


@pytest.mark.parametrize(
    ("teller", "noemer", "cent"),
    [(1, 2, 1), (-1, 2, -1), (3, 2, 2), (-3, 2, -2), (5, 10, 1), (49, 100, 0), (-49, 100, 0), (51, 100, 1), (0, 7, 0)],
)
def test_half_a_cent_rounds_away_from_zero(teller: int, noemer: int, cent: int) -> None:
    """hu of the specification: half up, and half away from zero below zero."""
    assert rekenkundig(Exact(teller, noemer)) == cent
    assert rekenkundig(Exact(np.array([teller]), noemer))[0] == cent


@given(st.integers(-4 * 10**9, 4 * 10**9), st.integers(0, 2 * 10**9), BEDRAG)
def test_pro_rata_rounding_is_the_nearest_cent_of_the_exact_fraction(bedrag: int, deel: int, geheel: int) -> None:
    """Columns, Python integers and fractions agree; a whole of 0 gives 0."""
    los = rekenkundig(evenredig(bedrag, deel, geheel))
    kolom = rekenkundig(evenredig(np.array([bedrag]), np.array([deel]), np.array([geheel])))
    assert kolom[0] == los
    if geheel == 0:
        assert los == 0
    else:
        exact = Fraction(bedrag * deel, geheel)
        assert abs(exact - los) <= Fraction(1, 2)
        assert abs(exact - los) < Fraction(1, 2) or abs(los) >= abs(exact)


@given(st.lists(st.tuples(st.integers(-(10**9), 10**9), st.sampled_from([0, 0, 0, 1, 7, 10**6]), st.integers(-3, 9))))
def test_a_column_of_shares_is_that_of_each_row(rijen: list[tuple[int, int, int]]) -> None:
    """Mostly 0 or hardly, with wholes above, on and below 0."""
    bedrag, deel_, geheel = (np.array([rij[plek] for rij in rijen], dtype=np.int64) for plek in range(3))
    los = [rekenkundig(evenredig(*rij)) for rij in rijen]
    assert rekenkundig(evenredig(bedrag, deel_, geheel)).tolist() == los
    boven = np.maximum(geheel, 0)
    verwacht = [rekenkundig(evenredig(b, d, max(g, 0))) for b, d, g in rijen]
    assert rekenkundig(evenredig(bedrag, deel_, boven)).tolist() == verwacht
    assert rekenkundig(evenredig(bedrag, 0, geheel)) == 0


@given(st.lists(BEDRAG, max_size=6), st.integers(1, 10**4))
def test_a_column_over_one_denominator_is_rounded_like_each_row(tellers: list[int], noemer: int) -> None:
    """All above 0, some below it, or nothing at all."""
    kolom = np.array(tellers, dtype=np.int64)
    assert rekenkundig(Exact(kolom, noemer)).tolist() == [rekenkundig(Exact(teller, noemer)) for teller in tellers]
    assert rekenkundig(Exact(-7, kolom * 0 + noemer)).tolist() == [rekenkundig(Exact(-7, noemer))] * len(tellers)


@given(BEDRAG, st.integers(1, 10**5))
def test_rounding_down_is_the_floor(teller: int, noemer: int) -> None:
    """The floor of S10 drops a part of a cent."""
    assert naar_beneden(Exact(teller, noemer)) == teller // noemer


def test_a_ratio_times_an_amount_stays_exact_until_it_is_rounded() -> None:
    """Multiplying gives an Exact; adding whole cents keeps it exact."""
    exact = deel(Verhouding(1, 3), van=100) + 1 - 2
    assert (exact.teller, exact.noemer) == (97, 3)
    assert rekenkundig(exact) == 32


def test_kostendelers_share_the_fixed_part() -> None:
    """Pw art. 22a: six kostendelers of B 1708.08 get 626.30, not the 626.35 of a rounded percentage."""
    assert rekenkundig(per_hoofd(Verhouding(2, 5), Verhouding(3, 10), 6, 170808)) == 62630


@given(st.lists(st.tuples(BEDRAG, st.lists(st.integers(0, 31), min_size=1, max_size=8).filter(any)), max_size=8))
def test_parts_of_a_split_sum_to_the_whole_and_differ_less_than_a_cent_from_their_share(gevallen) -> None:
    """Largest remainder: nothing is lost, and no part is further than a cent from its exact share."""
    bedragen = np.array([bedrag for bedrag, _ in gevallen], dtype=np.int64)
    groep = np.repeat(np.arange(len(gevallen)), [len(dagen) for _, dagen in gevallen]).astype(np.int64)
    gewicht = np.array([dag for _, dagen in gevallen for dag in dagen], dtype=np.int64)
    delen = verdeel(bedragen, groep, gewicht)
    for nummer, (bedrag, dagen) in enumerate(gevallen):
        eigen = delen[groep == nummer]
        assert eigen.sum() == bedrag
        for part, dag in zip(eigen, dagen, strict=True):
            assert abs(int(part) - Fraction(bedrag * dag, sum(dagen))) < 1


def test_the_earliest_part_gets_the_cent_on_a_tie() -> None:
    """Three equal shares of one cent: the first month has it; below zero likewise."""
    groep, gewicht = np.zeros(3, dtype=np.int64), np.ones(3, dtype=np.int64)
    assert verdeel(np.array([1]), groep, gewicht).tolist() == [1, 0, 0]
    assert verdeel(np.array([-2]), groep, gewicht).tolist() == [-1, -1, 0]


@pytest.mark.parametrize(
    ("cent", "tekst"),
    [(0, "€ 0,00"), (5, "€ 0,05"), (123456, "€ 1.234,56"), (-100, "-€ 1,00"), (123456789, "€ 1.234.567,89")],
)
def test_amounts_are_written_the_dutch_way(cent: int, tekst: str) -> None:
    """Point per thousand, comma before the cents."""
    assert euro(cent) == tekst
