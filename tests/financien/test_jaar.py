"""A year of the fictitious municipality, closed month by month with zero unexplained cents, and a damaged payment file."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from tests.financien.boekhouding import verbinding

from verrekening import financien, run
from verrekening.cli import voer_uit
from verrekening.financien import saldi
from verrekening.maand import lees_maand, lees_moment
from verrekening.voorbeeld import Voorbeeld, maak

MAANDEN = ["2025-12", *(f"2026-{nummer:02d}" for nummer in range(1, 13))]
HUISHOUDENS = 60


@dataclass(frozen=True)
class Jaar:
    """The municipality, its administration, and the folder of each run."""

    voorbeeld: Voorbeeld
    waar: str
    uit: Path


@pytest.fixture(scope="module")
def jaar(tmp_path_factory: pytest.TempPathFactory) -> Jaar:
    """Thirteen payment months over a year end, each decided once; November is booked, and is the first month R."""
    map_ = tmp_path_factory.mktemp("jaar")
    v = maak(map_ / "g", huishoudens=HUISHOUDENS, eerste_maand="2025-11", betaalmaanden=MAANDEN)
    for maand in MAANDEN:
        moment = lees_moment(v.peilmomenten[maand])
        opdracht = run.Opdracht(lees_maand(maand), moment, [v.dossiers[maand]], v.polis[maand], v.beleid)
        run.nacht(opdracht, map_ / "uit" / maand, str(map_ / "a.db"))
    return Jaar(v, str(map_ / "a.db"), map_ / "uit")


def test_every_month_of_the_year_closes(jaar: Jaar) -> None:
    """Opening + movements = closing on every account, and what is open is what the engine calls open, per case."""
    stand = saldi.Saldi()
    vorige: dict[tuple[str, int], int] = {}
    with verbinding(jaar.waar) as db:
        for boek in financien.boeken(db, lees_maand(MAANDEN[-1])):
            balans = stand.tel(boek)
            assert [een for een in saldi.eisen(boek, balans) if not een.klopt] == []
            assert {sleutel: cent for sleutel, cent in _per_rekening(balans, "opening").items() if cent} == {
                sleutel: cent for sleutel, cent in vorige.items() if cent
            }
            vorige = _per_rekening(balans, "sluiting")
            assert sum(vorige.values()) == 0
    maanden = pq.read_table(jaar.uit / MAANDEN[-1] / "maanden.parquet")
    open_cent = sum(cent for (rekening, _), cent in vorige.items() if rekening == "te_verrekenen")
    assert open_cent == sum(maanden["open_cent"].to_pylist()) > 0
    assert ("lasten_oude_jaren", 2025) in vorige


def _per_rekening(balans: pd.DataFrame, kolom: str) -> dict[tuple[str, int], int]:
    sleutels = zip(balans["rekening"], balans["jaar"].tolist(), strict=True)
    return dict(zip(sleutels, balans[kolom].tolist(), strict=True))


def _besloten(jaar: Jaar) -> list[tuple[str, int]]:
    rijen = pq.read_table(jaar.uit / MAANDEN[-1] / "betaalvoorstel.parquet").to_pylist()
    return [(rij["dossiernummer"], rij["te_betalen_cent"]) for rij in rijen if rij["te_betalen_cent"] > 0]


def _schrijf(pad: Path, regels: list[tuple[str, int]]) -> None:
    tekst = "".join(f"{nummer};{cent // 100},{cent % 100:02d}\n" for nummer, cent in regels)
    pad.write_text("dossiernummer;bedrag\n" + tekst, encoding="utf-8")


@pytest.mark.parametrize("seed", range(5))
def test_a_damaged_payment_file_names_every_planted_difference_and_no_other(
    jaar: Jaar, tmp_path: Path, seed: int
) -> None:
    """Missing, doubled, swapped, a cent off and booked on another household, planted at random places."""
    besloten = _besloten(jaar)
    kans = random.Random(seed)
    mist, dubbel, een, cent, van, naar = kans.sample(range(len(besloten)), 6)
    # Two households with the same amount cannot be swapped.
    twee = kans.choice(
        [nr for nr, (_, bedrag) in enumerate(besloten)
         if bedrag != besloten[een][1] and nr not in (mist, dubbel, een, cent, van, naar)]
    )  # fmt: skip
    regels: list[tuple[str, int]] = []
    for nr, (nummer, bedrag) in enumerate(besloten):
        if nr == mist:
            continue
        betaald = {een: besloten[twee][1], twee: besloten[een][1], cent: bedrag - 1}.get(nr, bedrag)
        regels.append((besloten[naar][0] if nr == van else nummer, betaald))
    regels.append(besloten[dubbel])
    _schrijf(tmp_path / "b.csv", regels)
    with verbinding(jaar.waar) as db:
        v = financien.vergelijk_betaald(db, lees_maand(MAANDEN[-1]), financien.lees_betaald(tmp_path / "b.csv"))
    gevonden = {rij["dossiernummer"]: (rij["soort"], rij["ander"]) for rij in v.verschillen.to_dict("records")}
    nummers = [nummer for nummer, _ in besloten]
    assert gevonden == {
        nummers[mist]: ("ontbreekt", ""),
        nummers[dubbel]: ("dubbel", ""),
        nummers[een]: ("verwisseld", nummers[twee]),
        nummers[twee]: ("verwisseld", nummers[een]),
        nummers[cent]: ("een_cent", ""),
        nummers[van]: ("elders_betaald", nummers[naar]),
        nummers[naar]: ("ander_huishouden", nummers[van]),
    }


def test_the_command_writes_everything_and_exits_with_0(jaar: Jaar, tmp_path: Path) -> None:
    """Workbook, page, tables and chain; what was paid as decided leaves nothing to pay."""
    _schrijf(tmp_path / "b.csv", _besloten(jaar))
    opdracht = [
        "aansluiting",
        "--administratie",
        jaar.waar,
        "--maand",
        MAANDEN[-1],
        "--betaald",
        str(tmp_path / "b.csv"),
    ]
    assert voer_uit([*opdracht, "--uit", str(tmp_path / "af")]) == 0
    namen = {pad.name for pad in (tmp_path / "af").iterdir()}
    assert namen >= {
        "aansluiting.xlsx",
        "aansluiting.html",
        "keten.json",
        "journaal.csv",
        "journaal.parquet",
        "saldi.csv",
    }
    assert all(pad.stat().st_mode & 0o077 == 0 for pad in (tmp_path / "af").iterdir())
    keten = json.loads((tmp_path / "af" / "keten.json").read_text("utf-8"))
    assert keten["klopt"]
    stappen = ["levering", "opgaven", "maanden", "voorstel", "besluiten", "journaal", "betaald"]
    assert {een["van"] for een in keten["schakels"]} | {een["naar"] for een in keten["schakels"]} >= set(stappen)
    # A file that differs is a chain that does not hold (exit 5), and everything is written all the same.
    _schrijf(tmp_path / "b.csv", _besloten(jaar)[1:])
    assert voer_uit([*opdracht, "--uit", str(tmp_path / "af2")]) == 5
    assert (tmp_path / "af2" / "verschillen.csv").read_text("utf-8-sig").count("ontbreekt") == 1


def test_two_runs_are_compared(jaar: Jaar, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of folders and of boekingen; the same run twice has no difference."""
    mappen = [str(jaar.uit / maand) for maand in MAANDEN[-2:]]
    assert voer_uit(["verschil", *mappen, "--json", "--uit", str(tmp_path / "v")]) == 0
    uit = json.loads(capsys.readouterr().out)
    assert uit["huishoudens"]["met_verschil"] > 0
    assert uit["bewijs"]["betaalmaand"] == MAANDEN[-2:]
    assert (tmp_path / "v" / "verschil.csv").exists()
    assert voer_uit(["verschil", "13", "13", "--administratie", jaar.waar, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["huishoudens"]["met_verschil"] == 0


@pytest.mark.parametrize(
    ("argumenten", "code"),
    [
        (["verschil", "x", "y"], 2),
        (["verschil", "1", "99"], 3),
        (["aansluiting", "--maand", "2025-11", "--uit", "u"], 3),
    ],
)
def test_what_is_not_there_is_refused(
    jaar: Jaar, tmp_path: Path, argumenten: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence and an exit code; no folder is left."""
    monkeypatch.chdir(tmp_path)
    extra = [] if code == 2 else ["--administratie", jaar.waar]
    assert voer_uit([*argumenten, *extra]) == code
    assert list(tmp_path.iterdir()) == []
