"""A night in blocks of households: their size changes nothing but memory."""

from __future__ import annotations

import errno
import io
import json
import os
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak

from verrekening import administratie, polis, run
from verrekening.administratie import ketting, schema
from verrekening.fouten import VerrekeningFout
from verrekening.maand import lees_maand, lees_moment
from verrekening.uitvoer import vingerafdruk
from verrekening.voorbeeld import maak

ANDERE_BSN = "999990202"


def uitvoer(map_: Path) -> dict[str, Any]:
    """Everything that a run wrote, by file; of Parquet the rows, in whatever groups they stand."""
    uit: dict[str, Any] = {}
    for pad in sorted(map_.iterdir()):
        if pad.suffix == ".parquet":
            tabel = pq.read_table(pad)
            uit[pad.name] = (tabel.schema.metadata, tabel.to_pylist())
        else:
            uit[pad.name] = pad.read_bytes()
    return uit


def inhoud(gemeente: Gemeente) -> dict[str, Any]:
    """Everything in the administration; of parts the rows."""
    uit: dict[str, Any] = dict(gemeente.alles())
    uit["delen"] = [
        (rij["boeking"], rij["naam"], _rijen(rij["naam"], rij["inhoud"])) for rij in gemeente.rijen(schema.DELEN)
    ]
    return uit


def _rijen(naam: str, deel: bytes) -> Any:
    return deel if naam.startswith("beleid/") else pq.read_table(io.BytesIO(deel)).to_pylist()


@pytest.fixture(params=[1, 2, 3])
def blok(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Blocks of so few households."""
    monkeypatch.setattr(run, "BLOK", request.param)
    # Whatever is read, kept or hashed in parts is so in many of them.
    monkeypatch.setattr(polis, "lees_in_delen", partial(polis.lees_in_delen, grootte=1))
    monkeypatch.setattr(ketting, "_STUK", 2)
    return int(request.param)


def _nachten(map_: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Three nights with corrections, refusals, a person who moves to another dossier, and one who was not looked for."""
    map_.mkdir()
    gemeente = Gemeente(map_, str(map_ / "a.db"))
    verhuisd = {"einddatum": "2026-07-31"}
    juli = [
        zaak("D-1", hulp.BSN, ("2026-07", NETTO)),
        zaak("D-2", hulp.BSN_PARTNER, ("2026-07", NETTO)) | verhuisd,
        hulp.dossier("D-3", gemeentecode="0363"),
        zaak("D-4", "999990044", ("2026-07", 100000), uitgesloten="bezwaar"),
    ]
    gemeente.lever(
        [
            loon("2026-07", "700.00"),
            loon("2026-07", "500.00", BSN=hulp.BSN_PARTNER, NumIV=2),
            loon("2026-07", "400.00", BSN=ANDERE_BSN, NumIV=3),
        ]
    )
    gemeente.draai(juli, "2026-08")
    gemeente.lever(
        [
            loon("2026-07", "0.00", moment="2026-09-01T10:00:00", IdBer="B2"),
            loon("2026-08", "800.00"),
            loon("2026-08", "x", BSN=hulp.BSN_PARTNER, NumIV=2),
        ]
    )
    augustus = [
        zaak("D-1", hulp.BSN, ("2026-07", NETTO), ("2026-08", NETTO)),
        zaak("D-2", hulp.BSN_PARTNER, ("2026-07", NETTO)) | verhuisd,
        zaak("D-5", hulp.BSN_PARTNER) | {"begindatum": "2026-08-01"},
        zaak("D-4", "999990044", ("2026-07", 100000)),
        zaak("D-6", ANDERE_BSN, ("2026-07", NETTO), ("2026-08", NETTO)),
        zaak("D-6", "999990056"),
    ]
    gemeente.draai(augustus, "2026-09")
    # The same month again, with one fact more: lines that take the place of others.
    gemeente.lever([loon("2026-08", "650.00", moment="2026-09-10T10:00:00", IdBer="B3")])
    gemeente.draai(augustus, "2026-09", "2026-09-20T00:00:00+00:00")
    with administratie.open_om_te_lezen(gemeente.waar, 0) as boek:
        assert administratie.controleer(boek.verbinding, vingerafdruk).bevindingen == ()
    uit = [uitvoer(map_ / f"uit-{nummer}") for nummer in (1, 2, 3)]
    return uit, inhoud(gemeente)


def test_the_size_of_a_block_changes_no_output_and_no_decision(
    tmp_path: Path, blok: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files, receipts, control totals, refusals, lines and parts of three nights are equal, row by row."""
    assert blok == run.BLOK
    klein = _nachten(tmp_path / "klein")
    monkeypatch.undo()
    heel = _nachten(tmp_path / "heel")
    assert klein[0] == heel[0]
    assert klein[1] == heel[1]
    # Something happened in them: settled, replaced, refused.
    assert any("tegenboeking" in rij for rij in heel[1]["betaalregels"])
    controle = json.loads(heel[0][1]["controle.json"])
    assert controle["opgaven"]["telt_op"]
    assert controle["dossiers"]["geweigerd"] == 2


def test_a_municipality_in_blocks_equals_itself_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred fictitious households in two nights, without an administration, in blocks of sixty."""
    voorbeeld = maak(tmp_path / "in", huishoudens=200, seed=3)
    for maand, dossiers in voorbeeld.dossiers.items():
        opdracht = run.Opdracht(
            lees_maand(maand), lees_moment(voorbeeld.peilmomenten[maand]), [dossiers], voorbeeld.polis[maand],
            voorbeeld.beleid,
        )  # fmt: skip
        monkeypatch.setattr(run, "BLOK", 60)
        run.nacht(opdracht, tmp_path / f"klein-{maand}")
        monkeypatch.setattr(run, "BLOK", 10_000)
        run.nacht(opdracht, tmp_path / f"heel-{maand}")
        assert uitvoer(tmp_path / f"klein-{maand}") == uitvoer(tmp_path / f"heel-{maand}")


def test_a_run_leaves_nothing_it_worked_with(tmp_path: Path) -> None:
    """Only the folder of the outputs and the administration are there; the folder to work in is gone."""
    _nachten(tmp_path / "n")
    assert not [pad.name for pad in (tmp_path / "n").iterdir() if pad.name.startswith(".")]


@pytest.mark.parametrize("waar", ["dossiers", "loongegevens", "administratie"])
def test_a_disk_that_is_full_while_reading_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waar: str
) -> None:
    """Wherever a run puts away what it reads: nothing is decided, nothing is left, and it says what to do."""
    echt = os.open

    def vol(pad: Any, *rest: Any, **meer: Any) -> int:
        if f"/{waar}/" in str(pad):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return echt(pad, *rest, **meer)

    gemeente = Gemeente(tmp_path, str(tmp_path / "a.db"))
    gemeente.lever([loon("2026-07", "700.00")])
    monkeypatch.setattr(os, "open", vol)
    with pytest.raises(VerrekeningFout, match="No space left") as geraakt:
        gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    assert hulp.BSN not in str(geraakt.value)
    monkeypatch.undo()
    assert not [pad.name for pad in tmp_path.iterdir() if pad.name.startswith((".", "uit"))]
    assert gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")[0].gewijzigd == 1
