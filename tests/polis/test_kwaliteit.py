"""Checks over the table of records: what each finds, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from verrekening.polis import lees
from verrekening.polis.codes import CODES
from verrekening.polis.controle import samenvatting

JULI, AUGUSTUS = ("2026-07-01", "2026-07-31"), ("2026-08-01", "2026-08-31")
JUNI, VIER_WEKEN = ("2026-06-01", "2026-06-30"), ("2026-07-13", "2026-08-09")
KOP = "LhNr;NumIV;BSN;DatAanv;DatEind;DatAanvTv;DatEindTv;SrtIV;IndLhKort;CdZvw;LnLbPh;IngLbPh;VakBsl;OpgRchtVakBsl;BijdrZvw"


def rij(tijdvak: tuple[str, str] = JULI, **velden: str) -> str:
    """A record as a line of CSV; an ordinary wage unless told otherwise."""
    basis = {
        "LhNr": "001234560L01", "NumIV": "1", "BSN": "999990019", "DatAanv": "2020-01-01", "DatEind": "",
        "DatAanvTv": tijdvak[0], "DatEindTv": tijdvak[1], "SrtIV": "15", "IndLhKort": "J", "CdZvw": "K",
        "LnLbPh": "700", "IngLbPh": "0", "VakBsl": "0", "OpgRchtVakBsl": "56", "BijdrZvw": "0",
    }  # fmt: skip
    return ";".join((basis | velden).values())


def verslag(map_: Path, *rijen: str) -> dict[str, Any]:
    """The summary of these records."""
    (map_ / "a.csv").write_text("\n".join([KOP, *rijen]), encoding="utf-8")
    return samenvatting(lees([map_ / "a.csv"], None, 0))


def codes(map_: Path, *rijen: str) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    return [(een["code"], een["plaats"]) for een in verslag(map_, *rijen)["bevindingen"]]


def test_gewone_maanden_geven_geen_bevinding(tmp_path: Path) -> None:
    """Months in a row, also with another job beside it."""
    assert codes(tmp_path, rij(), rij(AUGUSTUS), rij(NumIV="2"), rij(LhNr="800007207L01")) == []


@pytest.mark.parametrize(
    ("rijen", "code", "regel"),
    [([rij(LhNr="001234561L01")], "POLIS-002", 2),
     ([rij(IngLbPh="701")], "POLIS-101", 2),
     ([rij(BijdrZvw="1")], "POLIS-102", 2),
     ([rij(CdZvw="M")], "POLIS-103", 2),
     ([rij(DatEind="2019-12-31", LnLbPh="5", VakBsl="5", OpgRchtVakBsl="0")], "POLIS-105", 2),
     ([rij(SrtIV="85")], "POLIS-106", 2),
     ([rij(SrtIV="")], "POLIS-107", 2),
     ([rij(LnLbPh="")], "POLIS-107", 2),
     ([rij(), rij(LnLbPh="800")], "POLIS-108", 2),
     ([rij(), rij(VIER_WEKEN)], "POLIS-109", 3),
     ([rij(LnLbPh="-1", IngLbPh="-1")], "POLIS-110", 2),
     ([rij(VakBsl="-1")], "POLIS-110", 2),
     ([rij(VakBsl="701")], "POLIS-111", 2),
     ([rij(("2026-01-01", "2026-06-30"))], "POLIS-112", 2),
     ([rij(JUNI), rij(AUGUSTUS)], "POLIS-113", 3),
     ([rij(JUNI, NumIV="2"), rij(AUGUSTUS, DatAanv="2026-07-01")], "POLIS-114", 3),
     ([rij(), rij(AUGUSTUS, OpgRchtVakBsl="0")], "POLIS-115", 3),
     ([rij(), rij(AUGUSTUS, DatEind="2026-08-15")], "POLIS-116", 3),
     ([rij(AUGUSTUS, DatEind="2026-07-31", OpgRchtVakBsl="0")], "POLIS-117", 2)],
)  # fmt: skip
def test_wat_opvalt_wordt_gevonden(tmp_path: Path, rijen: list[str], code: str, regel: int) -> None:
    """Each check finds its record and nothing else is found."""
    assert codes(tmp_path, *rijen) == [(code, f"regel {regel}")]


def test_betaald_vakantiegeld_bij_het_einde_is_gewoon(tmp_path: Path) -> None:
    """In the last month, or in a record of its own after the end; then nothing was built up either."""
    assert codes(tmp_path, rij(), rij(AUGUSTUS, DatEind="2026-08-15", VakBsl="100")) == []
    na = rij(AUGUSTUS, DatEind="2026-07-31", LnLbPh="112", VakBsl="112", OpgRchtVakBsl="0")
    assert codes(tmp_path, rij(DatEind="2026-07-31"), na) == []


def test_een_bevinding_noemt_de_opgave_en_niet_de_persoon(tmp_path: Path) -> None:
    """Payer, number and tijdvak; the BSN is nowhere in the summary."""
    inhoud = verslag(tmp_path, rij(IngLbPh="701"))
    (een,) = inhoud["bevindingen"]
    assert een["sleutel"] == "001234560L01, nummer 1, 2026-07-01 t/m 2026-07-31"
    assert inhoud["bevindingen_per_code"]["POLIS-101"]["aantal"] == 1
    assert "999990019" not in str(inhoud)


def test_gaten_van_open_inkomstenverhoudingen(tmp_path: Path) -> None:
    """Between records and at the end of the delivery; a job that ended misses nothing."""
    inhoud = verslag(
        tmp_path, rij(JUNI), rij(AUGUSTUS), rij(JUNI, NumIV="2"), rij(JUNI, NumIV="3", DatEind="2026-06-30", VakBsl="9")
    )
    assert inhoud["inkomstenverhoudingen"] == {
        "aantal": 3, "open": 2, "gaten_totaal": 2,
        "gaten": [{"lhnr": "001234560L01", "numiv": 1, "van": "2026-07-01", "tot": "2026-07-31"},
                  {"lhnr": "001234560L01", "numiv": 2, "van": "2026-07-01", "tot": "2026-08-31"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("velden", "niet", "waarom"),
    [({}, ["bijzondere beloningen", "loon in natura", "auto van de zaak", "keuzebudget (IKB)"], "alsof"),
     ({"OpgRchtVakBsl": ""}, ["aanspraak op vakantietoeslag"], "OpgRchtVakBsl ontbreekt"),
     ({"IndLhKort": ""}, ["aanspraak op vakantietoeslag"], "IndLhKort ontbreekt"),
     ({"IngLbPh": ""}, ["netto-inkomen", "aanspraak op vakantietoeslag"], "IngLbPh ontbreekt"),
     ({"BijdrZvw": ""}, [], ""),
     ({"BijdrZvw": "", "SrtIV": "33"}, ["netto-inkomen", "aanspraak op vakantietoeslag"], "BijdrZvw ontbreekt"),
     ({"VakBsl": ""}, ["betaald vakantiegeld apart van het loon"], "VakBsl ontbreekt")],
)  # fmt: skip
def test_wat_te_berekenen_is(tmp_path: Path, velden: dict[str, str], niet: list[str], waarom: str) -> None:
    """Rule N3 in words: an unknown amount stops, or is computed as not occurring; it is never zero."""
    lijst: list[dict[str, Any]] = verslag(tmp_path, rij(JULI, **velden))["rekenbaar"]
    rijen = {een["bedrag"]: een for een in lijst}
    nooit = ["bijzondere beloningen", "loon in natura", "auto van de zaak", "keuzebudget (IKB)"]
    assert [
        naam for naam, een in rijen.items() if een["niet_te_berekenen"] and (naam not in nooit or not velden)
    ] == niet
    for naam in niet[:1]:
        assert waarom in rijen[naam]["gevolg"]


def test_bijstand_zelf_telt_niet_mee(tmp_path: Path) -> None:
    """The assistance is never income: whether its net can be computed does not matter."""
    rijen = verslag(tmp_path, rij(SrtIV="43", LnLbPh=""))["rekenbaar"]
    assert {een["te_berekenen"] + een["niet_te_berekenen"] for een in rijen} == {0}


def test_elke_code_heeft_een_gewicht_en_een_raad() -> None:
    """Weight, text and what to do."""
    for code, (gewicht, bevinding, doen) in CODES.items():
        assert gewicht in ("info", "waarschuwing"), code
        assert bevinding, code
        assert doen.endswith("."), code
