"""Another policy over the whole population: who gains and what it costs, worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.administratie.gemeente import Gemeente
from tests.monitor import bevolking

from verrekening import administratie, simulatie
from verrekening.cli import voer_uit
from verrekening.fouten import AdministratieGeweigerd, BeleidGeweigerd
from verrekening.maand import eerste_dag, lees_datum, lees_maand, lees_moment, toon_datum, toon_moment
from verrekening.simulatie import verschuif
from verrekening.simulatie.vergelijk import _verberg_klassen

AUGUSTUS = "2026-08"


@pytest.fixture
def gemeente(tmp_path: Path) -> Gemeente:
    """Twelve households with a wage of 700.00 in August and twenty without, paid in August and September."""
    uit = bevolking.gemeente(tmp_path)
    zaken = [bevolking.huishouden(nr) for nr in range(32)]
    uit.lever([])
    uit.draai(zaken, "2026-08")
    uit.lever(bevolking.loon(range(12), AUGUSTUS, DatAanv="2026-08-01"))
    uit.draai(zaken, "2026-09")
    return uit


def speel(gemeente: Gemeente, *zetten: str, jaar: int | None = None, bedragen: tuple[str, ...] = ()) -> dict[str, Any]:
    """The simulation of these changes."""
    with administratie.open_om_te_lezen(gemeente.waar, 0) as boek:
        u = simulatie.uitgangspunt(boek, lees_maand("2026-09"))
    dag = int(eerste_dag(u.maanden[0][0]))
    return simulatie.simuleer(u, simulatie.anders(u.beleid, None, zetten, bedragen, dag), list(zetten), jaar)


def test_who_gains_and_what_it_costs(gemeente: Gemeente) -> None:
    """Exemption over the wage with the claim: 25% of 696.64 + 55.73 is 188.09, instead of 174.16: 13.93 for each of 12."""
    recht = speel(gemeente, "vrijlating_grondslag=met_aanspraak")["recht"]
    assert recht["meer"] == {"huishoudens": 12, "bedrag_cent": 12 * 1393, "gemiddeld_cent": 1393}
    assert recht["minder"]["huishoudens"] == 0
    assert recht["gelijk"] == 20
    assert recht["kosten_verschil_cent"] == 12 * 1393
    assert recht["klassen"]["€ 10 tot € 100 meer"] == 12
    assert {een["maand"]: een["verschil_cent"] for een in recht["maanden"]} == {AUGUSTUS: 12 * 1393, "2026-09": 0}


def test_another_amount(gemeente: Gemeente) -> None:
    """A norm of 1500.00 for a single person instead of 1419.46: 80.54 in each of two months for all 32."""
    recht = speel(gemeente, bedragen=("norm_21a_alleenstaande_21_aow=1500.00",))["recht"]
    assert recht["meer"] == {"huishoudens": 32, "bedrag_cent": 32 * 2 * 8054, "gemiddeld_cent": 2 * 8054}


def test_the_law_of_2027_before_it_starts(gemeente: Gemeente) -> None:
    """15% of 696.64 is 104.50, instead of 174.16; the claim of 8.00% is 55.73, as in the table: 69.66 less for 12."""
    uit = speel(gemeente, jaar=2027)
    assert uit["recht"]["minder"] == {"huishoudens": 12, "bedrag_cent": 12 * 6966, "gemiddeld_cent": 6966}
    assert "norm_21a_alleenstaande_21_aow" in uit["doorgetrokken_bedragen"]
    assert "toestemming" in uit["toelichting"]


def test_a_small_group_that_loses_cannot_be_computed_back(tmp_path: Path) -> None:
    """Nine of 32 have a wage: neither their number nor what it costs is shown."""
    gemeente = bevolking.gemeente(tmp_path)
    zaken = [bevolking.huishouden(nr) for nr in range(32)]
    gemeente.lever(bevolking.loon(range(9), AUGUSTUS, DatAanv="2026-08-01"))
    gemeente.draai(zaken, "2026-08", "2026-08-15T00:00:00+00:00")
    gemeente.draai(zaken, "2026-09")
    recht = speel(gemeente, "vrijlating_grondslag=met_aanspraak")["recht"]
    assert recht["meer"] == {"huishoudens": "<10", "bedrag_cent": None, "gemiddeld_cent": None}
    assert recht["kosten_verschil_cent"] is None
    assert recht["gelijk"] == "*"
    assert str(9 * 1393) not in json.dumps(recht)


def test_classes_do_not_tell_what_a_side_hides() -> None:
    """Each side is hidden against its own total; a side whose total is hidden shows no class at all."""
    klasse = np.array([0, 0, 40, 5, 100, 5, 40, 0, 0])
    weg = _verberg_klassen(klasse, np.array([False, False, False]))
    assert weg.tolist() == [False, False, True, True, False, True, True, False, False]
    weg = _verberg_klassen(klasse, np.array([True, False, True]))
    assert weg[4:].tolist() == [True, True, True, False, False]


def test_the_same_simulation_gives_the_same_receipt(gemeente: Gemeente) -> None:
    """Twice the same is the same to the byte; another change is another receipt."""
    een, twee = speel(gemeente, "methode=schatten"), speel(gemeente, "methode=schatten")
    assert een == twee
    ander = speel(gemeente, "methode=op_de_maand")
    assert ander["bewijs"]["vingerafdruk"] != een["bewijs"]["vingerafdruk"]


def test_nothing_changed_is_no_difference(gemeente: Gemeente) -> None:
    """The policy of today beside itself."""
    recht = speel(gemeente, "methode=achteraf")["recht"]
    assert (recht["gelijk"], recht["kosten_verschil_cent"]) == (32, 0)


@pytest.mark.parametrize("zet", ["methode=gokken", "bestaat_niet=1", "methode", "reservering_afronding="])
def test_a_change_that_cannot_be_is_refused(gemeente: Gemeente, zet: str) -> None:
    """Another word, another key, no value."""
    with pytest.raises(BeleidGeweigerd):
        speel(gemeente, zet)


def test_a_month_without_a_decision_is_refused(gemeente: Gemeente) -> None:
    """There is nothing to start from."""
    with (
        administratie.open_om_te_lezen(gemeente.waar, 0) as boek,
        pytest.raises(AdministratieGeweigerd, match="niets besloten"),
    ):
        simulatie.uitgangspunt(boek, lees_maand("2025-01"))


@pytest.mark.parametrize(
    ("dag", "verwacht"), [("2024-02-29", "2025-02-28"), ("2026-06-15", "2027-06-15"), ("2026-12-31", "2027-12-31")]
)
def test_a_day_moves_a_calendar_year(dag: str, verwacht: str) -> None:
    """The same day of the next year, and the end of February for a leap day."""
    assert toon_datum(int(verschuif._dag(np.array([lees_datum(dag)]), 1)[0])) == verwacht
    moment = verschuif._moment(np.array([lees_moment(f"{dag}T10:00:00+00:00")]), 1)
    assert toon_moment(int(moment[0])) == f"{verwacht}T10:00:00+00:00"


def test_the_command(gemeente: Gemeente, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON, page and terminal; without a change it says what is missing."""
    opdracht = ["simuleer", "--administratie", gemeente.waar]
    html = tmp_path / "simulatie.html"
    assert voer_uit([*opdracht, "--zet", "vrijlating_grondslag=met_aanspraak", "--json", "--html", str(html)]) == 0
    assert json.loads(capsys.readouterr().out)["versie"] == "simulatie.v1"
    assert "Wie wint en wie verliest" in html.read_text("utf-8")
    assert voer_uit([*opdracht, "--zet", "methode=schatten"]) == 0
    assert "Er is niets besloten" in capsys.readouterr().out
    assert voer_uit(opdracht) == 2
