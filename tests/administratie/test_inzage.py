"""Who looked is logged before anything is shown; a resident receives everything that is held about him."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak

from verrekening import administratie
from verrekening.fouten import AdministratieFout, AdministratieGeweigerd

NU = "2026-09-01T10:00:00+00:00"


@pytest.fixture
def gemeente(tmp_path: Path) -> Gemeente:
    """Two households, August decided; D-1 had a correction before."""
    uit = Gemeente(tmp_path, str(tmp_path / "administratie.db"))
    uit.lever([loon("2026-07", "700.00"), loon("2026-07", "720.00", moment="2026-08-10T10:00:00", IdBer="B2")])
    uit.draai(
        [
            zaak("D-1", hulp.BSN, ("2026-07", NETTO)),
            zaak("D-2", hulp.BSN_PARTNER, ("2026-07", NETTO)),
        ],
        "2026-08",
    )
    return uit


def verrekening(*args: str) -> subprocess.CompletedProcess[str]:
    """The command as people run it."""
    return subprocess.run(
        [sys.executable, "-m", "verrekening", *args], capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_every_look_through_the_command_is_logged(gemeente: Gemeente) -> None:
    """Who, when, which case, what, and why when given; also a look at a case that does not exist."""
    bron = ("--administratie", gemeente.waar)
    assert (
        verrekening("zaak", "D-1", "--maand", "2026-08", *bron, "--door", "J. Jansen", "--reden", "telefoon").returncode
        == 0
    )
    assert verrekening("zaak", "D-9", "--maand", "2026-08", *bron, "--door", "P. Pietersen").returncode == 3
    (een,) = administratie.gelezen(gemeente.waar, "D-1")
    assert (een["door"], een["wat"], een["reden"]) == ("J. Jansen", "zaak 2026-08", "telefoon")
    assert [een["door"] for een in administratie.gelezen(gemeente.waar, "D-9")] == ["P. Pietersen"]
    assert administratie.gelezen(gemeente.waar, "D-2") == []


def test_a_look_that_cannot_be_logged_is_refused(gemeente: Gemeente, tmp_path: Path) -> None:
    """Nothing is shown."""
    (tmp_path / "administratie.db-inzage").write_bytes(b"this is no database, and long enough to be read as one" * 10)
    uit = verrekening("zaak", "D-1", "--maand", "2026-08", "--administratie", gemeente.waar)
    assert uit.returncode != 0
    assert uit.stdout == ""
    assert "dit bestand is geen administratie" in uit.stderr


def test_the_log_only_grows_and_is_its_owners(gemeente: Gemeente, tmp_path: Path) -> None:
    """No change, no removal; and no waiting for the run that holds the administration."""
    administratie.noteer(gemeente.waar, NU, "D-1", "J. Jansen", "zaak 2026-08")
    log = tmp_path / "administratie.db-inzage"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    motor = sa.create_engine(f"sqlite:///{log}")
    for opdracht in ("DELETE FROM inzagen", "UPDATE inzagen SET door = 'een ander'"):
        with motor.connect() as db, pytest.raises(sa.exc.IntegrityError, match="append-only"):
            db.execute(sa.text(opdracht))
    with administratie.open_om_te_besluiten(gemeente.waar, 0, NU):
        administratie.noteer(gemeente.waar, NU, "D-1", "P. Pietersen", "zaak 2026-08")
    assert len(administratie.gelezen(gemeente.waar, "D-1")) == 2


def test_an_administration_that_is_not_there_leaves_no_log(tmp_path: Path) -> None:
    """A typing error makes no file."""
    with pytest.raises(AdministratieGeweigerd, match="bestaat niet"):
        administratie.noteer(str(tmp_path / "bestaat-niet.db"), NU, "D-1", "J. Jansen", "zaak")
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_cannot_be_reached_refuses_the_look(gemeente: Gemeente, tmp_path: Path) -> None:
    """A folder where the log should be."""
    (tmp_path / "administratie.db-inzage").mkdir()
    with pytest.raises(AdministratieFout):
        administratie.noteer(gemeente.waar, NU, "D-1", "J. Jansen", "zaak")


@pytest.fixture
def uitvoer(gemeente: Gemeente) -> dict[str, Any]:
    """The export of D-1, after one look."""
    administratie.noteer(gemeente.waar, NU, "D-1", "J. Jansen", "zaak 2026-08", "telefoon")
    uit = verrekening("inzage", "D-1", "--administratie", gemeente.waar, "--door", "balie")
    assert (uit.returncode, uit.stderr) == (0, "")
    inhoud: dict[str, Any] = json.loads(uit.stdout)
    return inhoud


def test_a_resident_receives_sources_amounts_rules_and_who_looked(uitvoer: dict[str, Any]) -> None:
    """Every version of every record, every line, the rules behind it, and this look too."""
    assert uitvoer["versie"] == "inzage.v1"
    assert [een["LnLbPh_cent"] for een in uitvoer["loonopgaven"]] == [70000, 72000]
    assert uitvoer["dossier"][0]["inhoud"]["dossiernummer"] == "D-1"
    (besluit,) = uitvoer["besluiten"]
    assert besluit["betaalregels"][0]["te_betalen_cent"] == besluit["uitleg"]["betaling"]["te_betalen_cent"]
    assert any(regel["naam"] == "vrijlating_n" for regel in besluit["uitleg"]["regels"])
    assert [(een["door"], een["wat"]) for een in uitvoer["inzagen"]] == [
        ("J. Jansen", "zaak 2026-08"),
        ("balie", "inzage voor de inwoner"),
    ]


def test_it_holds_nothing_about_anybody_else(uitvoer: dict[str, Any]) -> None:
    """Not the number, not the BSN of the other household."""
    tekst = json.dumps(uitvoer)
    assert hulp.BSN in tekst
    assert hulp.BSN_PARTNER not in tekst
    assert "D-2" not in tekst


def test_the_statement_of_one_decision(gemeente: Gemeente, tmp_path: Path) -> None:
    """PDF and page, and the look is logged."""
    bron = ("--maand", "2026-08", "--administratie", gemeente.waar)
    assert verrekening("zaak", "brief", "D-1", *bron).returncode == 2
    uit = verrekening(
        "zaak",
        "brief",
        "D-1",
        *bron,
        "--pdf",
        str(tmp_path / "b.pdf"),
        "--html",
        str(tmp_path / "b.html"),
        "--door",
        "J. Jansen",
    )
    assert (uit.returncode, uit.stderr) == (0, "")
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
    assert "Uw uitkering van augustus 2026" in (tmp_path / "b.html").read_text(encoding="utf-8")
    assert [een["wat"] for een in administratie.gelezen(gemeente.waar, "D-1")] == ["brief 2026-08"]
