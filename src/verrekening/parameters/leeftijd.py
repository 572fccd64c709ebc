"""The day on which a person reaches AOW age (AOW art. 7a)."""

from __future__ import annotations

from typing import cast

import numpy as np

from verrekening.kolommen import Getallen
from verrekening.maand import eerste_dag, maand_van, verjaardag
from verrekening.parameters.inhoud import laad
from verrekening.parameters.register import Parameters


def aow_datum(geboortedatum: Getallen, parameters: Parameters | None = None) -> Getallen:
    """The birthday, plus months, on which each person reaches AOW age.

    The law fixes the age per calendar year in which it is reached: the first year counts whose age is
    reached on or before 31 December of that year. Who reached the age of the first known year earlier gets
    a date before that year; who reaches it after the last known year gets the last known age.

    Args:
        geboortedatum: dates of birth (days since 1970-01-01; open ends stay open).
        parameters: where the ages come from; None: the built-in ones.

    Returns:
        Dates (days since 1970-01-01).
    """
    geboortedatum = np.asarray(geboortedatum, dtype=np.int64)
    leeftijden = (parameters or laad()).reeks("aow_leeftijd")
    # Ages are kept in months; a year's value starts on 1 January of that year.
    maanden = np.array([cast("int", leeftijd.waarde) for leeftijd in leeftijden])
    jaar_om = np.array([maand_van(leeftijd.vanaf) // 12 * 12 + 12 for leeftijd in leeftijden])
    # Who is born before this day reaches the age of the year in that year: a year ends with a month of 31 days.
    geboren_voor = np.maximum.accumulate(eerste_dag(jaar_om - maanden))
    jaar = np.searchsorted(geboren_voor[:-1], geboortedatum, side="right")
    return verjaardag(geboortedatum, 0, maanden[jaar])
