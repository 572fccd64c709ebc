"""Small cells: hidden, and not to be computed back from what is shown."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verrekening.monitor.geheim import MINIMUM, toon, verberg, verberg_tabel

_RIJ = st.lists(st.integers(0, 60), min_size=1, max_size=8)


@given(_RIJ)
def test_what_is_hidden_in_a_row_cannot_be_subtracted_back(rij: list[int]) -> None:
    """No count from one through nine is shown, and the total minus the rest leaves every one of them possible."""
    aantallen = np.array(rij, dtype=np.int64)
    weg = verberg(aantallen)
    assert not ((aantallen > 0) & (aantallen < MINIMUM) & ~weg).any()
    if weg.any() and (~weg & (aantallen > 0)).any():
        assert weg.sum() >= 2
        assert aantallen[weg].sum() >= 2 * MINIMUM


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(st.integers(0, 60), min_size=n, max_size=n), min_size=1)))
def test_the_same_holds_for_rows_and_columns_of_a_table(tabel: list[list[int]]) -> None:
    """In no row and in no column one cell is hidden alone beside a count that is shown."""
    aantallen = np.array(tabel, dtype=np.int64)
    weg = verberg_tabel(aantallen)
    for rij, verborgen in [*zip(aantallen, weg, strict=True), *zip(aantallen.T, weg.T, strict=True)]:
        assert not ((rij > 0) & (rij < MINIMUM) & ~verborgen).any()
        if verborgen.any() and (~verborgen & (rij > 0)).any():
            assert verborgen.sum() >= 2


def test_marks_are_true() -> None:
    """``<10`` only for what is smaller than ten; a larger count that is hidden too is a star; zero is zero."""
    assert [toon(0), toon(1), toon(9), toon(10), toon(25, verborgen=True)] == [0, "<10", "<10", 10, "*"]
