"""What CI compares: ratios of the small benchmarks with those of the previous release."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from benchmarks import alternatieven, jaar
from benchmarks.run import jaar_van
from benchmarks.vergelijk import MARGE, met_vorige

from verrekening.voorbeeld import maak

UITSLAG = {
    "kern": {"ijk_per_seconde": 3_000_000, "huishoudmaanden_per_seconde_10000": 1_000},
    "zaak": {"maal_numpy_en_pyarrow_laden": 4.0, "seconden": 9.0},
    "nacht_1000": {"maal_de_bodems": 1.5},
}


def _vorige(map_: Path, **verhoudingen: float) -> None:
    inhoud = {"versie": "0.0.9", "verhoudingen": {naam.replace("__", "."): een for naam, een in verhoudingen.items()}}
    (map_ / "0.0.9-klein.json").write_text(json.dumps(inhoud), encoding="utf-8")


def test_a_ratio_inside_the_margin_passes(tmp_path) -> None:
    """Noise is no failure; seconds are not compared at all."""
    _vorige(tmp_path, zaak__maal_numpy_en_pyarrow_laden=4.0 / MARGE, nacht_1000__maal_de_bodems=1.5, kern__ijk=3_000)
    assert met_vorige(UITSLAG, tmp_path, "0.1.0") == 0


def test_a_ratio_outside_the_margin_fails_and_is_named(tmp_path, capsys) -> None:
    """The kernel became more than twice as slow against the machine it runs on."""
    _vorige(tmp_path, kern__ijk=1_000, nacht_1000__maal_de_bodems=1.5)
    assert met_vorige(UITSLAG, tmp_path, "0.1.0") == 1
    assert capsys.readouterr().err == "Slechter dan 2.0 maal 0.0.9-klein: kern.ijk: 3000.00, was 1000.00\n"


def test_the_first_result_is_kept(tmp_path) -> None:
    """There is nothing to compare with yet."""
    assert met_vorige(UITSLAG, tmp_path, "0.1.0") == 0
    assert json.loads((tmp_path / "0.1.0-klein.json").read_text("utf-8"))["verhoudingen"]["kern.ijk"] == 3_000


@pytest.fixture(scope="module")
def gemeente(tmp_path_factory) -> jaar.Zaak:
    """A year of a few fictitious households."""
    return jaar_van(maak(tmp_path_factory.mktemp("bench") / "in", huishoudens=25, seed=5))


@pytest.mark.parametrize("als", [int, Decimal])
def test_the_rules_row_by_row_give_the_cents_of_the_columns(gemeente, als) -> None:
    """What the engine is compared with computes the same law: on whole numbers, and on Decimal."""
    spoor, _ = alternatieven.spoor_van(gemeente)
    assert alternatieven.rij_voor_rij(spoor, als) > 0


def test_a_year_in_blocks_has_the_months_of_a_year_at_once(gemeente) -> None:
    """No household is lost or doubled where blocks meet."""
    blokken = jaar.blokken(gemeente, 10)
    assert len(blokken) == 3
    maanden = [jaar.huishoudmaanden(blok.reken()) for blok in blokken]
    assert sum(maanden) == jaar.huishoudmaanden(gemeente.reken())
