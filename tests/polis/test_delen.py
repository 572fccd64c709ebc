"""Reading in parts: wherever is cut and with how many processes, together it is what reading at once gives."""

from __future__ import annotations

import gzip
import shutil
import stat
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.hulp import hooguit
from tests.polis.test_snel import zelfde

from verrekening.fouten import Gebruiksfout, VerrekeningFout
from verrekening.polis import Levering, lees, lees_in_delen, lezen, opslag, snel
from verrekening.polis.bekend import Bekend
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


def test_een_volle_schijf_is_een_duidelijke_fout(alles: Path, tmp_path: Path) -> None:
    """What could not be done and what to do about it; no path, no number."""
    deel = lees([alles], None, 7)
    with hooguit(3000), pytest.raises(VerrekeningFout, match=r"File too large.*maak ruimte") as fout:
        opslag.bewaar(deel, tmp_path / "x")
    assert str(tmp_path) not in str(fout.value)


def test_een_ander_proces_dat_niet_kan_schrijven_zegt_dat_hier(
    alles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is gone: the same error, whoever found it."""
    monkeypatch.setattr(lezen, "LOONT", 1)
    with pytest.raises(VerrekeningFout, match="op schijf staan: No such file"):
        list(lees_in_delen([alles], None, 7, tmp_path / "weg", processen=2))


def test_een_deel_dat_weg_is_wordt_gezegd(tmp_path: Path) -> None:
    """Somebody emptied the folder during the night."""
    with pytest.raises(VerrekeningFout, match="op schijf staan: No such file"):
        opslag.haal(tmp_path / "weg")


def test_bekend_is_wat_als_negen_cijfers_is_geschreven() -> None:
    """A BSN with eight digits, white space, other digits or nothing is not one that is looked for."""
    bekend = Bekend([999990019, 10000009, 999990019])
    assert bekend.nummers.tolist() == [10000009, 999990019]
    assert [tekst in bekend for tekst in ("999990019", "010000009", "999990020", "999999999")] == [
        True,
        True,
        False,
        False,
    ]
    assert not any(tekst in bekend for tekst in ("10000009", " 999990019", "٩٩٩٩٩٠٠١٩", "", "-10000009", "000000000"))
    assert bekend.in_kolom(np.array([1, 10000009, -1, 2**40])).tolist() == [False, True, False, False]
    assert "999990019" not in Bekend([])
    assert Bekend(np.zeros(0, np.int64)).in_kolom(np.array([1])).tolist() == [False]


def test_een_bestand_langs_twee_wegen_is_er_een(alles: Path, tmp_path: Path) -> None:
    """By a folder, by its name and by a link; the first way counts, and a link to nothing is refused once."""
    (tmp_path / "link.xml").symlink_to(alles / "drie.xml.gz")
    (tmp_path / "stuk.xml").symlink_to(tmp_path / "niets")
    levering = lees([alles / "drie.xml.gz", tmp_path, alles, tmp_path], None, 7)
    namen = [een.naam for een in levering.bestanden]
    assert namen[:2] == ["drie.xml.gz", "stuk.xml"]
    assert len(namen) == len(set(namen))
    assert sorted(namen[2:]) == sorted({een.naam for een in lees([alles], None, 7).bestanden} - {"drie.xml.gz"})
