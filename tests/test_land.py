"""Many municipalities: spread over worker processes gives what one process gives, to the cent."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path

import pytest

from verrekening.feiten import Opdracht
from verrekening.land import Gemeente, reken_land
from verrekening.maand import lees_maand, lees_moment
from verrekening.voorbeeld import maak

MAANDEN = ("2026-09", "2026-10")


@pytest.fixture(scope="module")
def gemeenten(tmp_path_factory) -> list[Gemeente]:
    """Three fictitious municipalities, two payment months each."""
    uit = []
    for seed in (1, 2, 3):
        map_ = tmp_path_factory.mktemp(f"gemeente-{seed}")
        v = maak(map_, huishoudens=40, seed=seed)
        opdrachten = tuple(
            Opdracht(lees_maand(m), lees_moment(v.peilmomenten[m]), [v.dossiers[m]], list(v.polis[m]), v.beleid)
            for m in MAANDEN
        )
        uit.append(Gemeente(f"gemeente {seed}", opdrachten, map_))
    return uit


def _naar(gemeenten: list[Gemeente], doel: Path) -> list[Gemeente]:
    return [
        replace(een, doel=doel / str(nummer), administratie=str(doel / f"{nummer}.db"))
        for nummer, een in enumerate(gemeenten)
    ]


def test_worker_processes_give_what_one_process_gives(gemeenten, tmp_path) -> None:
    """Every file of every month is the same to the byte, but for the moment a decision was made."""
    distributed = pytest.importorskip("distributed", reason="the optional extra `land` is not installed")
    alleen, verspreid = _naar(gemeenten, tmp_path / "alleen"), _naar(gemeenten, tmp_path / "verspreid")
    hier = reken_land(alleen)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster:
            daar = reken_land(verspreid, cluster)
    assert [een.fout for een in daar] == [None] * 3
    assert daar == hier
    for een, ander in zip(alleen, verspreid, strict=True):
        for maand in MAANDEN:
            for naam in ("betaalvoorstel.parquet", "maanden.parquet", "signalen.parquet", "betaalvoorstel.csv"):
                assert (een.doel / maand / naam).read_bytes() == (ander.doel / maand / naam).read_bytes(), naam


def test_a_municipality_that_is_refused_does_not_stop_the_others(gemeenten, tmp_path) -> None:
    """The answer says which month and why."""
    eerste, tweede, _ = _naar(gemeenten, tmp_path)
    stuk = replace(eerste, opdrachten=(replace(eerste.opdrachten[0], beleid=tmp_path / "niet.yaml"),))
    uit = reken_land([stuk, tweede])
    assert uit[0].fout is not None
    assert uit[0].fout.startswith("2026-09: niet.yaml kan niet worden gelezen")
    assert (uit[1].fout, list(uit[1].controle)) == (None, list(MAANDEN))
