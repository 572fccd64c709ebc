"""Keys of norms: looked up in a table, or searched for when a household has hundreds of housemates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verrekening.berekening.normen import _plek
from verrekening.motor.tabellen import DICHTBIJ, verschillend

SLEUTEL = st.integers(0, 40)


@pytest.mark.parametrize("vanaf", [0, DICHTBIJ])
@given(delen=st.lists(st.lists(SLEUTEL, max_size=6), min_size=1, max_size=3))
def test_every_key_finds_its_place_among_the_different_ones(vanaf: int, delen: list[list[int]]) -> None:
    """Small keys and enormous ones."""
    kolommen = [np.array(deel, dtype=np.int64) + vanaf for deel in delen]
    anders = verschillend(*kolommen)
    assert anders.tolist() == sorted({int(een) for kolom in kolommen for een in kolom})
    for kolom in kolommen:
        assert anders[_plek(anders, kolom)].tolist() == kolom.tolist()


def test_a_key_that_is_not_there_has_some_place() -> None:
    """Households that are not computed in a month are not asked for, and do no harm."""
    anders = np.array([3, 9])
    for vreemd in ([0, 5, 30], [DICHTBIJ + 1]):
        assert set(_plek(anders, np.array(vreemd)).tolist()) <= {0, 1}
