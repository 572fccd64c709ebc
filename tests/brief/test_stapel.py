"""Statements of a whole run, through the command."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests import hulp

from verrekening.brief.stapel import bestandsnaam, lees_stapel
from verrekening.fouten import InvoerGeweigerd
from verrekening.run import schrijf


def _brieven(*args: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "verrekening", "brieven", *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The outputs of a run over two households: one with wage, one without anything to settle."""
    met = hulp.dossier("D-1", begindatum="2026-07-01", betalingen=[hulp.boeking("2026-07", 134849)])
    zonder = hulp.dossier(
        "D-2",
        begindatum="2026-07-01",
        personen=[hulp.persoon(bsn=hulp.BSN_PARTNER)],
        betalingen=[hulp.boeking("2026-07", 134849)],
    )
    records = [hulp.opgave("2026-07", LnLbPh="700.00", OpgRchtVakBsl="56.00")]
    schrijf(hulp.draai_op(tmp_path, [met, zonder], records, "2026-08"), tmp_path / "uit")
    return tmp_path / "uit"


def test_only_a_household_whose_payment_changed_gets_a_letter(run: Path, tmp_path: Path) -> None:
    """A PDF and a page for one, nothing for the other; only the owner can read them."""
    uit = _brieven(run, "--uit", tmp_path / "brieven", "--html", "--datum", "2026-08-20")
    assert (uit.returncode, uit.stderr) == (0, "")
    assert "1 brieven geschreven" in uit.stdout
    bestanden = sorted(bestand.name for bestand in (tmp_path / "brieven").iterdir())
    assert bestanden == ["D-1.html", "D-1.pdf", "brieven.csv"]
    assert "20 augustus 2026" in (tmp_path / "brieven" / "D-1.html").read_text(encoding="utf-8")
    assert {stat.S_IMODE(bestand.stat().st_mode) for bestand in (tmp_path / "brieven").iterdir()} == {0o600}


def test_against_an_earlier_run_another_amount_is_a_change(run: Path) -> None:
    """Compared with itself only the settlement itself is news."""
    assert lees_stapel(run, run).betalingen["dossiernummer"].to_pylist() == ["D-1"]


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    """With what to give instead."""
    with pytest.raises(InvoerGeweigerd, match=r"betaalvoorstel\.parquet ontbreekt"):
        lees_stapel(tmp_path)


@pytest.mark.parametrize(
    ("nummer", "naam"), [("D-000001", "D-000001"), ("../../etc/x", "_.._etc_x"), ("a/b c", "a_b_c"), ("...", "_")]
)
def test_a_dossier_number_cannot_leave_the_folder(nummer: str, naam: str) -> None:
    """Only letters, digits and three signs."""
    assert bestandsnaam(nummer) == naam
