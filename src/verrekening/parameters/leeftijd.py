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
    uit = np.empty_like(geboortedatum)
    open_ = np.ones(geboortedatum.shape, dtype=bool)
    for leeftijd in leeftijden:
        # Ages are kept in months; a year's value starts on 1 January of that year.
        bereikt = verjaardag(geboortedatum, 0, cast("int", leeftijd.waarde))
        jaar_om = eerste_dag(maand_van(leeftijd.vanaf) // 12 * 12 + 12)
        laatste = leeftijd is leeftijden[-1]
        nu = open_ & ((bereikt < jaar_om) | laatste)
        uit[nu] = bereikt[nu]
        open_ &= ~nu
    return uit
