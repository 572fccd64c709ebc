"""Chapter T and rule A5 row by row: parts of amounts, the 4-week calendar, open and last known months."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verrekening.kolommen import Getallen
from verrekening.maand import OPEN, lees_maand
from verrekening.regels import toerekening as t


def dag(tekst: str) -> int:
    """Days since 1970-01-01."""
    return (date.fromisoformat(tekst) - date(1970, 1, 1)).days


def dagen(*teksten: str) -> Getallen:
    """A column of days."""
    return np.array([dag(een) for een in teksten], dtype=np.int64)


def rijen(delen: t.Delen) -> list[tuple[int, int, int, bool, int, int]]:
    """Parts as rows: amount, month, days, inside, cents, way."""
    return list(zip(*[een.tolist() for een in delen], strict=True))


def test_the_working_period_is_the_overlap_of_tijdvak_and_employment() -> None:
    """Also when that is one day; without overlap the tijdvak itself, and that it lies outside."""
    tv_begin, tv_eind = dagen(*["2026-07-01"] * 4), dagen(*["2026-07-31"] * 4)
    ikv_begin = dagen("2020-01-01", "2026-07-31", "2020-01-01", "2026-08-01")
    ikv_eind = dagen("2026-07-10", "2026-12-31", "2026-07-01", "2026-12-31")
    begin, eind, buiten = t.gewerkte_periode(tv_begin, tv_eind, ikv_begin, ikv_eind)
    assert begin.tolist() == dagen("2026-07-01", "2026-07-31", "2026-07-01", "2026-07-01").tolist()
    assert eind.tolist() == dagen("2026-07-10", "2026-07-31", "2026-07-01", "2026-07-31").tolist()
    assert buiten.tolist() == [False, False, False, True]


WAGE = st.tuples(
    st.integers(-10_000, 10_000),  # cents
    st.integers(0, 120),  # first day
    st.integers(0, 70),  # days after it
    st.integers(-10, 100),  # first day of right
    st.integers(0, 90),  # days after it
    st.sampled_from([False, False, True]),  # by working days
)


@given(st.lists(WAGE, max_size=8))
def test_a_wage_of_one_month_inside_the_assistance_is_split_like_any_other(lonen: list[tuple[int, ...]]) -> None:
    """In one month inside the assistance, over several months, around the right, by working days: in order of amount."""
    k = np.array([een[:5] for een in lonen], dtype=np.int64).reshape(-1, 5)
    van, recht = k[:, 1] + dag("2026-01-01"), k[:, 3] + dag("2026-01-01")
    werkdagen = np.array([een[5] for een in lonen], dtype=bool)
    invoer = (k[:, 0], van, van + k[:, 2], recht, recht + k[:, 4], werkdagen)
    uit = rijen(t.verdeel_over_maanden(*invoer))
    assert uit == rijen(t._splits(*invoer))
    for nummer, (bedrag, *_) in enumerate(lonen):
        assert sum(deel[4] for deel in uit if deel[0] == nummer) == bedrag


def test_an_amount_is_split_once_over_its_months_and_over_the_days_around_the_assistance() -> None:
    """P7 of 2026, 15 June to 12 July: 650.00 × 16/28 = 371.43 and 278.57; parts without days are no parts.

    Right long before it; from 30 June up to and including 1 July; and exactly as long as the period.
    """
    juni, juli = lees_maand("2026-06"), lees_maand("2026-07")
    begin, eind = dagen(*["2026-06-15"] * 3), dagen(*["2026-07-12"] * 3)
    recht = dagen("2026-01-01", "2026-06-30", "2026-06-15"), np.array([OPEN, *dagen("2026-07-01", "2026-07-12")])
    delen = t.verdeel_over_maanden(np.array([65000, 2800, 2800]), begin, eind, *recht, np.zeros(3, dtype=bool))
    assert rijen(delen) == [
        (0, juni, 16, True, 37143, t.KALENDERDAGEN),
        (0, juli, 12, True, 27857, t.KALENDERDAGEN),
        (1, juni, 15, False, 1500, t.KALENDERDAGEN),
        (1, juni, 1, True, 100, t.KALENDERDAGEN),
        (1, juli, 1, True, 100, t.KALENDERDAGEN),
        (1, juli, 11, False, 1100, t.KALENDERDAGEN),
        (2, juni, 16, True, 1600, t.KALENDERDAGEN),
        (2, juli, 12, True, 1200, t.KALENDERDAGEN),
    ]


def test_by_working_days_one_working_day_is_enough_and_none_is_by_calendar_days() -> None:
    """Friday 31 July to Sunday 2 August 2026: all in July. Saturday 31 October and Sunday 1 November 2026: half each."""
    begin, eind = dagen("2026-07-31", "2026-10-31"), dagen("2026-08-02", "2026-11-01")
    recht = dagen("2026-01-01", "2026-01-01"), np.array([OPEN, OPEN])
    delen = t.verdeel_over_maanden(np.array([300, 300]), begin, eind, *recht, np.ones(2, dtype=bool))
    assert rijen(delen) == [
        (0, lees_maand("2026-07"), 1, True, 300, t.WERKDAGEN),
        (0, lees_maand("2026-08"), 0, True, 0, t.WERKDAGEN),
        (1, lees_maand("2026-10"), 1, True, 150, t.KALENDERDAGEN),
        (1, lees_maand("2026-11"), 1, True, 150, t.KALENDERDAGEN),
    ]


@pytest.mark.parametrize("jaar", range(2015, 2037))
def test_the_four_week_calendar_of_a_year(jaar: int) -> None:
    """From 1 January through the Sunday of ISO week 4, then 28 days each, the thirteenth through 31 December."""
    eerste = date.fromisocalendar(jaar, 4, 7)
    einden = [eerste + timedelta(28 * k) for k in range(12)] + [date(jaar, 12, 31)]
    begins = [date(jaar, 1, 1), *[een + timedelta(1) for een in einden[:12]]]
    begin, eind = dagen(*map(str, begins)), dagen(*map(str, einden))
    assert t.vierwekenperiode(begin, eind).tolist() == list(range(1, 14))
    for schuif in (-1, 1):
        assert not t.vierwekenperiode(begin + schuif, eind).any()
        assert not t.vierwekenperiode(begin, eind + schuif).any()
    maart = dagen(f"{jaar}-03-01"), dagen(f"{jaar}-03-31")
    assert t.vierwekenperiode(*maart).tolist() == [0]


def test_a_four_week_amount_becomes_the_amount_of_one_month() -> None:
    """Of 2025: period 12 ends 30 November, 13 on 31 December. 650.00 × 13/12 = 704.1667, × 30/28 = 696.4286."""
    november, december = lees_maand("2025-11"), lees_maand("2025-12")
    bedrag, periode = np.full(4, 65000), np.array([12, 13, 12, 13])
    eind = dagen("2025-11-30", "2025-12-31", "2025-11-30", "2025-12-31")
    recht = np.full(4, dag("2025-01-01")), np.full(4, OPEN)
    delen = t.reken_om_naar_maand(bedrag, periode, eind, *recht, np.array([True, True, False, False]))
    assert rijen(delen) == [
        (0, december, 31, True, 70417, t.DERTIEN_TWAALFDE),
        (1, december, 31, True, 0, t.DERTIEN_TWAALFDE),
        (2, november, 30, True, 69643, t.DERTIG_ACHTENTWINTIGSTE),
        (3, december, 31, True, 69643, t.DERTIG_ACHTENTWINTIGSTE),
    ]


def test_of_the_amount_of_a_month_the_days_with_right_count() -> None:
    """July: right from the 17th (15 of 31), up to and including the 1st, the 30 days before the 31st; August: no right."""
    juli = lees_maand("2026-07")
    maand = np.array([juli, juli, juli, juli + 1])
    begin = dagen("2026-07-17", "2026-01-01", "2026-01-01", "2026-01-01")
    eind = np.array([OPEN, *dagen("2026-07-01", "2026-07-30", "2026-07-30")])
    assert rijen(t.deel_van_maand(np.array([60000, 3100, 3100, 3100]), maand, begin, eind)) == [
        # 600.00 × 15/31 = 290.3226
        (0, juli, 15, True, 29032, t.KALENDERDAGEN),
        (0, juli, 16, False, 30968, t.KALENDERDAGEN),
        (1, juli, 1, True, 100, t.KALENDERDAGEN),
        (1, juli, 30, False, 3000, t.KALENDERDAGEN),
        (2, juli, 30, True, 3000, t.KALENDERDAGEN),
        (2, juli, 1, False, 100, t.KALENDERDAGEN),
        (3, juli + 1, 31, False, 3100, t.KALENDERDAGEN),
    ]


def test_special_pay_is_spread_back_from_january_or_the_begin_of_the_employment() -> None:
    """1.00 over January to March: 34, 33, 33; from February; begun in the month itself; in the employment's last days."""
    jan, feb, mrt = (lees_maand(f"2026-0{nummer}") for nummer in (1, 2, 3))
    begin = dagen("2020-01-01", "2026-02-15", "2026-03-31", "2026-05-01")
    ouder, maand, bedrag = t.verdeel_terug(np.full(4, 100), begin, np.full(4, dag("2026-03-31")))
    assert ouder.tolist() == [0, 0, 0, 1, 1, 2, 3]
    assert maand.tolist() == [jan, feb, mrt, feb, mrt, mrt, mrt]
    assert bedrag.tolist() == [34, 33, 33, 50, 50, 100, 100]


def test_an_employment_is_open_from_its_first_whole_month_until_three_months_after_its_last_record() -> None:
    """Rule A5: begun on or before the first day, no end before the last, the latest record not older than M−3."""
    maanden = np.array([lees_maand(f"2026-{nummer:02d}") for nummer in (3, 4, 5, 6, 7)])
    begin = dagen("2026-04-01", "2026-04-02", "2020-01-01", "2020-01-01", "2020-01-01", "2020-01-01")
    eind = np.array([OPEN, OPEN, dag("2026-05-31"), dag("2026-05-30"), OPEN, OPEN])
    laatste = dagen("2026-07-31", "2026-07-31", "2026-07-31", "2026-07-31", "2026-03-01", "2026-02-28")
    assert t.open_in_maand(maanden, begin, eind, laatste).tolist() == [
        [False, True, True, True, True],
        [False, False, True, True, True],
        [True, True, True, False, False],
        [True, True, False, False, False],
        [True, True, True, True, False],
        [True, True, True, False, False],
    ]


def test_the_last_known_month_is_an_earlier_one_that_is_wholly_covered() -> None:
    """-1 where there is none, also in the first month and in the month after it."""
    gedekt = np.array([[True, False, False, True, True], [False, False, True, False, False], [False] * 5])
    assert t.laatst_bekende_maand(gedekt).tolist() == [[-1, 0, 0, 0, 3], [-1, -1, -1, 2, 2], [-1] * 5]
