"""W3. The exemption of work income from 2027-01-01: Pw art. 34a.

Months of the old onderdeel n do not count here.
"""

from __future__ import annotations

from verrekening.maand import OPEN
from verrekening.motor.regel import op_niveau
from verrekening.motor.woorden import (
    Aantal,
    Breuk,
    Cent,
    Code,
    JaNee,
    Maand,
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


@persoon(
    "W3",
    artikel="Pw art. 34a lid 1 onder b",
    zin="vrijlating b = {vrijlating_34a_b_pct} van {vrijlating_grondslag} bij medische urenbeperking",
    vanaf="2027-01",
    grondslag={"vrijlating_34a_b_pct": "vrijlating_b"},
)
def vrijlating_b(medisch_urenbeperkt: JaNee, vrijlating_grondslag: Cent, vrijlating_34a_b_pct: Breuk) -> Cent:
    """15% without maximum."""
    return kies(medisch_urenbeperkt, rekenkundig(deel(vrijlating_34a_b_pct, van=vrijlating_grondslag)), 0)


@persoon("W3", artikel="Pw art. 34a lid 1 onder c", zin="arbeid waarover c wordt berekend", vanaf="2027-01")
def grondslag_c(aow_leeftijd: JaNee, vrijlating_grondslag: Cent) -> Cent:
    """Base of c, 0 below AOW age."""
    return kies(aow_leeftijd, vrijlating_grondslag, 0)


@persoon(
    "W3", artikel="Pw art. 34a lid 1 onder c", vanaf="2027-01",
    zin="vrijlating c = {vrijlating_34a_c_pct} van {grondslag_c}, ten hoogste {vrijlating_34a_c_aow}",
    grondslag={"vrijlating_34a_c_pct": "grondslag_c", "vrijlating_34a_c_aow": "grondslag_c"},
)  # fmt: skip
def vrijlating_c(grondslag_c: Cent, vrijlating_34a_c_pct: Breuk, vrijlating_34a_c_aow: Cent) -> Cent:
    """25% with a maximum, from AOW age."""
    return ten_hoogste(rekenkundig(deel(vrijlating_34a_c_pct, van=grondslag_c)), vrijlating_34a_c_aow)


@persoon(
    "W3",
    artikel="Pw art. 34a lid 1 onder a, lid 2 en 3",
    zin="a kan: onder de AOW-leeftijd, niet medisch urenbeperkt, binnen {vrijlating_34a_a_maanden} maanden vanaf {a34_begin} of een gegeven periode",
    vanaf="2027-01",
    grondslag={"vrijlating_34a_a_maanden": "vrijlating_grondslag"},
)
def a_mogelijk(
    aow_leeftijd: JaNee,
    medisch_urenbeperkt: JaNee,
    a34_gegeven: JaNee,
    a34_in_periode: JaNee,
    a34_begin: Maand,
    vrijlating_34a_a_maanden: Aantal,
    maand: Maand,
) -> JaNee:
    """Conditions of a other than consent; given periods (with their extension) take the place of the own count."""
    eigen = of(a34_begin == OPEN, en(maand >= a34_begin, maand < a34_begin + vrijlating_34a_a_maanden))
    return en(niet(aow_leeftijd), niet(medisch_urenbeperkt), kies(a34_gegeven, a34_in_periode, eigen))


@persoon(
    "W3",
    artikel="Pw art. 34a lid 1 onder a",
    zin="vrijlating a = {vrijlating_34a_a_pct} van {vrijlating_grondslag}, met toestemming",
    vanaf="2027-01",
    grondslag={"vrijlating_34a_a_pct": "vrijlating_a"},
)
def vrijlating_a(
    a_mogelijk: JaNee, a34_toestemming: JaNee, vrijlating_grondslag: Cent, vrijlating_34a_a_pct: Breuk
) -> Cent:
    """15% without maximum, for twelve months."""
    return kies(en(a_mogelijk, a34_toestemming), rekenkundig(deel(vrijlating_34a_a_pct, van=vrijlating_grondslag)), 0)


@persoon("W3", artikel="Pw art. 34a lid 1", zin="b of c (de hoogste), anders a", vanaf="2027-01", naam="onderdeel")
def onderdeel_34a(
    medisch_urenbeperkt: JaNee, aow_leeftijd: JaNee, vrijlating_b: Cent, vrijlating_c: Cent, vrijlating_a: Cent
) -> Code:
    """Code of the onderdeel (see `LETTERS`)."""
    c_wint = en(aow_leeftijd, of(niet(medisch_urenbeperkt), vrijlating_c > vrijlating_b))
    return kies(c_wint, 8, kies(medisch_urenbeperkt, 7, kies(vrijlating_a > 0, 6, 0)))


@persoon(
    "W3",
    artikel="Pw art. 34a lid 1",
    zin="vrijlating van de persoon: de hoogste van b {vrijlating_b} en c {vrijlating_c}, anders a {vrijlating_a}",
    vanaf="2027-01",
    naam="vrijlating_persoon",
)
def vrijlating_persoon_34a(vrijlating_a: Cent, vrijlating_b: Cent, vrijlating_c: Cent) -> Cent:
    """a is 0 for who is in b or c."""
    return ten_minste(vrijlating_b, vrijlating_c) + vrijlating_a


@persoon(
    "W6",
    artikel="Pw art. 34a lid 1 onder a",
    zin="over de toestemming voor a is nog niet beslist, en aan de rest is voldaan",
    vanaf="2027-01",
    naam="te_beoordelen",
)
def te_beoordelen_34a(a_mogelijk: JaNee, a34_toestemming_onbekend: JaNee, vrijlating_grondslag: Cent) -> JaNee:
    """All other conditions hold and there is work income for it."""
    return en(a_mogelijk, a34_toestemming_onbekend, vrijlating_grondslag > 0)
