"""Wage records in CSV: the same table, whatever the layout, and a place for everything refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verrekening.fouten import InvoerGeweigerd
from verrekening.kolommen import aantal
from verrekening.maand import OPEN, lees_datum, lees_moment
from verrekening.polis import Indeling, Levering, bepaal, csv, lees, lees_indeling
from verrekening.polis.controle import samenvatting
from verrekening.polis.tabel import ALLE_VELDEN, BEDRAGEN, CSV, bits

KOP = "LhNr;NumIV;BSN;DatAanvTv;DatEindTv"
SLEUTEL = "001234560L01;1;999990019;2026-07-01;2026-07-31"
ONTVANGEN = 5_000_000


def lees_tekst(map_: Path, tekst: str | bytes, indeling: Indeling | None = None, bekend: Any = None) -> Levering:
    """Read one file."""
    (map_ / "a.csv").write_bytes(tekst.encode() if isinstance(tekst, str) else tekst)
    return lees([map_ / "a.csv"], bekend, ONTVANGEN, indeling=indeling)


def een(map_: Path, **velden: str) -> Levering:
    """One record with these columns beside the key."""
    return lees_tekst(map_, f"{KOP};{';'.join(velden)}\n{SLEUTEL};{';'.join(velden.values())}\n")


def mapping(map_: Path, tekst: str) -> Indeling:
    """A mapping file."""
    (map_ / "k.yaml").write_text(tekst, encoding="utf-8")
    return lees_indeling(map_ / "k.yaml")


def test_voorbeeld_met_onze_kolommen(bouw: Any) -> None:
    """BOM, `;`, Windows line ends, a separator inside quotes, comma and point; an empty cell is unknown."""
    levering = lees([bouw.fixtures / "csv" / "levering.csv"], None, 0)
    o = levering.opgaven
    assert o["LnLbPh"].tolist() == [70000, 100000]
    assert o["BijdrZvw"].tolist() == [0, 4850]
    assert o["OpgRchtVakBsl"].tolist() == [5600, 0]
    assert o["OpgRchtVakBsl_bekend"].tolist() == [True, False]
    assert o["regel"].tolist() == [2, 3]
    assert o["moment"].tolist() == [lees_moment("2026-08-05T09:00:00+02:00")] * 2
    assert o["ikv_begin"].tolist() == [lees_datum("2026-07-01"), lees_datum("2025-01-01")]
    assert o["ikv_eind"].tolist() == [OPEN, OPEN]
    assert o["velden"].tolist() == [ALLE_VELDEN - bits(["Reisk", "lbtab", "sa72"])] * 2
    assert [levering.perioden[k].tolist() for k in ("srtiv", "lhkort", "cdzvw_m", "sa72")] == [
        [15, 33], [1, 0], [0, 1], [-1, -1],
    ]  # fmt: skip
    assert levering.aangiften["soort"].tolist() == [CSV]
    assert (levering.bevindingen, levering.afkeuringen) == ((), ())


def test_voorbeeld_met_een_andere_indeling(bouw: Any) -> None:
    """A mapping file finds the columns, translates values and dates, and reads cents."""
    map_ = bouw.fixtures / "csv"
    levering = lees([map_ / "signaal.csv"], None, 7, indeling=lees_indeling(map_ / "signaal-kolommen.yaml"))
    o = levering.opgaven
    assert {naam: int(o[naam][0]) for naam in BEDRAGEN if o[f"{naam}_bekend"][0]} == {
        "LnLbPh": 70000, "IngLbPh": 0, "VakBsl": 0, "OpgRchtVakBsl": 5600,
    }  # fmt: skip
    assert (int(o["tv_begin"][0]), int(o["tv_eind"][0])) == (lees_datum("2026-07-01"), lees_datum("2026-07-31"))
    assert [levering.perioden[k].tolist() for k in ("srtiv", "lhkort", "cdzvw_m")] == [[15], [1], [0]]
    assert o["moment"].tolist() == [7]
    assert [(b.code, b.plaats) for b in levering.bevindingen] == [("POLIS-030", "regel 1, kolom 12")]


def test_zonder_mapping_zegt_het_bestand_wat_er_ontbreekt(bouw: Any) -> None:
    """The refusal names the columns and the option."""
    (rij,) = lees([bouw.fixtures / "csv" / "signaal.csv"], None, 0).afkeuringen
    assert "LhNr, NumIV, BSN, DatAanvTv, DatEindTv ontbreekt" in rij.reden
    assert "--kolommen" in rij.wat_te_doen


@pytest.mark.parametrize(
    ("tekst", "cent"),
    [("1234.56", 123456), ("1234,56", 123456), ("-0,01", -1), ("7", 700), ("7,5", 750), (" 3.10 ", 310), ("", None)],
)
def test_bedragen_met_punt_of_komma(tmp_path: Path, tekst: str, cent: int | None) -> None:
    """Both ways of writing, to the cent; empty is unknown."""
    o = een(tmp_path, LnLbPh=tekst).opgaven
    assert (int(o["LnLbPh"][0]) if o["LnLbPh_bekend"][0] else None) == cent


@pytest.mark.parametrize(
    ("kolom", "waarde"),
    [("LnLbPh", "1.234,56"), ("LnLbPh", "1,234"), ("LnLbPh", "€ 5"), ("LnLbPh", "n.v.t."), ("LnLbPh", "1e3"),
     ("LnLbPh", "10000000"), ("DatAanv", "1-7-2026"), ("DatEind", "2026-02-30"), ("Ontvangen", "gisteren")],
)  # fmt: skip
def test_een_foute_cel_kost_de_regel(tmp_path: Path, kolom: str, waarde: str) -> None:
    """A row with line, number and name of the column; the person is known, so the refusal is about him."""
    levering = een(tmp_path, **{kolom: waarde})
    (rij,) = levering.afkeuringen
    assert rij.plaats == f"regel 2, kolom 6 ({kolom})"
    assert aantal(levering.opgaven) == 0
    assert levering.afgekeurde_opgaven["bsn"].tolist() == [999990019]


def test_regels_houden_hun_nummer(tmp_path: Path) -> None:
    """Empty lines, lines of another width and persons of no dossier do not shift the numbers."""
    ander, kapot = SLEUTEL.replace("999990019", "999996769"), SLEUTEL.replace("999990019", "999990018")
    regels = [
        KOP,
        SLEUTEL,
        "",
        "a;b",
        ander,
        ";;;;",
        SLEUTEL,
        "a;b;c;d;e;f",
        kapot,
        SLEUTEL.replace("31", "32"),
        SLEUTEL,
    ]
    levering = lees_tekst(tmp_path, "\n".join(regels), bekend=[999990019])
    assert levering.opgaven["regel"].tolist() == [2, 7, 11]
    assert [rij.plaats for rij in levering.afkeuringen] == [
        "regel 4", "regel 8", "regel 9, kolom 3 (BSN)", "regel 10, kolom 5 (DatEindTv)",
    ]  # fmt: skip
    assert "999990018" not in str(levering.afkeuringen)
    t = samenvatting(levering)["tellingen"]
    assert (t["gelezen"], t["gebruikt"], t["vervangen"], t["onbekende_persoon"], t["afgekeurd"]) == (8, 1, 2, 1, 4)


def test_de_laatste_van_dezelfde_sleutel_geldt(tmp_path: Path) -> None:
    """By Ontvangen, and at the same moment by line; a row without a moment has that of the reading."""
    regels = [f"{SLEUTEL};{moment};{loon}" for moment, loon in
              (("2026-08-03", 1), ("2026-08-02", 2), ("2026-08-03", 3), ("", 4))]  # fmt: skip
    levering = lees_tekst(tmp_path, "\n".join([f"{KOP};Ontvangen;LnLbPh", *regels]))
    assert bepaal(levering, lees_moment("2026-09-01")).status.tolist() == [1, 1, 0, 1]
    assert bepaal(levering, lees_moment("2026-08-02T12:00:00")).status.tolist() == [3, 0, 3, 1]
    assert aantal(levering.aangiften) == 3


def test_in_stukken_gelezen_is_hetzelfde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of a batch changes nothing, also not the line numbers."""
    regels = [KOP] + [SLEUTEL.replace(";1;", f";{nummer};") if nummer % 7 else "x;y" for nummer in range(200)]
    heel = lees_tekst(tmp_path, "\n".join(regels))
    monkeypatch.setattr(csv, "BLOK", 300)
    stuk = lees_tekst(tmp_path, "\n".join(regels))
    assert {k: v.tolist() for k, v in heel.opgaven.items()} == {k: v.tolist() for k, v in stuk.opgaven.items()}
    assert (heel.afkeuringen, heel.perioden["opgave"].tolist()) == (stuk.afkeuringen, stuk.perioden["opgave"].tolist())


@pytest.mark.parametrize(
    ("tekst", "reden"),
    [(f"{KOP};LnLbPh;LnLbPh\n", "LnLbPh komt twee keer voor"),
     ("LhNr;NumIV\n", "BSN, DatAanvTv, DatEindTv ontbreekt"),
     (f"{KOP}\n".encode("utf-16"), "UTF-8"),
     (f"{KOP};SrtIV\n{SLEUTEL};é\n".encode("latin-1"), "UTF-8"),
     ("een;" * 2000, "kolommen"),
     (b"LhNr;\xe9\n", "UTF-8")],
)  # fmt: skip
def test_een_onbruikbaar_bestand_wordt_geweigerd(tmp_path: Path, tekst: str | bytes, reden: str) -> None:
    """One row with the reason; nothing of the file is used."""
    levering = lees_tekst(tmp_path, tekst)
    (rij,) = levering.afkeuringen
    assert reden in rij.reden
    assert aantal(levering.opgaven) == 0


def test_alleen_een_kop_is_een_leeg_bestand(tmp_path: Path) -> None:
    """No records, no refusal."""
    for tekst in (KOP, f"{KOP}\r\n"):
        levering = lees_tekst(tmp_path, tekst)
        assert (aantal(levering.opgaven), levering.afkeuringen) == (0, ())


def test_acht_cijfers_verloren_hun_nul(tmp_path: Path) -> None:
    """A spreadsheet drops leading zeros; the elfproef tells whether it still is a BSN."""
    assert lees_tekst(tmp_path, f"{KOP}\n{SLEUTEL.replace('999990019', '12345672')}").opgaven["bsn"].tolist() == [
        12345672
    ]


def test_een_bedrag_in_centen_en_een_vaste_waarde(tmp_path: Path) -> None:
    """Mapping: cents, a constant, and an empty cell that means something."""
    indeling = mapping(
        tmp_path, 'LnLbPh: {kolom: loon, eenheid: cent}\nSrtIV: {vast: "15"}\nIndLhKort: {kolom: k, waarden: {"": N}}\n'
    )
    levering = lees_tekst(tmp_path, f"{KOP};loon;k\n{SLEUTEL};-12345;\n{SLEUTEL};1,5;J\n", indeling)
    assert levering.opgaven["LnLbPh"].tolist() == [-12345]
    assert [levering.perioden[k].tolist() for k in ("srtiv", "lhkort")] == [[15], [0]]
    assert [rij.plaats for rij in levering.afkeuringen] == ["regel 3, kolom 6 (loon)"]


@pytest.mark.parametrize(
    ("tekst", "reden"),
    [("", "verwacht regels"), ("- BSN", "verwacht regels"), ("Bsn: x", "Bsn is geen kolom"), ("BSN: [a]", "BSN"),
     ("BSN: {kolom: a, vast: b}", "óf kolom"), ("BSN: {}", "óf kolom"), ("BSN: {kolom: a, x: b}", "onbekende sleutel x"),
     ("BSN: {kolom: a, datum: JJJJMMDD}", "datumkolom"), ("DatAanv: {kolom: a, datum: MM-DD-JJJJ}", "DD-MM-JJJJ"),
     ("LnLbPh: {kolom: a, eenheid: euros}", "euro of cent"), ("BSN: a\nBSN: b", "twee keer"), ("BSN: &a x", "anker"),
     ("SrtIV: {kolom: a, waarden: [b]}", "waarden")],
)  # fmt: skip
def test_een_foute_indeling_wordt_geweigerd(tmp_path: Path, tekst: str, reden: str) -> None:
    """Nothing is read with a mapping file that could mean something else."""
    with pytest.raises(InvoerGeweigerd, match=reden):
        mapping(tmp_path, tekst)


@given(st.binary(max_size=400))
def test_willekeurige_bytes_breken_niets(tmp_path_factory: pytest.TempPathFactory, inhoud: bytes) -> None:
    """Whatever stands below the names, every line is used, counted or refused."""
    map_ = tmp_path_factory.mktemp("csv")
    levering = lees_tekst(map_, f"{KOP};LnLbPh\n{SLEUTEL};1\n".encode() + inhoud)
    t = samenvatting(levering)["tellingen"]
    assert t["gelezen"] == sum(aantal_ for naam, aantal_ in t.items() if naam != "gelezen")
