"""The figures of the monitor, each worked out by hand from the worked month: a wage of 700.00 is 549.30 too much."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.administratie.gemeente import Gemeente
from tests.monitor import bevolking

from verrekening import administratie, monitor
from verrekening.cli import voer_uit
from verrekening.fouten import AdministratieGeweigerd
from verrekening.monitor.raad import tekst

TE_VEEL = 54930
"""Worked month 1: booked 134849, due 79919."""


def verslag(gemeente: Gemeente) -> dict[str, Any]:
    """The report of an administration."""
    with administratie.open_om_te_lezen(gemeente.waar, 0) as boek:
        return monitor.verslag(monitor.uit_administratie(administratie.maandoverzichten(boek.verbinding)))


@pytest.fixture
def gemeente(tmp_path: Path) -> Gemeente:
    """Twelve households with a wage in July and twenty without, settled in August and September."""
    uit = bevolking.gemeente(tmp_path)
    uit.lever(bevolking.loon(range(12), "2026-07"))
    uit.draai([bevolking.huishouden(nr) for nr in range(32)], "2026-08")
    uit.lever(bevolking.loon(range(12), "2026-08", "500.00", DatEind="2026-08-31"))
    uit.draai([bevolking.huishouden(nr) for nr in range(32)], "2026-09")
    return uit


def test_a_month_tells_how_many_went_without_a_human(gemeente: Gemeente) -> None:
    """Nobody has a signal that a human must look at, so all 32 went by themselves."""
    augustus = verslag(gemeente)["maanden"][0]
    assert augustus["afhandeling"] == {
        "huishoudens": 32, "zonder_mens": 32, "zonder_mens_pct": 100.0, "mens_kijkt_mee": 0,
        "mens_kijkt_mee_pct": 0.0, "gestopt": 0, "gestopt_pct": 0.0, "met_mens": 0,
    }  # fmt: skip
    assert augustus["redenen"] == {}


def test_amounts_are_those_of_the_worked_month(gemeente: Gemeente) -> None:
    """Twelve times 549.30 found and settled in August, 15 days after the end of July; nothing is left open."""
    augustus = verslag(gemeente)["maanden"][0]
    twaalf = {"huishoudens": 12, "bedrag_cent": 12 * TE_VEEL, "gemiddeld_cent": TE_VEEL, "spreiding_cent": 0}
    assert augustus["gevonden"] == augustus["verrekend"] == twaalf
    assert augustus["open"]["huishoudens"] == augustus["nabetaald"]["huishoudens"] == 0
    assert augustus["doorlooptijd_dagen"] == {
        "huishoudens": 12, "gemiddeld": 15.0, "helft_binnen": 15, "negen_van_tien_binnen": 15,
    }  # fmt: skip


def test_the_year_without_settlement_is_one_claim_per_household(gemeente: Gemeente) -> None:
    """Without: twelve claims of July and August together. With: none, because all of it was settled."""
    uit = verslag(gemeente)
    september = uit["maanden"][1]["verrekend"]["bedrag_cent"]
    jaar = uit["jaren"][0]
    assert jaar["zonder_verrekening"]["zonder"]["huishoudens"] == 12
    assert jaar["zonder_verrekening"]["zonder"]["bedrag_cent"] == 12 * TE_VEEL + september
    assert jaar["zonder_verrekening"]["met"] == {
        "huishoudens": 0, "bedrag_cent": 0, "gemiddeld_cent": None, "spreiding_cent": None,
    }  # fmt: skip
    assert jaar["correcties"] == {
        "huishoudens": 12, "een_keer": 12, "twee_keer": 0, "vaker": 0, "correcties_per_huishouden": 2.0,
    }  # fmt: skip


def test_a_correction_is_found_again_but_only_for_what_grew(tmp_path: Path) -> None:
    """July is settled at a wage of 700.00; a correction to 600.00 pays back and finds nothing, 800.00 finds the rest."""
    gemeente = bevolking.gemeente(tmp_path)
    zaken = [bevolking.huishouden(nr) for nr in range(12)]
    gemeente.lever(bevolking.loon(range(12), "2026-07"))
    gemeente.draai(zaken, "2026-08")
    gemeente.lever(bevolking.loon(range(12), "2026-07", "600.00", moment="2026-08-20T10:00:00", DatEind="2026-07-31"))
    gemeente.draai(zaken, "2026-09")
    gemeente.lever(bevolking.loon(range(12), "2026-07", "800.00", moment="2026-09-20T10:00:00", DatEind="2026-07-31"))
    gemeente.draai(zaken, "2026-10")
    augustus, september, oktober = verslag(gemeente)["maanden"]
    assert september["gevonden"]["bedrag_cent"] == 0
    assert september["nabetaald"]["huishoudens"] == 12
    groei = oktober["verrekend"]["bedrag_cent"] - september["nabetaald"]["bedrag_cent"]
    assert oktober["gevonden"]["bedrag_cent"] == groei > 0
    assert augustus["gevonden"]["bedrag_cent"] == 12 * TE_VEEL


def test_a_small_group_is_hidden_with_its_amount(tmp_path: Path) -> None:
    """Nine households with a wage: no amount, no mean, no days, and no sum of the year that is the same nine."""
    gemeente = bevolking.gemeente(tmp_path)
    gemeente.lever(bevolking.loon(range(9), "2026-07"))
    gemeente.draai([bevolking.huishouden(nr) for nr in range(32)], "2026-08")
    uit = verslag(gemeente)
    for deel in (uit["maanden"][0], uit["jaren"][0]):
        assert deel["verrekend"] == {
            "huishoudens": "<10", "bedrag_cent": None, "gemiddeld_cent": None, "spreiding_cent": None,
        }  # fmt: skip
        assert deel["doorlooptijd_dagen"]["gemiddeld"] is None
    assert str(9 * TE_VEEL) not in json.dumps(uit)
    assert "zo weinig verrekend" in " ".join(tekst(uit))


def test_a_wage_too_late_is_a_claim_that_settlement_did_not_prevent(tmp_path: Path) -> None:
    """A wage of January that is known in September lies outside the six months: a new claim, counted once."""
    gemeente = bevolking.gemeente(tmp_path)
    geboekt = {f"2026-{maand:02d}": 134849 for maand in range(1, 8)}
    zaken = [bevolking.huishouden(nr, geboekt, begindatum="2026-01-01") for nr in range(12)]
    gemeente.lever(bevolking.loon(range(12), "2026-01", DatEind="2026-01-31", moment="2026-08-01T10:00:00"))
    gemeente.draai(zaken, "2026-08")
    gemeente.draai(zaken, "2026-09")
    augustus, september = verslag(gemeente)["maanden"]
    assert augustus["nieuwe_vordering"]["huishoudens"] == 12
    assert september["nieuwe_vordering"]["huishoudens"] == 0


def test_the_command_writes_every_form(gemeente: Gemeente, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON on stdout; CSV, page and figures for the register in files; the register takes the figures."""
    csv, html, cijfers = tmp_path / "csv", tmp_path / "monitor.html", tmp_path / "cijfers.json"
    opdracht = ["monitor", "--administratie", gemeente.waar, "--json"]
    assert voer_uit([*opdracht, "--csv", str(csv), "--html", str(html), "--register", str(cijfers)]) == 0
    uit = json.loads(capsys.readouterr().out)
    assert uit["versie"] == "monitor.v1"
    assert [een["maand"] for een in uit["maanden"]] == ["2026-08", "2026-09"]
    assert (csv / "maanden.csv").read_bytes().startswith(b"\xef\xbb\xbfmaand;")
    assert html.stat().st_mode & 0o077 == 0
    beleid = gemeente.map / "beleid.yaml"
    assert voer_uit(["algoritmeregister", "--beleid", str(beleid), "--cijfers", str(cijfers), "--json"]) == 0
    # 64 household-months; in September the twelve jobs end, and less holiday allowance came than was counted: 52 of 64.
    assert "zonder mens: 81,2%" in json.loads(capsys.readouterr().out)["goal"]


def test_the_terminal_names_what_is_not_in_this_source(gemeente: Gemeente, capsys: pytest.CaptureFixture[str]) -> None:
    """The indicators that these data do not hold are named, not left out in silence."""
    assert voer_uit(["monitor", "--administratie", gemeente.waar, "--van", "2026-09"]) == 0
    uit = capsys.readouterr().out
    assert "Niet uit deze bron (Groningen)" in uit
    assert "2026-08" not in uit.partition("Per maand")[2].partition("Waarom")[0]


def test_months_without_a_decision_are_refused(gemeente: Gemeente) -> None:
    """Asking for months in which nothing was decided says so."""
    with (
        administratie.open_om_te_lezen(gemeente.waar, 0) as boek,
        pytest.raises(AdministratieGeweigerd, match="niets besloten"),
    ):
        administratie.maandoverzichten(boek.verbinding, 700)
