"""What stands around the records of a message is parsed once per sequence of tags; the outcome is that of parsing it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.polis.test_snel import zelfde

from verrekening.polis import Levering, lees, loonaangifte, schil, snel


def lees_beide(map_: Path, *berichten: str | bytes) -> tuple[Levering, int]:
    """Reads messages with and without parsing what is ordinary: the result, and how many were parsed as they are."""
    for nummer, bericht in enumerate(berichten):
        (map_ / f"{nummer:03}.xml").write_bytes(bericht if isinstance(bericht, bytes) else bericht.encode())
    geparst: list[str] = []
    echt = loonaangifte.Lezer.lees

    def tel(zelf: loonaangifte.Lezer, stukken: Any) -> Any:
        # The one that only learns has no name of a file.
        geparst.extend([zelf._bestand] if zelf._bestand else [])
        return echt(zelf, stukken)

    with pytest.MonkeyPatch.context() as m:
        m.setattr(loonaangifte.Lezer, "lees", tel)
        vlug = lees([map_], None, 0)
    with pytest.MonkeyPatch.context() as m:
        m.setattr(schil, "MAX_SCHILLEN", 0)
        parser = lees([map_], None, 0)
    zelfde(vlug, parser)
    return vlug, len(geparst)


@pytest.fixture
def beide(tmp_path: Path) -> Any:
    """`lees_beide` in a folder of its own."""
    return partial(lees_beide, tmp_path)


def test_gewone_berichten_worden_niet_geparst(bouw: Any, beide: Any) -> None:
    """Other payers, moments and days, records or none: the tags are the same, or are learned."""
    berichten = [
        bouw.een(bouw.opgave(), moment=f"2026-08-{dag:02}T10:00:00", lhnr=bouw.lhnr[dag % 2], idber=f"B{dag}")
        for dag in range(1, 5)
    ]
    berichten += [bouw.een(""), bouw.bericht(bouw.tijdvak(bouw.opgave()), bouw.tijdvak("", "TijdvakCorrectie"))]
    levering, geparst = beide(*berichten)
    assert geparst == 0
    assert levering.idber[:4] == ("B1", "B2", "B3", "B4")
    assert len(levering.aangiften["lhnr"]) == 7
    assert levering.aangiften["lhnr"][:4].tolist() == [80000720701, 123456001, 80000720701, 123456001]


@pytest.mark.parametrize(
    "bericht",
    [
        {"moment": "gisteren"}, {"moment": ""}, {"moment": " 2026-08-03T10:00:00\t\n"}, {"moment": "2026-13-03T10:00:00"},
        {"lhnr": "123"}, {"lhnr": "001234561L01"}, {"idber": ""}, {"idber": "\n "}, {"idber": "x" * 5000},
    ],
    ids=str,
)  # fmt: skip
def test_wat_over_teksten_te_zeggen_is_wordt_gezegd_zonder_parser(
    bouw: Any, beide: Any, bericht: dict[str, str]
) -> None:
    """Refusals and findings, with the same line, for the message that taught the tags and for the next."""
    ander = bouw.een(bouw.opgave(), **bericht)
    levering, geparst = beide(bouw.een(bouw.opgave()), ander, ander.replace("<Adm", "\n\n<Adm"))
    assert geparst == 0
    slecht = "moment" in bericht and "\t" not in bericht["moment"]
    assert len(levering.afkeuringen) == 2 * (slecht or bericht.get("lhnr") == "123")


@pytest.mark.parametrize(
    "dagen",
    [("2026-07-01", ""), ("", ""), ("2026-07-31", "2026-07-01"), ("2025-12-01", "2025-12-31"), ("x", "9999-12-31")],
)
def test_dagen_van_een_tijdvak_worden_beoordeeld_zonder_parser(bouw: Any, beide: Any, dagen: tuple[str, str]) -> None:
    """A tijdvak that cannot be used, or lies in another year, with its line."""
    levering, geparst = beide(
        bouw.een(bouw.opgave()),
        bouw.bericht("\n", bouw.tijdvak(bouw.opgave(), tijdvak=dagen), bouw.tijdvak(bouw.opgave())),
    )
    assert geparst == 0
    assert len(levering.afkeuringen) + len(levering.bevindingen) == 1


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [
        ("<NmIP>Voor", "<NmIP>&#86;oor"), ("<NmIP>Voor", "<NmIP>&x;"), ("<NmIP>Voor", "<NmIP>]]>"),
        ("<NmIP>Voor", "<NmIP><![CDATA[<]]>"), ("<NmIP>Voor", "<NmIP>\x01"), ("<NmIP>Voor", "<NmIP>\ufffe"),
        ("<NmIP>Voor", "<NmIP><"), ("<NmIP>Voor", "<NmIP><x "), ("<NmIP>Voor", "<NmIP><!-- -->"), ("<NmIP>", "<NmIP x='>'>"),
        ("<NmIP>", "<NmIP x='1' x='2'>"), ("<NmIP>", "<NmIP\n>"), ("</NmIP>", "</nmIP>"), ("</NmIP>", ""), ("<NmIP>", "<a:NmIP>"),
        ("<NmIP>", "\r<NmIP>"), ("<IdBer>B", "<IdBer>B\r\n"), ("<IdBer>B", "<IdBer>B\r"), ("<DatTdAanm>2026", "<DatTdAanm>2026<!-- -->"), ("<DatTdAanm>", "<DatTdAanm><?x y?>"),
        ("<NmIP>", "\n" * 70_000 + "<NmIP>"), ("<IdBer>B", "<IdBer>é"), ("<LhNr>0", "<LhNr>\u0660"), ("</Loonaangifte>", "</Loonaangifte>x"),
        ("</Loonaangifte>", "</Loonaangifte><x/>"), ("</Loonaangifte>", ""), ("<VolledigeAangifte>", f'<{snel.BUNDEL} nr="0"/>'),
        ("<CollectieveAangifte>", f'<{snel.BUNDEL} nr="0"/><CollectieveAangifte>'), ("<TijdvakAangifte>", "<TijdvakAangifte xmlns='x'>"),
        ("</TijdvakAangifte>", "</TijdvakAangifte><x xmlns='y'/>"), ("<DatAanvTv>", "<x/><DatAanvTv>1</DatAanvTv><DatAanvTv>"),
        ("<CollectieveAangifte>", f"<x>{'y' * 70_000}</x><CollectieveAangifte>"),
        ("<InkomstenverhoudingInitieel>", "<InkomstenverhoudingIntrekking/><InkomstenverhoudingInitieel>"),
    ],
)  # fmt: skip
def test_wat_niet_gewoon_is_geeft_wat_de_parser_geeft(bouw: Any, beide: Any, oud: str, nieuw: str) -> None:
    """Alone, and behind a message whose tags are known; with records, and without; the line of what follows too."""
    onbruikbaar = bouw.tijdvak("", "TijdvakCorrectie", ("2026-07-31", "2026-07-01")).replace(">", ">\n", 1)
    for inhoud in (bouw.opgave(), ""):
        goed = bouw.bericht(bouw.tijdvak(inhoud), onbruikbaar)
        if oud in goed:
            beide(goed, goed.replace(oud, nieuw), goed.replace(oud, nieuw), goed)


def test_codering_en_proloog_horen_bij_wat_bekend_is(bouw: Any, beide: Any) -> None:
    """The same tags behind another declaration, a byte order mark or a comment are another message."""
    naam = bouw.een(bouw.opgave()).replace("<NmIP>Voorbeeld", "<NmIP>Café")
    latijn = naam.replace("UTF-8", "ISO-8859-1").encode("iso-8859-1")
    kop = bouw.een("", kop="<!-- a -->\n")
    nummer = latijn.replace(b"<IdBer>", b"<IdBer>\xe9")
    _, geparst = beide(
        nummer, naam, naam.encode("iso-8859-1"), latijn, latijn.replace(b"\xe9", b"\x80"), b"\xef\xbb\xbf" + naam.encode(),
        b"\xef\xbb\xbf" + latijn, kop, kop.replace(" a ", " \n "), naam.replace("UTF-8", "us-ascii"), naam,
    )  # fmt: skip
    assert 0 < geparst < 6


@pytest.mark.parametrize(
    "instructie", ["<?xmlxml version='1.0' encoding='ISO-8859-1'?>", "<?xml-stylesheet encoding='latin1'?>"]
)
def test_een_instructie_is_geen_declaratie(bouw: Any, beide: Any, instructie: str) -> None:
    """It looks like one, but the message is UTF-8: another byte, in the shell or in a record, refuses it."""
    in_schil = bouw.een(bouw.opgave(), kop=instructie).replace("<NmIP>", "<NmIP>é").encode("iso-8859-1")
    in_opgave = bouw.een(bouw.opgave(), kop=instructie).replace("<SignNm>", "<SignNm>é").encode("iso-8859-1")
    levering, _ = beide(in_schil, in_opgave)
    assert [afkeuring.reden for afkeuring in levering.afkeuringen] == [
        "de tekens passen niet bij de opgegeven tekencodering"
    ] * 2


def test_een_eigen_bundel_lijkt_niet_op_een_die_werd_gezet(bouw: Any, beide: Any) -> None:
    """A message with the standing-in element itself has the same bytes as one from which records were taken."""
    levering, _ = beide(bouw.een(bouw.opgave()), bouw.een(f'<{snel.BUNDEL} nr="0"/>\n'), bouw.een(bouw.opgave()))
    assert [afkeuring.bestand for afkeuring in levering.afkeuringen] == ["001.xml"]
    assert len(levering.opgaven["bsn"]) == 2


def test_wat_onthouden_wordt_heeft_een_grens(bouw: Any, beide: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past so many sequences of tags a message goes to the parser; those that are known do not."""
    monkeypatch.setattr(schil, "MAX_SCHILLEN", 2)
    soorten = [bouw.een(bouw.opgave()).replace("<NmIP>", f"<x{nummer}/><NmIP>") for nummer in range(4)]
    _, geparst = beide(*soorten, *soorten)
    assert geparst == 4


def test_een_grote_schil_gaat_langs_de_parser(bouw: Any, beide: Any) -> None:
    """What is remembered stays small, whatever is delivered."""
    groot = bouw.een(bouw.opgave()).replace("<NmIP>", f"<NmIP>{'x' * schil.MAX_BYTES}")
    _, geparst = beide(groot, groot, bouw.een(bouw.opgave()))
    assert geparst == 2


@settings(max_examples=150)
@given(data=st.data())
def test_veranderde_schillen_geven_wat_de_parser_geeft(bouw: Any, data: st.DataObject) -> None:
    """Bytes of the shell changed at random, behind the message as it was."""
    goed = bouw.bericht(bouw.tijdvak(bouw.opgave()), bouw.tijdvak("", "TijdvakCorrectie"))
    inhoud = bytearray(goed.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        plaats = data.draw(st.integers(0, len(inhoud)))
        stuk = st.one_of(
            st.binary(max_size=3), st.sampled_from([b"<", b">", b"/", b"<x>", b"</x>", b"\n", b"&", b" ", b"2026-07-0"])
        )
        inhoud[plaats : plaats + data.draw(st.integers(0, 4))] = data.draw(stuk)
    with TemporaryDirectory() as map_:
        lees_beide(Path(map_), goed, bytes(inhoud))
