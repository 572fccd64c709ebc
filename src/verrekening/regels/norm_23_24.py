"""B1. The norm in an institution (Pw art. 23), next to a spouse without right (art. 24), and which norm holds.

One row is one household in one month. ``a`` is the aanvrager, ``p`` the partner (only when gehuwd).
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
    per_hoofd,
    rekenkundig,
    ten_hoogste,
    ten_minste,
)

norm_niveau = op_niveau("norm")


# --- art. 23: in an institution ---------------------------------------------------------------------------


@norm_niveau(
    "B1",
    artikel="Pw art. 23 lid 1 onder a, lid 2 onder a",
    zin="norm van een alleenstaande (ouder) in een inrichting = {norm_23_1a_inrichting_alleenstaande} + {norm_23_2a_verhoging_zorgpremie_alleenstaande}",
)
def inrichting_alleen(
    norm_23_1a_inrichting_alleenstaande: Cent, norm_23_2a_verhoging_zorgpremie_alleenstaande: Cent
) -> Cent:
    """Pocket money and the raise for the care premium."""
    return norm_23_1a_inrichting_alleenstaande + norm_23_2a_verhoging_zorgpremie_alleenstaande


@norm_niveau(
    "B1",
    artikel="Pw art. 23 lid 1 onder b, lid 2 onder b",
    zin="norm van gehuwden in een inrichting = {norm_23_1b_inrichting_gehuwden} + {norm_23_2b_verhoging_zorgpremie_gehuwden}",
)
def inrichting_paar(norm_23_1b_inrichting_gehuwden: Cent, norm_23_2b_verhoging_zorgpremie_gehuwden: Cent) -> Cent:
    """Both spouses in an institution."""
    return norm_23_1b_inrichting_gehuwden + norm_23_2b_verhoging_zorgpremie_gehuwden


@norm_niveau(
    "B1", artikel="Pw art. 23 lid 1 en 3", zin="norm van de aanvrager alleen: in een inrichting of thuis {thuis_a}"
)
def eigen_a(a_inrichting: JaNee, inrichting_alleen: Cent, thuis_a: Cent) -> Cent:
    """As a single person; the norm of a single, and a term of art. 23 lid 3."""
    return kies(a_inrichting, inrichting_alleen, thuis_a)


@norm_niveau("B1", artikel="Pw art. 23 lid 3", zin="norm van de partner alleen: in een inrichting of thuis {thuis_p}")
def eigen_p(p_inrichting: JaNee, inrichting_alleen: Cent, thuis_p: Cent) -> Cent:
    """As a single person; a term of art. 23 lid 3."""
    return kies(p_inrichting, inrichting_alleen, thuis_p)


@norm_niveau("B1", artikel="Pw art. 23 lid 3", zin="een van de gehuwden verblijft in een inrichting")
def een_binnen(gehuwd: JaNee, a_inrichting: JaNee, p_inrichting: JaNee) -> JaNee:
    """Then the norm is the sum of two single norms."""
    return en(gehuwd, a_inrichting != p_inrichting)


# --- art. 24: a spouse without right ------------------------------------------------------------------------


@norm_niveau("B1", artikel="Pw art. 24", zin="een van de gehuwden heeft geen recht op algemene bijstand")
def een_zonder_recht(gehuwd: JaNee, a_recht: JaNee, p_recht: JaNee) -> JaNee:
    """The other is the rechthebbende echtgenoot."""
    return en(gehuwd, a_recht != p_recht)


@norm_niveau(
    "B1",
    artikel="Pw art. 24",
    zin="norm van gehuwden van de leeftijd van de rechthebbende",
)
def paar_van_zijn_leeftijd(
    a_recht: JaNee,
    a_21: JaNee,
    p_21: JaNee,
    a_aow: JaNee,
    p_aow: JaNee,
    norm_jong_beiden: Cent,
    norm_21b_gehuwden_21_aow: Cent,
    norm_22bc_gehuwden_aow: Cent,
) -> Cent:
    """As if his spouse had a right and were of his age."""
    vol = kies(kies(a_recht, a_aow, p_aow), norm_22bc_gehuwden_aow, norm_21b_gehuwden_21_aow)
    return kies(kies(a_recht, a_21, p_21), vol, norm_jong_beiden)


@norm_niveau(
    "B1",
    artikel="Pw art. 24",
    zin="helft = {norm_24_factor_niet_rechthebbende_partner} van {paar_van_zijn_leeftijd}",
)
def helft_24(paar_van_zijn_leeftijd: Cent, norm_24_factor_niet_rechthebbende_partner: Breuk) -> Cent:
    """Half of the norm of a couple of his age."""
    return rekenkundig(deel(norm_24_factor_niet_rechthebbende_partner, van=paar_van_zijn_leeftijd))


@norm_niveau(
    "B1",
    artikel="Pw art. 20 lid 4, art. 24",
    zin="norm vanaf 21 jaar naast een echtgenoot zonder recht: de helft, of met {medebewoners} medebewoners de kostendelersnorm",
)
def plafond_24(
    medebewoners: Aantal,
    a_recht: JaNee,
    a_21: JaNee,
    p_21: JaNee,
    basis_a: Cent,
    basis_p: Cent,
    norm_21b_gehuwden_21_aow: Cent,
    kostendelersnorm_vast: Breuk,
    kostendelersnorm_per_persoon: Breuk,
    norm_24_factor_niet_rechthebbende_partner: Breuk,
) -> Cent:
    """Ceiling of the raise of a rechthebbende of 18–20; a spouse of 21 or older counts as kostendeler."""
    kostendelers = medebewoners + 1 + kies(kies(a_recht, p_21, a_21), 1, 0)
    basis = kies(a_recht, basis_a, basis_p)
    delers = rekenkundig(per_hoofd(kostendelersnorm_vast, kostendelersnorm_per_persoon, kostendelers, basis))
    helft = rekenkundig(deel(norm_24_factor_niet_rechthebbende_partner, van=norm_21b_gehuwden_21_aow))
    return kies(medebewoners > 0, delers, helft)


@norm_niveau(
    "B1",
    artikel="Pw art. 24, art. 22a lid 1",
    zin="norm van de rechthebbende echtgenoot: {helft_24} met verhoging, of vanaf 21 jaar met medebewoners de kostendelersnorm",
)
def norm_24(
    a_recht: JaNee,
    a_21: JaNee,
    p_21: JaNee,
    medebewoners: Aantal,
    kostendelersnorm_a: Cent,
    kostendelersnorm_p: Cent,
    helft_24: Cent,
    plafond_24: Cent,
    verhoging_a: Cent,
    verhoging_p: Cent,
) -> Cent:
    """Half of the couple's norm; art. 24 is not for somebody of 21 or older with kostendelers."""
    delers = en(kies(a_recht, a_21, p_21), medebewoners > 0)
    verhoging = kies(a_recht, verhoging_a, verhoging_p)
    met = ten_minste(ten_hoogste(helft_24 + verhoging, plafond_24), helft_24)
    return kies(delers, kies(a_recht, kostendelersnorm_a, kostendelersnorm_p), met)


@norm_niveau(
    "B1",
    artikel="Pw art. 23 lid 1, art. 24",
    zin="in een inrichting naast een echtgenoot zonder recht die daar ook verblijft = {norm_24_factor_niet_rechthebbende_partner} van {inrichting_paar}",
)
def inrichting_24(inrichting_paar: Cent, norm_24_factor_niet_rechthebbende_partner: Breuk) -> Cent:
    """Both spouses inside, one of them without right."""
    return rekenkundig(deel(norm_24_factor_niet_rechthebbende_partner, van=inrichting_paar))


# --- Which norm holds ---------------------------------------------------------------------------------------


@norm_niveau(
    "B1",
    artikel="Pw art. 20, 21, 22, 22a, art. 23 lid 1 en 3",
    zin="norm van gehuwden die beiden recht hebben: thuis {thuis_paar}, in een inrichting {inrichting_paar}, of {eigen_a} + {eigen_p}",
)
def norm_van_beiden(
    een_binnen: JaNee, a_inrichting: JaNee, eigen_a: Cent, eigen_p: Cent, inrichting_paar: Cent, thuis_paar: Cent
) -> Cent:
    """Art. 23 lid 3: with one spouse inside, two single norms."""
    return kies(een_binnen, eigen_a + eigen_p, kies(a_inrichting, inrichting_paar, thuis_paar))


@norm_niveau(
    "B1",
    artikel="Pw art. 24, art. 23 lid 3",
    zin="norm van de rechthebbende echtgenoot: {norm_24}, of bij verblijf in een inrichting zijn deel van de norm van art. 23",
)
def norm_van_een(
    een_binnen: JaNee,
    a_inrichting: JaNee,
    a_recht: JaNee,
    eigen_a: Cent,
    eigen_p: Cent,
    inrichting_24: Cent,
    norm_24: Cent,
) -> Cent:
    """With one spouse inside (art. 23 lid 3) the norm of a single person."""
    return kies(een_binnen, kies(a_recht, eigen_a, eigen_p), kies(a_inrichting, inrichting_24, norm_24))


@norm_niveau("B1", artikel="Pw art. 20 tot en met 24", zin="de norm die geldt voor het huishouden")
def norm(gehuwd: JaNee, een_zonder_recht: JaNee, eigen_a: Cent, norm_van_beiden: Cent, norm_van_een: Cent) -> Cent:
    """The norm of the household for a whole month."""
    return kies(gehuwd, kies(een_zonder_recht, norm_van_een, norm_van_beiden), eigen_a)


@norm_niveau(
    "B1",
    artikel="Pw art. 32 lid 3",
    zin="norm alsof beide echtgenoten recht hebben: {norm_van_beiden}, als een van hen geen recht heeft",
)
def gehuwdennorm(een_zonder_recht: JaNee, norm_van_beiden: Cent) -> Cent:
    """Read by rule O2; 0 when both spouses have a right."""
    return kies(een_zonder_recht, norm_van_beiden, 0)
