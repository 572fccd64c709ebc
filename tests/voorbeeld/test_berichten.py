"""The wage returns: valid, added up right, and damaged only where that is meant."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from tests.voorbeeld.schema import schema_2022, schema_2026

from verrekening import nummers
from verrekening.maand import lees_maand
from verrekening.voorbeeld import Voorbeeld, elementen, maken
from verrekening.voorbeeld import leveringen as leveringen_van

RUIMTE = {"l": "http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/01"}


def _tekst(element: etree._Element, pad: str) -> str:
    return str(element.findtext(pad, namespaces=RUIMTE))


def _vind(element: etree._Element, pad: str) -> etree._Element:
    gevonden = element.find(pad, namespaces=RUIMTE)
    assert gevonden is not None, pad
    return gevonden


def _opgaven(berichten: list[Path]) -> Iterator[tuple[etree._Element, etree._Element]]:
    for pad in berichten:
        boom = etree.parse(pad).getroot()
        for opgave in boom.iterfind(".//l:InkomstenverhoudingInitieel", RUIMTE):
            yield boom, opgave


@pytest.mark.parametrize(
    ("groep", "in_2022", "in_2026"), [("INKOMSTENPERIODE", 29, 29), ("WERKNEMERSGEGEVENS", 40, 43)]
)
def test_aantal_elementen(groep: str, in_2022: int, in_2026: int) -> None:
    """The table has as many elements as the schemas of 2022 and 2026."""
    lijst = getattr(elementen, groep)
    assert [len(elementen.van_jaar(lijst, jaar)) for jaar in (2022, 2026)] == [in_2022, in_2026]


def test_onbekend_jaar() -> None:
    """A year whose message is not known is refused."""
    with pytest.raises(ValueError, match="2028"):
        elementen.van_jaar(elementen.COLLECTIEF, 2028)


def test_2022_geldig(tmp_path: Path) -> None:
    """Messages of 2022 validate against the official schema, corrections included."""
    eerste, betaal = lees_maand("2022-06"), [lees_maand("2022-09"), lees_maand("2022-10")]
    _, personen, betalers, inkomsten, bsn = maken._trek(5, 150, eerste, betaal[0])
    delen = maken._persoonsdelen(bsn, inkomsten)
    geleverd = leveringen_van.schrijf(tmp_path, 5, inkomsten, betalers, delen, personen.aantal, eerste, betaal)
    schema = schema_2022()
    paden = [p for p in sorted(tmp_path.glob("*/*.xml")) if p not in geleverd.kapot]
    assert len(paden) == geleverd.berichten - 2
    for pad in paden:
        schema.assertValid(etree.parse(pad))


def test_2026_geldig(berichten: list[Path]) -> None:
    """Messages of 2026 validate against the schema of 2022 with the known differences of 2026."""
    schema = schema_2026()
    for pad in berichten:
        schema.assertValid(etree.parse(pad))


def test_schema_2026_is_streng(berichten: list[Path]) -> None:
    """The schema made for 2026 refuses a message without an element that came in 2023."""
    boom = etree.parse(berichten[0])
    gegevens = _vind(boom.getroot(), ".//l:Werknemersgegevens")
    gegevens.remove(_vind(gegevens, "l:PrlnWhkAnw"))
    assert not schema_2026().validate(boom)


def test_totalen(berichten: list[Path]) -> None:
    """Every collective total is the sum of the unrounded amounts, truncated; TotTeBet and TotGen follow."""
    for pad in berichten:
        boom = etree.parse(pad).getroot()
        collectief = _vind(boom, ".//l:CollectieveAangifte")
        for element in elementen.van_jaar(elementen.COLLECTIEF, 2026):
            if element.som_van and (totaal := collectief.findtext(f"l:{element.naam}", namespaces=RUIMTE)):
                delen = boom.iterfind(f".//l:Werknemersgegevens/l:{element.som_van}", RUIMTE)
                assert int(totaal) == int(sum(Decimal(str(deel.text)) for deel in delen)), (pad.name, element)
        som = sum(int(collectief.findtext(f"l:{n}", "0", RUIMTE) or 0) for n in elementen.TE_BETALEN)
        assert som == int(_tekst(collectief, "l:TotTeBet")) == int(_tekst(collectief, "l:TotGen"))


def test_nummers(berichten: list[Path]) -> None:
    """LhNr and BSN pass the elfproef and the two are never the same number."""
    bsn = {int(_tekst(opgave, ".//l:SofiNr")) for _, opgave in _opgaven(berichten)}
    lhnr = {nummers.lees_lhnr(_tekst(etree.parse(pad).getroot(), ".//l:LhNr")) // 100 for pad in berichten}
    assert nummers.elfproef(np.array([*bsn, *lhnr])).all()
    assert not bsn & lhnr
    assert min(bsn) >= 910_000_000


def test_sleutel_uniek(berichten: list[Path]) -> None:
    """One message never holds the same income relationship twice."""
    for pad in berichten:
        boom = etree.parse(pad).getroot()
        sleutels = [
            (_tekst(o, ".//l:SofiNr"), _tekst(o, "l:NumIV"))
            for o in boom.iterfind(".//l:InkomstenverhoudingInitieel", RUIMTE)
        ]
        assert len(sleutels) == len(set(sleutels)) > 0


def test_bedragen_hangen_samen(berichten: list[Path]) -> None:
    """Amounts fit each other: tax and allowance inside the wage, Zvw on one side, only allowance special."""
    for _, opgave in _opgaven(berichten):
        b = {str(e.tag).split("}")[1]: Decimal(str(e.text)) for e in _vind(opgave, "l:Werknemersgegevens")}
        assert min(b.values()) >= 0
        assert b["IngLbPh"] <= b["LnLbPh"]
        assert b["VakBsl"] <= b["LnLbPh"]
        assert b["LnTabBB"] == b["VakBsl"]
        leeg = "BijdrZvw" if _tekst(opgave, ".//l:CdZvw") == "K" else "WghZvw"
        assert b[leeg] == 0
        if _tekst(opgave, ".//l:IndLhKort") == "J" and b["LnLbPh"] < 700:
            assert b["IngLbPh"] == 0


def test_datums(berichten: list[Path]) -> None:
    """The income relationship overlaps the period; an end is given only when it has been reached."""
    for boom, opgave in _opgaven(berichten):
        begin, eind = (_tekst(boom, f".//l:{naam}") for naam in ("DatAanvTv", "DatEindTv"))
        start = _tekst(opgave, "l:DatAanv")
        assert start <= eind
        assert _tekst(opgave, "l:Inkomstenperiode/l:DatAanv") == max(start, begin)
        assert begin <= (opgave.findtext("l:DatEind", namespaces=RUIMTE) or eind) <= eind


def test_soorten_inkomsten(berichten: list[Path]) -> None:
    """Work, WW, ZW, WGA, AOW and pension occur, with and without credit, monthly and four-weekly."""
    soorten = {_tekst(opgave, ".//l:SrtIV") for _, opgave in _opgaven(berichten)}
    assert {"15", "31", "33", "40", "22", "56"} <= soorten <= {"11", "15", "31", "33", "40", "22", "56"}
    assert {_tekst(o, ".//l:IndLhKort") for _, o in _opgaven(berichten)} == {"J", "N"}
    assert {_tekst(o, ".//l:LbTab") for _, o in _opgaven(berichten)} == {"012", "014", "022"}


def test_moment_past_bij_levering(voorbeeld: Voorbeeld, berichten: list[Path]) -> None:
    """A message arrives after its period, before the run of its folder and after the run before."""
    peil = sorted(voorbeeld.peilmomenten.items())
    for pad in berichten:
        boom = etree.parse(pad).getroot()
        moment = _tekst(boom, ".//l:DatTdAanm")
        assert moment > _tekst(boom, ".//l:DatEindTv")
        vorige = max((k for p, k in peil if p < pad.parent.name), default="")
        assert vorige < moment < voorbeeld.peilmomenten[pad.parent.name]


def test_vakantietoeslag_in_mei(berichten: list[Path]) -> None:
    """Accrued allowance is paid in May and at the end of a job; a job that accrues none always pays it."""
    betaald = 0
    for boom, opgave in _opgaven(berichten):
        opbouw = Decimal(_tekst(opgave, ".//l:OpgRchtVakBsl")) > 0
        uit = Decimal(_tekst(opgave, ".//l:VakBsl")) > 0
        slot = opgave.find("l:DatEind", RUIMTE) is not None
        mei = _tekst(boom, ".//l:DatEindTv")[5:7] == "05"
        if opbouw:
            assert uit == (mei or slot)
            betaald += uit
        elif opgave.find(".//l:CdAard", RUIMTE) is not None and Decimal(_tekst(opgave, ".//l:LnInGld")) > 0:
            assert uit
    assert betaald > 100


def test_kapotte_berichten(voorbeeld: Voorbeeld) -> None:
    """One message is cut off, the other has one amount that is no amount; both arrive whole later."""
    afgebroken, bedrag = voorbeeld.kapot
    with pytest.raises(etree.XMLSyntaxError):
        etree.parse(afgebroken)
    schema = schema_2026()
    assert not schema.validate(etree.parse(bedrag))
    assert "LnLbPh" in str(schema.error_log)
    hersteld = bedrag.read_text(encoding="utf-8").replace(",", ".")
    schema.assertValid(etree.fromstring(hersteld.encode()))
    for pad in voorbeeld.kapot:
        heel = voorbeeld.polis["2026-10"][1] / f"{pad.stem}_v9.xml"
        schema.assertValid(etree.parse(heel))


def test_correctie_verandert_bedragen(voorbeeld: Voorbeeld) -> None:
    """A correction holds the same income relationships with other amounts, at a later moment."""
    anders = 0
    for nieuw in sorted(voorbeeld.polis["2026-10"][1].glob("*_v2.xml")):
        oud = voorbeeld.polis["2026-09"][0] / nieuw.name.replace("_v2", "")
        if oud in voorbeeld.kapot:
            continue
        voor, na = (etree.parse(p).getroot() for p in (oud, nieuw))
        personen = [[e.text for e in boom.iterfind(".//l:SofiNr", RUIMTE)] for boom in (voor, na)]
        assert personen[0] == personen[1]
        assert _tekst(voor, ".//l:DatTdAanm") < _tekst(na, ".//l:DatTdAanm")
        assert _tekst(voor, ".//l:IdBer") < _tekst(na, ".//l:IdBer")
        anders += _tekst(voor, ".//l:TotLnLbPh") != _tekst(na, ".//l:TotLnLbPh")
    assert anders > 0
