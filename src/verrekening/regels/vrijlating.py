"""W. The exemption of work income (vrijlating): Pw art. 31 lid 2 onder n and y, lid 5.

One row is one person in one month. The first onderdeel that applies is used. State: the months in which
onderdeel n has exempted something.
"""

from __future__ import annotations

from verrekening.motor.regel import op_niveau
from verrekening.motor.woorden import (
    Aantal,
    Breuk,
    Cent,
    JaNee,
    deel,
    en,
    kies,
    niet,
    of,
    rekenkundig,
    ten_hoogste,
    ten_minste,
)

persoon = op_niveau("persoon_maand")
na = op_niveau("persoon_maand_na")


@persoon(
    "W1",
    artikel="Pw art. 31 lid 2 onder n en y",
    zin="grondslag van de vrijlating: netto inkomen uit arbeid {arbeid}, zonder aanspraak",
)
def vrijlating_grondslag(arbeid: Cent) -> Cent:
    """All jobs of the person together, without the claim to holiday allowance; at least 0."""
    return ten_minste(arbeid, 0)


@persoon(
    "W2",
    artikel="Pw art. 31 lid 2 onder n, lid 5",
    zin="n kan: 27 jaar of ouder, en AOW-leeftijd of minder dan {vrijlating_n_maanden} maanden gebruikt ({n_gebruikt})",
    tot="2026-12",
)
def n_mogelijk(is_27: JaNee, aow_leeftijd: JaNee, n_gebruikt: Aantal, vrijlating_n_maanden: Aantal) -> JaNee:
    """Conditions of n other than consent."""
    return en(is_27, of(aow_leeftijd, n_gebruikt < vrijlating_n_maanden))


@persoon(
    "W2",
    artikel="Pw art. 31 lid 2 onder n",
    zin="recht op n: n kan, en AOW-leeftijd of toestemming",
    tot="2026-12",
)
def recht_op_n(n_mogelijk: JaNee, aow_leeftijd: JaNee, n_toestemming: JaNee) -> JaNee:
    """Below AOW age the college must find that the work helps (consent)."""
    return en(n_mogelijk, of(aow_leeftijd, n_toestemming))


@persoon(
    "W2",
    artikel="Pw art. 31 lid 2 onder y",
    zin="recht op y: medisch urenbeperkt, en n geldt niet",
    tot="2026-12",
)
def recht_op_y(medisch_urenbeperkt: JaNee, recht_op_n: JaNee) -> JaNee:
    """Medically limited in hours, any age, unless n applies."""
    return en(medisch_urenbeperkt, niet(recht_op_n))


@persoon("W2", artikel="Pw art. 31 lid 2 onder n", zin="arbeid waarover n wordt berekend", tot="2026-12")
def grondslag_n(recht_op_n: JaNee, vrijlating_grondslag: Cent) -> Cent:
    """Base of n, 0 where n does not apply."""
    return kies(recht_op_n, vrijlating_grondslag, 0)


@persoon("W2", artikel="Pw art. 31 lid 2 onder y", zin="arbeid waarover y wordt berekend", tot="2026-12")
def grondslag_y(recht_op_y: JaNee, vrijlating_grondslag: Cent) -> Cent:
    """Base of y, 0 where y does not apply."""
    return kies(recht_op_y, vrijlating_grondslag, 0)


@persoon(
    "W2", artikel="Pw art. 31 lid 2 onder n", tot="2026-12",
    zin="vrijlating n = {vrijlating_n_pct} van {grondslag_n}, ten hoogste {vrijlating_n_max}",
    grondslag={"vrijlating_n_max": "grondslag_n"},
)  # fmt: skip
def vrijlating_n(grondslag_n: Cent, vrijlating_n_pct: Breuk, vrijlating_n_max: Cent) -> Cent:
    """25% of the net work income, at most the maximum of the month."""
    return ten_hoogste(rekenkundig(deel(vrijlating_n_pct, van=grondslag_n)), vrijlating_n_max)


@persoon(
    "W2", artikel="Pw art. 31 lid 2 onder y", tot="2026-12",
    zin="vrijlating y = {vrijlating_y_pct} van {grondslag_y}, ten hoogste {vrijlating_y_max}",
    grondslag={"vrijlating_y_max": "grondslag_y"},
)  # fmt: skip
def vrijlating_y(grondslag_y: Cent, vrijlating_y_pct: Breuk, vrijlating_y_max: Cent) -> Cent:
    """15% of the net work income, at most the maximum of the month."""
    return ten_hoogste(rekenkundig(deel(vrijlating_y_pct, van=grondslag_y)), vrijlating_y_max)


@persoon(
    "W2",
    artikel="Pw art. 31 lid 2",
    zin="vrijlating van de persoon = n {vrijlating_n} + y {vrijlating_y}",
    tot="2026-12",
)
def vrijlating_persoon(vrijlating_n: Cent, vrijlating_y: Cent) -> Cent:
    """At most one of the two is above 0."""
    return vrijlating_n + vrijlating_y


# --- After the household is known: W4, W5, W6 ---------------------------------------------------------


@na(
    "W5",
    artikel="Pw art. 31 lid 2; CRvB 2021:2146",
    zin="vrijlating n na de toets aan de norm",
    tot="2026-12",
)
def vrijlating_n_na(vrijlating_n: Cent, vrijlating_vervalt: JaNee) -> Cent:
    """What n really exempts."""
    return kies(vrijlating_vervalt, 0, vrijlating_n)


@na(
    "W5",
    artikel="Pw art. 31 lid 2; CRvB 2021:2146",
    zin="vrijlating y na de toets aan de norm",
    tot="2026-12",
)
def vrijlating_y_na(vrijlating_y: Cent, vrijlating_vervalt: JaNee) -> Cent:
    """What y really exempts."""
    return kies(vrijlating_vervalt, 0, vrijlating_y)


@na(
    "W4",
    artikel="Pw art. 31 lid 2 onder n",
    zin="gebruikte maanden n = {n_gebruikt}, plus 1 als n deze maand iets vrijlaat",
    tot="2026-12",
)
def n_gebruikt_na(n_gebruikt: Aantal, vrijlating_n_na: Cent) -> Aantal:
    """A month is used when n exempts more than 0 in it."""
    return n_gebruikt + kies(vrijlating_n_na > 0, 1, 0)


@na(
    "W6",
    artikel="Pw art. 31 lid 2 onder n",
    zin="over de toestemming voor n is nog niet beslist",
    tot="2026-12",
)
def signaal_VRIJLATING_BEOORDELEN(
    n_mogelijk: JaNee, aow_leeftijd: JaNee, n_toestemming_onbekend: JaNee, arbeid: Cent, bijstand: Cent
) -> JaNee:
    """All other conditions hold, there is work income and assistance: the college must judge."""
    return en(n_mogelijk, niet(aow_leeftijd), n_toestemming_onbekend, arbeid > 0, bijstand > 0)
