"""From records to rows: what most records have is seen at once, and gives what the general way gives."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verrekening.berekening import opgaven as o

DAG = st.integers(0, 12)
CODE = st.sampled_from([11, 15, 34, 43])
PERIODE = st.tuples(st.integers(-5, 12), CODE, st.sampled_from([0, 1]))


def _kolom(waarden: list[Any]) -> Any:
    return np.array(waarden, dtype=np.int64)


@given(st.lists(st.tuples(st.lists(PERIODE, max_size=3, unique_by=lambda p: p[0]), DAG, DAG), max_size=6), st.randoms())
def test_the_income_period_is_the_last_that_has_begun(records: list[Any], toeval: Any) -> None:
    """None, one or more periods; it changes when two with income differ inside the days worked (rule N2)."""
    rijen = [(nummer, *periode) for nummer, (perioden, _, _) in enumerate(records) for periode in perioden]
    toeval.shuffle(rijen)
    tabel = {
        naam: _kolom([rij[plek] for rij in rijen]) for plek, naam in enumerate(("opgave", "begin", "srtiv", "lhkort"))
    }
    tabel |= dict.fromkeys(("cdzvw_m", "sa72"), tabel["srtiv"])
    begin = _kolom([van for _, van, _ in records])
    eind = begin + _kolom([lengte for _, _, lengte in records])
    uit = o._inkomstenperiode(tabel, len(records), np.arange(len(records)), begin, eind)
    for nummer, (perioden, van, lengte) in enumerate(records):
        begonnen = sorted(periode for periode in perioden if periode[0] <= van + lengte)
        assert uit["srtiv"][nummer] == (begonnen[-1][1] if begonnen else -1)
        assert uit["lhkort"][nummer] == (begonnen[-1][2] if begonnen else -1)
        voor = [periode for periode in begonnen if periode[0] <= van]
        erin = [*voor[-1:], *(periode for periode in begonnen if periode[0] > van)]
        anders = len({periode[1] for periode in erin}) > 1 or len({periode[2] for periode in erin}) > 1
        assert uit["wisseling_in_periode"][nummer] == (anders and any(periode[1] not in (34, 43) for periode in erin))


TIJDVAK = st.tuples(st.integers(0, 2), st.integers(0, 30), st.integers(0, 9))


@given(st.lists(TIJDVAK, max_size=10))
def test_overlap_is_that_of_any_two_tijdvakken_of_one_inkomstenverhouding(
    tijdvakken: list[tuple[int, int, int]],
) -> None:
    """Both sides are marked, wherever they stand (rule T1)."""
    rijen = sorted((ikv, van + lengte, van) for ikv, van, lengte in tijdvakken)
    ikv, eind, begin = (_kolom([rij[plek] for rij in rijen]) for plek in range(3))
    verwacht = [
        any(
            i != j and een[0] == ander[0] and een[2] <= ander[1] and ander[2] <= een[1] for j, ander in enumerate(rijen)
        )
        for i, een in enumerate(rijen)
    ]
    assert o._overlapt(ikv, begin, eind).tolist() == verwacht
    assert o._overlapt_in_groep(ikv, begin, eind).tolist() == verwacht


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.booleans(), st.integers(0, 1)), max_size=10))
def test_what_was_seen_before_stays_inside_its_inkomstenverhouding(rijen: list[tuple[int, int, bool, int]]) -> None:
    """Accrual counts from the record itself on, a month without allowance only for later ones (rule N6)."""
    rijen = sorted(rijen, key=lambda rij: rij[0])
    tabel = {
        "VakBsl": _kolom([rij[1] for rij in rijen]),
        "VakBsl_bekend": np.array([rij[2] for rij in rijen], dtype=bool),
        "OpgRchtVakBsl": _kolom([rij[3] for rij in rijen]),
    }
    uit = o._door_de_tijd(_kolom([rij[0] for rij in rijen]), tabel)
    for plek, rij in enumerate(rijen):
        eerder = [een for een in rijen[:plek] if een[0] == rij[0]]
        assert uit["bouwt_op"][plek] == any(een[3] > 0 for een in [*eerder, rij])
        assert uit["eerder_zonder_vakbsl"][plek] == any(een[2] and een[1] == 0 for een in eerder)


@given(st.lists(st.sampled_from([5, 7, 10**11, 10**11 + 1]), max_size=12))
def test_ranks_order_as_the_numbers_do(nummers: list[int]) -> None:
    """Equal numbers have one rank, and the ranks have no holes."""
    rang = o.rang(_kolom(nummers)).tolist()
    assert sorted(set(rang)) == list(range(len(set(nummers))))
    for (een, r), (ander, q) in pairwise(sorted(zip(nummers, rang, strict=True))):
        assert (een == ander) == (r == q)
        assert r <= q
