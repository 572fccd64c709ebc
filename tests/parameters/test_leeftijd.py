"""AOW age: which year's age counts, and on which day it is reached."""

from __future__ import annotations

import itertools
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verrekening.maand import OPEN, eerste_dag, lees_datum, toon_datum, verjaardag
from verrekening.parameters import aow_datum, laad


def op(geboren):
    """The AOW date of one person, as text."""
    return toon_datum(aow_datum(np.array([lees_datum(geboren)]))[0])


@pytest.mark.parametrize(
    ("geboren", "aow"),
    [
        ("1956-05-31", "2022-12-31"),  # the last whose age is 66 years and 7 months
        (
            "1956-06-01",
            "2023-04-01",
        ),  # the first of 66 years and 10 months: nobody reaches it January-March 2023
        ("1957-02-28", "2023-12-28"),
        ("1957-03-01", "2024-03-01"),  # the first of 67 years
        ("1959-07-15", "2026-07-15"),
        ("1960-12-31", "2027-12-31"),  # the last of 67 years
        ("1961-01-01", "2028-04-01"),  # the first of 67 years and 3 months
        ("1960-02-29", "2027-03-01"),  # a leap day
        ("1956-08-31", "2023-07-01"),  # a day that June does not have
        ("1930-01-01", "1996-08-01"),  # long before the first year that is known
        ("1990-05-05", "2057-08-05"),  # long after the last
    ],
)
def test_aow_date_follows_the_year_in_which_it_is_reached(geboren, aow):
    """The age of the first calendar year in which it is reached by 31 December."""
    assert op(geboren) == aow


def test_open_and_missing_dates_stay_as_they_are():
    """An unknown date of birth gives an unknown AOW date; an empty column an empty one."""
    assert aow_datum(np.array([OPEN, -OPEN])).tolist() == [OPEN, -OPEN]
    assert aow_datum(np.array([], dtype=np.int64)).tolist() == []


@given(st.lists(st.integers(lees_datum("1900-01-01"), lees_datum("2010-12-31")), min_size=1, max_size=20))
def test_column_equals_one_by_one_and_the_law(geboren):
    """Each person gets the age of the year in which the date lies, and no earlier year would do."""
    kolom = aow_datum(np.array(geboren))
    leeftijden = [(waarde.vanaf, cast("int", waarde.waarde)) for waarde in laad().reeks("aow_leeftijd")]
    for een, datum in zip(geboren, kolom.tolist(), strict=True):
        assert aow_datum(np.array([een]))[0] == datum
        op_tijd = (
            verjaardag(een, 0, leeftijd)
            for (_, leeftijd), (volgend_jaar, _) in itertools.pairwise(leeftijden)
            if verjaardag(een, 0, leeftijd) < volgend_jaar
        )
        assert datum == next(op_tijd, verjaardag(een, 0, leeftijden[-1][1]))


@given(st.integers(lees_datum("1900-01-01"), lees_datum("2000-12-31")))
def test_older_person_never_reaches_it_later(geboren):
    """The dates keep the order of birth."""
    eerder, later = aow_datum(np.array([geboren, geboren + 1])).tolist()
    assert eerder <= later


def test_own_value_of_the_policy_is_used():
    """A municipality that knows the age of a later year gets it."""
    eigen = laad().met_eigen([("aow_leeftijd", eerste_dag((2030 - 1970) * 12), "67y6m", "AOW art. 7a")])
    geboren = np.array([lees_datum("1962-12-01")])
    assert toon_datum(aow_datum(geboren)[0]) == "2030-03-01"
    assert toon_datum(aow_datum(geboren, eigen)[0]) == "2030-06-01"
