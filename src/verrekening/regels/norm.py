"""B1. The norm by age and household at home: Pw art. 20, 21, 22 and 22a (`norm_23_24`: institution, art. 24).

One row is one household in one month. ``a`` is the aanvrager, ``p`` the partner (only when gehuwd).
A kostendelende medebewoner is 27 or older (art. 19a); the dossier gives their number.
"""

from __future__ import annotations

from verrekening.motor.regel import op_niveau
from verrekening.motor.woorden import (
    Aantal,
    Breuk,
    Cent,
    JaNee,
    en,
    kies,
    niet,
    of,
    per_hoofd,
    rekenkundig,
    ten_hoogste,
    ten_minste,
)

norm_niveau = op_niveau("norm")


# --- art. 22a: kostendelersnorm -----------------------------------------------------------------------


@norm_niveau(
    "B1",
    artikel="Pw art. 22a lid 1",
    zin="aantal kostendelers = medebewoners {medebewoners} + aanvrager + partner van 21 of ouder",
)
def kostendelers(medebewoners: Aantal, gehuwd: JaNee, a_21: JaNee, p_21: JaNee) -> Aantal:
    """n of the formula: housemates, the person, and the spouse when 21 or older (a spouse of 18–20 does not count)."""
    return medebewoners + 1 + kies(en(gehuwd, a_21, p_21), 1, 0)


@norm_niveau(
    "B1",
    artikel="Pw art. 22a lid 1",
    zin="B van de aanvrager: norm van gehuwden, met AOW {norm_22bc_gehuwden_aow}, anders {norm_21b_gehuwden_21_aow}",
)
def basis_a(
    gehuwd: JaNee, a_aow: JaNee, p_aow: JaNee, norm_21b_gehuwden_21_aow: Cent, norm_22bc_gehuwden_aow: Cent
) -> Cent:
    """B for the aanvrager: 22b with AOW, 22c when only the spouse has AOW, else 21b."""
    return kies(of(a_aow, en(gehuwd, p_aow)), norm_22bc_gehuwden_aow, norm_21b_gehuwden_21_aow)


@norm_niveau(
    "B1",
    artikel="Pw art. 22a lid 1",
    zin="B van de partner: norm van gehuwden, met AOW {norm_22bc_gehuwden_aow}, anders {norm_21b_gehuwden_21_aow}",
)
def basis_p(a_aow: JaNee, p_aow: JaNee, norm_21b_gehuwden_21_aow: Cent, norm_22bc_gehuwden_aow: Cent) -> Cent:
    """B for the partner."""
    return kies(of(a_aow, p_aow), norm_22bc_gehuwden_aow, norm_21b_gehuwden_21_aow)


@norm_niveau(
    "B1",
    artikel="Pw art. 22a lid 1",
    zin="kostendelersnorm aanvrager = ({kostendelersnorm_vast} + {kostendelersnorm_per_persoon} × {kostendelers}) / {kostendelers} × {basis_a}",
)
def kostendelersnorm_a(
    kostendelers: Aantal, basis_a: Cent, kostendelersnorm_vast: Breuk, kostendelersnorm_per_persoon: Breuk
) -> Cent:
    """From the exact fraction, never from a rounded percentage (rule P4)."""
    return rekenkundig(per_hoofd(kostendelersnorm_vast, kostendelersnorm_per_persoon, kostendelers, basis_a))


@norm_niveau(
    "B1",
    artikel="Pw art. 22a lid 1",
    zin="kostendelersnorm partner = ({kostendelersnorm_vast} + {kostendelersnorm_per_persoon} × {kostendelers}) / {kostendelers} × {basis_p}",
)
def kostendelersnorm_p(
    kostendelers: Aantal, basis_p: Cent, kostendelersnorm_vast: Breuk, kostendelersnorm_per_persoon: Breuk
) -> Cent:
    """From the exact fraction, never from a rounded percentage (rule P4)."""
    return rekenkundig(per_hoofd(kostendelersnorm_vast, kostendelersnorm_per_persoon, kostendelers, basis_p))


# --- art. 20: 18 to 20 years ----------------------------------------------------------------------------


@norm_niveau(
    "B1",
    artikel="Pw art. 20 lid 1 onder a, lid 2 onder a",
    zin="norm van een alleenstaande (ouder) van 18 tot en met 20 jaar",
)
def norm_jong_alleen(
    kind_onder_18: JaNee, norm_20_1a_alleenstaande_18_20: Cent, norm_20_2a_alleenstaande_ouder_18_20: Cent
) -> Cent:
    """Single (parent) of 18–20."""
    return kies(kind_onder_18, norm_20_2a_alleenstaande_ouder_18_20, norm_20_1a_alleenstaande_18_20)


@norm_niveau(
    "B1",
    artikel="Pw art. 20 lid 1 onder b, lid 2 onder b",
    zin="norm van gehuwden die beiden 18 tot en met 20 jaar zijn",
)
def norm_jong_beiden(
    kind_onder_18: JaNee,
    norm_20_1b_gehuwden_beiden_18_20_zonder_kind: Cent,
    norm_20_2b_gehuwden_beiden_18_20_met_kind: Cent,
) -> Cent:
    """Both spouses of 18–20."""
    return kies(kind_onder_18, norm_20_2b_gehuwden_beiden_18_20_met_kind, norm_20_1b_gehuwden_beiden_18_20_zonder_kind)


@norm_niveau(
    "B1",
    artikel="Pw art. 20 lid 1 onder c, lid 2 onder c; art. 22a lid 3",
    zin="norm van gehuwden van wie een 18 tot en met 20 jaar is",
)
def norm_jong_een(
    kind_onder_18: JaNee,
    medebewoners: Aantal,
    a_21: JaNee,
    kostendelersnorm_a: Cent,
    kostendelersnorm_p: Cent,
    norm_20_1c_gehuwden_een_18_20_zonder_kind: Cent,
    norm_20_2c_gehuwden_een_18_20_met_kind: Cent,
    norm_22a_3a_component_jongere_met_kind: Cent,
    norm_22a_3b_component_jongere_zonder_kind: Cent,
) -> Cent:
    """One spouse of 18–20: without housemates art. 20, with housemates the sum of art. 22a lid 3."""
    zonder = kies(kind_onder_18, norm_20_2c_gehuwden_een_18_20_met_kind, norm_20_1c_gehuwden_een_18_20_zonder_kind)
    component = kies(kind_onder_18, norm_22a_3a_component_jongere_met_kind, norm_22a_3b_component_jongere_zonder_kind)
    return kies(medebewoners > 0, kies(a_21, kostendelersnorm_a, kostendelersnorm_p) + component, zonder)


# --- art. 21 and 22: 21 and older -------------------------------------------------------------------------


@norm_niveau(
    "B1",
    artikel="Pw art. 22a lid 1",
    zin="kostendelersnorm van een alleenstaande met {medebewoners} medebewoners",
)
def kostendelersnorm_alleen(
    medebewoners: Aantal,
    a_aow: JaNee,
    norm_21b_gehuwden_21_aow: Cent,
    norm_22bc_gehuwden_aow: Cent,
    kostendelersnorm_vast: Breuk,
    kostendelersnorm_per_persoon: Breuk,
) -> Cent:
    """Of the aanvrager as a single person, as if 21 or older; also the ceiling of art. 20 lid 4."""
    basis = kies(a_aow, norm_22bc_gehuwden_aow, norm_21b_gehuwden_21_aow)
    return rekenkundig(per_hoofd(kostendelersnorm_vast, kostendelersnorm_per_persoon, medebewoners + 1, basis))


@norm_niveau(
    "B1",
    artikel="Pw art. 22a lid 1, art. 23 lid 3",
    zin="kostendelersnorm van de partner alsof hij alleenstaand is, met {medebewoners} medebewoners",
)
def kostendelersnorm_alleen_p(
    medebewoners: Aantal,
    p_aow: JaNee,
    norm_21b_gehuwden_21_aow: Cent,
    norm_22bc_gehuwden_aow: Cent,
    kostendelersnorm_vast: Breuk,
    kostendelersnorm_per_persoon: Breuk,
) -> Cent:
    """Of the partner as a single person; read when the other spouse is in an institution."""
    basis = kies(p_aow, norm_22bc_gehuwden_aow, norm_21b_gehuwden_21_aow)
    return rekenkundig(per_hoofd(kostendelersnorm_vast, kostendelersnorm_per_persoon, medebewoners + 1, basis))


@norm_niveau(
    "B1",
    artikel="Pw art. 21 onder a, art. 22 onder a, art. 22a lid 1",
    zin="norm van een alleenstaande (ouder) van 21 jaar of ouder",
)
def norm_alleen(
    a_aow: JaNee,
    medebewoners: Aantal,
    kostendelersnorm_alleen: Cent,
    norm_21a_alleenstaande_21_aow: Cent,
    norm_22a_alleenstaande_aow: Cent,
) -> Cent:
    """The aanvrager as a single (parent) of 21 or older."""
    vol = kies(a_aow, norm_22a_alleenstaande_aow, norm_21a_alleenstaande_21_aow)
    return kies(medebewoners > 0, kostendelersnorm_alleen, vol)


@norm_niveau(
    "B1",
    artikel="Pw art. 21 onder a, art. 22 onder a, art. 22a lid 1, art. 23 lid 3",
    zin="norm van de partner alsof hij een alleenstaande (ouder) van 21 jaar of ouder is",
)
def norm_alleen_p(
    p_aow: JaNee,
    medebewoners: Aantal,
    kostendelersnorm_alleen_p: Cent,
    norm_21a_alleenstaande_21_aow: Cent,
    norm_22a_alleenstaande_aow: Cent,
) -> Cent:
    """The partner as a single (parent) of 21 or older."""
    vol = kies(p_aow, norm_22a_alleenstaande_aow, norm_21a_alleenstaande_21_aow)
    return kies(medebewoners > 0, kostendelersnorm_alleen_p, vol)


@norm_niveau(
    "B1", artikel="Pw art. 21 onder b, art. 22 onder b en c, art. 22a lid 2", zin="norm van gehuwden die beiden 21 jaar of ouder zijn",
)  # fmt: skip
def norm_gehuwd(
    a_aow: JaNee,
    p_aow: JaNee,
    medebewoners: Aantal,
    kostendelersnorm_a: Cent,
    kostendelersnorm_p: Cent,
    norm_21b_gehuwden_21_aow: Cent,
    norm_22bc_gehuwden_aow: Cent,
) -> Cent:
    """Both spouses 21 or older; with housemates the sum of both kostendelersnormen."""
    vol = kies(of(a_aow, p_aow), norm_22bc_gehuwden_aow, norm_21b_gehuwden_21_aow)
    return kies(medebewoners > 0, kostendelersnorm_a + kostendelersnorm_p, vol)


@norm_niveau("B1", artikel="Pw art. 22a lid 1 en 2", zin="norm van gehuwden alsof beiden 21 jaar of ouder zijn")
def norm_gehuwd_alsof_21(
    medebewoners: Aantal,
    a_aow: JaNee,
    p_aow: JaNee,
    basis_a: Cent,
    basis_p: Cent,
    norm_21b_gehuwden_21_aow: Cent,
    norm_22bc_gehuwden_aow: Cent,
    kostendelersnorm_vast: Breuk,
    kostendelersnorm_per_persoon: Breuk,
) -> Cent:
    """Ceiling of the raise for a couple (art. 20 lid 4)."""
    n = medebewoners + 2
    a = rekenkundig(per_hoofd(kostendelersnorm_vast, kostendelersnorm_per_persoon, n, basis_a))
    p = rekenkundig(per_hoofd(kostendelersnorm_vast, kostendelersnorm_per_persoon, n, basis_p))
    delers = a + p
    return kies(medebewoners > 0, delers, kies(of(a_aow, p_aow), norm_22bc_gehuwden_aow, norm_21b_gehuwden_21_aow))


# --- art. 20 lid 3 and 4: the raise ---------------------------------------------------------------------------


@norm_niveau(
    "B1",
    artikel="Pw art. 20 lid 3",
    zin="geen verhoging voor 18 tot en met 20 jaar vóór 2026",
    tot="2025-12",
    naam="verhoging_20_3",
)
def verhoging_20_3_voor_2026(a_verhoging: JaNee) -> Cent:
    """Before 2026 the raise was bijzondere bijstand (art. 12)."""
    return kies(a_verhoging, 0, 0)


@norm_niveau(
    "B1",
    artikel="Pw art. 20 lid 3",
    zin="verhoging = {norm_20_3_verhoging_jongmeerderjarige} per persoon van 18 tot en met 20 jaar die niet op zijn ouders kan rekenen",
    vanaf="2026-01",
)
def verhoging_20_3(a_verhoging: JaNee, p_verhoging: JaNee, norm_20_3_verhoging_jongmeerderjarige: Cent) -> Cent:
    """Raise for one person of 18–20."""
    return kies(of(a_verhoging, p_verhoging), norm_20_3_verhoging_jongmeerderjarige, 0)


@norm_niveau("B1", artikel="Pw art. 20 lid 3", zin="verhoging van de aanvrager: {verhoging_20_3} onder 21 jaar, of 0")
def verhoging_a(a_verhoging: JaNee, a_21: JaNee, verhoging_20_3: Cent) -> Cent:
    """Raise of the aanvrager."""
    return kies(en(a_verhoging, niet(a_21)), verhoging_20_3, 0)


@norm_niveau("B1", artikel="Pw art. 20 lid 3", zin="verhoging van de partner: {verhoging_20_3} onder 21 jaar, of 0")
def verhoging_p(gehuwd: JaNee, p_verhoging: JaNee, p_21: JaNee, verhoging_20_3: Cent) -> Cent:
    """Raise of the partner."""
    return kies(en(gehuwd, p_verhoging, niet(p_21)), verhoging_20_3, 0)


# --- The norm at home, per person and together ------------------------------------------------------------------


@norm_niveau(
    "B1",
    artikel="Pw art. 20, 21, 22, 22a",
    zin="norm van de aanvrager als alleenstaande (ouder); met de verhoging {verhoging_a} nooit meer dan vanaf 21 jaar {norm_alleen}",
)
def thuis_a(a_21: JaNee, norm_alleen: Cent, norm_jong_alleen: Cent, verhoging_a: Cent) -> Cent:
    """The ceiling of art. 20 lid 4 limits the raise; it never lowers the norm itself."""
    jong = ten_minste(ten_hoogste(norm_jong_alleen + verhoging_a, norm_alleen), norm_jong_alleen)
    return kies(a_21, norm_alleen, jong)


@norm_niveau(
    "B1",
    artikel="Pw art. 20, 21, 22, 22a, art. 23 lid 3",
    zin="norm van de partner als alleenstaande (ouder); met de verhoging {verhoging_p} nooit meer dan vanaf 21 jaar {norm_alleen_p}",
)
def thuis_p(p_21: JaNee, norm_alleen_p: Cent, norm_jong_alleen: Cent, verhoging_p: Cent) -> Cent:
    """Read when the other spouse is in an institution."""
    jong = ten_minste(ten_hoogste(norm_jong_alleen + verhoging_p, norm_alleen_p), norm_jong_alleen)
    return kies(p_21, norm_alleen_p, jong)


@norm_niveau(
    "B1",
    artikel="Pw art. 20, 21, 22, 22a",
    zin="norm van gehuwden; met de verhogingen {verhoging_a} en {verhoging_p} nooit meer dan vanaf 21 jaar {norm_gehuwd_alsof_21}",
)
def thuis_paar(
    a_21: JaNee,
    p_21: JaNee,
    norm_gehuwd: Cent,
    norm_jong_een: Cent,
    norm_jong_beiden: Cent,
    norm_gehuwd_alsof_21: Cent,
    verhoging_a: Cent,
    verhoging_p: Cent,
) -> Cent:
    """The ceiling of art. 20 lid 4 limits the raise; it never lowers the norm itself."""
    zonder = kies(en(a_21, p_21), norm_gehuwd, kies(of(a_21, p_21), norm_jong_een, norm_jong_beiden))
    return ten_minste(ten_hoogste(zonder + verhoging_a + verhoging_p, norm_gehuwd_alsof_21), zonder)
