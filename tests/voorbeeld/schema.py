"""The official schema of 2022, and one for 2026 made from it by applying the known differences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

XSD_2022 = Path(__file__).parents[2] / "fixtures/polis/xsd/Loonaangifte2022v2.0.xsd"
_XS = "{http://www.w3.org/2001/XMLSchema}"

BEGIN_VIERWEKEN_2026 = (
    "01-01", "01-26", "02-23", "03-23", "04-20", "05-18", "06-15", "07-13", "08-10", "09-07", "10-05",
    "11-02", "11-30",
)  # fmt: skip
_EIND_VIERWEKEN_2026 = (
    "01-25", "02-22", "03-22", "04-19", "05-17", "06-14", "07-12", "08-09", "09-06", "10-04", "11-01",
    "11-29", "12-31",
)  # fmt: skip
_EIND_MAAND = (
    "01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31",
    "11-30", "12-31",
)  # fmt: skip

_NIEUW = {
    # complex type → (new element, the element it follows)
    "WerknemersgegevensType": (
        ("PrlnWhkAnw", "PrlnAofAnwUit"),
        ("PrlnAwfAnwUit", "PrlnAwfAnwHz"),
        ("PrAwfUit", "PrAwfHz"),
    ),
    "CollectieveAangifteType": (
        ("TotPrlnWhkAnw", "TotPrlnAofAnwUit"),
        ("TotPrlnAwfAnwUit", "TotPrlnAwfAnwHz"),
        ("TotPrAwfUit", "TotPrAwfHz"),
    ),
}
_HERNOEMD = {"IndVakBn": "IndDeelnTijdspf", "IndAvrLkvDgBafSb": "IndAvrLkvDgBaf"}
_CODES_EINDE_2026 = (
    "01", "03", "04", "05", "06", "20", "21", "30", "32", "33", "34", "40", "41", "50",
    "51", "90", "91", "92", "99",
)  # fmt: skip


def schema_2022() -> etree.XMLSchema:
    """The official schema."""
    return etree.XMLSchema(etree.parse(XSD_2022))


def schema_2026() -> etree.XMLSchema:
    """The schema of 2022 with what changed through 2026."""
    tekst = XSD_2022.read_bytes().replace(b"Loonaangifte/2022/01", b"Loonaangifte/2026/01")
    boom = etree.fromstring(tekst)
    for soort, elementen in _NIEUW.items():
        for naam, na in elementen:
            voorganger = _vind(_vind(boom, "complexType", soort), "element", na)
            nieuw = etree.fromstring(etree.tostring(voorganger))
            nieuw.tail = None
            nieuw.set("name", naam)
            voorganger.addnext(nieuw)
    for oud, nieuw_naam in _HERNOEMD.items():
        _vind(boom, "element", oud).set("name", nieuw_naam)
    begin = {f"2026-{maand:02d}-01" for maand in range(1, 13)} | {f"2026-{d}" for d in BEGIN_VIERWEKEN_2026}
    eind = {f"2026-{d}" for d in (*_EIND_MAAND, *_EIND_VIERWEKEN_2026)}
    _zet_waarden(boom, "DatAanvTv", sorted(begin))
    _zet_waarden(boom, "DatEindTv", sorted(eind))
    _zet_waarden(boom, "CdRdnEindArbov", _CODES_EINDE_2026)
    _vind(_vind(boom, "simpleType", "CdInvlVzp"), "pattern").set("value", "A|B|D|E")
    return etree.XMLSchema(boom)


def _vind(boom: etree._Element, soort: str, naam: str | None = None) -> etree._Element:
    gevonden = [e for e in boom.iter(f"{_XS}{soort}") if naam is None or e.get("name") == naam]
    assert len(gevonden) == 1, (soort, naam, len(gevonden))
    return gevonden[0]


def _zet_waarden(boom: etree._Element, soort: str, waarden: Sequence[str]) -> None:
    beperking = _vind(_vind(boom, "simpleType", soort), "restriction")
    for oud in beperking.findall(f"{_XS}enumeration"):
        beperking.remove(oud)
    for waarde in waarden:
        etree.SubElement(beperking, f"{_XS}enumeration", value=waarde)
