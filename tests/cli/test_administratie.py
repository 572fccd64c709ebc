"""The administration on the command line: a night, a decision of a human, the next night, and looking back."""

from __future__ import annotations

import json
import sqlite3
import stat
from pathlib import Path

import pytest
from tests.cli.test_cli import INVOER, verrekening

KORT = ["--maand", "2026-08", "--administratie"]
JANSEN = ["--door", "J. Jansen", "--reden", "draagt niet bij"]


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """August decided twice: before and after a human refused the exemption."""
    uit = tmp_path_factory.mktemp("administratie")
    waar = str(uit / "gemeente.db")
    eerste = verrekening("batch", *KORT, waar, "--peildatum", "2026-08-15", *INVOER, "--uit", str(uit / "u1"))
    assert eerste.returncode == 0, eerste.stderr
    assert "Besloten voor 1 huishoudens (boeking 1)" in eerste.stdout
    mens = verrekening(
        "zaak", "besluit", "D-000001", "--administratie", waar, "--soort", "toestemming", "--onderdeel", "n",
        "--niet-akkoord", *JANSEN, "--op", "2026-08-20",
    )  # fmt: skip
    assert mens.returncode == 0, mens.stderr
    tweede = verrekening("batch", *KORT, waar, "--peildatum", "2026-08-21", *INVOER, "--uit", str(uit / "u2"))
    assert "waarvan 1 ter vervanging (boeking 3)" in tweede.stdout
    return uit


def test_the_file_is_for_its_owner_only(map_: Path) -> None:
    """Everything in it is about people."""
    for pad in map_.glob("gemeente.db*"):
        assert stat.S_IMODE(pad.stat().st_mode) == 0o600


def test_the_same_night_again_changes_nothing_and_says_so(map_: Path) -> None:
    """No line is added, and the operator reads that in a sentence."""
    voor = sqlite3.connect(map_ / "gemeente.db").execute("select count(*) from boekingen").fetchone()
    uit = verrekening(
        "batch", *KORT, str(map_ / "gemeente.db"), "--peildatum", "2026-08-21", *INVOER, "--uit", str(map_ / "u3")
    )
    assert (uit.returncode, "Er is niets veranderd" in uit.stdout) == (0, True)
    assert sqlite3.connect(map_ / "gemeente.db").execute("select count(*) from boekingen").fetchone() == voor


def test_a_case_shows_what_was_decided_when_and_on_what(map_: Path) -> None:
    """The decision that stands, and with --peildatum the one that stood then; as text and as JSON."""
    waar = str(map_ / "gemeente.db")
    nu = verrekening("zaak", "D-000001", *KORT, waar)
    assert nu.returncode == 0, nu.stderr
    assert "Nagerekend uit de bewaarde gegevens: gelijk aan het besluit." in nu.stdout
    assert "J. Jansen" in nu.stdout
    toen = json.loads(verrekening("zaak", "D-000001", *KORT, waar, "--peildatum", "2026-08-16", "--json").stdout)
    assert (toen["besluit"]["boeking"], toen["besluit"]["herrekend_gelijk"]) == (1, True)
    assert toen["betaling"]["te_betalen_cent"] == 79919


def test_a_change_is_explained(map_: Path) -> None:
    """Why did July change: the decision of a human, and rule by rule what followed."""
    waar = str(map_ / "gemeente.db")
    tekst = verrekening("zaak", "D-000001", *KORT, waar, "--waarom", "2026-07").stdout
    assert "besluit van J. Jansen (toestemming): draagt niet bij" in tekst
    assert "vrijlating_n" in tekst
    data = json.loads(verrekening("zaak", "D-000001", *KORT, waar, "--verschil", "1", "3", "--json").stdout)
    assert data["betaling"]["te_betalen_cent"] == [79919, 63374]


def test_the_administration_is_checked_copied_and_listed(map_: Path) -> None:
    """Everything is right, also in the copy; the runs stand in a table."""
    waar, kopie = str(map_ / "gemeente.db"), str(map_ / "kopie.db")
    assert verrekening("administratie", "controleer", waar).stdout.endswith("Alles klopt.\n")
    assert verrekening("administratie", "reservekopie", waar, kopie).returncode == 0
    assert stat.S_IMODE(Path(kopie).stat().st_mode) == 0o600
    assert json.loads(verrekening("administratie", "controleer", kopie, "--json").stdout)["klopt"] is True
    assert verrekening("administratie", "reservekopie", waar, kopie).returncode == 2
    runs = json.loads(verrekening("administratie", "runs", waar, "--json").stdout)
    assert [een["aard"] for een in runs] == ["besluit", "vervanging"]
    assert verrekening("werkvoorraad", "--administratie", waar).returncode == 0


def test_a_changed_row_is_found(map_: Path) -> None:
    """Somebody who takes the triggers away and edits an amount is found by the chain and by the identity."""
    kopie = map_ / "vervalst.db"
    assert verrekening("administratie", "reservekopie", str(map_ / "gemeente.db"), str(kopie)).returncode == 0
    db = sqlite3.connect(kopie)
    db.execute("drop trigger maandregels_update")
    db.execute("update maandregels set verrekend_cent = verrekend_cent - 1 where boeking = 3 and teken = 1")
    db.commit()
    db.close()
    uit = verrekening("administratie", "controleer", str(kopie))
    assert uit.returncode == 5
    assert "boeking 3 (run van" in uit.stdout
    assert "geldidentiteit" in uit.stdout


@pytest.mark.parametrize(
    ("args", "reden"),
    [
        (["--soort", "toestemming", "--onderdeel", "n"], "--akkoord of --niet-akkoord"),
        (["--soort", "gift", "--datum", "2026-07-01", "--uitkomst", "betaling"], "vrijgelaten of meetellen"),
        (["--soort", "uitsluiten", "--maand", "2026-07"], "hoort geen --maand"),
        (["--soort", "stop", "--code", "X", "--maand", "2026-07", "--akkoord"], "kies uit"),
        (["--soort", "schatting", "--maand", "2026-07", "--bedrag", "zes"], "bedrag in euro"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused(map_: Path, args: list[str], reden: str) -> None:
    """Each kind asks for what it needs, in a sentence."""
    uit = verrekening("zaak", "besluit", "D-000001", "--administratie", str(map_ / "gemeente.db"), *args, *JANSEN)
    assert uit.returncode == 2
    assert reden in uit.stderr


def test_without_a_terminal_the_night_logs_json_about_nobody(map_: Path, tmp_path: Path) -> None:
    """A line per stage and one with the outcome; no dossier, no BSN."""
    uit = verrekening(
        "batch", *KORT, str(map_ / "gemeente.db"), "--peildatum", "2026-08-21", *INVOER, "--uit", str(tmp_path / "u")
    )
    regels = [json.loads(regel) for regel in uit.stderr.splitlines()]
    assert [regel.get("stap") for regel in regels] == [
        "dossiers lezen",
        "loongegevens lezen",
        "rekenen",
        "schrijven",
        None,
    ]
    assert (regels[-1]["gebeurtenis"], regels[-1]["gewijzigd"], regels[-1]["identiteit_klopt"]) == ("klaar", 0, True)
    assert "D-000001" not in uit.stderr
