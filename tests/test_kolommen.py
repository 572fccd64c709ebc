"""Columns: order, and what is the same in every row."""

from __future__ import annotations

import platform
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.motor.test_tabellen import sleutels

from verrekening.kolommen import als_getal, als_kolom, op_volgorde


@given(sleutels())
def test_the_order_is_that_of_lexsort(kolommen: list[Any]) -> None:
    """First key first; equal rows keep their order, also when the keys do not fit in one number."""
    assert op_volgorde(*kolommen).tolist() == np.lexsort(kolommen[::-1]).tolist()


@given(st.lists(st.sampled_from([0, 1, 2**40]), max_size=6), st.booleans())
def test_a_column_becomes_one_number_only_when_every_row_is_the_same(waarden: list[int], ja_nee: bool) -> None:
    """The value itself, as Python knows it; an empty column has none."""
    kolom = np.array(waarden, dtype=bool if ja_nee else np.int64)
    uit = als_getal(kolom)
    if len(set(kolom.tolist())) == 1:
        assert uit == kolom[0]
        assert type(uit) is (bool if ja_nee else int)
        assert als_kolom(uit, len(kolom)).tolist() == kolom.tolist()
    else:
        assert uit is kolom
        assert als_kolom(uit, len(kolom)) is kolom


@pytest.mark.parametrize("waarde", [7, True, "tekst"])
def test_what_is_no_column_stays_as_it_is(waarde: Any) -> None:
    """Parameters and settings go through untouched; a column of one number knows that it is one."""
    assert als_getal(waarde) is waarde
    assert als_getal(als_kolom(np.int64(3), 5)) == 3


_VRIJGEKOMEN = """
import resource
import numpy as np
from verrekening.kolommen import houd_vrijgekomen_geheugen

houd_vrijgekomen_geheugen()
begin = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    kolommen = [np.ones(2**14, np.int64) for _ in range(100)]
    del kolommen
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - begin)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another allocator does its own")
def test_freed_columns_are_used_again_without_asking_the_kernel() -> None:
    """Columns of a block, again and again: their 3,200 pages are asked for once, not every time."""
    klaar = subprocess.run([sys.executable, "-c", _VRIJGEKOMEN], capture_output=True, text=True, check=True)
    assert int(klaar.stdout) < 2 * 3_200
