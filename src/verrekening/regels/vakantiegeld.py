"""V4. Did the household get what was counted? Holiday allowance paid, against the claims counted month by month.

One row is one inkomstenverhouding of a person in the month in which it pays allowance, or ends.
"""

from __future__ import annotations

import numpy as np

from verrekening.geld import verdeel
from verrekening.kolommen import Getallen, Masker, op_volgorde
from verrekening.motor.regel import op_niveau, tabelregel
from verrekening.motor.woorden import Cent, JaNee, evenredig, rekenkundig, ten_hoogste, ten_minste

uitbetaling = op_niveau("persoon_uitbetaling")

AANSPRAKEN = (
    ("aanspraak_art11",),
    ("aanspraak_art12",),
    ("aanspraak_art13_arbeid",),
    ("aanspraak_art13_overig",),
    ("aanspraak_art14_1a", "aanspraak_art14_1b", "aanspraak_art14_1c"),
    ("aanspraak_art14_2",),
)
"""Claims of a person in a month per sum of income (rule V2); of one article the parts exclude each other."""
_GEEN = -1
_ONDER_AOW = np.array([0, 2, _GEEN, 1, 3, 1, 3, _GEEN])
_VANAF_AOW = np.array([5, 5, _GEEN, 5, 5, 4, 4, _GEEN])
_SOORT = np.concatenate([_ONDER_AOW, _VANAF_AOW])
"""Number in `AANSPRAKEN` of each category of income (`arbeid_aanspraak_J`, … in the order of the inputs)."""


@tabelregel(
    "V4",
    artikel="Regeling Pw art. 8; CRvB 2018:3513",
    zin="een aanspraak over meer opgaven wordt verdeeld naar hun deel van het inkomen",
)
def verdeel_aanspraak(
    aanspraken: Getallen, persoon: Getallen, aow_leeftijd: Masker, categorie: Getallen, bedrag: Getallen
) -> Getallen:
    """The part of the claim that each part of income brought.

    Args:
        aanspraken: [kinds of `AANSPRAKEN`, persons] cents.
        persoon: for each part of income the person (column of ``aanspraken``).
        aow_leeftijd: for each part whether the person has reached the AOW age.
        categorie: for each part its category, 0 … 7.
        bedrag: for each part its cents.

    Returns:
        For each part cents; the parts of one claim sum to the whole (largest remainder, earliest row on a tie).
    """
    soort = _SOORT.take(aow_leeftijd * np.int64(len(_ONDER_AOW)) + categorie)
    uit = np.zeros(len(bedrag), dtype=np.int64)
    deel = np.flatnonzero((soort != _GEEN) & (bedrag > 0))
    deel = deel.take(op_volgorde(persoon.take(deel), soort.take(deel)))
    claim = persoon.take(deel) * len(AANSPRAKEN) + soort.take(deel)
    nieuw = np.ones(len(deel), dtype=bool)
    np.not_equal(claim[1:], claim[:-1], out=nieuw[1:])
    van, kind = np.divmod(claim.compress(nieuw), len(AANSPRAKEN))
    uit[deel] = verdeel(aanspraken[kind, van], nieuw.cumsum() - 1, bedrag.take(deel))
    return uit


@uitbetaling(
    "V4",
    artikel="CRvB 2018:3513",
    zin="ontvangen = netto vakantiegeld {netto_betaald} × opgebouwd in de getelde maanden {opgebouwd} / betaald {vakbsl_betaald}, ten hoogste alles",
)
def ontvangen(netto_betaald: Cent, opgebouwd: Cent, vakbsl_betaald: Cent) -> Cent:
    """The part of the allowance paid that was accrued in the months in which claims were counted."""
    return rekenkundig(evenredig(netto_betaald, ten_hoogste(opgebouwd, vakbsl_betaald), vakbsl_betaald))


@uitbetaling("V4", artikel="CRvB 2018:3513", zin="te veel geteld = {geteld} − {ontvangen}, ten minste 0")
def te_veel_geteld(geteld: Cent, ontvangen: Cent) -> Cent:
    """What was counted as a claim and never received."""
    return ten_minste(geteld - ontvangen, 0)


@uitbetaling(
    "V4", artikel="CRvB 2018:3513", zin="meegeteld aan aanspraken {geteld}, ontvangen {ontvangen}: te veel geteld"
)
def signaal_VAKANTIETOESLAG_TE_HOOG(geteld: Cent, ontvangen: Cent) -> JaNee:
    """A human decides whether the difference is paid."""
    return geteld > ontvangen
