"""Reading good messages: what ends up in the tables, and that nothing is lost without a count."""

from __future__ import annotations

import gzip
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lxml import etree

from verrekening import maand
from verrekening.fouten import Gebruiksfout
from verrekening.kolommen import aantal
from verrekening.polis import BEDRAGEN, Levering, elementen, knippen, lees, lezen
from verrekening.polis.tabel import ALLE_VELDEN

FIXTURES = [
    "2022-12-maand",
    "2026-07-maand",
    "2026-07-vierweken",
    "2026-07-twee-perioden",
    "2026-08-correctie",
]


def lees_tekst(map_: Path, *berichten: str, bekend: Any = None, codering: str = "utf-8") -> Levering:
    """Read messages as files a.xml, b.xml, ..."""
    paden = []
    for nummer, bericht in enumerate(berichten):
        paden.append(map_ / f"{chr(97 + nummer)}.xml")
        paden[-1].write_bytes(bericht.encode(codering))
    return lees(paden, bekend)


def tellen_op(levering: Levering) -> None:
    """Every record that was read is a row or a count."""
    for nummer, bestand in enumerate(levering.bestanden):
        rijen = int((levering.opgaven["bestand"] == nummer).sum())
        telling = bestand.tellingen
        assert telling["gelezen"] == rijen + telling["onbekende_persoon"] + telling["afgekeurd"]


def test_maandbericht_wordt_een_rij_per_opgave_in_centen(bouw: Any) -> None:
    """Amounts are cents, dates days, the moment is Amsterdam time, the key is complete."""
    levering = lees([bouw.fixtures / "2026-07-maand.xml"], None)
    o = levering.opgaven
    assert o["bsn"].tolist() == [999990019, 999996769]
    assert o["LnLbPh"].tolist() == [70000, 30000]
    assert o["IngLbPh"].tolist() == [0, 10725]
    assert o["LnLbPh"].dtype == np.int64
    assert o["Reisk"].tolist() == [0, 1000]
    assert o["numiv"].tolist() == [1, 2]
    assert o["lhnr"].tolist() == [123456001] * 2
    assert o["tv_begin"][0] == maand.lees_datum("2026-07-01")
    assert o["tv_eind"][0] == maand.lees_datum("2026-07-31")
    assert o["ikv_begin"][1] == maand.lees_datum("2025-03-01")
    assert o["ikv_eind"].tolist() == [maand.OPEN, maand.lees_datum("2026-07-15")]
    assert o["moment"][0] == maand.lees_moment("2026-08-03T08:00:00+00:00")
    assert all(o[f"{naam}_bekend"].all() for naam in BEDRAGEN)
    assert (o["velden"] == ALLE_VELDEN).all()
    assert o["regel"][0] > 1
    assert levering.idber == ("VB-2026-07-1",)
    assert levering.perioden["lhkort"].tolist() == [1, 0]
    assert levering.perioden["lbtab"].tolist() == [12, 12]
    tellen_op(levering)


@pytest.mark.parametrize("naam", FIXTURES)
def test_elk_voorbeeldbericht_wordt_zonder_afkeuring_gelezen(bouw: Any, naam: str) -> None:
    """The good fixtures are good."""
    levering = lees([bouw.fixtures / f"{naam}.xml"], None)
    assert not levering.afkeuringen
    assert not levering.bevindingen
    assert aantal(levering.opgaven)


def test_latin1_wordt_gelezen(bouw: Any) -> None:
    """ISO-8859-1 is an allowed encoding."""
    levering = lees([bouw.fixtures / "2026-07-vierweken.xml"], None)
    assert levering.opgaven["LnLbPh"].tolist() == [65314]


def test_meer_inkomstenperioden_komen_allemaal_mee(bouw: Any) -> None:
    """All income periods of a record are rows that point to it."""
    p = lees([bouw.fixtures / "2026-07-twee-perioden.xml"], None).perioden
    assert p["opgave"].tolist() == [0, 0]
    assert p["srtiv"].tolist() == [40, 56]
    assert p["cdzvw_m"].tolist() == [1, 1]
    assert p["sa72"].tolist() == [-1, -1]
    assert (p["begin"] == [maand.lees_datum("2026-07-01"), maand.lees_datum("2026-07-16")]).all()


def test_correctie_in_hetzelfde_bericht_krijgt_haar_eigen_tijdvak(bouw: Any) -> None:
    """TijdvakCorrectie is a second row of aangiften with another kind."""
    levering = lees([bouw.fixtures / "2026-08-correctie.xml"], None)
    assert levering.aangiften["soort"].tolist() == [0, 2]
    assert levering.opgaven["LnLbPh"].tolist() == [71000, 72550]
    assert levering.opgaven["tv_eind"][1] == maand.lees_datum("2026-07-31")


def test_onbekende_personen_worden_alleen_geteld(bouw: Any, tmp_path: Path) -> None:
    """Persons in no dossier leave no trace but a count, even when their amounts are malformed."""
    bericht = bouw.een(bouw.opgave() + bouw.opgave(999996769, LnLbPh="12,3x") + bouw.opgave(None))
    levering = lees_tekst(tmp_path, bericht, bekend=[999990019])
    assert levering.opgaven["bsn"].tolist() == [999990019]
    assert not levering.afkeuringen
    assert dict(levering.bestanden[0].tellingen) == {"gelezen": 3, "onbekende_persoon": 2, "afgekeurd": 0}


def test_afwezig_bedrag_is_onbekend_en_niet_nul(bouw: Any, tmp_path: Path) -> None:
    """An element that is not there gives bekend = False and a finding."""
    levering = lees_tekst(tmp_path, bouw.een(bouw.opgave(IngLbPh=None)))
    assert not levering.opgaven["IngLbPh_bekend"][0]
    assert levering.opgaven["LnLbPh_bekend"][0]
    assert [b.code for b in levering.bevindingen] == ["POLIS-003"]


def test_onbekend_element_is_een_bevinding(bouw: Any, tmp_path: Path) -> None:
    """Names of no year are reported once per file with a number, and nothing else happens."""
    extra = bouw.loon().replace("</Werkn", "<Toekomst>1</Toekomst></Werkn")
    levering = lees_tekst(tmp_path, bouw.een(bouw.opgave(loon=extra) + bouw.opgave(numiv="2", loon=extra)))
    assert [(b.code, b.aantal) for b in levering.bevindingen] == [("POLIS-001", 2)]
    assert aantal(levering.opgaven) == 2


def test_onbekende_inkomenscode_blijft_staan(bouw: Any) -> None:
    """An unknown SrtIV is for the rules to judge."""
    levering = lees([bouw.fixtures / "fout" / "onbekende-code.xml"], None)
    assert levering.perioden["srtiv"].tolist() == [99, 99]
    assert not levering.afkeuringen


def test_jaar_9999_is_een_open_einde(bouw: Any, tmp_path: Path) -> None:
    """Markers for no end are not dates."""
    opgaven = "".join(bouw.opgave(numiv=str(i), einde=e) for i, e in enumerate(["9999-12-31", "99991231"]))
    assert lees_tekst(tmp_path, bouw.een(opgaven)).opgaven["ikv_eind"].tolist() == [maand.OPEN] * 2


def test_nummer_dat_de_elfproef_niet_haalt_bij_lhnr_is_een_bevinding(bouw: Any, tmp_path: Path) -> None:
    """A wrong LhNr is reported; the records are used."""
    levering = lees_tekst(tmp_path, bouw.een(bouw.opgave(), lhnr="123456789L01"))
    assert [b.code for b in levering.bevindingen] == ["POLIS-002"]
    assert aantal(levering.opgaven) == 1


def test_moment_met_afstand_tot_utc_en_zomertijd(bouw: Any, tmp_path: Path) -> None:
    """An offset counts; without one it is Dutch time, summer time included."""
    momenten = ["2026-08-03T10:00:00+00:00", "2026-08-03T12:00:00", "2026-08-03T10:00:00Z"]
    levering = lees_tekst(tmp_path, *[bouw.een(bouw.opgave(), moment=m) for m in momenten])
    assert len(set(levering.opgaven["moment"].tolist())) == 1


def test_map_gz_en_zip_worden_op_naam_gelezen(bouw: Any, tmp_path: Path) -> None:
    """A folder is read recursively in order of name; packed files give the same records."""
    bericht = bouw.een(bouw.opgave()).encode()
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.xml").write_bytes(bericht)
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(bericht))
    (tmp_path / "sub" / "leesmij.txt").write_text("geen bericht")
    with zipfile.ZipFile(tmp_path / "sub" / "c.zip", "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("z.xml", bericht)
        archief.writestr("y.xml", bericht)
    gezien: list[int] = []
    levering = lees([tmp_path], None, voortgang=gezien.append)
    assert [b.naam for b in levering.bestanden] == ["a.xml.gz", "b.xml", "sub/c.zip/y.xml", "sub/c.zip/z.xml"]
    assert levering.opgaven["LnLbPh"].tolist() == [0] * 4
    assert not levering.afkeuringen
    assert gezien == sorted(gezien)
    assert gezien[-1] == sum(p.stat().st_size for p in tmp_path.rglob("*.*") if p.suffix != ".txt")
    assert levering.bestanden[1].sha256 == levering.bestanden[2].sha256 != ""
    assert levering.bestanden[2].archief_sha256
    assert not levering.bestanden[1].archief_sha256


def test_een_bestand_dat_twee_keer_is_opgegeven_wordt_een_keer_gelezen(bouw: Any, tmp_path: Path) -> None:
    """A file given itself and through its folder is one delivery."""
    lees_tekst(tmp_path, bouw.een(bouw.opgave()))
    assert len(lees([tmp_path / "a.xml", tmp_path], None).bestanden) == 1


def test_pad_dat_niet_bestaat_is_verkeerd_gebruik(tmp_path: Path) -> None:
    """A path that is not there is a mistake of the caller, not of a delivery."""
    with pytest.raises(Gebruiksfout):
        lees([tmp_path / "999990019.xml"], None)


def test_bsn_in_bestandsnaam_wordt_gemaskeerd(bouw: Any, tmp_path: Path) -> None:
    """A file name is shown without a BSN."""
    (tmp_path / "levering_999990019.xml").write_text(bouw.een(bouw.opgave(LnLbPh="x")))
    levering = lees([tmp_path], None)
    assert "999990019" not in repr((levering.bestanden, levering.afkeuringen, levering.bevindingen))


def test_meer_dan_een_brok_houdt_de_verwijzingen_heel(bouw: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """Row numbers of periods and positions stay right over the pieces in which a message is converted."""
    monkeypatch.setattr("verrekening.polis.brok.BROK", 3)
    opgaven = [bouw.opgave(numiv=str(i), LnLbPh=f"{i}.00", perioden=[bouw.periode()] * (i % 3)) for i in range(1, 30)]
    levering = lees_tekst(tmp_path, bouw.een("".join(opgaven)), bouw.een("".join(opgaven)))
    o, p = levering.opgaven, levering.perioden
    assert (o["LnLbPh"] == o["numiv"] * 100).all()
    assert len(o["numiv"]) == 58
    assert (np.bincount(p["opgave"], minlength=58) == o["numiv"] % 3).all()
    assert (np.diff(o["volgorde"]) > 0).all()
    assert o["aangifte"].tolist() == [0] * 29 + [1] * 29


def test_opgaven_over_stukken_van_de_stroom_heen_blijven_heel(bouw: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """Where the stream is cut makes no difference."""
    bericht = bouw.bericht(
        bouw.tijdvak("".join(bouw.opgave(numiv=str(i), LnLbPh=f"{i}.5") for i in range(9))),
        bouw.tijdvak(bouw.opgave() + bouw.intrekking(), "TijdvakCorrectie", bouw.tijdvakken[1]),
    )
    heel = lees_tekst(tmp_path, bericht)
    for stuk in (1, 7, 64, 333):
        monkeypatch.setattr("verrekening.polis.stroom.STUK", stuk)
        delen = lees_tekst(tmp_path, bericht)
        for tabel in ("opgaven", "perioden", "aangiften", "intrekkingen"):
            for kolom, waarden in getattr(heel, tabel).items():
                assert (getattr(delen, tabel)[kolom] == waarden).all()


def test_wat_gelezen_is_blijft_niet_in_het_geheugen(bouw: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """The bytes of a message are gone once it is read: memory does not follow the number of files."""
    monkeypatch.setattr(knippen, "GROEP", 1 << 18)
    bericht = (bouw.fixtures / "2026-07-maand.xml").read_bytes() + b"\n" + b"<!-- vulling -->" * 20_000
    for nummer in range(60):
        (tmp_path / f"{nummer:03}.xml").write_bytes(bericht)
    tracemalloc.start()
    try:
        levering = lees([tmp_path], None)
        piek = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert aantal(levering.opgaven) == 60 * 2
    assert piek < 60 * len(bericht) // 2


def test_twee_processen_lezen_hetzelfde_als_een(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading with two processes gives the same tables, files and refusals, in the same order."""
    monkeypatch.setattr(lezen, "LOONT", 1)
    fixtures = Path(__file__).parents[2] / "fixtures" / "polis"
    een, twee = (lees([fixtures], None, 0, processen=aantal) for aantal in (1, 2))
    assert len(een.bestanden) > 10
    assert (een.bestanden, een.idber, een.afkeuringen) == (twee.bestanden, twee.idber, twee.afkeuringen)
    assert sorted(een.bevindingen, key=str) == sorted(twee.bevindingen, key=str)
    for naam in ("opgaven", "perioden", "aangiften", "intrekkingen", "afgekeurde_opgaven"):
        links, rechts = getattr(een, naam), getattr(twee, naam)
        assert links.keys() == rechts.keys()
        for kolom in links:
            if kolom == "volgorde":  # a position only says what comes first
                assert np.argsort(links[kolom]).tolist() == np.argsort(rechts[kolom]).tolist()
            else:
                assert links[kolom].tolist() == rechts[kolom].tolist(), f"{naam}.{kolom}"


_XS = "{http://www.w3.org/2001/XMLSchema}"


@pytest.mark.parametrize(
    ("soort", "bekend", "verplicht"),
    [
        ("InkomstenverhoudingType", elementen.OPGAVE, elementen.OPGAVE_VERPLICHT),
        ("InkomstenperiodeInitieelType", elementen.PERIODE, elementen.PERIODE_VERPLICHT),
        ("WerknemersgegevensType", elementen.LOON, elementen.LOON_VERPLICHT),
        ("InkomstenverhoudingIntrekkingType", elementen.INTREKKING_BEKEND, frozenset({"NumIV"})),
    ],
)
def test_elk_element_van_het_officiele_schema_is_bekend(
    bouw: Any, soort: str, bekend: frozenset[str], verplicht: frozenset[str]
) -> None:
    """No name of the schema is a finding, and what counts as required is required there."""
    schema = etree.parse(bouw.fixtures / "xsd" / "Loonaangifte2022v2.0.xsd")
    (inhoud,) = schema.findall(f".//{_XS}complexType[@name='{soort}']/{_XS}sequence")
    namen = {str(e.get("name")): e.get("minOccurs", "1") for e in inhoud.findall(f"{_XS}element")}
    assert namen.keys() <= bekend
    assert all(namen.get(naam, "1") == "1" for naam in verplicht)


def test_elk_jaar_met_zijn_eigen_namen(bouw: Any, tmp_path: Path) -> None:
    """2022 to 2027 with what was added, renamed and dropped; the years beside them are refused."""
    anders = {2022: "IndAvrLkvDgBafSb", 2023: "IndVakBn", 2026: "IndAvrLkvDgBaf", 2027: "IndDeelnTijdspf"}
    for jaar in range(2021, 2029):
        extra = f"<{anders.get(jaar, 'IndSA03')}>N</{anders.get(jaar, 'IndSA03')}></Inkomstenperiode>"
        loon = bouw.loon().replace("</Werkn", "" if jaar == 2022 else "<PrlnWhkAnw>1.00</PrlnWhkAnw></Werkn", 1)
        loon = loon if loon.endswith("</Werknemersgegevens>") else f"{loon}</Werknemersgegevens>"
        opgave = bouw.opgave(perioden=[bouw.periode().replace("</Inkomstenperiode>", extra)], loon=loon)
        tijdvak = bouw.tijdvak(opgave, tijdvak=(f"{jaar}-07-01", f"{jaar}-07-31"))
        (tmp_path / f"{jaar}.xml").write_text(bouw.bericht(tijdvak, jaar=jaar))
    levering = lees([tmp_path], None)
    assert [a.bestand for a in levering.afkeuringen] == ["2021.xml", "2028.xml"]
    assert levering.opgaven["bestand"].tolist() == [1, 2, 3, 4, 5, 6]
    assert not levering.bevindingen


@pytest.mark.parametrize(
    ("kop", "codering"),
    [
        ('<?xml version="1.0" encoding="UTF-8"?>', "utf-8"), ('<?xml version="1.0"?>', "utf-8"), ("", "utf-8"),
        ("\ufeff", "utf-8"), ('\ufeff<?xml version="1.0" encoding="utf-8"?>', "utf-8"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>", "iso-8859-1"),
        ("<?xml version='1.0' encoding='windows-1252'?>", "windows-1252"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("verpakking", [".xml", ".xml.gz", ".zip"])
def test_elke_codering_en_verpakking_geeft_dezelfde_opgaven(
    bouw: Any, tmp_path: Path, kop: str, codering: str, verpakking: str
) -> None:
    """With or without a declaration, a byte order mark, accents in names; plain and packed."""
    opgaven = "".join(bouw.opgave(numiv=str(n), LnLbPh=f"{n}.5") for n in range(1, 6)).replace("Voorbeeld", "Zoë Ünal")
    inhoud = bouw.een(opgaven, kop=kop).encode(codering)
    if verpakking == ".zip":
        with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archief:
            archief.writestr("map/a.xml", inhoud)
    else:
        (tmp_path / f"a{verpakking}").write_bytes(gzip.compress(inhoud) if verpakking == ".xml.gz" else inhoud)
    levering = lees([tmp_path], [999990019])
    assert not levering.afkeuringen
    assert levering.opgaven["LnLbPh"].tolist() == [150, 250, 350, 450, 550]


def test_een_voorvoegsel_voor_elke_naam_verandert_niets(bouw: Any, tmp_path: Path) -> None:
    """Elements with a prefix instead of a default namespace are the same elements."""
    gewoon = bouw.een(bouw.opgave(LnLbPh="7.00") + bouw.opgave(999996769, "2"), kop="")
    met = gewoon.replace("xmlns=", "xmlns:la=").replace("</", "<\0").replace("<", "<la:").replace("<la:\0", "</la:")
    links, rechts = lees_tekst(tmp_path, gewoon), lees_tekst(tmp_path, met)
    assert not rechts.afkeuringen
    assert not rechts.bevindingen
    for kolom, waarden in links.opgaven.items():
        assert (rechts.opgaven[kolom] == waarden).all()
