"""The nightly run: its folder is complete or not there, its receipt repeats, its files are safe."""

from __future__ import annotations

import csv
import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests import hulp

from verrekening import run, uitvoer
from verrekening.berekening import betaling
from verrekening.fouten import Gebruiksfout, IdentiteitFout, VerrekeningFout
from verrekening.run import Resultaat

BESTANDEN = {
    "betaalvoorstel.csv", "betaalvoorstel.parquet", "maanden.parquet", "werkvoorraad.csv", "signalen.parquet",
    "afgekeurd.csv", "controle.json", "bewijs.json",
}  # fmt: skip


def _resultaat(map_: Path, nummer: str = "D-1") -> Resultaat:
    map_.mkdir(exist_ok=True)
    zaak = hulp.dossier(nummer, begindatum="2026-07-01", betalingen=[hulp.boeking("2026-07", 134849)])
    return hulp.draai_op(map_, [zaak], [hulp.opgave("2026-07", LnLbPh="700.00", OpgRchtVakBsl="56.00")], "2026-08")


def test_a_run_writes_all_files_for_their_owner_only(tmp_path: Path) -> None:
    """The eight files of the contract, in a folder that nobody else can read."""
    run.schrijf(_resultaat(tmp_path / "in"), tmp_path / "uit")
    assert {bestand.name for bestand in (tmp_path / "uit").iterdir()} == BESTANDEN
    assert stat.S_IMODE((tmp_path / "uit").stat().st_mode) == 0o700
    for bestand in (tmp_path / "uit").iterdir():
        assert stat.S_IMODE(bestand.stat().st_mode) == 0o600


def test_csv_is_what_a_dutch_spreadsheet_reads_and_equals_parquet(tmp_path: Path) -> None:
    """BOM, semicolons, whole cents; the same rows as the Parquet file."""
    run.schrijf(_resultaat(tmp_path / "in"), tmp_path / "uit")
    inhoud = (tmp_path / "uit" / "betaalvoorstel.csv").read_bytes()
    assert inhoud.startswith(b"\xef\xbb\xbf")
    rijen = list(csv.DictReader(inhoud.decode("utf-8-sig").splitlines(), delimiter=";"))
    tabel = pq.read_table(tmp_path / "uit" / "betaalvoorstel.parquet").to_pylist()
    assert [{naam: str(waarde) for naam, waarde in rij.items()} for rij in tabel] == rijen
    assert rijen[0]["te_betalen_cent"] == "79919"


def test_the_work_list_says_what_is_at_stake(tmp_path: Path) -> None:
    """With a stop: what would have been settled (549.30) and paid back (75.00); for the others nothing."""
    (tmp_path / "in").mkdir()
    zaak = hulp.dossier(
        begindatum="2026-06-01",
        uitgesloten="bezwaar",
        betalingen=[hulp.boeking("2026-06", 125642), hulp.boeking("2026-07", 139849)],
    )
    loon = hulp.opgave("2026-07", LnLbPh="700.00", OpgRchtVakBsl="56.00", DatAanv="2026-07-01")
    run.schrijf(hulp.draai_op(tmp_path / "in", [zaak], [loon], "2026-08"), tmp_path / "uit")
    tekst = (tmp_path / "uit" / "werkvoorraad.csv").read_text(encoding="utf-8-sig")
    rijen = {rij["code"]: rij for rij in csv.DictReader(tekst.splitlines(), delimiter=";")}
    assert rijen["UITGESLOTEN"]["op_het_spel_cent"] == str(54930 + 7500)
    assert rijen["GEEN_MIDDELEN"]["op_het_spel_cent"] == ""
    assert rijen["GEEN_MIDDELEN"]["bedrag_cent"] == "5000"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(tmp_path: Path, begin: str) -> None:
    """Text that a spreadsheet would run gets a quote in front of it."""
    run.schrijf(_resultaat(tmp_path / "in", f"{begin}1+1"), tmp_path / "uit")
    tekst = (tmp_path / "uit" / "betaalvoorstel.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert tekst.lstrip('"').startswith(f"'{begin}1+1")


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    """One run, one folder; an empty folder is fine."""
    (tmp_path / "uit").mkdir()
    uitvoer.keur_doel(tmp_path / "uit")
    (tmp_path / "uit" / "x").write_text("van een ander", encoding="utf-8")
    with pytest.raises(Gebruiksfout, match="niet leeg"):
        run.schrijf(_resultaat(tmp_path / "in"), tmp_path / "uit")
    assert (tmp_path / "uit" / "x").read_text(encoding="utf-8") == "van een ander"


def test_a_full_disk_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No space half-way: a clear error, nothing under the final name, nothing beside it."""
    resultaat = _resultaat(tmp_path / "in")
    (tmp_path / "doel").mkdir()

    def vol(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(uitvoer, "schrijf_json", vol)
    with pytest.raises(VerrekeningFout, match="No space left"):
        run.schrijf(resultaat, tmp_path / "doel" / "uit")
    assert list((tmp_path / "doel").iterdir()) == []


_SCHRIJF_EN_WACHT = """
import sys, time
from pathlib import Path
from verrekening import uitvoer
with uitvoer.hele_map(Path(sys.argv[1])) as map_:
    (map_ / "half").write_text("half")
    print("bezig", flush=True)
    time.sleep(60)
"""


def test_a_killed_run_leaves_nothing_under_the_final_name(tmp_path: Path) -> None:
    """SIGKILL while writing; the repeated run writes as if nothing had happened."""
    proces = subprocess.Popen([sys.executable, "-c", _SCHRIJF_EN_WACHT, str(tmp_path / "uit")], stdout=subprocess.PIPE)
    assert proces.stdout is not None
    proces.stdout.readline()
    proces.send_signal(signal.SIGKILL)
    proces.wait()
    proces.stdout.close()
    assert not (tmp_path / "uit").exists()
    run.schrijf(_resultaat(tmp_path / "in"), tmp_path / "uit")
    assert {bestand.name for bestand in (tmp_path / "uit").iterdir()} == BESTANDEN


def test_the_same_input_gives_the_same_receipt_and_other_input_another(tmp_path: Path) -> None:
    """Fingerprint over engine, hashes, payment month and moment; the time of the run is not in it."""
    eerste, tweede = run.bewijs(_resultaat(tmp_path / "a")), run.bewijs(_resultaat(tmp_path / "b"))
    time.sleep(0.01)
    assert eerste == tweede
    assert run.bewijs(_resultaat(tmp_path / "c", "D-2"))["vingerafdruk"] != eerste["vingerafdruk"]


def test_a_run_that_fails_the_money_identity_decides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the settlement stops the run with exit code 5 before anything is written."""
    echt = betaling._verdeel

    def fout(*args, **kwargs):
        uit = echt(*args, **kwargs)
        uit["verrekend"] = uit["verrekend"] + 1
        return uit

    monkeypatch.setattr(betaling, "_verdeel", fout)
    with pytest.raises(IdentiteitFout) as geraakt:
        _resultaat(tmp_path / "in")
    assert geraakt.value.exitcode == 5
