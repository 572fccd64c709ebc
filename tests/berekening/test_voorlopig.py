"""Provisional amounts: named in the month that used them, with the rule of the first use (rule P3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import hulp

from verrekening.regels import NIVEAUS, NORM, OPGAVE


def test_every_parameter_that_a_rule_reads_has_a_base() -> None:
    """Without one, an own value of a municipality would be used in silence (the norm and wga have their own way)."""
    zonder = [
        f"{niveau.naam}.{regel.naam}: {naam}"
        for niveau in NIVEAUS
        if niveau is not NORM and niveau is not OPGAVE
        for regel in niveau.regels
        for naam in regel.argumenten
        if naam in niveau.parameters and naam not in dict(regel.grondslag)
    ]
    assert zonder == []


def _eigen(*namen: str, waarde: str = "1000.00") -> dict[str, Any]:
    return {"parameters": {naam: [{"van": "2026-07-01", "waarde": waarde, "bron": "raad"}] for naam in namen}}


def _voorlopig(map_: Path, dossier: dict[str, Any], beleid: dict[str, Any], records: list[Any]) -> dict[str, Any]:
    _, _, signalen = hulp.rijen(hulp.draai_op(map_, [dossier], records, "2026-08", beleid=beleid))
    return {s["maand"]: s for s in signalen if s["code"] == "VOORLOPIGE_PARAMETER"}


@pytest.mark.parametrize(
    ("situatie", "gebruikt"),
    [
        ({}, {"norm_21a_alleenstaande_21_aow"}),
        ({"kostendelende_medebewoners": 1}, {"norm_21b_gehuwden_21_aow"}),
        ({"in_inrichting": True}, {"norm_23_1a_inrichting_alleenstaande"}),
    ],
)
def test_only_the_norm_that_was_chosen_is_named(tmp_path: Path, situatie: dict[str, Any], gebruikt: set[str]) -> None:
    """Own values for three norms; each household reads one of them, in R and in P."""
    namen = ("norm_21a_alleenstaande_21_aow", "norm_21b_gehuwden_21_aow", "norm_23_1a_inrichting_alleenstaande")
    dossier = hulp.dossier(
        begindatum="2026-07-01",
        situatie=[{"van": "2026-01", "leefvorm": "alleenstaande"} | situatie],
        betalingen=[hulp.boeking("2026-07", 0)],
    )
    gevonden = _voorlopig(tmp_path, dossier, _eigen(*namen), [])
    assert set(gevonden) == {"2026-07", "2026-08"}
    for signaal in gevonden.values():
        assert signaal["regel"] == "B1"
        assert {naam for naam in namen if naam in signaal["tekst"]} == gebruikt


def test_a_ceiling_that_did_not_bind_is_used(tmp_path: Path) -> None:
    """Art. 20 lid 4: 350.42 + 762.24 stays below 1419.46, yet that amount was looked at."""
    dossier = hulp.dossier(
        begindatum="2026-07-01",
        personen=[hulp.persoon(geboortedatum="2006-01-01")],
        situatie=[{"van": "2026-01", "leefvorm": "alleenstaande", "verhoging_20_3": True}],
        betalingen=[hulp.boeking("2026-07", 0)],
    )
    gevonden = _voorlopig(tmp_path, dossier, _eigen("norm_21a_alleenstaande_21_aow", waarde="1419.46"), [])
    assert set(gevonden) == {"2026-07", "2026-08"}


def test_the_first_use_is_in_order_of_calculation(tmp_path: Path) -> None:
    """The net comes before the exemption, the exemption before the norm and the reserve; the text names them all."""
    dossier = hulp.dossier(begindatum="2026-07-01", betalingen=[hulp.boeking("2026-07", 0)])
    beleid = _eigen("norm_21a_alleenstaande_21_aow")
    beleid["parameters"]["vakantietoeslag_pct_bijstand"] = [{"van": "2026-07-01", "waarde": "5%", "bron": "raad"}]
    gevonden = _voorlopig(tmp_path, dossier, beleid, [hulp.opgave("2026-07", LnLbPh="400.00")])
    juli, augustus = gevonden["2026-07"], gevonden["2026-08"]
    namen = ("wga_geuniformeerde_inhouding_pct", "vrijlating_n_max", "norm_21a_", "vakantietoeslag_pct_bijstand")
    plaatsen = [juli["tekst"].index(naam) for naam in namen]
    assert plaatsen == sorted(plaatsen)
    assert (juli["regel"], augustus["regel"]) == ("N3", "B1")


def test_the_first_use_of_a_household_does_not_depend_on_others(tmp_path: Path) -> None:
    """Another household used the exemption a month earlier, without a claim; here the claim comes first."""
    records = [
        hulp.opgave("2025-11", LnLbPh="400.00", BSN="999991723"),
        hulp.opgave("2025-12", LnLbPh="400.00", OpgRchtVakBsl="32.00"),
    ]
    een = hulp.dossier("D-1", begindatum="2025-12-01", betalingen=[hulp.boeking("2025-12", 0)])
    ander = hulp.dossier(
        "D-2",
        begindatum="2025-11-01",
        personen=[hulp.persoon(bsn="999991723")],
        betalingen=[hulp.boeking("2025-11", 0), hulp.boeking("2025-12", 0)],
    )
    (tmp_path / "samen").mkdir()
    (tmp_path / "alleen").mkdir()
    eigen = {"parameters": {"vrijlating_n_max": [{"van": "2025-07-01", "waarde": "278.00", "bron": "raad"}]}}
    samen = hulp.rijen(hulp.draai_op(tmp_path / "samen", [een, ander], records, "2026-01", beleid=eigen))[2]
    alleen = hulp.rijen(hulp.draai_op(tmp_path / "alleen", [een], records, "2026-01", beleid=eigen))[2]
    assert [s for s in samen if s["dossiernummer"] == "D-1"] == alleen
