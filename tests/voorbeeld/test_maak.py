"""The municipality as a whole: from one seed, complete, and refused where it cannot be made."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.voorbeeld.schema import BEGIN_VIERWEKEN_2026, XSD_2022

from verrekening import nummers
from verrekening.fouten import Gebruiksfout
from verrekening.maand import lees_datum, toon_datum
from verrekening.voorbeeld import Voorbeeld, kalender, loting, maak


def _vingerafdruk(wortel: Path) -> dict[str, str]:
    return {
        str(p.relative_to(wortel)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(wortel.rglob("*"))
        if p.is_file()
    }


def test_zelfde_zaad(tmp_path: Path) -> None:
    """The same seed gives the same files; another seed gives others."""
    for naam, zaad in (("a", 1), ("b", 1), ("c", 2)):
        maak(tmp_path / naam, huishoudens=60, seed=zaad)
    een, twee, drie = (_vingerafdruk(tmp_path / naam) for naam in "abc")
    assert een == twee
    assert een["dossiers/dossiers-2026-09.jsonl"] != drie["dossiers/dossiers-2026-09.jsonl"]


@pytest.mark.parametrize("huishoudens", [1, 2, 7])
def test_klein(tmp_path: Path, huishoudens: int) -> None:
    """A handful of households, perhaps all without income, is an example too."""
    uit = maak(tmp_path, huishoudens=huishoudens, seed=huishoudens)
    assert len(uit.dossiers["2026-09"].read_text().splitlines()) == huishoudens


def test_aantallen(voorbeeld: Voorbeeld) -> None:
    """About 35% has income, and the messages hold two to four people unknown to us for each we know."""
    n = voorbeeld.aantallen
    assert 0.27 < n["huishoudens_met_inkomen"] / n["huishoudens"] < 0.43
    assert 1.7 < n["opgaven"] / n["opgaven_van_bekenden"] - 1 < 4
    assert n["berichten"] == len(list(voorbeeld.map.glob("polis/*/*.xml")))
    assert n["correctieberichten"] == len(list(voorbeeld.map.glob("polis/*/*_v*.xml"))) > 2


def test_mappen(voorbeeld: Voorbeeld) -> None:
    """Each payment month reads its own delivery and all before; nothing else is written."""
    eerste, tweede = voorbeeld.polis["2026-09"], voorbeeld.polis["2026-10"]
    assert tweede[:1] == eerste
    assert len(tweede) == 2
    assert voorbeeld.peilmomenten["2026-09"] == "2026-09-18T20:00:00+02:00"
    assert {p.name for p in voorbeeld.map.iterdir()} == {"dossiers", "polis", "beleid.yaml"}


def test_beleid(voorbeeld: Voorbeeld) -> None:
    """The policy is that of the fictitious municipality, with the defaults."""
    beleid = yaml.safe_load(voorbeeld.beleid.read_text(encoding="utf-8"))
    assert (beleid["gemeentecode"], beleid["naam"]) == ("9999", "Voorbeeldstad")
    assert beleid["methode"] == "achteraf"


def test_geen_nummer_in_bestandsnaam(voorbeeld: Voorbeeld) -> None:
    """No file name holds nine digits in a row."""
    for pad in voorbeeld.map.rglob("*"):
        assert nummers.zonder_bsn(pad.name) == pad.name


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"huishoudens": 0}, "minstens"),
        ({"betaalmaanden": ()}, "oplopend"),
        ({"betaalmaanden": ("2026-10", "2026-09")}, "oplopend"),
        ({"eerste_maand": "2026-09"}, "na de eerste maand"),
        ({"eerste_maand": "juni"}, "geen maand"),
        ({"eerste_maand": "2025-06", "betaalmaanden": ("2025-09",)}, "geen normen"),
    ],
)
def test_geweigerd(tmp_path: Path, anders: dict[str, object], melding: str) -> None:
    """What cannot be made is refused before anything is written."""
    with pytest.raises(Gebruiksfout, match=melding):
        maak(tmp_path / "x", **({"huishoudens": 10} | anders))  # type: ignore[arg-type]
    assert not (tmp_path / "x").exists()


def test_map_bezet(voorbeeld: Voorbeeld) -> None:
    """An example is never written over another."""
    with pytest.raises(Gebruiksfout, match="al een voorbeeld"):
        maak(voorbeeld.map, huishoudens=10)


def test_drie_betaalmaanden(tmp_path: Path) -> None:
    """More payment months give more deliveries, each with corrections of those before."""
    uit = maak(tmp_path, huishoudens=80, seed=4, betaalmaanden=("2026-09", "2026-10", "2026-11"))
    assert [len(mappen) for mappen in uit.polis.values()] == [1, 2, 3]
    assert list(uit.polis["2026-11"][2].glob("*_v3.xml"))


def test_vierweken_2026() -> None:
    """The four-week calendar of 2026 is that of the schema."""
    tijdvakken = kalender.vierweken(2026)
    assert [toon_datum(t.begin) for t in tijdvakken] == [f"2026-{d}" for d in BEGIN_VIERWEKEN_2026]
    assert toon_datum(tijdvakken[-1].eind) == "2026-12-31"


def test_vierweken_2022() -> None:
    """The four-week calendar of 2022 is that of the official schema."""
    schema = XSD_2022.read_text(encoding="latin-1")
    tijdvakken = kalender.vierweken(2022)
    assert [toon_datum(t.begin) for t in tijdvakken[1:3]] == ["2022-01-31", "2022-02-28"]
    for tijdvak in tijdvakken:
        assert f'"{toon_datum(tijdvak.begin)}"' in schema
        assert f'"{toon_datum(tijdvak.eind)}"' in schema


@given(st.integers(2022, 2027))
def test_vierweken_sluiten_aan(jaar: int) -> None:
    """The periods of a year cover it without gap or overlap."""
    tijdvakken = kalender.vierweken(jaar)
    assert tijdvakken[0].begin == lees_datum(f"{jaar}-01-01")
    assert sum(t.dagen for t in tijdvakken) == lees_datum(f"{jaar}-12-31") - lees_datum(f"{jaar}-01-01") + 1
    assert all(a.eind + 1 == b.begin for a, b in itertools.pairwise(tijdvakken))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 3_000))
def test_nummers_van_niemand(zaad: int, aantal: int) -> None:
    """Any number of BSN is distinct, passes the elfproef and uses the test range first."""
    bsn = loting.bsns(np.random.default_rng(zaad), aantal)
    assert len(bsn) == len(np.unique(bsn)) == aantal
    assert nummers.elfproef(bsn).all()
    assert (bsn[:900] // 10_000 == 99_999).all()
    assert ((bsn >= 910_000_000) & (bsn < 10**9)).all()
