"""Chapter N: every code has one kind, and the branches and limits that a worked case does not single out."""

from __future__ import annotations

from typing import Any

import pytest
from tests.regels import rijen

from verrekening.geld import Verhouding
from verrekening.regels import netto, netto_stops

WERK = {11, 13, 15}
UITKERING = {18, 22, 24, 31, 32, 33, 36, 37, 38, 39, 40, 46, 50, 52}
PENSIOEN = {23, 53, 55, 56, 57, 58, 59, 60, 63}
NOOIT = {34, 43, 45}
EIGEN_SIGNAAL = {17, 42, 61, 62}


@pytest.mark.parametrize("code", range(100))
def test_a_code_has_one_kind(code: int) -> None:
    """Employment, benefit, pension, never income, one of its own signal, or unknown; 17 is work once it is let in."""
    werk, pensioen = netto.is_werk(code), netto.is_pensioen(code)
    uitkering, nooit = netto.is_bekende_uitkering(code), netto.nooit_inkomen(code)
    assert werk == (code in WERK | {17})
    assert pensioen == (code in PENSIOEN)
    assert uitkering == (code in UITKERING)
    assert nooit == (code in NOOIT)
    onbekend = netto.onbekende_code(code, werk, pensioen, uitkering, nooit)
    assert onbekend == (code not in WERK | UITKERING | PENSIOEN | NOOIT | EIGEN_SIGNAAL)


JA, NEE = True, False

RIJEN: list[rijen.Rij] = [
    # N2: work and what is never income are no benefit; everything else is.
    (netto.is_uitkering, (JA, NEE), NEE),
    (netto.is_uitkering, (NEE, JA), NEE),
    (netto.is_uitkering, (NEE, NEE), JA),
    # N2: the list without 17, and what a besluit let in
    (netto.is_inkomen, (15, JA, NEE, NEE, NEE), JA),
    (netto.is_inkomen, (17, JA, NEE, NEE, NEE), NEE),
    (netto.is_inkomen, (17, JA, NEE, NEE, JA), JA),
    (netto.is_inkomen, (42, NEE, NEE, NEE, NEE), NEE),
    (netto.is_inkomen, (53, NEE, JA, NEE, NEE), JA),
    (netto.is_inkomen, (33, NEE, NEE, JA, NEE), JA),
    # V1: one cent of accrual is a claim
    (netto.met_aanspraak, (1, NEE), JA),
    (netto.met_aanspraak, (0, NEE), NEE),
    (netto.met_aanspraak, (1, JA), NEE),
    # N6: one cent of allowance that was not there before and is not accrued
    (netto.vakbsl_is_bijzonder, (1, NEE, JA), JA),
    (netto.vakbsl_is_bijzonder, (0, NEE, JA), NEE),
    (netto.vakbsl_is_bijzonder, (1, JA, JA), NEE),
    (netto.vakbsl_is_bijzonder, (1, NEE, NEE), NEE),
    # N3: 0.480% of 700.00 = 3.36, only over employment; a car is never less than nothing
    (netto.wga, (JA, 70000, Verhouding(480, 100000)), 336),
    (netto.wga, (NEE, 70000, Verhouding(480, 100000)), 0),
    (netto.wga_grondslag, (JA, 70000), 70000),
    (netto.wga_grondslag, (NEE, 70000), 0),
    (netto.auto, (300, 100), 200),
    (netto.auto, (100, 300), 0),
    (netto.netto, (70000, 10000, 336, 3000, 200), 56464),
    # N6: 464.64 × 100.00 / 700.00 = 66.3771
    (netto.netto_vakbsl, (46464, 10000, 70000, JA), 6638),
    (netto.netto_vakbsl, (46464, 10000, 70000, NEE), 0),
    (netto.bijzonder, (500, 300, NEE), 200),
    (netto.bijzonder, (300, 500, NEE), 0),
    (netto.bijzonder, (500, 300, JA), 500),
    (netto.netto_terugverdeeld, (100, JA, NEE, NEE), 100),
    (netto.netto_terugverdeeld, (100, NEE, NEE, NEE), 0),
    (netto.netto_terugverdeeld, (100, JA, JA, NEE), 0),
    (netto.netto_terugverdeeld, (100, JA, NEE, JA), 0),
    (netto.rest, (1000, 200, 30, 0, NEE, NEE), 770),
    (netto.rest, (1000, 200, 30, 555, JA, NEE), 555),
    (netto.rest, (1000, 200, 30, 555, JA, JA), 0),
    # N4, N5, N6, N7: one cent is enough
    (netto_stops.signaal_IKB, (JA, 1, 0), JA),
    (netto_stops.signaal_IKB, (JA, 0, 1), JA),
    (netto_stops.signaal_IKB, (JA, 0, 0), NEE),
    (netto_stops.signaal_IKB, (NEE, 1, 1), NEE),
    (netto_stops.signaal_LOON_IN_NATURA, (JA, 301, 300), JA),
    (netto_stops.signaal_LOON_IN_NATURA, (JA, 300, 300), NEE),
    (netto_stops.signaal_LOON_IN_NATURA, (NEE, 301, 300), NEE),
    (netto_stops.signaal_BIJZONDERE_BELONING, (JA, 101, 100), JA),
    (netto_stops.signaal_BIJZONDERE_BELONING, (JA, 100, 100), NEE),
    (netto_stops.signaal_BIJZONDERE_BELONING, (NEE, 101, 100), NEE),
    # wage, allowance, known
    (netto_stops.loon_negatief, (JA, 0, 0, JA), NEE),
    (netto_stops.loon_negatief, (JA, -1, -1, JA), JA),
    (netto_stops.loon_negatief, (JA, -1, -2, JA), JA),
    (netto_stops.loon_negatief, (JA, 100, -1, JA), JA),
    (netto_stops.loon_negatief, (JA, 100, 101, JA), JA),
    (netto_stops.loon_negatief, (JA, 100, 100, JA), NEE),
    (netto_stops.loon_negatief, (JA, 0, 101, NEE), NEE),
    (netto_stops.loon_negatief, (NEE, -1, 0, JA), NEE),
    # negative already?, known, withheld, wage
    (netto_stops.signaal_AFWIJKENDE_INHOUDING, (JA, NEE, JA, 101, 100), JA),
    (netto_stops.signaal_AFWIJKENDE_INHOUDING, (JA, NEE, JA, 100, 100), NEE),
    (netto_stops.signaal_AFWIJKENDE_INHOUDING, (JA, JA, JA, 101, 100), NEE),
    (netto_stops.signaal_AFWIJKENDE_INHOUDING, (JA, NEE, NEE, 101, 0), NEE),
    (netto_stops.signaal_AFWIJKENDE_INHOUDING, (NEE, NEE, JA, 101, 100), NEE),
    # negative already?, more withheld?, known, net, allowance, special pay, spread back?
    (netto_stops.signaal_NEGATIEF_LOON, (JA, NEE, NEE, JA, 0, 0, 0, NEE), NEE),
    (netto_stops.signaal_NEGATIEF_LOON, (JA, NEE, NEE, JA, -1, 0, 0, NEE), JA),
    (netto_stops.signaal_NEGATIEF_LOON, (JA, NEE, NEE, JA, -1, -1, 0, NEE), JA),
    (netto_stops.signaal_NEGATIEF_LOON, (JA, NEE, NEE, JA, 100, 60, 41, JA), JA),
    (netto_stops.signaal_NEGATIEF_LOON, (JA, NEE, NEE, JA, 100, 60, 40, JA), NEE),
    (netto_stops.signaal_NEGATIEF_LOON, (JA, NEE, NEE, JA, 100, 60, 41, NEE), NEE),
    (netto_stops.signaal_NEGATIEF_LOON, (JA, NEE, NEE, JA, 100, 101, 0, NEE), JA),
    (netto_stops.signaal_NEGATIEF_LOON, (JA, NEE, JA, JA, -1, 0, 0, NEE), NEE),
    (netto_stops.signaal_NEGATIEF_LOON, (JA, NEE, NEE, NEE, -1, 0, 0, NEE), NEE),
    (netto_stops.signaal_NEGATIEF_LOON, (NEE, NEE, NEE, JA, -1, 0, 0, NEE), NEE),
    (netto_stops.signaal_NEGATIEF_LOON, (JA, JA, NEE, JA, 100, 0, 0, NEE), JA),
    # known: withheld, Zvw; work?, CdZvw M?
    (netto_stops.inhouding_ontbreekt, (JA, JA, JA, JA, 1), NEE),
    (netto_stops.inhouding_ontbreekt, (JA, NEE, JA, JA, 0), JA),
    (netto_stops.inhouding_ontbreekt, (JA, JA, NEE, JA, 0), NEE),
    (netto_stops.inhouding_ontbreekt, (JA, JA, NEE, JA, -1), NEE),
    (netto_stops.inhouding_ontbreekt, (JA, JA, NEE, JA, 1), JA),
    (netto_stops.inhouding_ontbreekt, (JA, JA, NEE, NEE, 0), JA),
    (netto_stops.inhouding_ontbreekt, (NEE, NEE, NEE, NEE, 1), NEE),
    # N3: SrtIV, SA72, tax credit (−1 unknown), 27 or older
    *[(netto_stops.signaal_JGK_ONBEKEND, (JA, code, 0, 1, JA), code in (24, 37, 38)) for code in range(100)],
    (netto_stops.signaal_JGK_ONBEKEND, (JA, 33, 1, 1, JA), JA),
    (netto_stops.signaal_JGK_ONBEKEND, (JA, 37, 0, -1, JA), JA),
    (netto_stops.signaal_JGK_ONBEKEND, (JA, 37, 0, 0, JA), NEE),
    (netto_stops.signaal_JGK_ONBEKEND, (JA, 37, 0, 1, NEE), NEE),
    (netto_stops.signaal_JGK_ONBEKEND, (NEE, 37, 0, 1, JA), NEE),
]


@pytest.mark.parametrize(("regel", "args", "verwacht"), RIJEN, ids=rijen.naam)
def test_a_rule_gives_the_cents_of_its_article(regel: Any, args: tuple[Any, ...], verwacht: Any) -> None:
    """Computed by hand from the rule in the comment."""
    assert rijen.antwoord(regel, args) == verwacht


WEL: dict[str, Any] = {
    "srtiv": 15, "is_inkomen": JA, "LnLbPh_bekend": JA, "VakBsl_bekend": JA, "OpgRchtVakBsl_bekend": JA, "lhkort": 1,
    "OpgRchtVakBsl": 0, "buiten_dienstverband": NEE, "LnLbPh": 70000, "VakBsl": 0, "vakbsl_apart": NEE,
    "overlappend_tijdvak": NEE, "nooit_inkomen": NEE,
}  # fmt: skip
"""A record of which everything is known."""

ONTBREEKT: list[tuple[dict[str, Any], bool]] = [
    ({}, NEE),
    *[({naam: NEE}, JA) for naam in ("LnLbPh_bekend", "VakBsl_bekend", "OpgRchtVakBsl_bekend")],
    *[({naam: NEE, "is_inkomen": NEE}, NEE) for naam in ("LnLbPh_bekend", "VakBsl_bekend", "OpgRchtVakBsl_bekend")],
    # The tax credit decides over a claim, and one cent of accrual is a claim.
    ({"lhkort": -1}, NEE),
    ({"lhkort": -1, "OpgRchtVakBsl": 1}, JA),
    ({"lhkort": 0, "OpgRchtVakBsl": 1}, NEE),
    ({"srtiv": -1, "is_inkomen": NEE}, JA),
    ({"srtiv": 0, "is_inkomen": NEE}, NEE),
    ({"overlappend_tijdvak": JA}, JA),
    # Outside the employment only allowance that was counted month by month has been dealt with.
    ({"buiten_dienstverband": JA}, JA),
    ({"buiten_dienstverband": JA, "VakBsl": 70000}, JA),
    ({"buiten_dienstverband": JA, "VakBsl": 70000, "vakbsl_apart": JA}, NEE),
    ({"buiten_dienstverband": JA, "VakBsl": 69999, "vakbsl_apart": JA}, JA),
    ({"srtiv": -1, "overlappend_tijdvak": JA, "LnLbPh_bekend": NEE, "nooit_inkomen": JA}, NEE),
]


@pytest.mark.parametrize(("anders", "verwacht"), ONTBREEKT)
def test_what_is_missing_stops_the_record(anders: dict[str, Any], verwacht: bool) -> None:
    """Rules N3 and T1; unknown is not zero, and what is never income stops nothing."""
    assert rijen.antwoord(netto_stops.gegeven_ontbreekt, tuple((WEL | anders).values())) == verwacht


def test_a_source_is_incomplete_when_it_leaves_out_any_of_six_fields() -> None:
    """One is enough; about what is no income nothing is told."""
    alle = [JA] * 6
    assert not netto_stops.signaal_BRON_ONVOLLEDIG(JA, *alle)
    for plaats in range(6):
        zonder = [*alle[:plaats], NEE, *alle[plaats + 1 :]]
        assert netto_stops.signaal_BRON_ONVOLLEDIG(JA, *zonder)
        assert not netto_stops.signaal_BRON_ONVOLLEDIG(NEE, *zonder)
