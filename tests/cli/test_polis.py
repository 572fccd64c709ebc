"""Wage records from Suwinet and CSV through the real command: their moment, their columns and their summary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_cli import ROOT, ZAAK, verrekening

POLIS = ROOT / "fixtures" / "polis"
SUWINET = POLIS / "suwinet" / "volledig-soap.xml"
VAST = ["--dossiers", str(ZAAK / "dossiers.jsonl"), "--beleid", str(ZAAK / "beleid.yaml")]
KORT = ["--maand", "2026-08", "--peildatum", "2026-08-15T00:00:00+00:00"]


def zaak(*args: str) -> dict[str, Any]:
    """The first case with other wage records, as JSON."""
    uit = verrekening("zaak", "D-000001", *KORT, *VAST, *args, "--json")
    assert uit.returncode == 0, uit.stderr
    inhoud: dict[str, Any] = json.loads(uit.stdout)
    return inhoud


@pytest.mark.parametrize(
    ("ontvangen", "verrekend"),
    [([], 54930), (["--ontvangen", "2026-08-14T09:00:00+02:00"], 54930), (["--ontvangen", "2026-08-16"], 0)],
)
def test_an_answer_counts_from_the_moment_it_was_received(ontvangen: list[str], verrekend: int) -> None:
    """Without --ontvangen it is read by this run, so known at its K; what came later is not known."""
    inhoud = zaak("--polis", str(SUWINET), *ontvangen)
    assert inhoud["betaling"]["verrekend_met_uitkering_cent"] == verrekend


def test_the_receipt_tells_how_the_records_were_read(tmp_path: Path) -> None:
    """Moment and mapping are among the options: enough to repeat the run."""
    kolommen = POLIS / "csv" / "signaal-kolommen.yaml"
    uit = verrekening("batch", *KORT, *VAST, "--polis", str(POLIS / "csv" / "signaal.csv"), "--kolommen", str(kolommen),
                      "--ontvangen", "2026-08-10", "--uit", str(tmp_path / "uit"))  # fmt: skip
    assert uit.returncode == 0, uit.stderr
    opties = json.loads((tmp_path / "uit" / "bewijs.json").read_text(encoding="utf-8"))["opties"]
    assert opties["ontvangen"] == "2026-08-10T21:59:59.999999+00:00"
    assert len(opties["kolommen_sha256"]) == 64


def test_a_wrong_mapping_stops_before_anything_is_written(tmp_path: Path) -> None:
    """Exit 3 and the column that is wrong."""
    (tmp_path / "k.yaml").write_text("LhNummer: x\n", encoding="utf-8")
    uit = verrekening("batch", *KORT, *VAST, "--polis", str(POLIS / "csv"), "--kolommen", str(tmp_path / "k.yaml"),
                      "--uit", str(tmp_path / "uit"))  # fmt: skip
    assert uit.returncode == 3
    assert "LhNummer is geen kolom" in uit.stderr
    assert not (tmp_path / "uit").exists()


def test_the_summary_says_what_can_be_computed_and_what_is_missing() -> None:
    """In words for a person, and as JSON; nobody's BSN in either."""
    tekst = verrekening("polis", "controleer", str(POLIS / "suwinet"))
    inhoud = json.loads(verrekening("polis", "controleer", str(POLIS / "suwinet"), "--json").stdout)
    assert tekst.returncode == 0
    assert "Wat hieruit te berekenen is" in tekst.stdout
    assert "Open inkomstenverhoudingen zonder opgave" in tekst.stdout
    assert "POLIS-106" in tekst.stdout
    assert {een["bedrag"]: een["niet_te_berekenen"] for een in inhoud["rekenbaar"]}["keuzebudget (IKB)"] == 18
    assert inhoud["aangiften"]["suwinet"] == 6
    for bsn in ("999990019", "999990238", "999993549", "999996769"):
        assert bsn not in tekst.stdout + tekst.stderr + str(inhoud)
