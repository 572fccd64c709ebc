"""V. The claim to holiday allowance over income: Regeling Pw art. 8 to 14.

One row is one person in one month. Income arrives per kind, tax credit and claim; the table follows from
the kind, the tax credit (IndLhKort) and the AOW age of the person.
"""

from __future__ import annotations

from verrekening.motor.regel import op_niveau
from verrekening.motor.woorden import (
    Cent,
    JaNee,
    Tabel,
    en,
    evenredig,
    kies,
    niet,
    rekenkundig,
    ten_minste,
    volgens_tabel,
)

persoon = op_niveau("persoon_maand")


# --- V2. Income with a claim, per table --------------------------------------------------------------


@persoon(
    "V2",
    artikel="Regeling Pw art. 11",
    zin="inkomen met aanspraak uit huidige arbeid, met heffingskorting: {arbeid_aanspraak_J}",
)
def ink_art11(arbeid_aanspraak_J: Cent, aow_leeftijd: JaNee) -> Cent:
    """Present employment, tax credit applied, below AOW age."""
    return kies(aow_leeftijd, 0, arbeid_aanspraak_J)


@persoon(
    "V2",
    artikel="Regeling Pw art. 12",
    zin="inkomen met aanspraak uit vroegere arbeid, met heffingskorting: {uitkering_aanspraak_J} + {aow_aanspraak_J}",
)
def ink_art12(uitkering_aanspraak_J: Cent, aow_aanspraak_J: Cent, aow_leeftijd: JaNee) -> Cent:
    """Benefit or pension, tax credit applied, below AOW age."""
    return kies(aow_leeftijd, 0, uitkering_aanspraak_J + aow_aanspraak_J)


@persoon(
    "V2",
    artikel="Regeling Pw art. 13",
    zin="loon met aanspraak, zonder heffingskorting: {arbeid_aanspraak_N}",
)
def ink_art13_arbeid(arbeid_aanspraak_N: Cent, aow_leeftijd: JaNee) -> Cent:
    """Employment, no tax credit, below AOW age."""
    return kies(aow_leeftijd, 0, arbeid_aanspraak_N)


@persoon(
    "V2",
    artikel="Regeling Pw art. 13",
    zin="ander inkomen met aanspraak, zonder heffingskorting: {uitkering_aanspraak_N} + {aow_aanspraak_N}",
)
def ink_art13_overig(uitkering_aanspraak_N: Cent, aow_aanspraak_N: Cent, aow_leeftijd: JaNee) -> Cent:
    """Benefit or pension, no tax credit, below AOW age."""
    return kies(aow_leeftijd, 0, uitkering_aanspraak_N + aow_aanspraak_N)


@persoon("V2", artikel="Regeling Pw art. 14 lid 1", zin="AOW met aanspraak: {aow_aanspraak_J} + {aow_aanspraak_N}")
def ink_art14_1(aow_aanspraak_J: Cent, aow_aanspraak_N: Cent, aow_leeftijd: JaNee) -> Cent:
    """AOW pension (SrtIV 22) of a person of AOW age."""
    return kies(aow_leeftijd, aow_aanspraak_J + aow_aanspraak_N, 0)


@persoon("V2", artikel="Regeling Pw art. 14 lid 2", zin="ander inkomen met aanspraak naast de AOW-leeftijd")
def ink_art14_2(
    arbeid_aanspraak_J: Cent,
    arbeid_aanspraak_N: Cent,
    uitkering_aanspraak_J: Cent,
    uitkering_aanspraak_N: Cent,
    aow_leeftijd: JaNee,
) -> Cent:
    """Everything else of a person of AOW age."""
    return kies(
        aow_leeftijd,
        arbeid_aanspraak_J + arbeid_aanspraak_N + uitkering_aanspraak_J + uitkering_aanspraak_N,
        0,
    )


# --- V3. The claim ------------------------------------------------------------------------------------


@persoon(
    "V3", artikel="Regeling Pw art. 11", zin="aanspraak over {ink_art11} volgens de tabel van art. 11",
    grondslag={"vt_claim_art11_tegenwoordige_arbeid": "ink_art11"},
)  # fmt: skip
def aanspraak_art11(ink_art11: Cent, vt_claim_art11_tegenwoordige_arbeid: Tabel) -> Cent:
    """Claim over present employment."""
    return ten_minste(rekenkundig(volgens_tabel(ink_art11, vt_claim_art11_tegenwoordige_arbeid)), 0)


@persoon(
    "V3", artikel="Regeling Pw art. 12", zin="aanspraak over {ink_art12} volgens de tabel van art. 12",
    grondslag={"vt_claim_art12_vroegere_arbeid": "ink_art12"},
)  # fmt: skip
def aanspraak_art12(ink_art12: Cent, vt_claim_art12_vroegere_arbeid: Tabel) -> Cent:
    """Claim over benefit or pension."""
    return ten_minste(rekenkundig(volgens_tabel(ink_art12, vt_claim_art12_vroegere_arbeid)), 0)


@persoon(
    "V3",
    artikel="Regeling Pw art. 13",
    zin="aanspraak over loon zonder heffingskorting {ink_art13_arbeid}",
    grondslag={"vt_claim_art13_zonder_ahk": "ink_art13_arbeid"},
)
def aanspraak_art13_arbeid(ink_art13_arbeid: Cent, vt_claim_art13_zonder_ahk: Tabel) -> Cent:
    """Claim over employment without tax credit, apart from other income."""
    return ten_minste(rekenkundig(volgens_tabel(ink_art13_arbeid, vt_claim_art13_zonder_ahk)), 0)


@persoon(
    "V3",
    artikel="Regeling Pw art. 13",
    zin="aanspraak over ander inkomen zonder heffingskorting {ink_art13_overig}",
    grondslag={"vt_claim_art13_zonder_ahk": "ink_art13_overig"},
)
def aanspraak_art13_overig(ink_art13_overig: Cent, vt_claim_art13_zonder_ahk: Tabel) -> Cent:
    """Claim over benefit or pension without tax credit."""
    return ten_minste(rekenkundig(volgens_tabel(ink_art13_overig, vt_claim_art13_zonder_ahk)), 0)


@persoon("V2", artikel="Regeling Pw art. 14 lid 1 onder a", zin="AOW van een alleenstaande: {ink_art14_1}")
def ink_art14_1a(ink_art14_1: Cent, heeft_partner: JaNee) -> Cent:
    """AOW pension of a single person."""
    return kies(heeft_partner, 0, ink_art14_1)


@persoon(
    "V2",
    artikel="Regeling Pw art. 14 lid 1 onder b",
    zin="AOW van gehuwden die beiden AOW hebben: {ink_art14_1}",
)
def ink_art14_1b(ink_art14_1: Cent, heeft_partner: JaNee, partner_aow_leeftijd: JaNee) -> Cent:
    """AOW pension, both spouses of AOW age."""
    return kies(en(heeft_partner, partner_aow_leeftijd), ink_art14_1, 0)


@persoon(
    "V2",
    artikel="Regeling Pw art. 14 lid 1 onder c",
    zin="AOW van gehuwden van wie een AOW heeft: {ink_art14_1}",
)
def ink_art14_1c(ink_art14_1: Cent, heeft_partner: JaNee, partner_aow_leeftijd: JaNee) -> Cent:
    """AOW pension, one spouse of AOW age."""
    return kies(en(heeft_partner, niet(partner_aow_leeftijd)), ink_art14_1, 0)


@persoon(
    "V3", artikel="Regeling Pw art. 14 lid 1 onder a", zin="aanspraak over {ink_art14_1a} volgens art. 14 lid 1 onder a",
    grondslag={"vt_claim_art14_alleenstaande_aow": "ink_art14_1a"},
)  # fmt: skip
def aanspraak_art14_1a(ink_art14_1a: Cent, vt_claim_art14_alleenstaande_aow: Tabel) -> Cent:
    """Claim over AOW of a single person."""
    return ten_minste(rekenkundig(volgens_tabel(ink_art14_1a, vt_claim_art14_alleenstaande_aow)), 0)


@persoon(
    "V3", artikel="Regeling Pw art. 14 lid 1 onder b", zin="aanspraak over {ink_art14_1b} volgens art. 14 lid 1 onder b",
    grondslag={"vt_claim_art14_gehuwden_aow": "ink_art14_1b"},
)  # fmt: skip
def aanspraak_art14_1b(ink_art14_1b: Cent, vt_claim_art14_gehuwden_aow: Tabel) -> Cent:
    """Claim over AOW, both spouses of AOW age."""
    return ten_minste(rekenkundig(volgens_tabel(ink_art14_1b, vt_claim_art14_gehuwden_aow)), 0)


@persoon(
    "V3", artikel="Regeling Pw art. 14 lid 1 onder c", zin="aanspraak over {ink_art14_1c} volgens art. 14 lid 1 onder c",
    grondslag={"vt_claim_art14_gehuwden_een_aow": "ink_art14_1c"},
)  # fmt: skip
def aanspraak_art14_1c(ink_art14_1c: Cent, vt_claim_art14_gehuwden_een_aow: Tabel) -> Cent:
    """Claim over AOW, one spouse of AOW age."""
    return ten_minste(rekenkundig(volgens_tabel(ink_art14_1c, vt_claim_art14_gehuwden_een_aow)), 0)


@persoon(
    "V3", artikel="Regeling Pw art. 14 lid 2", zin="aanspraak over {ink_art14_2} volgens art. 14 lid 2",
    grondslag={"vt_claim_art14_ander_inkomen_aow": "ink_art14_2"},
)  # fmt: skip
def aanspraak_art14_2(ink_art14_2: Cent, vt_claim_art14_ander_inkomen_aow: Tabel) -> Cent:
    """Claim over other income of a person of AOW age."""
    return ten_minste(rekenkundig(volgens_tabel(ink_art14_2, vt_claim_art14_ander_inkomen_aow)), 0)


@persoon(
    "V3",
    artikel="Regeling Pw art. 10",
    zin="aanspraak vakantietoeslag van de persoon = som van de aanspraken per tabel",
)
def aanspraak(
    aanspraak_art11: Cent,
    aanspraak_art12: Cent,
    aanspraak_art13_arbeid: Cent,
    aanspraak_art13_overig: Cent,
    aanspraak_art14_1a: Cent,
    aanspraak_art14_1b: Cent,
    aanspraak_art14_1c: Cent,
    aanspraak_art14_2: Cent,
) -> Cent:
    """The claim that is added to the income of the month."""
    werk = aanspraak_art11 + aanspraak_art12 + aanspraak_art13_arbeid + aanspraak_art13_overig
    return werk + aanspraak_art14_1a + aanspraak_art14_1b + aanspraak_art14_1c + aanspraak_art14_2


@persoon(
    "A1",
    artikel="Pw art. 31 lid 1, art. 32 lid 1",
    zin="arbeid = {arbeid_aanspraak_J} + {arbeid_aanspraak_N} + {arbeid_zonder_aanspraak}",
)
def arbeid(arbeid_aanspraak_J: Cent, arbeid_aanspraak_N: Cent, arbeid_zonder_aanspraak: Cent) -> Cent:
    """Net income from employment of the person in the month."""
    return arbeid_aanspraak_J + arbeid_aanspraak_N + arbeid_zonder_aanspraak


@persoon(
    "A1",
    artikel="Pw art. 31 lid 1, art. 32 lid 1",
    zin="uitkeringen en pensioenen = AOW + overige uitkeringen en pensioenen",
)
def uitkeringen(
    uitkering_aanspraak_J: Cent,
    uitkering_aanspraak_N: Cent,
    aow_aanspraak_J: Cent,
    aow_aanspraak_N: Cent,
    uitkering_zonder_aanspraak: Cent,
) -> Cent:
    """Net benefits and pensions of the person in the month."""
    return (
        uitkering_aanspraak_J + uitkering_aanspraak_N + aow_aanspraak_J + aow_aanspraak_N + uitkering_zonder_aanspraak
    )


@persoon("V4", artikel="Regeling Pw art. 10", zin="deel van de aanspraak dat over loon is berekend")
def aanspraak_arbeid(
    aanspraak_art11: Cent,
    aanspraak_art13_arbeid: Cent,
    aanspraak_art14_2: Cent,
    ink_art14_2: Cent,
    arbeid_aanspraak_J: Cent,
    arbeid_aanspraak_N: Cent,
) -> Cent:
    """Claim over work income; next to the AOW age in proportion to the work income."""
    naast_aow = rekenkundig(evenredig(aanspraak_art14_2, arbeid_aanspraak_J + arbeid_aanspraak_N, ink_art14_2))
    return aanspraak_art11 + aanspraak_art13_arbeid + naast_aow


@persoon(
    "A3",
    artikel="Pw art. 19 lid 3",
    zin="inkomen met aanspraak = arbeid {arbeid} + uitkeringen {uitkeringen} − zonder aanspraak",
)
def ink_met_aanspraak(
    arbeid: Cent, uitkeringen: Cent, arbeid_zonder_aanspraak: Cent, uitkering_zonder_aanspraak: Cent
) -> Cent:
    """Work, benefit and pension income that has its own holiday allowance."""
    return arbeid + uitkeringen - arbeid_zonder_aanspraak - uitkering_zonder_aanspraak
