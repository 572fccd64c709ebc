"""Months, days and moments."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verrekening.maand import (
    OPEN,
    dag_van_moment,
    dagen_in,
    eerste_dag,
    laatste_dag,
    lees_datum,
    lees_maand,
    lees_moment,
    maand_van,
    toon_datum,
    toon_maand,
    toon_moment,
    verjaardag,
)

DAG = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAG)
def test_columns_and_single_values_agree_on_the_calendar(dag: date) -> None:
    """The month, its first and last day, and the text are the same for a column and for one value."""
    nummer = lees_datum(dag.isoformat())
    kolom = np.array([nummer, OPEN, -OPEN])
    maand = maand_van(nummer)
    assert maand_van(kolom).tolist() == [maand, OPEN, -OPEN]
    assert toon_maand(maand) == dag.isoformat()[:7]
    assert toon_datum(nummer) == dag.isoformat()
    assert (
        eerste_dag(np.array([maand]))[0]
        == eerste_dag(maand)
        <= nummer
        <= laatste_dag(maand)
        == laatste_dag(np.array([maand]))[0]
    )
    assert dagen_in(maand) == (date(dag.year + dag.month // 12, dag.month % 12 + 1, 1) - timedelta(1)).day


@pytest.mark.parametrize(
    ("geboren", "jaren", "maanden", "bereikt"),
    [
        ("1990-05-01", 36, 0, "2026-05-01"),
        ("2000-02-29", 27, 0, "2027-03-01"),
        ("2000-02-29", 28, 0, "2028-02-29"),
        ("1959-12-31", 66, 10, "2026-10-31"),
        ("1961-11-30", 67, 3, "2029-03-01"),
    ],
)
def test_an_age_is_reached_on_the_birthday_or_the_first_day_after_it(
    geboren: str, jaren: int, maanden: int, bereikt: str
) -> None:
    """29 February becomes 1 March in an ordinary year; so does a 30th of February."""
    assert toon_datum(verjaardag(lees_datum(geboren), jaren, maanden)) == bereikt


def test_a_moment_without_offset_is_dutch_time() -> None:
    """Summer and winter time of Amsterdam, whatever the machine's time zone."""
    assert toon_moment(lees_moment("2026-07-01T00:30:00")) == "2026-06-30T22:30:00+00:00"
    assert toon_moment(lees_moment("2026-01-01T00:30:00")) == "2025-12-31T23:30:00+00:00"
    assert lees_moment("2026-07-01T00:30:00+02:00") == lees_moment("2026-06-30T22:30:00Z")
    assert toon_datum(dag_van_moment(lees_moment("2026-06-30T22:30:00+00:00"))) == "2026-07-01"


@pytest.mark.parametrize("tekst", ["2026-13", "2026-1", "26-01", "2026-01-01", ""])
def test_another_text_is_no_month(tekst: str) -> None:
    """Only YYYY-MM is a month."""
    with pytest.raises(ValueError, match="geen maand"):
        lees_maand(tekst)
