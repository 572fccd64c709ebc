"""S10. What is left to live on, and the bufferbudget of Pw art. 34b (from 2027).

A signal and given decisions: the law has no floor for art. 58 lid 4, and the college decides on the bufferbudget.
"""

from __future__ import annotations

import numpy as np

from verrekening.kolommen import Getallen
from verrekening.motor.regel import op_niveau, tabelregel
from verrekening.motor.woorden import Breuk, Cent, JaNee, deel, kies, naar_beneden, ten_minste

betaalmaand = op_niveau("betaalmaand")


@betaalmaand(
    "S10",
    artikel="Rv art. 475dc (als maatstaf)",
    zin="ondergrens = {ondergrens_bestaansminimum} van {bijstandsnorm}, naar beneden op centen",
    grondslag={"ondergrens_bestaansminimum": "bijstandsnorm"},
)
def ondergrens(bijstandsnorm: Cent, ondergrens_bestaansminimum: Breuk) -> Cent:
    """95% of the norm."""
    return naar_beneden(deel(ondergrens_bestaansminimum, van=bijstandsnorm))


@betaalmaand(
    "S10",
    artikel="Pw art. 18 lid 1",
    zin="tekort = {ondergrens} − (te betalen {te_betalen} + reservering {reservering} + besteedbaar {besteedbaar}), ten minste 0",
)
def tekort(ondergrens: Cent, te_betalen: Cent, reservering: Cent, besteedbaar: Cent, loopt: JaNee) -> Cent:
    """How far the household falls below the floor; only while the assistance runs."""
    return kies(loopt, ten_minste(ondergrens - (te_betalen + reservering + besteedbaar), 0), 0)


@betaalmaand("S10", artikel="Pw art. 18 lid 1", zin="tekort {tekort} is meer dan 0")
def signaal_ONDER_BESTAANSMINIMUM(tekort: Cent) -> JaNee:
    """The payment leaves less than the floor."""
    return tekort > 0


@betaalmaand(
    "S10",
    artikel="Pw art. 34b lid 1",
    zin="ruimte in het bufferbudget bij een tekort {tekort} = {bufferbudget_max} − dit jaar gebruikt {bufferbudget_gebruikt}, ten minste 0",
    vanaf="2027-01",
    grondslag={"bufferbudget_max": "tekort"},
)
def bufferbudget_over(tekort: Cent, bufferbudget_max: Cent, bufferbudget_gebruikt: Cent) -> Cent:
    """Per household and calendar year; only told when the household has too little."""
    return kies(tekort > 0, ten_minste(bufferbudget_max - bufferbudget_gebruikt, 0), 0)


@tabelregel(
    "S10",
    artikel="Pw art. 34b",
    zin="vereffend = wat over de maand te verrekenen is, de oudste maand eerst, tot het bufferbudget daarvoor op is",
)
def vereffen(te_vereffenen: Getallen, te_verrekenen: Getallen) -> Getallen:
    """Spreads what the college cleared over the months, oldest first.

    Args:
        te_vereffenen: [H] cents of all decisions known.
        te_verrekenen: [T, H] cents that means caused per month, oldest first.

    Returns:
        [T, H] cents cleared per month; what finds no month stays unused.
    """
    ouder = np.cumsum(te_verrekenen, axis=0) - te_verrekenen
    return np.asarray(np.clip(te_vereffenen[None, :] - ouder, 0, te_verrekenen))
