"""Reading in parts: wherever is cut and with how many processes, together it is what reading at once gives."""

from __future__ import annotations

import errno
import gzip
import os
import shutil
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.polis.test_snel import zelfde

from verrekening.fouten import Gebruiksfout, VerrekeningFout
from verrekening.polis import Levering, lees, lees_in_delen, lezen, opslag, snel
from verrekening.polis.tabel import samen

FIXTURES = Path(__file__).parents[2] / "fixtures" / "polis"
ZAAD = Path(__file__).parent / "zaad"


@pytest.fixture(scope="module")
def alles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of file: XML of every kind, good and broken, Suwinet, CSV, gz and zip, and a file that comes twice."""
    map_ = tmp_path_factory.mktemp("alles")
    shutil.copytree(FIXTURES, map_ / "een")
    shutil.copytree(ZAAD, map_ / "twee")
    shutil.copytree(FIXTURES / "suwinet", map_ / "vier")
    (map_ / "drie.xml.gz").write_bytes(gzip.compress((ZAAD / "volledig.xml").read_bytes()))
    with zipfile.ZipFile(map_ / "vijf.zip", "w") as archief:
        for pad in sorted(ZAAD.iterdir()):
            archief.write(pad, pad.name)
    return map_


def lees_delen(map_: Path, uit: Path, grootte: int, processen: int = 1, **hoe: Any) -> list[Levering]:
    """The parts of all deliveries, of everyone unless told otherwise."""
    hoe = {"bekende_bsn": None, **hoe}
    return list(lees_in_delen([map_], ontvangen=7, map_=uit, processen=processen, grootte=grootte, **hoe))


@pytest.mark.parametrize("bekend", [None, [999990019, 999996769], []])
@pytest.mark.parametrize("rondes", [128, 0])
def test_delen_samen_zijn_wat_in_een_keer_lezen_geeft(
    alles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bekend: list[int] | None, rondes: int
) -> None:
    """Tables, positions, counts, refusals and findings, in the same order; by both ways of reading."""
    monkeypatch.setattr(snel, "MAX_RONDEN", rondes)
    heel = lees([alles], bekend, 7)
    aantallen = []
    for grootte in (1, 5, 40, 10**6):
        delen = lees_delen(alles, tmp_path, grootte, bekende_bsn=bekend)
        zelfde(samen(delen), heel)
        aantallen.append(len(delen))
    assert aantallen[0] == len(heel.bestanden) > 40
    assert aantallen == sorted(aantallen, reverse=True)
    assert aantallen[1] > aantallen[2] > aantallen[3] == 1


def test_een_deel_eindigt_met_het_bericht_dat_het_groot_genoeg_maakt(alles: Path, tmp_path: Path) -> None:
    """No part is larger than it has to be: without its last message it would have been too small."""
    for deel in lees_delen(alles, tmp_path, 20):
        laatste = len(deel.bestanden) - 1
        ervoor = int((deel.opgaven["bestand"] < laatste).sum()) + int((deel.aangiften["bestand"] < laatste).sum())
        assert ervoor + laatste < 20


def test_twee_processen_geven_dezelfde_delen_bij_elkaar(
    alles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another process reads waits in files that only the owner can read, each gone once it was its turn."""
    monkeypatch.setattr(lezen, "LOONT", 1)
    heel = lees([alles], None, 7)
    zelfde(lees([alles], None, 7, processen=2), heel)
    delen, gezien = [], 0
    for deel in lees_in_delen([alles], None, 7, tmp_path, processen=2, grootte=5):
        delen.append(deel)
        wachtend = list(tmp_path.iterdir())
        assert all(stat.S_IMODE(pad.stat().st_mode) == 0o600 for pad in wachtend)
        gezien = max(gezien, len(wachtend))
    zelfde(samen(delen), heel)
    assert gezien > 5
    assert list(tmp_path.iterdir()) == []


def test_een_pad_dat_niet_bestaat_wordt_gezegd_voor_er_gelezen_wordt(tmp_path: Path) -> None:
    """Wrong usage is found when reading is asked for, not when the first part is."""
    with pytest.raises(Gebruiksfout, match="weg bestaat niet"):
        lees_in_delen([tmp_path / "weg"], None, 7, tmp_path)


def test_een_levering_gaat_heen_en_weer_naar_schijf(alles: Path, tmp_path: Path) -> None:
    """What is put in a file comes back as it was, and the file is gone."""
    heel = lees([alles], None, 7)
    opslag.bewaar(heel, tmp_path / "x")
    zelfde(opslag.haal(tmp_path / "x"), heel)
    assert list(tmp_path.iterdir()) == []


def test_een_volle_schijf_is_een_duidelijke_fout(alles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No space while writing: what is wrong and what to do, without anything of a person."""
    deel = lees([alles], None, 7)

    def vol(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fdopen", vol)
    with pytest.raises(VerrekeningFout, match=r"No space left.*maak ruimte"):
        opslag.bewaar(deel, tmp_path / "x")
