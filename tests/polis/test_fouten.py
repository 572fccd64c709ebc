"""What is broken costs only itself: a record, or a file, and always leaves a row."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.polis import inpakken

from verrekening import maand
from verrekening.kolommen import aantal
from verrekening.polis import Levering, lees
from verrekening.polis.tabel import AFGEKEURD_GETALLEN

BESTANDEN = {
    "afgekapt.xml": "afgekapt",
    "doctype.xml": "DOCTYPE",
    "geen-moment.xml": "DatTdAanm",
    "jaar.xml": "2019 wordt nog niet ondersteund",
    "leeg.xml": "leeg",
    "lijst.csv": "kolom DatAanvTv, DatEindTv ontbreekt",
    "naamruimte.xml": "naamruimte",
    "suwinet-dienst.xml": "UWVDossierInkomsten v0600 wordt niet ondersteund",
    "suwinet-fwi.xml": "Fout F2: Bron niet beschikbaar",
    "suwinet-soap-fout.xml": "SOAP-fout time-out",
}
OPGAVEN = {"bedrag.xml": "LnLbPh", "bsn.xml": "SofiNr", "datum.xml": "DatEind"}
VOOR = "/Loonaangifte/AdministratieveEenheid/TijdvakAangifte/VolledigeAangifte/InkomstenverhoudingInitieel"


def lees_een(map_: Path, bericht: str | bytes, bekend: Any = None, naam: str = "a.xml") -> Levering:
    """Read one file."""
    (map_ / naam).write_bytes(bericht.encode() if isinstance(bericht, str) else bericht)
    return lees([map_ / naam], bekend)


def telling(levering: Levering) -> tuple[int, int, int, int]:
    """Read, kept, unknown, refused."""
    t = levering.bestanden[0].tellingen
    return t["gelezen"], aantal(levering.opgaven), t["onbekende_persoon"], t["afgekeurd"]


@pytest.mark.parametrize("met_commentaar", [False, True])
def test_een_tijdvak_in_een_andere_naamruimte_wordt_niet_stil_overgeslagen(
    bouw: Any, tmp_path: Path, met_commentaar: bool
) -> None:
    """Beside a good tijdvak, on the fast and on the careful way: the file is refused with the element."""
    goed = (bouw.fixtures / "2026-07-maand.xml").read_text(encoding="utf-8")
    deel = goed[goed.index("<TijdvakAangifte>") : goed.index("</TijdvakAangifte>") + len("</TijdvakAangifte>")]
    vreemd = deel.replace("<TijdvakAangifte>", '<TijdvakAangifte xmlns="urn:iets-anders">', 1)
    bericht = goed.replace(deel, ("<!-- let op -->" if met_commentaar else "") + deel + vreemd)
    levering = lees_een(tmp_path, bericht)
    (rij,) = levering.afkeuringen
    assert "naamruimte" in rij.reden
    assert aantal(levering.opgaven) == 0


@pytest.mark.parametrize(("naam", "reden"), BESTANDEN.items())
def test_kapot_bestand_kost_alleen_zichzelf(bouw: Any, naam: str, reden: str) -> None:
    """One row with a reason and what to do; the good file beside it is used."""
    levering = lees([bouw.fixtures / "fout" / naam, bouw.fixtures / "2026-07-maand.xml"], None)
    (rij,) = levering.afkeuringen
    assert reden in rij.reden
    assert rij.bestand == naam
    assert rij.plaats
    assert rij.wat_te_doen
    assert levering.opgaven["bestand"].tolist() == [1, 1]
    t = levering.bestanden[0].tellingen
    assert t["gelezen"] == t["afgekeurd"]
    assert t["onbekende_persoon"] == 0
    assert not aantal(levering.afgekeurde_opgaven)


@pytest.mark.parametrize(("naam", "veld"), OPGAVEN.items())
def test_kapotte_opgave_laat_de_andere_door(bouw: Any, naam: str, veld: str) -> None:
    """One row with line and path; the other record of the file is used."""
    levering = lees([bouw.fixtures / "fout" / naam], None)
    (rij,) = levering.afkeuringen
    assert rij.plaats.startswith("regel ")
    assert f"{VOOR}[2]/" in rij.plaats
    assert rij.plaats.endswith(f"/{veld}")
    assert telling(levering) == (2, 1, 0, 1)
    assert levering.opgaven["bsn"].tolist() == [999990019]


@pytest.mark.parametrize("bedrag", ["12,30", "12,3x", "1e3", "", " ", "1.234", "--1", "NaN", "١٢", "1 000", "0x10"])
def test_wat_geen_bedrag_is_wordt_geweigerd(bouw: Any, tmp_path: Path, bedrag: str) -> None:
    """Nothing that is not plainly an amount becomes one; the person is known, so the refusal is about him."""
    levering = lees_een(tmp_path, bouw.een(bouw.opgave(VakBsl=bedrag)), [999990019])
    assert telling(levering) == (1, 0, 0, 1)
    assert levering.afgekeurde_opgaven["bsn"].tolist() == [999990019]
    assert tuple(levering.afgekeurde_opgaven) == AFGEKEURD_GETALLEN


@pytest.mark.parametrize(
    ("bedrag", "centen"),
    [("0", 0), ("-0.01", -1), ("9999999.99", 999999999), ("-9999999.99", -999999999), ("7.5", 750),
     (".5", 50),     (" 3.10 ", 310), ("+2", 200), ("0001.20", 120), ("12.3400", 1234)],
)  # fmt: skip
def test_geldige_schrijfwijzen_worden_precies_gelezen(bouw: Any, tmp_path: Path, bedrag: str, centen: int) -> None:
    """Every way in which the schema lets an amount be written, to the cent."""
    levering = lees_een(tmp_path, bouw.een(bouw.opgave(LnLbPh=bedrag)))
    assert levering.opgaven["LnLbPh"].tolist() == [centen]


@pytest.mark.parametrize("bedrag", ["10000000.00", "-10000000", "99999999999999999999999", "10000000.01"])
def test_bedrag_buiten_bereik_wordt_geweigerd(bouw: Any, tmp_path: Path, bedrag: str) -> None:
    """Amounts that could overflow a product are refused with that reason."""
    levering = lees_een(tmp_path, bouw.een(bouw.opgave(LnLbPh=bedrag)))
    assert "buiten bereik" in levering.afkeuringen[0].reden
    assert telling(levering) == (1, 0, 0, 1)


@pytest.mark.parametrize("numiv", ["", "x", "-1", "12345", "1.0"])
def test_ongeldig_numiv_wordt_geweigerd_als_onbekend_nummer(bouw: Any, tmp_path: Path, numiv: str) -> None:
    """Without NumIV there is no key; the refusal carries -1."""
    levering = lees_een(tmp_path, bouw.een(bouw.opgave(numiv=numiv)))
    assert levering.afkeuringen[0].plaats.endswith("/NumIV")
    assert levering.afgekeurde_opgaven["numiv"].tolist() == [-1]


@pytest.mark.parametrize("bsn", ["999990018", "", "12345678", "9999900190", "99999001x", "000000000"])
def test_ongeldig_bsn_wordt_geweigerd_zonder_het_te_tonen(bouw: Any, tmp_path: Path, bsn: str) -> None:
    """A number that cannot be a BSN is refused whoever is known, and never repeated."""
    levering = lees_een(tmp_path, bouw.een(bouw.opgave(bsn)), [999990019])
    assert telling(levering) == (1, 0, 0, 1)
    assert not aantal(levering.afgekeurde_opgaven)
    assert not bsn or bsn not in repr(levering.afkeuringen)


@pytest.mark.parametrize(
    ("tijdvak", "begin", "eind"),
    [
        (("2026-07-31", "2026-07-01"), "2026-07-01", "2026-07-31"),
        (("2026-07-01", "x"), None, None),
        (("", ""), None, None),
    ],
)
def test_onbruikbaar_tijdvak_weigert_zijn_opgaven(
    bouw: Any, tmp_path: Path, tijdvak: tuple[str, str], begin: str | None, eind: str | None
) -> None:
    """One row for the tijdvak; its records are refused, and as wide as the tijdvak may have been."""
    bericht = bouw.bericht(bouw.tijdvak(bouw.opgave() + bouw.opgave(999996769), tijdvak=tijdvak))
    levering = lees_een(tmp_path, bericht, [999990019])
    assert telling(levering) == (2, 0, 1, 1)
    assert len(levering.afkeuringen) == 1
    weg = levering.afgekeurde_opgaven
    assert weg["tv_begin"][0] == (maand.lees_datum(begin) if begin else -maand.OPEN)
    assert weg["tv_eind"][0] == (maand.lees_datum(eind) if eind else maand.OPEN)
    assert weg["aangifte"].tolist() == [-1]


def test_dubbel_element_wordt_geweigerd(bouw: Any, tmp_path: Path) -> None:
    """Two amounts of one name leave open which is meant."""
    loon = bouw.loon().replace("</Werkn", "<LnLbPh>5.00</LnLbPh></Werkn")
    levering = lees_een(tmp_path, bouw.een(bouw.opgave(loon=loon)))
    assert "twee keer" in levering.afkeuringen[0].reden
    assert telling(levering) == (1, 0, 0, 1)


def test_kapotte_intrekking_wordt_geweigerd_en_telt_niet_als_opgave(bouw: Any, tmp_path: Path) -> None:
    """A withdrawal that cannot be used is a row; counts of records stay about records."""
    inhoud = bouw.opgave() + bouw.intrekking(numiv="x") + bouw.intrekking(None) + bouw.intrekking(999996769)
    bericht = bouw.bericht(bouw.tijdvak(inhoud, "AanvullendeAangifte"))
    levering = lees_een(tmp_path, bericht, [999990019])
    assert telling(levering) == (1, 1, 0, 0)
    assert levering.bestanden[0].intrekkingen == 3
    assert len(levering.afkeuringen) == 1
    assert not aantal(levering.intrekkingen)
    assert [b.code for b in levering.bevindingen] == ["POLIS-007"]


@pytest.mark.parametrize(
    "inhoud",
    [b"", b"  \n", b"\x00\x01\x02", b"<", b"<a>", b"niet;xml", b"<?xml version='1.0'?>",
     b"\xff\xfe<\x00a\x00",     b"<Envelope/>", b"<a:b/>", b"<a:Loonaangifte>", b"<?xml version='1.0' encoding='utf-7'?><a/>", b"PK\x03\x04rommel",
     b"\x1f\x8brommel", b"<!-- " * 99,     b"<Loonaangifte xmlns='http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/01'/>"],
)  # fmt: skip
def test_wat_geen_bericht_is_wordt_een_rij(tmp_path: Path, inhoud: bytes) -> None:
    """Any other content gives exactly one row."""
    levering = lees_een(tmp_path, inhoud)
    assert len(levering.afkeuringen) == 1
    assert len(levering.bestanden) == 1


def test_doctype_na_commentaar_of_bom_wordt_gezien(bouw: Any, tmp_path: Path) -> None:
    """A DOCTYPE hides neither behind a comment, an instruction nor a byte order mark."""
    for voor in ("\ufeff", "<!-- <a> -->", "<?x y?>\n<!---->"):
        levering = lees_een(tmp_path, bouw.een(bouw.opgave(), kop=f'{voor}<!DOCTYPE a [<!ENTITY b "1">]>'))
        assert "DOCTYPE" in levering.afkeuringen[0].reden
        assert not aantal(levering.opgaven)


def test_te_diepe_xml_en_lange_tekst_worden_geweigerd(bouw: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """Depth, and bytes without a record, have a limit."""
    diep = bouw.een("<a>" * 400 + "</a>" * 400)
    assert len(lees_een(tmp_path, diep).afkeuringen) == 1
    monkeypatch.setattr("verrekening.polis.stroom.MAX_OPGAVE", 100_000)
    assert "zonder één opgave" in lees_een(tmp_path, bouw.een("<a>" + "x" * 400_000 + "</a>")).afkeuringen[0].reden


def test_onveilige_zip_wordt_geheel_geweigerd(bouw: Any, tmp_path: Path) -> None:
    """Names that point outside, and links, refuse the whole zip."""
    koppeling = zipfile.ZipInfo("koppeling.xml")
    koppeling.external_attr = 0o120777 << 16
    for naam in ("../a.xml", "/a.xml", "b/../../a.xml", "C:/a.xml", "..\\a.xml", koppeling):
        with zipfile.ZipFile(tmp_path / "z.zip", "w") as archief:
            archief.writestr("goed.xml", bouw.een(bouw.opgave()))
            archief.writestr(naam, bouw.een(bouw.opgave()))
        levering = lees([tmp_path / "z.zip"], None)
        assert len(levering.afkeuringen) == 1
        assert not aantal(levering.opgaven)


@pytest.mark.parametrize("naam", ["b.zip", "b.xml.GZ", "map/b.7z"])
def test_ingepakt_bestand_in_een_zip_weigert_de_zip(bouw: Any, tmp_path: Path, naam: str) -> None:
    """A packed file within a packed file is how a bomb hides; nothing of the zip is used."""
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archief:
        archief.writestr("goed.xml", bouw.een(bouw.opgave()))
        archief.writestr(naam, b"PK")
    levering = lees([tmp_path / "z.zip"], None)
    assert [a.reden for a in levering.afkeuringen] == ["de zip bevat zelf weer een ingepakt bestand"]
    assert not aantal(levering.opgaven)


def test_leden_die_samen_te_groot_worden_weigeren_de_zip(bouw: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """Each member below the ratio, together far above the size of the zip: they share their bytes."""
    monkeypatch.setattr("verrekening.polis.bronnen.VERHOUDING_VANAF", 1000)
    monkeypatch.setattr("verrekening.polis.bronnen.MAX_VERHOUDING", 20)
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("a.xml", bouw.een("".join(bouw.opgave(numiv=str(i)) for i in range(20))))
        eerste = archief.infolist()[0]
        for nummer in range(40):
            kopie = zipfile.ZipInfo(f"{nummer}.xml")
            for veld in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(kopie, veld, getattr(eerste, veld))
            archief.filelist.append(kopie)
    levering = lees([tmp_path / "z.zip"], None)
    assert [a.reden for a in levering.afkeuringen] == ["uitgepakt is de zip onwaarschijnlijk groot"]


def test_lid_zonder_naam_weigert_de_zip(bouw: Any, tmp_path: Path) -> None:
    """A member whose name was wiped out is not a reason to stop the run."""
    inhoud = inpakken.zip_met(bouw.een(bouw.opgave()).encode(), "a.xml").replace(b"a.xml", b"\x00.xml")
    levering = lees_een(tmp_path, inhoud, naam="z.zip")
    assert (len(levering.afkeuringen), aantal(levering.opgaven)) == (1, 0)


def test_kapot_lid_van_een_zip_kost_alleen_zichzelf(bouw: Any, tmp_path: Path) -> None:
    """The other members of the zip are used."""
    goed = bouw.een(bouw.opgave())
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archief:
        archief.writestr("a.xml", goed[:300])
        archief.writestr("b.xml", goed)
        archief.writestr("leesmij.txt", b"PK")
    levering = lees([tmp_path / "z.zip"], None)
    assert [a.bestand for a in levering.afkeuringen] == ["z.zip/a.xml"]
    assert levering.opgaven["bestand"].tolist() == [1]


def test_uitpakbom_wordt_geweigerd(bouw: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """A packed file that grows beyond belief stops early, as gz and in a zip."""
    monkeypatch.setattr("verrekening.polis.bronnen.VERHOUDING_VANAF", 1000)
    inhoud = bouw.een(bouw.opgave() + " " * 3_000_000).encode()
    levering = lees_een(tmp_path, gzip.compress(inhoud), naam="a.xml.gz")
    assert "onwaarschijnlijk groot" in levering.afkeuringen[0].reden
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("a.xml", inhoud)
    assert "onwaarschijnlijk groot" in lees([tmp_path / "z.zip"], None).afkeuringen[0].reden


def test_afgekapt_op_elke_plaats_wordt_geweigerd(bouw: Any, tmp_path: Path) -> None:
    """Wherever a message is cut off, none of it is used."""
    bericht = bouw.een(bouw.opgave()).encode()
    for einde in range(0, len(bericht) - 1, 7):
        levering = lees_een(tmp_path, bericht[:einde])
        assert (len(levering.afkeuringen), aantal(levering.opgaven)) == (1, 0), einde


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_willekeurige_bytes_breken_nooit_de_run(bouw: Any, tmp_path: Path, data: st.DataObject) -> None:
    """Changed, cut or added bytes give rows and counts that add up, never an exception."""
    bericht = bouw.een(bouw.opgave() + bouw.opgave(999996769, "2") + bouw.intrekking()).encode()
    inhoud = bytearray(data.draw(st.sampled_from([bericht, inpakken.gz(bericht), inpakken.zip_met(bericht, "a.xml")])))
    for _ in range(data.draw(st.integers(0, 6))):
        plaats = data.draw(st.integers(0, len(inhoud) - 1))
        lengte = data.draw(st.integers(0, 12))
        inhoud[plaats : plaats + lengte] = data.draw(st.binary(max_size=12))
    levering = lees_een(tmp_path, bytes(inhoud), [999990019])
    gelezen, onbekend, afgekeurd = (
        sum(bestand.tellingen[naam] for bestand in levering.bestanden)
        for naam in ("gelezen", "onbekende_persoon", "afgekeurd")
    )
    assert gelezen == aantal(levering.opgaven) + onbekend + afgekeurd
    assert "999990019" not in repr((levering.afkeuringen, levering.bevindingen))
