"""The nightly run over a folder with one good delivery and twelve broken or hostile ones."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ZAAK = ROOT / "fixtures" / "zaken" / "eerste-zaak"
LEVERINGEN = ROOT / "fixtures" / "polis" / "onveilig"

REDENEN = {
    "afgekapt.xml": "afgekapt",
    "afgekapt.xml.gz": "beschadigd, afgekapt",
    "bom.zip": "onwaarschijnlijk groot",
    "diep.xml": "dieper",
    "entiteiten.xml": "DOCTYPE",
    "extern.xml": "DOCTYPE",
    "genest.zip": "ingepakt",
    "koppeling.zip": "koppeling",
    "lange-tekst.xml.gz": "zonder één opgave",
    "omhoog.zip": "onveilige bestandsnaam",
    "tekens.xml": "tekencodering",
    "utf16.xml": "tekencodering",
}


def test_batch_uses_the_good_delivery_and_writes_a_row_for_each_bad_one(tmp_path: Path) -> None:
    """Twelve rows with a reason and what to do, the records of the good file, and counts that add up."""
    opdracht = [
        "batch", "--maand", "2026-08", "--dossiers", str(ZAAK / "dossiers.jsonl"), "--polis", str(LEVERINGEN),
        "--beleid", str(ZAAK / "beleid.yaml"), "--peildatum", "2026-08-15T00:00:00+00:00", "--uit", str(tmp_path / "u"),
    ]  # fmt: skip
    klaar = subprocess.run(
        [sys.executable, "-m", "verrekening", *opdracht], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert klaar.returncode == 0, klaar.stderr
    with (tmp_path / "u" / "afgekeurd.csv").open(encoding="utf-8-sig", newline="") as bestand:
        rijen = list(csv.DictReader(bestand, delimiter=";"))
    assert [rij["bestand"] for rij in rijen] == sorted(REDENEN)
    for rij in rijen:
        assert REDENEN[rij["bestand"]] in rij["reden"], rij
        assert rij["plaats"]
        assert rij["wat_te_doen"]
    controle = json.loads((tmp_path / "u" / "controle.json").read_text())
    opgaven = controle["opgaven"]
    assert opgaven["telt_op"]
    assert (opgaven["gebruikt"], opgaven["onbekende_persoon"]) == (1, 1)
    # Records that were read before a file broke are refused with it: they are counted, not used.
    per_bestand = {rij["bestand"]: rij for rij in controle["opgaven_per_bestand"]}
    assert set(per_bestand) == {"goed.xml", *REDENEN}
    for naam in REDENEN:
        assert per_bestand[naam]["gelezen"] == per_bestand[naam]["afgekeurd"]
    assert per_bestand["afgekapt.xml"]["gelezen"] == 1
    assert "999990019" not in klaar.stderr + (tmp_path / "u" / "afgekeurd.csv").read_text(encoding="utf-8-sig")
