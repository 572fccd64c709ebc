"""A planted bias is found, a clean population gives none, and no group can be slipped in. Seeded, through real runs."""

from __future__ import annotations

import inspect
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente
from tests.monitor import bevolking

from verrekening import administratie, monitor, simulatie
from verrekening.cli import voer_uit
from verrekening.monitor.biascheck import UITKOMSTEN, biascheck
from verrekening.monitor.groepen import INDELINGEN, groepen
from verrekening.monitor.toetsen import aandeel, na_veel_toetsen, vergelijk
from verrekening.simulatie.effect import groepen_van, met_instellingen

AANTAL = 160
MAANDEN = ("2026-08", "2026-09", "2026-10")
PERIODEN = {  # 4-week periods of 2026 by the month in which they end
    "2026-07": [("2026-06-15", "2026-07-12")], "2026-08": [("2026-07-13", "2026-08-09")],
    "2026-09": [("2026-08-10", "2026-09-06")], "2026-10": [("2026-09-07", "2026-10-04")],
}  # fmt: skip


def _bevolking(map_: Path, vier_weken: Sequence[bool], seed: int) -> Gemeente:
    """Households with the same kind of wages by chance, a part of them paid every four weeks; three payment months."""
    rng = np.random.default_rng(seed)
    loon = rng.integers(300, 700, AANTAL)
    gemeente = bevolking.gemeente(map_)
    zaken = [_zaak(nr, rng) for nr in range(AANTAL)]
    for maand, vorige in zip(MAANDEN, ("2026-07", *MAANDEN), strict=False):
        gemeente.lever(
            _opgave(nr, vorige, int(loon[nr]), begin, eind)
            for nr in range(AANTAL)
            for begin, eind in (PERIODEN[vorige] if vier_weken[nr] else [(None, None)])
        )
        gemeente.draai(zaken, maand)
    return gemeente


def _zaak(nr: int, rng: np.random.Generator) -> dict[str, Any]:
    jaar = int(rng.integers(1962, 2004))
    persoon = hulp.persoon(
        bsn=bevolking.BSNS[nr], geboortedatum=f"{jaar}-05-01", vrijlating={"n": {"toestemming": False}}
    )
    return bevolking.huishouden(nr, {"2026-07": NETTO}, personen=[persoon])


def _opgave(nr: int, maand: str, loon: int, begin: str | None, eind: str | None) -> dict[str, Any]:
    tijdvak = {} if begin is None else {"DatAanvTv": begin, "DatEindTv": eind, "moment": f"{eind}T12:00:00"}
    return hulp.opgave(maand, BSN=bevolking.BSNS[nr], NumIV=nr + 1, LnLbPh=f"{loon}.00", **tijdvak)


def _check(gemeente: Gemeente, *zetten: str) -> dict[str, Any]:
    with administratie.open_om_te_lezen(gemeente.waar, 0) as boek:
        u = simulatie.uitgangspunt(boek, 681)
        g = monitor.uit_administratie(administratie.maandoverzichten(boek.verbinding))
    return biascheck(g, groepen_van(u), met_instellingen(u, zetten) if zetten else None)


def _verschillen(uit: dict[str, Any]) -> set[tuple[str, str]]:
    return {(een["indeling"], een["uitkomst"]) for een in uit["rijen"] if een["oordeel"] == "verschil"}


def test_a_planted_bias_is_found_with_the_setting_that_makes_it(tmp_path: Path) -> None:
    """Four-weekly pay is split over two months, so its months are settled twice; under 13/12 that is gone."""
    gemeente = _bevolking(tmp_path, [nr % 2 == 0 for nr in range(AANTAL)], seed=1)
    uit = _check(gemeente, "toerekening=dertien_twaalfde")
    assert ("loonperiode", "later_gecorrigeerd") in _verschillen(uit)
    rij = next(
        een for een in uit["rijen"] if (een["indeling"], een["uitkomst"]) == ("loonperiode", "later_gecorrigeerd")
    )
    assert rij["richting"] == "vaker"
    effect = [
        een for een in uit["effect_van_instellingen"]
        if een["indeling"] == "loonperiode" and een["uitkomst"] == "later_gecorrigeerd"
    ]  # fmt: skip
    assert [abs(een["verschil_dan"]) < een["verschil_nu"] for een in effect] == [True]


def test_a_clean_population_gives_no_difference(tmp_path: Path) -> None:
    """Everybody is paid per month and wages are drawn by chance: no group differs in anything."""
    uit = _check(_bevolking(tmp_path, [False] * AANTAL, seed=2))
    assert _verschillen(uit) == set()
    assert uit["vergelijkingen"] > 0


def test_groups_are_a_closed_list() -> None:
    """No argument takes another attribute, and a dossier with one is refused."""
    assert list(inspect.signature(groepen).parameters) == ["zaken", "levering", "versies", "van", "tot"]
    assert {een.naam for een in INDELINGEN} == {"leefvorm", "leeftijd", "loonperiode", "werkgevers"}
    assert len(UITKOMSTEN) == 5


def test_a_dossier_with_another_attribute_is_refused(tmp_path: Path) -> None:
    """An unknown key never gets as far as a group."""
    gemeente = bevolking.gemeente(tmp_path)
    gemeente.lever(bevolking.loon([0], "2026-07"))
    zaken = [bevolking.huishouden(0), bevolking.huishouden(1, etniciteit="x")]
    _, uit = gemeente.draai(zaken, "2026-08")
    assert "etniciteit" in (uit.map / "afgekeurd.csv").read_text("utf-8")


def test_intervals_and_corrections_are_those_of_the_books() -> None:
    """Wilson of 10 in 100 is 5.52%–17.44%; Holm multiplies the smallest of three by three."""
    een = aandeel(10, 100)
    assert (round(een.laag, 4), round(een.hoog, 4)) == (0.0552, 0.1744)
    assert na_veel_toetsen([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert na_veel_toetsen([]) == []


@pytest.mark.parametrize(("raak", "rest"), [(0, 0), (50, 50)])
def test_nobody_or_everybody_is_no_difference(raak: int, rest: int) -> None:
    """Where all are alike there is nothing to test."""
    assert vergelijk(raak, 50, rest, 50).p == 1.0


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check as JSON, page and text; early signals as JSON and text."""
    gemeente = _bevolking(tmp_path, [nr % 2 == 0 for nr in range(AANTAL)], seed=1)
    html = tmp_path / "bias.html"
    opdracht = ["biascheck", "--administratie", gemeente.waar]
    assert voer_uit([*opdracht, "--json", "--html", str(html)]) == 0
    assert json.loads(capsys.readouterr().out)["versie"] == "biascheck.v1"
    assert "Hoe u dit leest" in html.read_text("utf-8")
    assert voer_uit(opdracht) == 0
    assert "nog geen onrecht" in capsys.readouterr().out
    assert voer_uit(["vroegsignaal", "--administratie", gemeente.waar, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["betaalmaand"] == "2026-10"
    assert voer_uit(["vroegsignaal", "--administratie", gemeente.waar]) == 0
    assert "vroege signalen" in capsys.readouterr().out
