"""Dossiers in blocks: put together they are what reading all at once gives, whatever the order of the lines."""

from __future__ import annotations

import gzip
import json
import random
import stat
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import hulp
from tests.hulp import hooguit
from tests.strategieen import BSNS, dossier

from verrekening.dossier import Dossierblokken, Dossiers, in_blokken, lees, lees_in_blokken, lezen
from verrekening.dossier.blokken import _Schijf
from verrekening.dossier.tabellen import TABELLEN
from verrekening.fouten import InvoerGeweigerd, VerrekeningFout
from verrekening.kolommen import Kolommen

KAPOT = [
    '{"dossiernummer": "D-00003", ',
    '{"dossiernummer": "X-1", "anders": 1}',
    json.dumps(hulp.dossier("X-2", begindatum="2026-02-30")),
    "",
]
"""Lines that are refused for another reason each (the first one also has a number that may occur), and a blank one."""


@st.composite
def _regels(draw: Any) -> list[str]:
    """Households, some of them twice or with a person of another one, and lines that are wrong, in any order."""
    nummers = draw(st.lists(st.integers(0, 30), unique=True, max_size=8))
    zaken: list[dict[str, Any]] = [draw(dossier(nummer)) for nummer in nummers]
    if zaken:
        # A person again, at another time (lawful) or in the same month; and a number again.
        vaker = [draw(st.sampled_from(zaken))["personen"][0] for _ in range(draw(st.integers(0, 2)))]
        begin = st.sampled_from(["2026-01-01", "2027-01-01"])
        zaken += [
            hulp.dossier(f"Z-{nummer}", personen=[persoon], begindatum=draw(begin))
            for nummer, persoon in enumerate(vaker)
        ]
        zaken += draw(st.lists(st.sampled_from(zaken), max_size=1))
    regels = [json.dumps(zaak) for zaak in zaken] + draw(st.lists(st.sampled_from(KAPOT), max_size=3))
    geschud: list[str] = draw(st.permutations(regels))
    return geschud


def _schrijf(map_: Path, regels: list[str], bestanden: int) -> list[Path]:
    """The lines over so many files, the last of them packed."""
    paden = []
    for nummer in range(bestanden):
        inhoud = "".join(regel + "\n" for regel in regels[nummer::bestanden]).encode()
        packed = nummer and nummer == bestanden - 1
        paden.append(map_ / f"d{nummer}.jsonl{'.gz' if packed else ''}")
        paden[-1].write_bytes(gzip.compress(inhoud) if packed else inhoud)
    return paden


def _samen(blokken: Dossierblokken) -> dict[str, dict[str, Any]]:
    """All blocks one after the other, with rows counted through."""
    uit: dict[str, dict[str, Any]] = {}
    huizen = personen = 0
    for nr in range(blokken.aantal):
        blok = blokken.blok(nr)
        for naam in TABELLEN:
            for kolom, waarde in getattr(blok, naam).items():
                plus = {"huishouden": huizen, "persoon": personen}.get(kolom, 0)
                door = np.where(waarde >= 0, waarde + plus, waarde) if plus else waarde
                uit.setdefault(naam, {}).setdefault(kolom, []).append(door)
        huizen += len(blok.huishoudens["begin"])
        personen += len(blok.personen["bsn"])
    return {naam: {kolom: np.concatenate(w) for kolom, w in kolommen.items()} for naam, kolommen in uit.items()}


def _gelijk(een: Kolommen, ander: Kolommen, naam: str) -> None:
    assert list(een) == list(ander)
    for kolom in een:
        assert een[kolom].dtype == ander[kolom].dtype, f"{naam}.{kolom}"
        assert een[kolom].tolist() == ander[kolom].tolist(), f"{naam}.{kolom}"


def _zelfde(blokken: Dossierblokken, zaken: Dossiers) -> None:
    samen = _samen(blokken)
    for naam in TABELLEN:
        _gelijk(samen[naam], getattr(zaken, naam), naam)
    assert blokken.huishoudens == len(zaken.huishoudens["begin"])
    assert (blokken.gelezen, blokken.geweigerd) == (zaken.gelezen, zaken.geweigerd)
    assert blokken.afkeuringen == zaken.afkeuringen
    assert blokken.bestanden == zaken.bestanden


@settings(max_examples=40)
@given(_regels(), st.integers(1, 3), st.sampled_from([50, 700, 3000, 2**22]), st.integers(1, 5), st.booleans())
def test_blocks_put_together_are_what_reading_at_once_gives(
    tmp_path_factory, regels, bestanden, stuk, grootte, verspreid
) -> None:
    """Tables, types, refusals and counts; in pieces and blocks of any size, over files, shuffled, with wrong lines.

    Whether the pieces are put in order first makes no difference.
    """
    map_ = tmp_path_factory.mktemp("d")
    paden = _schrijf(map_, regels, bestanden)
    schijf = map_ / "schijf"
    schijf.mkdir()
    with (
        mock.patch.object(lezen, "STUK", stuk),
        mock.patch.object(_Schijf, "is_verspreid", return_value=verspreid),
    ):
        blokken = lees_in_blokken(paden, schijf, grootte)
    zaken = lees(paden)
    _zelfde(blokken, zaken)
    _zelfde(in_blokken(zaken, grootte), zaken)
    for nr in reversed(range(blokken.aantal)):
        een, ander = blokken.blok(nr), in_blokken(zaken, grootte).blok(nr)
        for naam in TABELLEN:
            _gelijk(getattr(een, naam), getattr(ander, naam), naam)
        assert (een.gelezen, een.geweigerd, een.afkeuringen) == (len(een.huishoudens["begin"]), 0, ())
        assert (ander.gelezen, ander.bestanden) == (een.gelezen, een.bestanden)


def _rij(aantal: int) -> list[str]:
    return [json.dumps(hulp.dossier(f"D-{i:02d}", personen=[hulp.persoon(bsn=BSNS[i])])) for i in range(aantal)]


def test_the_pieces_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    """They hold everything that is in the dossiers; nothing but pieces is left in the folder."""
    (tmp_path / "schijf").mkdir()
    with mock.patch.object(lezen, "STUK", 1000):
        lees_in_blokken(_schrijf(tmp_path, _rij(20), 2), tmp_path / "schijf", 5)
    stukken = list((tmp_path / "schijf").iterdir())
    assert len(stukken) > 2
    assert {stat.S_IMODE(een.stat().st_mode) for een in stukken} == {0o600}


@pytest.mark.parametrize("geschud", [False, True])
def test_shuffled_dossiers_are_put_in_order_once(tmp_path: Path, geschud: bool) -> None:
    """A block is then gathered from few files; what stands in order already is left as it is."""
    (tmp_path / "schijf").mkdir()
    regels = _rij(90)
    if geschud:
        random.Random(1).shuffle(regels)
    paden = _schrijf(tmp_path, regels, 1)
    with mock.patch.object(lezen, "STUK", 3000):
        blokken = lees_in_blokken(paden, tmp_path / "schijf", 10)
    namen = [een.name for een in (tmp_path / "schijf").iterdir()]
    assert 5 < len(namen) <= 10
    assert {naam.startswith("orde-") for naam in namen} == {geschud}
    _zelfde(blokken, lees(paden))


def test_without_dossiers_there_is_one_block_without_rows(tmp_path: Path) -> None:
    """Who walks the blocks also has the columns of an empty night."""
    (tmp_path / "schijf").mkdir()
    paden = _schrijf(tmp_path, [], 1)
    blokken = lees_in_blokken(paden, tmp_path / "schijf", 5)
    assert (blokken.aantal, blokken.huishoudens, blokken.gelezen) == (1, 0, 0)
    _zelfde(blokken, lees(paden))


@pytest.mark.parametrize("nr", [-1, 4])
def test_a_block_that_does_not_exist_is_an_error(tmp_path: Path, nr: int) -> None:
    """Twenty households in blocks of five are four blocks."""
    blokken = in_blokken(lees(_schrijf(tmp_path, _rij(20), 1)), 5)
    assert blokken.aantal == 4
    with pytest.raises(IndexError):
        blokken.blok(nr)


def test_dossiers_in_memory_are_not_copied_for_their_only_block(tmp_path: Path) -> None:
    """One case and a replay take the way of the blocks for nothing."""
    zaken = lees(_schrijf(tmp_path, _rij(3), 1))
    blok = in_blokken(zaken, 10).blok(0)
    for naam in TABELLEN:
        for kolom, waarde in getattr(blok, naam).items():
            assert not len(waarde) or np.shares_memory(waarde, getattr(zaken, naam)[kolom])


def test_every_piece_is_told_as_when_reading_at_once(tmp_path: Path) -> None:
    """What is kept for later, and how far it is, do not depend on the way of reading."""
    (tmp_path / "schijf").mkdir()
    paden = _schrijf(tmp_path, _rij(20), 3)
    verteld: dict[str, list[Any]] = {"lees": [], "blokken": []}
    with mock.patch.object(lezen, "STUK", 1000):
        lees(paden, verteld["lees"].append, lambda *stuk: verteld["lees"].append(stuk))
        opzij = tmp_path / "schijf"
        lees_in_blokken(paden, opzij, 5, verteld["blokken"].append, lambda *stuk: verteld["blokken"].append(stuk))
    assert len(verteld["lees"]) > 6
    assert verteld["lees"] == verteld["blokken"]


def test_a_full_disk_is_told_without_naming_anybody(tmp_path: Path) -> None:
    """What could not be done and what to do about it; no path, no number."""
    (tmp_path / "schijf").mkdir()
    paden = _schrijf(tmp_path, _rij(20), 1)
    with (
        hooguit(3000),
        pytest.raises(VerrekeningFout, match=r"op schijf staan: File too large.*maak ruimte"),
    ):
        lees_in_blokken(paden, tmp_path / "schijf", 5)


def test_a_piece_that_is_gone_is_told(tmp_path: Path) -> None:
    """Somebody emptied the folder for temporary files during the night."""
    (tmp_path / "schijf").mkdir()
    blokken = lees_in_blokken(_schrijf(tmp_path, _rij(20), 1), tmp_path / "schijf", 5)
    for stuk in (tmp_path / "schijf").iterdir():
        stuk.unlink()
    with pytest.raises(VerrekeningFout, match="op schijf staan"):
        blokken.blok(0)


def test_a_file_that_is_no_file_of_dossiers_is_refused_as_always(tmp_path: Path) -> None:
    """The same door as reading at once."""
    with pytest.raises(InvoerGeweigerd, match="geen bestand met dossiers"):
        lees_in_blokken([tmp_path / "d.csv"], tmp_path, 5)
