"""The report of `polis controleer`: counts that add up and what is odd."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from verrekening.polis import lees
from verrekening.polis.controle import MAX_PER_CODE, bevindingen, samenvatting


def codes(map_: Path, bericht: str) -> list[tuple[str, int]]:
    """Codes and numbers of the findings of one message."""
    (map_ / "a.xml").write_text(bericht)
    return [(b.code, b.aantal) for b in bevindingen(lees([map_], None))]


def test_samenvatting_is_json_en_telt_op(bouw: Any) -> None:
    """Everything that was read is used, replaced, withdrawn, unknown or refused."""
    verslag = json.loads(json.dumps(samenvatting(lees([bouw.fixtures], [999990019]))))
    t = verslag["tellingen"]
    assert t["gelezen"] == sum(aantal for naam, aantal in t.items() if naam != "gelezen")
    assert verslag["personen"] == 1
    assert t["onbekende_persoon"] > 0
    assert verslag["afgekeurd"] == len(verslag["afkeuringen"]) > 0
    assert {"begin": "2026-06-15", "eind": "2026-07-12"} in verslag["tijdvakken"]


def test_voorbeeldmap_heeft_de_bedoelde_aantallen(bouw: Any) -> None:
    """Employers, kinds of return, withdrawals and corrections of the good fixtures."""
    verslag = samenvatting(lees(sorted(bouw.fixtures.glob("*.xml")), None))
    assert (verslag["personen"], verslag["werkgevers"], verslag["intrekkingen"], verslag["correcties"]) == (
        4,
        3,
        1,
        2,
    )
    assert verslag["aangiften"] == {"volledig": 5, "aanvullend": 1, "correctie": 1, "suwinet": 0, "csv": 0}
    assert verslag["afgekeurd"] == 0
    gevonden = [(een["code"], een["bestand"], een["sleutel"]) for een in verslag["bevindingen"]]
    assert gevonden == [
        ("POLIS-113", "2026-08-correctie.xml", "001234560L01, nummer 1, 2026-07-01 t/m 2026-07-31"),
        ("POLIS-114", "2026-07-twee-perioden.xml", "123456782L01, nummer 1, 2026-07-01 t/m 2026-07-31"),
        ("POLIS-114", "2026-07-vierweken.xml", "800007207L01, nummer 1, 2026-06-15 t/m 2026-07-12"),
    ]


@pytest.mark.parametrize(
    ("velden", "code"),
    [({"LnLbPh": "1.00", "IngLbPh": "1.01"}, "POLIS-101"),
     ({"BijdrZvw": "1.00"}, "POLIS-102"),
     ({"einde": "2026-08-01"}, "POLIS-104"),
     ({"einde": "2025-12-31"}, "POLIS-105")],
)  # fmt: skip
def test_opvallende_opgave_wordt_een_bevinding(bouw: Any, tmp_path: Path, velden: dict[str, str], code: str) -> None:
    """A record that is allowed but odd is reported and used."""
    assert codes(tmp_path, bouw.een(bouw.opgave(**velden))) == [(code, 1)]


def test_zvw_aan_de_verkeerde_kant_wordt_gezien(bouw: Any, tmp_path: Path) -> None:
    """CdZvw M without a withheld contribution over a wage."""
    opgave = bouw.opgave(LnLbPh="5.00", perioden=[bouw.periode(cdzvw="M")])
    assert codes(tmp_path, bouw.een(opgave)) == [("POLIS-103", 1)]


def test_onbekende_inkomenscode_wordt_gemeld(bouw: Any, tmp_path: Path) -> None:
    """A code of no list, or not a number, is reported once per record."""
    opgave = bouw.opgave(perioden=[bouw.periode(srtiv="99"), bouw.periode(srtiv="xx")])
    assert codes(tmp_path, bouw.een(opgave)) == [("POLIS-106", 1)]


def test_veel_bevindingen_delen_een_laatste_rij(bouw: Any, tmp_path: Path) -> None:
    """The number stays right when the rows are capped."""
    opgaven = "".join(bouw.opgave(numiv=str(i), IngLbPh="1.00") for i in range(MAX_PER_CODE + 50))
    gevonden = codes(tmp_path, bouw.een(opgaven))
    assert len(gevonden) == MAX_PER_CODE + 1
    assert sum(n for _, n in gevonden) == MAX_PER_CODE + 50


def test_bericht_van_een_ander_jaar_en_zonder_versie_wordt_gemeld(bouw: Any, tmp_path: Path) -> None:
    """Tijdvak outside the year of the message, no version, no IdBer."""
    bericht = bouw.een(bouw.opgave(), jaar=2025, idber="").replace(' version="2.0"', "")
    assert sorted(code for code, _ in codes(tmp_path, bericht)) == ["POLIS-004", "POLIS-005", "POLIS-006"]


def test_voorbeeld_2022_voldoet_aan_het_officiele_schema(bouw: Any) -> None:
    """The fixture of 2022 is a message the official schema accepts (when the schema is beside it)."""
    schema = bouw.fixtures / "xsd" / "Loonaangifte2022v2.0.xsd"
    if not schema.exists():
        pytest.skip("het schema staat niet in fixtures")
    etree.XMLSchema(etree.parse(str(schema))).assertValid(etree.parse(str(bouw.fixtures / "2022-12-maand.xml")))
