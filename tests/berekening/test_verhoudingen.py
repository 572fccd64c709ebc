"""Days of periods by month, and the first month of a period that is computed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verrekening.berekening import stops
from verrekening.berekening.verhoudingen import _Dagen
from verrekening.maand import eerste_dag, lees_maand, maand_van

MAANDEN = np.arange(lees_maand("2026-01"), lees_maand("2026-05"), dtype=np.int64)
BEGIN = eerste_dag(int(MAANDEN[0]))
PERIODE = st.tuples(st.integers(0, 2), st.integers(-40, 130), st.integers(-1, 70), st.booleans())


@given(st.lists(PERIODE, max_size=8).map(sorted))
def test_days_are_counted_once_per_period_and_month(perioden: list[Any]) -> None:
    """One month or more, before, inside and after the months of the table; only of records that count."""
    ikv = np.array([een[0] for een in perioden], dtype=np.int64)
    begin = np.array([een[1] + BEGIN for een in perioden], dtype=np.int64)
    eind = begin + np.array([een[2] for een in perioden], dtype=np.int64)
    telt = np.array([een[3] for een in perioden], dtype=bool)
    dagen = _Dagen.van(ikv, begin, eind, maand_van(begin), maand_van(eind), MAANDEN)
    verwacht = np.zeros(dagen.vorm, dtype=np.int64)
    for nummer, van, tot, doet_mee in zip(ikv.tolist(), begin.tolist(), eind.tolist(), telt.tolist(), strict=True):
        for dag in range(van, tot + 1) if doet_mee else ():
            kolom = maand_van(dag) - int(MAANDEN[0])
            if 0 <= kolom < len(MAANDEN):
                verwacht[nummer, kolom] += 1
    assert dagen.som(telt).tolist() == verwacht.tolist()


@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(-2, 6), st.integers(0, 5)), max_size=8),
    st.lists(st.booleans(), min_size=8, max_size=8),
    st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_the_first_month_of_a_period_is_one_that_is_computed_and_in_which_the_person_counts(
    perioden: list[tuple[int, int, int]], is_r: list[bool], telt_mee: list[bool]
) -> None:
    """Found in its first month or later; the last month is P, which is always computed."""
    r, mee = np.array(is_r).reshape(4, 2), np.array(telt_mee).reshape(4, 2)
    bereik = cast("Any", SimpleNamespace(maanden=MAANDEN, is_r=r, betaalmaand=int(MAANDEN[-1])))
    wie = np.array([een[0] for een in perioden], dtype=np.int64)
    van = np.array([een[1] + MAANDEN[0] for een in perioden], dtype=np.int64)
    tot = van + np.array([een[2] for een in perioden], dtype=np.int64)
    verwacht = [
        min(
            (
                int(maand)
                for rij, maand in enumerate(MAANDEN)
                if eerste <= maand <= laatste and (r[rij, een] or rij == 3) and mee[rij, een]
            ),
            default=stops.GEEN_MAAND,
        )
        for een, eerste, laatste in zip(wie.tolist(), van.tolist(), tot.tolist(), strict=True)
    ]
    assert stops.eerste_maand_in_bereik(wie, wie, van, tot, bereik, mee).tolist() == verwacht
