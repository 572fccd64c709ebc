"""The pages about wage records are current, and their example does what it says."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
GIDS = (ROOT / "docs" / "csv-koppelen.md").read_text(encoding="utf-8")


def test_de_tabel_met_bevindingen_is_bij() -> None:
    """docs/polis.md holds the codes as they are now; `python docs/maak_polis.py` writes them."""
    spec = importlib.util.spec_from_file_location("maak_polis", ROOT / "docs" / "maak_polis.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "polis.md").read_text(encoding="utf-8") == module.pagina()


def test_het_voorbeeld_in_de_gids_is_het_bestand() -> None:
    """The CSV and the mapping as printed are the files the commands use."""
    for taal, naam in (("csv", "signaal.csv"), ("yaml", "signaal-kolommen.yaml")):
        (blok,) = re.findall(rf"```{taal}\n(.*?)```", GIDS, re.DOTALL)
        assert blok == (ROOT / "fixtures" / "polis" / "csv" / naam).read_text(encoding="utf-8")


def test_het_voorbeeld_in_de_gids_geeft_de_bedragen_die_er_staan() -> None:
    """The commands as printed, run for real."""
    (blok,) = re.findall(r"```sh\n(.*?)```", GIDS, re.DOTALL)
    controleer, zaak = blok.replace("\\\n", " ").strip().splitlines()
    uit = [
        subprocess.run(
            [sys.executable, "-m", "verrekening", *shlex.split(opdracht)[1:]],
            capture_output=True, text=True, check=True, cwd=ROOT, encoding="utf-8",
        ).stdout
        for opdracht in (controleer, zaak)
    ]  # fmt: skip
    assert re.search(r"netto-inkomen +1 +0", uit[0])
    assert re.search(r"aanspraak op vakantietoeslag +1 +0", uit[0])
    assert "POLIS-030" in uit[0]
    assert "549,30" in uit[1]
    assert "799,19" in uit[1]
    assert "BRON_ONVOLLEDIG" in uit[1]
