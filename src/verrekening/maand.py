"""Calendar months, days and moments as plain int64, for one value or a whole column.

A month is the number of months since 1970-01, a date the number of days since 1970-01-01, a moment
the number of microseconds since 1970-01-01T00:00Z: the values inside numpy's ``datetime64[M]``,
``[D]`` and ``[us]``. Rules compare and subtract them; only this module knows the calendar.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import overload
from zoneinfo import ZoneInfo

import numpy as np

from verrekening.kolommen import Getallen

OPEN = 10**7
"""Stands for "no end" (and ``-OPEN`` for "no begin") in a column of months or dates: comparisons just work."""

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_MAAND = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_EPOCH = date(1970, 1, 1).toordinal()
_MAANDEN = range((1900 - 1970) * 12, (2100 - 1970) * 12)
_EERSTE_DAG = np.arange(_MAANDEN[0], _MAANDEN[-1] + 2).astype("datetime64[M]").astype("datetime64[D]").view(np.int64)
_DAGEN = range(int(_EERSTE_DAG[0]), int(_EERSTE_DAG[-1]))
_MAAND_VAN = np.repeat(np.arange(_MAANDEN.start, _MAANDEN.stop), np.diff(_EERSTE_DAG))
"""The calendar of two centuries, looked up: much cheaper than computed, and nearly all columns lie in it."""


def lees_maand(tekst: str) -> int:
    """Month of ``YYYY-MM``. Raises ValueError on anything else."""
    treffer = _MAAND.fullmatch(tekst)
    if treffer is None:
        raise ValueError(f"{tekst!r} is geen maand (JJJJ-MM)")
    return (int(treffer[1]) - 1970) * 12 + int(treffer[2]) - 1


def toon_maand(maand: int) -> str:
    """``YYYY-MM`` of a month."""
    return f"{1970 + maand // 12:04d}-{maand % 12 + 1:02d}"


def lees_datum(tekst: str) -> int:
    """Date of ``YYYY-MM-DD``. Raises ValueError on anything else."""
    if len(tekst) != 10:
        raise ValueError(f"{tekst!r} is geen datum (JJJJ-MM-DD)")
    return date.fromisoformat(tekst).toordinal() - _EPOCH


def toon_datum(dag: int) -> str:
    """``YYYY-MM-DD`` of a date."""
    return date.fromordinal(int(dag) + _EPOCH).isoformat()


def lees_moment(tekst: str) -> int:
    """Moment of an ISO 8601 text; without offset it is Europe/Amsterdam (rule N1)."""
    moment = datetime.fromisoformat(tekst)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=AMSTERDAM)
    # Whole microseconds by integer division: a float timestamp would lose the last digits.
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def toon_moment(moment: int) -> str:
    """ISO 8601 text of a moment, in UTC, with offset."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(moment))).isoformat()


def dag_van_moment(moment: int) -> int:
    """The date in the Netherlands at a moment."""
    plaatselijk = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(moment))).astimezone(AMSTERDAM)
    return plaatselijk.date().toordinal() - _EPOCH


def _plek(kolom: Getallen, bereik: range) -> Getallen | None:
    """Place of each value in a range, or None when one lies outside it."""
    plek = np.subtract(kolom, bereik.start, dtype=np.int64)
    # Read without sign, a place before the range is an enormous one: one comparison finds both.
    return plek if plek.size and int(plek.view(np.uint64).max()) < len(bereik) else None


@overload
def eerste_dag(maand: int) -> int: ...
@overload
def eerste_dag(maand: Getallen) -> Getallen: ...
def eerste_dag(maand: int | Getallen) -> int | Getallen:
    """First day of a month."""
    if isinstance(maand, np.ndarray):
        if (plek := _plek(maand, _MAANDEN)) is not None:
            return _EERSTE_DAG.take(plek)
        # Open ends stay open: the calendar of numpy does not reach that far.
        grens = np.clip(maand, -OPEN // 100, OPEN // 100)
        dagen = grens.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        return np.where(grens == maand, dagen, maand)
    return date(1970 + maand // 12, maand % 12 + 1, 1).toordinal() - _EPOCH


@overload
def laatste_dag(maand: int) -> int: ...
@overload
def laatste_dag(maand: Getallen) -> Getallen: ...
def laatste_dag(maand: int | Getallen) -> int | Getallen:
    """Last day of a month."""
    return eerste_dag(maand + 1) - 1


def dagen_in(maand: int) -> int:
    """Number of days of a month."""
    return eerste_dag(maand + 1) - eerste_dag(maand)


@overload
def maand_van(dag: int) -> int: ...
@overload
def maand_van(dag: Getallen) -> Getallen: ...
def maand_van(dag: int | Getallen) -> int | Getallen:
    """The month in which a day lies; open ends stay open."""
    if isinstance(dag, np.ndarray):
        if (plek := _plek(dag, _DAGEN)) is not None:
            return _MAAND_VAN.take(plek)
        grens = np.clip(dag, -OPEN // 10, OPEN // 10)
        maanden = grens.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        return np.where(grens == dag, maanden, dag)
    d = date.fromordinal(dag + _EPOCH)
    return (d.year - 1970) * 12 + d.month - 1


@overload
def volgende(maand: int, kalendermaand: int) -> int: ...
@overload
def volgende(maand: Getallen, kalendermaand: int) -> Getallen: ...
def volgende(maand: int | Getallen, kalendermaand: int) -> int | Getallen:
    """The first month on or after ``maand`` that is this month of the calendar (1 January … 12 December)."""
    return maand + (kalendermaand - 1 - maand) % 12


@overload
def verjaardag(geboortedatum: int, jaren: int, maanden: int = 0) -> int: ...
@overload
def verjaardag(geboortedatum: Getallen, jaren: int, maanden: int | Getallen = 0) -> Getallen: ...
def verjaardag(geboortedatum: int | Getallen, jaren: int, maanden: int | Getallen = 0) -> int | Getallen:
    """The day on which an age of years and months is reached.

    A day that the month does not have is the first of the next month (born on 29 February: 1 March).
    Open ends stay open.
    """
    kolom = np.atleast_1d(np.asarray(geboortedatum, dtype=np.int64))
    bekend = np.abs(kolom) < OPEN
    dag = kolom if bekend.all() else np.where(bekend, kolom, 0)
    maand = maand_van(dag)
    doel = maand + 12 * jaren + maanden
    uit = np.minimum(eerste_dag(doel) + (dag - eerste_dag(maand)), eerste_dag(doel + 1))
    if dag is not kolom:
        uit = np.where(bekend, uit, kolom)
    return uit if isinstance(geboortedatum, np.ndarray) else int(uit[0])


@overload
def jaar_van(maand: int) -> int: ...
@overload
def jaar_van(maand: Getallen) -> Getallen: ...
def jaar_van(maand: int | Getallen) -> int | Getallen:
    """Calendar year of a month."""
    return 1970 + maand // 12


def werkdagen_van(begin: Getallen, eind: Getallen) -> Getallen:
    """Number of Mondays to Fridays from ``begin`` through ``eind`` (days); 0 when the end lies before the begin."""
    na = np.maximum(eind + 1, begin)
    return np.busday_count(begin.astype("datetime64[D]"), na.astype("datetime64[D]")).astype(np.int64)
