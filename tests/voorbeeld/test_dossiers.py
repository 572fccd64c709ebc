"""The dossiers: keys of the contract, right bookings, and corrections added to them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from verrekening import nummers
from verrekening.maand import OPEN, lees_datum, lees_maand
from verrekening.voorbeeld import Voorbeeld, boek_besluiten, normen
from verrekening.voorbeeld.huishoudens import Huishoudens, Personen

DOSSIER = {
    "dossiernummer", "gemeentecode", "begindatum", "einddatum", "uitgesloten", "personen", "situatie",
    "betalingen", "correcties", "teruggevorderd", "overige_inkomsten", "schattingen", "giften",
    "maatregelen", "aflossingen", "bufferbudget", "besluiten",
}  # fmt: skip
PERSOON = {"bsn", "rol", "geboortedatum", "medisch_urenbeperkt", "vrijlating"}
SITUATIE = {"van", "tot", "leefvorm", "kostendelende_medebewoners", "jongste_kind_geboortedatum"}


def _lees(pad: Path) -> list[dict[str, Any]]:
    return [json.loads(regel) for regel in pad.read_text(encoding="utf-8").splitlines()]


def _een(leefvorm: int, geboren: list[str], kostendelers: int = 0, begin: str = "2020-01-01") -> tuple[Any, Any]:
    """One household with persons born on those days."""
    n, i64 = len(geboren), np.int64
    nul, open_ = np.zeros(1, dtype=i64), np.full(1, OPEN, dtype=i64)
    huishoudens = Huishoudens(
        leefvorm=nul + leefvorm,
        kostendelers=nul + kostendelers,
        begin=nul + lees_datum(begin),
        eind=open_,
        jongste_kind=open_,
        maatregel_maand=open_,
        maatregel=nul,
        aflossing=nul,
    )
    personen = Personen(
        huishouden=np.zeros(n, dtype=i64),
        partner=np.arange(n) > 0,
        geboortedatum=np.array([lees_datum(d) for d in geboren], dtype=i64),
        toestemming_n=np.zeros(n, dtype=i64),
        n_gebruikt=np.zeros(n, dtype=i64),
        medisch_van=np.full(n, OPEN, dtype=i64),
    )
    return huishoudens, personen


def test_sleutels(voorbeeld: Voorbeeld) -> None:
    """Only keys of the contract, and of those only what the first release settles."""
    niet = {
        "giften",
        "overige_inkomsten",
        "schattingen",
        "bufferbudget",
        "besluiten",
        "teruggevorderd",
        "correcties",
    }
    for dossier in _lees(voorbeeld.dossiers["2026-10"]):
        assert set(dossier) <= DOSSIER - niet
        assert {"dossiernummer", "gemeentecode", "begindatum", "personen", "situatie"} <= set(dossier)
        assert re.fullmatch(r"D-\d{6}", dossier["dossiernummer"])
        assert dossier["gemeentecode"] == "9999"
        assert set(dossier["situatie"][0]) == SITUATIE
        verwacht = ["aanvrager", "partner"] if dossier["situatie"][0]["leefvorm"] == "gehuwden" else ["aanvrager"]
        assert [p["rol"] for p in dossier["personen"]] == verwacht
        for persoon in dossier["personen"]:
            assert set(persoon) <= PERSOON
            assert set(persoon.get("vrijlating", {"n": 1})) == {"n"}


def test_personen(voorbeeld: Voorbeeld) -> None:
    """BSN are distinct and pass the elfproef; nobody is under 18; a young child has an older parent."""
    dossiers = _lees(voorbeeld.dossiers["2026-09"])
    bsn = [int(p["bsn"]) for d in dossiers for p in d["personen"]]
    assert len(bsn) == len(set(bsn))
    assert nummers.elfproef(np.array(bsn)).all()
    for dossier in dossiers:
        kind = dossier["situatie"][0]["jongste_kind_geboortedatum"]
        assert (dossier["situatie"][0]["leefvorm"] != "alleenstaande_ouder") or kind
        for persoon in dossier["personen"]:
            assert persoon["geboortedatum"] <= "2008-09-01"
            assert kind is None or lees_datum(kind) - lees_datum(persoon["geboortedatum"]) > 16 * 365


def test_verscheidenheid(voorbeeld: Voorbeeld) -> None:
    """Every feature of the first release occurs."""
    dossiers = _lees(voorbeeld.dossiers["2026-10"])
    situaties = [d["situatie"][0] for d in dossiers]
    assert {s["leefvorm"] for s in situaties} == {"alleenstaande", "alleenstaande_ouder", "gehuwden"}
    assert {s["kostendelende_medebewoners"] for s in situaties} >= {0, 1, 2}
    assert any(d["einddatum"] for d in dossiers)
    assert any(d["begindatum"] > "2026-06-01" and not d["begindatum"].endswith("-01") for d in dossiers)
    assert any("maatregelen" in d for d in dossiers)
    assert any("aflossingen" in d for d in dossiers)
    personen = [p for d in dossiers for p in d["personen"]]
    assert any("medisch_urenbeperkt" in p for p in personen)
    assert any(p["geboortedatum"] > "2005-10-01" for p in personen)
    assert any(p["geboortedatum"] < "1959-06-01" for p in personen)
    assert {p["vrijlating"]["n"]["toestemming"] for p in personen if "vrijlating" in p} == {True, None}


def test_tweede_bestand(voorbeeld: Voorbeeld) -> None:
    """The later file has the same households, with the bookings over one more month."""
    voor, na = (_lees(voorbeeld.dossiers[p]) for p in ("2026-09", "2026-10"))
    for oud, nieuw in zip(voor, na, strict=True):
        assert oud["dossiernummer"] == nieuw["dossiernummer"]
        assert oud["personen"] == nieuw["personen"]
        erbij = [b["rechtmaand"] for b in nieuw["betalingen"][len(oud["betalingen"]) :]]
        assert nieuw["betalingen"][: len(oud["betalingen"])] == oud["betalingen"]
        einde = nieuw["einddatum"] or "9999"
        assert erbij == (["2026-09"] if einde >= "2026-09-01" else [])


def test_betaling_per_maand_met_recht(voorbeeld: Voorbeeld) -> None:
    """Each month of assistance from June has one booking, paid in that month."""
    for dossier in _lees(voorbeeld.dossiers["2026-09"]):
        begin, eind = dossier["begindatum"][:7], (dossier["einddatum"] or "9999-12")[:7]
        maanden = [m for m in ("2026-06", "2026-07", "2026-08") if begin <= m <= eind]
        assert [b["rechtmaand"] for b in dossier["betalingen"]] == maanden
        assert all(b["betaald_op"] == f"{b['rechtmaand']}-25" for b in dossier["betalingen"])


def test_alleenstaande_zonder_inkomen_krijgt_volle_norm(voorbeeld: Voorbeeld) -> None:
    """A single between 21 and state pension without sharers is booked at 95% of the norm."""
    gezien = 0
    for dossier in _lees(voorbeeld.dossiers["2026-09"]):
        situatie, geboren = dossier["situatie"][0], dossier["personen"][0]["geboortedatum"]
        gewoon = situatie["leefvorm"] != "gehuwden" and not situatie["kostendelende_medebewoners"]
        heel = dossier["begindatum"] <= "2026-06-01" and not dossier["einddatum"] and "maatregelen" not in dossier
        # Over June: 140150 - 7008; over July and August 141946 - 7097. Benefits may have been taken off.
        if gewoon and heel and "1960-01-01" < geboren < "2005-01-01":
            bedragen = [b["bedrag_cent"] for b in dossier["betalingen"]]
            gezien += bedragen == [133_142, 134_849, 134_849]
            assert all(b <= vol for b, vol in zip(bedragen, [133_142, 134_849, 134_849], strict=True))
    assert gezien > 100


@pytest.mark.parametrize(
    ("leefvorm", "geboren", "kostendelers", "norm"),
    [
        (0, ["1990-05-01"], 0, 141_946),
        (1, ["1990-05-01"], 0, 141_946),
        (0, ["2006-07-01"], 0, 35_042),  # 20 years
        (0, ["2005-07-01"], 0, 141_946),  # 21 on the first of the month
        (0, ["2005-07-02"], 0, 35_042),
        (0, ["1959-07-01"], 0, 158_734),  # 67 on the first of the month
        (2, ["1990-05-01", "1991-05-01"], 0, 202_779),
        (2, ["1958-05-01", "1970-05-01"], 0, 217_610),
        (0, ["1990-05-01"], 1, 101_390),
        (0, ["1990-05-01"], 3, 81_112),
        (2, ["1990-05-01", "1991-05-01"], 1, 2 * 87_871),
        (0, ["1950-05-01"], 1, 108_805),
        (2, ["1958-05-01", "1970-05-01"], 2, 2 * 87_044),
    ],
)
def test_norm(leefvorm: int, geboren: list[str], kostendelers: int, norm: int) -> None:
    """Norms of July 2026: law text, and the published table of the cost-sharing norm."""
    assert normen.volle_norm(*_een(leefvorm, geboren, kostendelers), lees_maand("2026-07")).tolist() == [norm]


def test_deel_van_maand() -> None:
    """Assistance from 17 July: 15 of 31 days of 1,419.46."""
    norm = normen.norm_over(*_een(0, ["1990-05-01"], begin="2026-07-17"), lees_maand("2026-07"))
    assert norm.tolist() == [68_684]
    assert normen.netto_uitkering(norm).tolist() == [68_684 - 3_434]


def test_boek_besluiten(voorbeeld: Voorbeeld, tmp_path: Path) -> None:
    """What was decided takes the place of what was booked over that month; all other lines stay as they were."""
    bron, doel = voorbeeld.dossiers["2026-10"], tmp_path / "uit.jsonl"
    besluiten: dict[str, Any] = {"dossiernummer": ["D-000003"], "rechtmaand": ["2026-09"], "bedrag_cent": [123]}
    assert boek_besluiten(bron, doel, besluiten) == 1
    voor, na = (p.read_text().splitlines() for p in (bron, doel))
    assert [i for i in range(len(voor)) if voor[i] != na[i]] == [2]
    assert json.loads(na[2])["betalingen"][-1]["bedrag_cent"] == 123


def test_boek_besluiten_onbekend_dossier(voorbeeld: Voorbeeld, tmp_path: Path) -> None:
    """A decision for a household that is not there is refused and leaves no file behind."""
    besluiten: dict[str, Any] = {"dossiernummer": ["D-999999"], "rechtmaand": ["2026-06"], "bedrag_cent": [5]}
    with pytest.raises(ValueError, match="D-999999"):
        boek_besluiten(voorbeeld.dossiers["2026-10"], tmp_path / "uit.jsonl", besluiten)
    assert not list(tmp_path.iterdir())
