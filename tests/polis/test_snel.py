"""The fast way and the careful way give the same tables, counts, findings and refusals, whatever is in the message."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from verrekening.kolommen import aantal
from verrekening.polis import Levering, lees, schil, snel

TABELLEN = ("opgaven", "perioden", "aangiften", "intrekkingen", "afgekeurde_opgaven")
BEKEND = [999990019, 999993549]


def zelfde(links: Levering, rechts: Levering) -> None:
    """Equal in everything, also in type and order."""
    for naam in TABELLEN:
        a, b = getattr(links, naam), getattr(rechts, naam)
        assert a.keys() == b.keys()
        for kolom in a:
            assert a[kolom].dtype == b[kolom].dtype, f"{naam}.{kolom}"
            assert np.array_equal(a[kolom], b[kolom]), f"{naam}.{kolom}"
    for naam in ("bestanden", "idber", "afkeuringen", "bevindingen"):
        assert getattr(links, naam) == getattr(rechts, naam), naam


def alles_langs_de_parser(m: pytest.MonkeyPatch) -> None:
    """Turns off what is read without parsing: records, and what stands around them."""
    m.setattr(snel, "MAX_RONDEN", 0)
    m.setattr(schil, "MAX_SCHILLEN", 0)


@pytest.fixture
def beide(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Reads the fast way and the careful way, compares, and gives the result and how many records were taken."""

    def lees_beide(paden: list[Path], bekend: Any = None) -> tuple[Levering, int]:
        genomen: list[int] = []
        echt = snel.Snel.oogst

        def tel(zelf: snel.Snel, inhoud: bytes) -> snel.Oogst:
            oogst = echt(zelf, inhoud)
            genomen.append(len(oogst.begin))
            return oogst

        with monkeypatch.context() as m:
            m.setattr(snel.Snel, "oogst", tel)
            vlug = lees(paden, bekend, 0)
        with monkeypatch.context() as m:
            alles_langs_de_parser(m)
            traag = lees(paden, bekend, 0)
        zelfde(vlug, traag)
        return vlug, sum(genomen)

    return lees_beide


def test_alle_fixtures_geven_langs_beide_wegen_hetzelfde(bouw: Any, beide: Any) -> None:
    """Good, odd, broken and hostile messages in one go, for everyone and for some."""
    for bekend in (None, BEKEND, []):
        _, genomen = beide([bouw.fixtures], bekend)
        assert genomen > 5


def test_gewone_opgaven_worden_genomen_en_andere_niet(bouw: Any, tmp_path: Path, beide: Any) -> None:
    """What is ordinary is taken; the record with something to report between them is left, and keeps its place."""
    opgaven = [bouw.opgave(numiv=str(nummer), LnLbPh=f"{nummer}.00") for nummer in range(1, 9)]
    opgaven[3] = bouw.opgave(numiv="4", LnLbPh="vier")
    opgaven[5] = bouw.opgave(numiv="6", IngLbPh=None)
    (tmp_path / "a.xml").write_text(bouw.een("".join(opgaven) + bouw.opgave(None)))
    levering, genomen = beide([tmp_path], BEKEND)
    assert genomen == 7
    assert levering.opgaven["numiv"].tolist() == [1, 2, 3, 5, 6, 7, 8]
    assert dict(levering.bestanden[0].tellingen) == {"gelezen": 9, "onbekende_persoon": 1, "afgekeurd": 1}
    assert levering.afkeuringen[0].plaats.startswith("regel 6,")


@pytest.mark.parametrize(
    "anders",
    ["&#49;", "&amp;", "<!-- -->", "<?x y?>", "<![CDATA[1]]>", "]]>", ">", "\x01", "é", "\ufffe", "<x/>", "</x>", "<x"],
)
def test_wat_geen_gewone_tekst_is_gaat_langs_de_zorgvuldige_weg(
    bouw: Any, tmp_path: Path, beide: Any, anders: str
) -> None:
    """In a value, a name that is not used, between records and before them: the same outcome."""
    goed = bouw.opgave(numiv="2")
    for nummer, bericht in enumerate(
        [
            bouw.een(goed + bouw.opgave(LnLbPh=f"1{anders}") + goed),
            bouw.een(goed + bouw.opgave().replace("Voorbeeld", f"V{anders}") + goed),
            bouw.een(goed + anders + goed),
            bouw.een(anders + goed),
            bouw.een(goed).replace("<NmIP>", f"<NmIP>{anders}"),
            bouw.een(goed) + anders,
        ]
    ):
        (tmp_path / f"{nummer}.xml").write_text(bericht, encoding="utf-8")
        (tmp_path / f"{nummer}-l.xml").write_bytes(
            bericht.replace("UTF-8", "ISO-8859-1").encode("iso-8859-1", errors="replace")
        )
    beide([tmp_path], BEKEND)


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [
        ("<LnLbPh>", '<LnLbPh a="1">'), ("<Inkomstenperiode>", '<Inkomstenperiode xmlns="urn:x">'),
        ("<InkomstenverhoudingInitieel>", '<InkomstenverhoudingInitieel xmlns="urn:x">'),
        ("<LnLbPh>", "<LnLbPh >"), ("<SofiNr>999990019</SofiNr>", "<SofiNr/>"), ("<VakBsl>0.00</VakBsl>", "<VakBsl/>"),
        ("<VakBsl>0.00</VakBsl>", ""), ("<VakBsl>0.00</VakBsl>", "<VakBsl>0.00</VakBsl>" * 2),
        ("</NatuurlijkPersoon>", "<SofiNr>999993549</SofiNr></NatuurlijkPersoon>"),
        ("<SofiNr>999990019</SofiNr><SignNm>Voorbeeld</SignNm>", "<SignNm>x</SignNm><SofiNr>999990019</SofiNr>"),
        ("<VakBsl>0.00</VakBsl>", "<VakBsl>0.<x/>00</VakBsl>"), ("</VakBsl>", "</vakBsl>"), ("</Werkn", "</Inkomst"),
        ("<DatAanvTv>2026-07-01", "<DatAanvTv>2026-08-01"), ("<Werknemersgegevens>", "<a:Werknemersgegevens>"),
        ("<TijdvakAangifte>", '<TijdvakAangifte xmlns="urn:x">'), ("<VolledigeAangifte>", "<VolledigeAangifte><x>"),
        ("</InkomstenverhoudingInitieel>", "</InkomstenverhoudingInitieel  >"), ("LbTab>012", "LbTab>0x2"),
        ("IndLhKort>J", "IndLhKort> J\n"), ("IndLhKort>J", "IndLhKort>ja"), ("CdZvw>K", "CdZvw>\tM "),
        ("<SrtIV>15", "<SrtIV>000000000015"), ("<SrtIV>15", "<SrtIV>"), ("<NumIV>1", "<NumIV> 1 "),
        ("2026-01-01", "2026-02-30"), ("2026-01-01", "9999-12-31"), ("2026-01-01", "2026-01-01Z"),
        ("2026-01-01", "00000000"), ("2026-01-01", "2026-1-001"), ("0.00", "0"), ("0.00", "-1.5"), ("0.00", "+12.30"),
        ("0.00", ".50"), ("0.00", "-.50"), ("0.00", "-0.00"), ("0.00", "1234567.89"), ("0.00", "12345678.90"),
        ("0.00", "-1234567.89"), ("0.00", "0000001.20"), ("0.00", "1.2.3"), ("0.00", "1-2.30"), ("0.00", "12345.6"),
        ("999990019", "999990018"), ("999990019", "99999001"), ("999990019", "9999900190"), ("999990019", " 999990019 "),
    ],
)  # fmt: skip
def test_elke_afwijking_geeft_langs_beide_wegen_hetzelfde(
    bouw: Any, tmp_path: Path, beide: Any, oud: str, nieuw: str
) -> None:
    """The odd record alone, and between ordinary ones."""
    raar = bouw.opgave(einde="2026-07-20").replace(oud, nieuw)
    (tmp_path / "a.xml").write_text(bouw.een(bouw.opgave(numiv="2") + raar + bouw.opgave(numiv="3")))
    (tmp_path / "b.xml").write_text(bouw.een(bouw.opgave(numiv="2") * 2).replace(oud, nieuw))
    (tmp_path / "c.xml").write_text(bouw.een(bouw.opgave(numiv="2") * 2))
    for bekend in (None, BEKEND):
        levering, _ = beide([tmp_path], bekend)
        assert (levering.opgaven["bestand"] == 2).sum() == 2


def test_van_een_onbruikbaar_tijdvak_staan_de_afgekeurde_rijen_in_dezelfde_orde(
    bouw: Any, tmp_path: Path, beide: Any
) -> None:
    """A taken record, one that is not, and a withdrawal are refused together."""
    inhoud = (
        bouw.opgave() + bouw.intrekking(999996769, "2") + bouw.opgave(999993549, LnLbPh="1.") + bouw.opgave(numiv="3")
    )
    tijdvak = bouw.tijdvak(inhoud, "AanvullendeAangifte", ("026-07-01", "2026-07-31"))
    (tmp_path / "a.xml").write_text(bouw.bericht(tijdvak))
    (tmp_path / "b.xml").write_text(bouw.bericht(tijdvak, bouw.tijdvak(inhoud)))
    levering, _ = beide([tmp_path])
    assert len(levering.afgekeurde_opgaven["bsn"]) > 6


def test_een_bericht_met_het_teken_van_een_bundel_wordt_geweigerd(bouw: Any, tmp_path: Path) -> None:
    """A message cannot pretend that records were taken from it."""
    for nummer, nep in enumerate((f'<{snel.BUNDEL} nr="0"/>', f"<{snel.BUNDEL}/>", f'<{snel.BUNDEL} nr="1"/>')):
        (tmp_path / f"{nummer}.xml").write_text(bouw.een(nep + bouw.opgave() + nep))
    levering = lees([tmp_path], None)
    assert len(levering.afkeuringen) == 3
    assert not aantal(levering.opgaven)


@pytest.mark.parametrize("stuk", [64, 333, 4096])
def test_een_groot_bericht_wordt_in_stukken_hetzelfde_gelezen(
    bouw: Any, tmp_path: Path, beide: Any, monkeypatch: pytest.MonkeyPatch, stuk: int
) -> None:
    """Records over the edge of a piece, lines, and a comment after which nothing is taken."""
    opgaven = [bouw.opgave(numiv=str(nummer), einde="2026-07-20") for nummer in range(1, 30)]
    opgaven[7] = bouw.opgave(numiv="8", LnLbPh="acht")
    inhoud = bouw.een("\n".join(opgaven), kop="<!-- <InkomstenverhoudingInitieel> -->\n\n<Q/>".replace("<Q/>", ""))
    (tmp_path / "a.xml").write_text(inhoud)
    (tmp_path / "b.xml").write_text(inhoud.replace("<NumIV>9</NumIV>", "<!-- <x> --><NumIV>9</NumIV>"))
    (tmp_path / "c.xml").write_text(inhoud[:-40])
    monkeypatch.setattr("verrekening.polis.knippen.KLEIN", 1000)
    monkeypatch.setattr("verrekening.polis.knippen.STUK", stuk)
    levering, genomen = beide([tmp_path], BEKEND)
    assert genomen > 30
    assert len(levering.opgaven["bsn"]) == 56


def test_heel_lange_opgave_kost_geen_geheugen_zonder_grens(
    bouw: Any, tmp_path: Path, beide: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not end within a piece is not kept forever: the message goes on the careful way."""
    lang = bouw.opgave().replace("Voorbeeld", "v" * 5000)
    (tmp_path / "a.xml").write_text(bouw.een(bouw.opgave(numiv="2") + lang + bouw.opgave(numiv="3")))
    monkeypatch.setattr("verrekening.polis.knippen.KLEIN", 100)
    monkeypatch.setattr("verrekening.polis.knippen.STUK", 700)
    monkeypatch.setattr("verrekening.polis.knippen.MAX_OPEN", 2000)
    levering, genomen = beide([tmp_path])
    assert genomen == 1
    assert levering.opgaven["numiv"].tolist() == [2, 1, 3]


def test_veel_soorten_opgaven_vergeten_de_oudste(
    bouw: Any, tmp_path: Path, beide: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More ways to put a record together than are kept or looked for: nothing is lost."""
    monkeypatch.setattr("verrekening.polis.skelet.MAX_SKELETTEN", 3)
    monkeypatch.setattr("verrekening.polis.snel.MAX_RONDEN", 6)
    opgaven = [bouw.opgave(numiv=str(n), perioden=[bouw.periode()] * n) for n in range(1, 12)]
    (tmp_path / "a.xml").write_text(bouw.een("".join(opgaven)))
    levering, genomen = beide([tmp_path])
    assert genomen == 6
    assert np.bincount(levering.perioden["opgave"]).tolist() == list(range(1, 12))


def test_geheugen_groeit_niet_met_het_bericht(bouw: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five times the records of persons in no dossier: the same peak, but for a little bookkeeping."""
    monkeypatch.setattr("verrekening.polis.knippen.KLEIN", 1 << 14)
    monkeypatch.setattr("verrekening.polis.knippen.STUK", 1 << 16)
    pieken = []
    for keer in (400, 400, 2000):  # the first time is for what is learned once
        (tmp_path / "a.xml").write_text(bouw.een(bouw.opgave() * keer))
        tracemalloc.start()
        assert lees([tmp_path], []).bestanden[0].tellingen["onbekende_persoon"] == keer
        pieken.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert pieken[2] < pieken[1] * 1.2
