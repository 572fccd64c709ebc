"""The facts behind the check for bias: groups, and the same months with one setting of the policy changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from verrekening import polis
from verrekening.monitor import Gegevens
from verrekening.monitor.groepen import groepen
from verrekening.parameters import laad
from verrekening.simulatie.spel import Uitgangspunt, speel
from verrekening.simulatie.wijziging import anders

INSTELLINGEN = (
    "toerekening=kalenderdagen", "toerekening=werkdagen", "toerekening=dertien_twaalfde",
    "toerekening=dertig_achtentwintigste", "methode=achteraf", "methode=schatten", "bijzondere_beloning=in_maand",
    "vakantiegeld=bij_uitbetaling", "beschermd_minimum=90%",
)  # fmt: skip
"""Choices of a municipality whose effect on groups is looked at."""


def groepen_van(u: Uitgangspunt) -> pd.DataFrame:
    """The groups of the households over the months that are played."""
    van, tot = u.maanden[0][0], u.maanden[-1][0]
    return groepen(u.zaken, u.levering, polis.bepaal(u.levering, u.maanden[-1][1]), van - 1, tot)


def met_instellingen(
    u: Uitgangspunt,
    zetten: Iterable[str] = INSTELLINGEN,
    voortgang: Callable[[str], None] = lambda _: None,
) -> dict[str, Gegevens]:
    """The months played with the policy of today (``""``), and with each setting in its place."""
    uit: dict[str, Gegevens] = {}
    nu = u.beleid.op(u.maanden[-1][0])
    for zet in ("", *zetten):
        beleid = anders(u.beleid, None, (zet,), (), 0) if zet else u.beleid
        if zet and beleid.op(u.maanden[-1][0]) == nu:
            continue  # so it is already
        voortgang(zet or "het beleid van nu")
        uit[zet] = speel(u, beleid, laad().met_eigen(beleid.parameters))
    return uit
