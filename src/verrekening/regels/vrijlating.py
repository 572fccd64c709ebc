"""W. The exemption of work income (vrijlating): Pw art. 31 lid 2 and lid 5, until 2026-12-31.

The base (W1) also serves art. 34a, which follows in 2027 (`vrijlating_34a`); what follows once the household is
known stands in `vrijlating_na`.

One row is one person in one month. The first onderdeel that applies is used. State: the months in which n
has exempted something, and the first month of z, r and art. 34a lid 1 onder a (`OPEN` while not begun).
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
    evenredig,
    kies,
    niet,
    of,
    rekenkundig,
    ten_hoogste,
    ten_minste,
)

persoon = op_niveau("persoon_maand")

LETTERS = ("", "n", "y", "z", "aa", "r", "a", "b", "c")
"""Onderdelen by code; 6 to 8 are those of art. 34a."""


# --- W1. The base -------------------------------------------------------------------------------------


@persoon(
    "W1",
    artikel="Pw art. 31 lid 2 onder n tot en met aa",
    zin="grondslag van de vrijlating: netto inkomen uit arbeid {arbeid}, met aanspraak alleen als het beleid dat zegt",
)
def vrijlating_grondslag(
    arbeid: Cent, aanspraak_arbeid: Cent, grondslag_met_aanspraak: JaNee, rechthebbend: JaNee
) -> Cent:
    """All jobs of the person together; at least 0. A spouse without right has no exemption (art. 32 lid 3)."""
    return kies(rechthebbend, ten_minste(arbeid + kies(grondslag_met_aanspraak, aanspraak_arbeid, 0), 0), 0)


@persoon(
    "W1",
    artikel="Pw art. 31 lid 2 onder z en aa",
    zin="aanspraak over het loon met loonkostensubsidie {arbeid_lks_J} + {arbeid_lks_N}, naar evenredigheid per tabel",
)
def aanspraak_lks(
    arbeid_lks_J: Cent,
    arbeid_lks_N: Cent,
    aanspraak_art11: Cent,
    ink_art11: Cent,
    aanspraak_art13_arbeid: Cent,
    ink_art13_arbeid: Cent,
    aanspraak_art14_2: Cent,
    ink_art14_2: Cent,
) -> Cent:
    """The part of the claim over the job in the target group; a table that was not used gives 0."""
    art11 = rekenkundig(evenredig(aanspraak_art11, arbeid_lks_J, ink_art11))
    art13 = rekenkundig(evenredig(aanspraak_art13_arbeid, arbeid_lks_N, ink_art13_arbeid))
    return art11 + art13 + rekenkundig(evenredig(aanspraak_art14_2, arbeid_lks_J + arbeid_lks_N, ink_art14_2))


@persoon(
    "W2",
    artikel="Pw art. 31 lid 2 onder z en aa",
    zin="grondslag van z en aa: loon uit de dienstbetrekking met loonkostensubsidie {arbeid_lks}",
)
def vrijlating_grondslag_lks(
    arbeid_lks: Cent, aanspraak_lks: Cent, grondslag_met_aanspraak: JaNee, rechthebbend: JaNee
) -> Cent:
    """Only the named inkomstenverhouding, when one is named."""
    return kies(rechthebbend, ten_minste(arbeid_lks + kies(grondslag_met_aanspraak, aanspraak_lks, 0), 0), 0)


# --- W2. Until 2026-12-31: the first onderdeel that applies -------------------------------------------------


@persoon(
    "W2",
    artikel="Pw art. 31 lid 2 onder n, lid 5",
    zin="n kan: 27 jaar of ouder, en AOW-leeftijd of minder dan {vrijlating_n_maanden} maanden gebruikt ({n_gebruikt})",
    tot="2026-12",
    grondslag={"vrijlating_n_maanden": "vrijlating_grondslag"},
)
def n_mogelijk(is_27: JaNee, aow_leeftijd: JaNee, n_gebruikt: Aantal, vrijlating_n_maanden: Aantal) -> JaNee:
    """Conditions of n other than consent."""
    return en(is_27, of(aow_leeftijd, n_gebruikt < vrijlating_n_maanden))


@persoon(
    "W2", artikel="Pw art. 31 lid 2 onder n", zin="recht op n: n kan, en AOW-leeftijd of toestemming", tot="2026-12"
)
def recht_op_n(n_mogelijk: JaNee, aow_leeftijd: JaNee, n_toestemming: JaNee) -> JaNee:
    """Below AOW age the college must find that the work helps (consent)."""
    return en(n_mogelijk, of(aow_leeftijd, n_toestemming))


@persoon(
    "W2", artikel="Pw art. 31 lid 2 onder y", zin="recht op y: medisch urenbeperkt, en n geldt niet", tot="2026-12"
)
def recht_op_y(medisch_urenbeperkt: JaNee, recht_op_n: JaNee) -> JaNee:
    """Medically limited in hours, any age, unless n applies."""
    return en(medisch_urenbeperkt, niet(recht_op_n))


@persoon(
    "W2",
    artikel="Pw art. 31 lid 2 onder z",
    zin="recht op z: loonkostensubsidie, na zes maanden n (of jonger dan 27), {vrijlating_z_maanden} kalendermaanden vanaf {z_begin}",
    tot="2026-12",
    grondslag={"vrijlating_n_maanden": "vrijlating_grondslag_lks", "vrijlating_z_maanden": "vrijlating_grondslag_lks"},
)
def recht_op_z(
    in_lks: JaNee,
    is_27: JaNee,
    z_onder_27: JaNee,
    n_gebruikt: Aantal,
    vrijlating_n_maanden: Aantal,
    z_gegeven: JaNee,
    z_begin: Maand,
    vrijlating_z_maanden: Aantal,
    maand: Maand,
    recht_op_n: JaNee,
    recht_op_y: JaNee,
) -> JaNee:
    """Twelve calendar months, not renewed; a given first month stands for the six months of n."""
    na_n = kies(is_27, of(n_gebruikt >= vrijlating_n_maanden, z_gegeven), z_onder_27)
    loopt = of(z_begin == OPEN, en(maand >= z_begin, maand < z_begin + vrijlating_z_maanden))
    return en(in_lks, na_n, loopt, niet(recht_op_n), niet(recht_op_y))


@persoon(
    "W2",
    artikel="Pw art. 31 lid 2 onder aa",
    zin="aa kan: loonkostensubsidie, na de {vrijlating_z_maanden} maanden van z, en n, y en z gelden niet",
    tot="2026-12",
    grondslag={"vrijlating_z_maanden": "vrijlating_grondslag_lks"},
)
def aa_mogelijk(
    in_lks: JaNee,
    z_begin: Maand,
    vrijlating_z_maanden: Aantal,
    maand: Maand,
    recht_op_n: JaNee,
    recht_op_y: JaNee,
    recht_op_z: JaNee,
) -> JaNee:
    """Conditions of aa other than consent."""
    na_z = en(z_begin != OPEN, maand >= z_begin + vrijlating_z_maanden)
    return en(in_lks, na_z, niet(recht_op_n), niet(recht_op_y), niet(recht_op_z))


@persoon("W2", artikel="Pw art. 31 lid 2 onder aa", zin="recht op aa: aa kan, en toestemming", tot="2026-12")
def recht_op_aa(aa_mogelijk: JaNee, aa_toestemming: JaNee) -> JaNee:
    """As long as the college finds that more hours are not possible."""
    return en(aa_mogelijk, aa_toestemming)


@persoon(
    "W2",
    artikel="Pw art. 31 lid 2 onder r, lid 5",
    zin="r kan: alleenstaande ouder van 27 of ouder, kind onder 12, na zes maanden n, {vrijlating_r_maanden} kalendermaanden vanaf {r_begin}",
    tot="2026-12",
    grondslag={"vrijlating_n_maanden": "vrijlating_grondslag", "vrijlating_r_maanden": "vrijlating_grondslag"},
)
def r_mogelijk(
    alleenstaande_ouder: JaNee,
    is_27: JaNee,
    kind_onder_12: JaNee,
    n_gebruikt: Aantal,
    vrijlating_n_maanden: Aantal,
    r_begin: Maand,
    vrijlating_r_maanden: Aantal,
    maand: Maand,
    recht_op_n: JaNee,
    recht_op_y: JaNee,
    recht_op_z: JaNee,
    recht_op_aa: JaNee,
) -> JaNee:
    """Conditions of r other than consent (which covers the full care). The months run on without income."""
    loopt = of(r_begin == OPEN, en(maand >= r_begin, maand < r_begin + vrijlating_r_maanden))
    eerder = of(recht_op_n, recht_op_y, recht_op_z, recht_op_aa)
    return en(alleenstaande_ouder, is_27, kind_onder_12, n_gebruikt >= vrijlating_n_maanden, loopt, niet(eerder))


@persoon("W2", artikel="Pw art. 31 lid 2 onder r", zin="recht op r: r kan, en toestemming", tot="2026-12")
def recht_op_r(r_mogelijk: JaNee, r_toestemming: JaNee) -> JaNee:
    """The college must find that the work helps."""
    return en(r_mogelijk, r_toestemming)


@persoon(
    "W2",
    artikel="Pw art. 31 lid 2",
    zin="het eerste onderdeel dat geldt: n, y, z, aa of r",
    tot="2026-12",
    naam="onderdeel",
)
def onderdeel_31(
    recht_op_n: JaNee, recht_op_y: JaNee, recht_op_z: JaNee, recht_op_aa: JaNee, recht_op_r: JaNee
) -> Code:
    """Code of the onderdeel (see `LETTERS`)."""
    return kies(recht_op_n, 1, kies(recht_op_y, 2, kies(recht_op_z, 3, kies(recht_op_aa, 4, kies(recht_op_r, 5, 0)))))


@persoon("W2", artikel="Pw art. 31 lid 2 onder n", zin="arbeid waarover n wordt berekend", tot="2026-12")
def grondslag_n(onderdeel: Code, vrijlating_grondslag: Cent) -> Cent:
    """Base of n, 0 where n does not apply."""
    return kies(onderdeel == 1, vrijlating_grondslag, 0)


@persoon("W2", artikel="Pw art. 31 lid 2 onder y", zin="arbeid waarover y wordt berekend", tot="2026-12")
def grondslag_y(onderdeel: Code, vrijlating_grondslag: Cent) -> Cent:
    """Base of y, 0 where y does not apply."""
    return kies(onderdeel == 2, vrijlating_grondslag, 0)


@persoon("W2", artikel="Pw art. 31 lid 2 onder z", zin="arbeid waarover z wordt berekend", tot="2026-12")
def grondslag_z(onderdeel: Code, vrijlating_grondslag_lks: Cent) -> Cent:
    """Base of z, 0 where z does not apply."""
    return kies(onderdeel == 3, vrijlating_grondslag_lks, 0)


@persoon("W2", artikel="Pw art. 31 lid 2 onder aa", zin="arbeid waarover aa wordt berekend", tot="2026-12")
def grondslag_aa(onderdeel: Code, vrijlating_grondslag_lks: Cent) -> Cent:
    """Base of aa, 0 where aa does not apply."""
    return kies(onderdeel == 4, vrijlating_grondslag_lks, 0)


@persoon("W2", artikel="Pw art. 31 lid 2 onder r", zin="arbeid waarover r wordt berekend", tot="2026-12")
def grondslag_r(onderdeel: Code, vrijlating_grondslag: Cent) -> Cent:
    """Base of r, 0 where r does not apply."""
    return kies(onderdeel == 5, vrijlating_grondslag, 0)


@persoon(
    "W2", artikel="Pw art. 31 lid 2 onder n", tot="2026-12",
    zin="vrijlating n = {vrijlating_n_pct} van {grondslag_n}, ten hoogste {vrijlating_n_max}",
    grondslag={"vrijlating_n_pct": "grondslag_n", "vrijlating_n_max": "grondslag_n"},
)  # fmt: skip
def vrijlating_n(grondslag_n: Cent, vrijlating_n_pct: Breuk, vrijlating_n_max: Cent) -> Cent:
    """25% of the net work income, at most the maximum of the month."""
    return ten_hoogste(rekenkundig(deel(vrijlating_n_pct, van=grondslag_n)), vrijlating_n_max)


@persoon(
    "W2", artikel="Pw art. 31 lid 2 onder y", tot="2026-12",
    zin="vrijlating y = {vrijlating_y_pct} van {grondslag_y}, ten hoogste {vrijlating_y_max}",
    grondslag={"vrijlating_y_pct": "grondslag_y", "vrijlating_y_max": "grondslag_y"},
)  # fmt: skip
def vrijlating_y(grondslag_y: Cent, vrijlating_y_pct: Breuk, vrijlating_y_max: Cent) -> Cent:
    """15% of the net work income, at most the maximum of the month."""
    return ten_hoogste(rekenkundig(deel(vrijlating_y_pct, van=grondslag_y)), vrijlating_y_max)


@persoon(
    "W2", artikel="Pw art. 31 lid 2 onder z", tot="2026-12",
    zin="vrijlating z = {vrijlating_z_pct} van {grondslag_z}, ten hoogste {vrijlating_z_max}",
    grondslag={"vrijlating_z_pct": "grondslag_z", "vrijlating_z_max": "grondslag_z"},
)  # fmt: skip
def vrijlating_z(grondslag_z: Cent, vrijlating_z_pct: Breuk, vrijlating_z_max: Cent) -> Cent:
    """15% of the net work income of the job, at most the maximum of the month."""
    return ten_hoogste(rekenkundig(deel(vrijlating_z_pct, van=grondslag_z)), vrijlating_z_max)


@persoon(
    "W2", artikel="Pw art. 31 lid 2 onder aa", tot="2026-12",
    zin="vrijlating aa = {vrijlating_aa_pct} van {grondslag_aa}, ten hoogste {vrijlating_aa_max}",
    grondslag={"vrijlating_aa_pct": "grondslag_aa", "vrijlating_aa_max": "grondslag_aa"},
)  # fmt: skip
def vrijlating_aa(grondslag_aa: Cent, vrijlating_aa_pct: Breuk, vrijlating_aa_max: Cent) -> Cent:
    """15% of the net work income of the job, at most the maximum of the month."""
    return ten_hoogste(rekenkundig(deel(vrijlating_aa_pct, van=grondslag_aa)), vrijlating_aa_max)


@persoon(
    "W2", artikel="Pw art. 31 lid 2 onder r", tot="2026-12",
    zin="vrijlating r = {vrijlating_r_pct} van {grondslag_r}, ten hoogste {vrijlating_r_max}",
    grondslag={"vrijlating_r_pct": "grondslag_r", "vrijlating_r_max": "grondslag_r"},
)  # fmt: skip
def vrijlating_r(grondslag_r: Cent, vrijlating_r_pct: Breuk, vrijlating_r_max: Cent) -> Cent:
    """12.5% of the net work income, at most the maximum of the month."""
    return ten_hoogste(rekenkundig(deel(vrijlating_r_pct, van=grondslag_r)), vrijlating_r_max)


@persoon(
    "W2",
    artikel="Pw art. 31 lid 2",
    zin="vrijlating van de persoon = n {vrijlating_n} + y {vrijlating_y} + z {vrijlating_z} + aa {vrijlating_aa} + r {vrijlating_r}",
    tot="2026-12",
    naam="vrijlating_persoon",
)
def vrijlating_persoon_31(
    vrijlating_n: Cent, vrijlating_y: Cent, vrijlating_z: Cent, vrijlating_aa: Cent, vrijlating_r: Cent
) -> Cent:
    """At most one of them is above 0."""
    return vrijlating_n + vrijlating_y + vrijlating_z + vrijlating_aa + vrijlating_r


@persoon(
    "W6",
    artikel="Pw art. 31 lid 2",
    zin="over de toestemming voor n, aa of r is nog niet beslist, en aan de rest is voldaan",
    tot="2026-12",
    naam="te_beoordelen",
)
def te_beoordelen_31(
    n_mogelijk: JaNee,
    aow_leeftijd: JaNee,
    n_toestemming_onbekend: JaNee,
    vrijlating_grondslag: Cent,
    aa_mogelijk: JaNee,
    aa_toestemming_onbekend: JaNee,
    vrijlating_grondslag_lks: Cent,
    r_mogelijk: JaNee,
    r_toestemming_onbekend: JaNee,
) -> JaNee:
    """All other conditions hold and there is work income for it."""
    n = en(n_mogelijk, niet(aow_leeftijd), n_toestemming_onbekend, vrijlating_grondslag > 0)
    aa = en(aa_mogelijk, aa_toestemming_onbekend, vrijlating_grondslag_lks > 0)
    return of(n, aa, en(r_mogelijk, r_toestemming_onbekend, vrijlating_grondslag > 0))


# --- A3. The part of the exemption over income with a claim -------------------------------------------


@persoon(
    "A3",
    artikel="Pw art. 19 lid 3",
    zin="deel van de vrijlating over loon met aanspraak = {vrijlating_persoon} naar evenredigheid van {arbeid}",
)
def vrijlating_deel_aanspraak(
    vrijlating_persoon: Cent, arbeid_aanspraak_J: Cent, arbeid_aanspraak_N: Cent, arbeid: Cent
) -> Cent:
    """Read by the reserve when the policy reserves over the norm."""
    return rekenkundig(evenredig(vrijlating_persoon, arbeid_aanspraak_J + arbeid_aanspraak_N, arbeid))
