"""W4, W5, W6. What becomes of the exemption once the household is known: for art. 31 and for art. 34a.

One row is one person in one month. Makes the state of the next month.
"""

from __future__ import annotations

from verrekening.maand import OPEN
from verrekening.motor.regel import op_niveau
from verrekening.motor.woorden import Aantal, Cent, Code, JaNee, Maand, en, kies

na = op_niveau("persoon_maand_na")


@na(
    "W5",
    artikel="Pw art. 31 lid 2; CRvB 2021:2146",
    zin="vrijlating na de toets aan de norm = {vrijlating_persoon}, of 0 zonder bijstand",
)
def vrijlating_na(vrijlating_persoon: Cent, vrijlating_vervalt: JaNee) -> Cent:
    """What is really exempted."""
    return kies(vrijlating_vervalt, 0, vrijlating_persoon)


@na("W5", artikel="Pw art. 31 lid 2, art. 34a", zin="onderdeel dat deze maand iets vrijlaat")
def onderdeel_na(onderdeel: Code, vrijlating_na: Cent) -> Code:
    """Code of the onderdeel when it exempts more than 0 (see `LETTERS`)."""
    return kies(vrijlating_na > 0, onderdeel, 0)


@na(
    "W4",
    artikel="Pw art. 31 lid 2 onder n",
    zin="gebruikte maanden n = {n_gebruikt}, plus 1 als n deze maand iets vrijlaat",
)
def n_gebruikt_na(n_gebruikt: Aantal, onderdeel_na: Code) -> Aantal:
    """A month is used when n exempts more than 0 in it."""
    return n_gebruikt + kies(onderdeel_na == 1, 1, 0)


@na(
    "W4",
    artikel="Pw art. 31 lid 2 onder z",
    zin="eerste maand van z: {z_begin}, of deze maand als z voor het eerst iets vrijlaat",
)
def z_begin_na(z_begin: Maand, onderdeel_na: Code, maand: Maand) -> Maand:
    """The first month in which z exempts more than 0, unless given; the calendar months run from it."""
    return kies(en(z_begin == OPEN, onderdeel_na == 3), maand, z_begin)


@na(
    "W4",
    artikel="Pw art. 31 lid 2 onder r",
    zin="eerste maand van r: {r_begin}, of deze maand als r voor het eerst iets vrijlaat",
)
def r_begin_na(r_begin: Maand, onderdeel_na: Code, maand: Maand) -> Maand:
    """The first month in which r exempts more than 0, unless given."""
    return kies(en(r_begin == OPEN, onderdeel_na == 5), maand, r_begin)


@na(
    "W4",
    artikel="Pw art. 34a lid 1 onder a",
    zin="eerste maand van a: {a34_begin}, of deze maand als a voor het eerst iets vrijlaat",
)
def a34_begin_na(a34_begin: Maand, onderdeel_na: Code, maand: Maand) -> Maand:
    """The first month in which a exempts more than 0, unless periods are given."""
    return kies(en(a34_begin == OPEN, onderdeel_na == 6), maand, a34_begin)


@na("W6", artikel="Pw art. 31 lid 2, art. 34a", zin="over de toestemming is nog niet beslist, en er is bijstand")
def signaal_VRIJLATING_BEOORDELEN(te_beoordelen: JaNee, bijstand: Cent) -> JaNee:
    """The college must judge whether the work helps."""
    return en(te_beoordelen, bijstand > 0)
