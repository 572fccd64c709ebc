"""The explanation of wages: a sentence for every way in which an amount reaches a month."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import hulp

from verrekening import uitleg
from verrekening.berekening import Spoor

VIERWEKEN = hulp.opgave(DatAanvTv="2026-06-15", DatEindTv="2026-07-12", moment="2026-07-20T12:00:00", LnLbPh="653.14")
SCHATTING = [{"bsn": hulp.BSN, "maand": "2026-08", "netto_cent": 30000}]
JULI = hulp.opgave("2026-07", LnLbPh="700.00", OpgRchtVakBsl="56.00")
BONUS = hulp.opgave("2026-07", LnLbPh="1000.00", LnTabBB="300.00", DatAanv="2026-06-01")
DECEMBER = hulp.opgave(DatAanvTv="2025-12-01", DatEindTv="2025-12-31", moment="2026-01-05T12:00:00", LnLbPh="600.00")
NOVEMBER = hulp.opgave(DatAanvTv="2025-11-03", DatEindTv="2025-11-30", moment="2025-12-05T12:00:00", LnLbPh="600.00")

GEVALLEN: list[tuple[str, dict[str, Any], list[dict[str, Any]], dict[str, Any], tuple[str, str, str, int | None]]] = [
    ("werkdagen", {"toerekening": "werkdagen"}, [VIERWEKEN], {},
     ("2026-06", "T2", "12 van 20 werkdagen van € 650,00 = € 390,00", 39000)),
    ("13/12", {"toerekening": "dertien_twaalfde"}, [VIERWEKEN], {},
     ("2026-07", "T2", "vierwekenbedrag € 650,00 × 13/12 = € 704,17", 70417)),
    ("30/28 in een deel", {"toerekening": "dertig_achtentwintigste"}, [VIERWEKEN], {"begindatum": "2026-07-17"},
     ("2026-07", "T2", "vierwekenbedrag € 650,00 × 30/28, 15 van 31 dagen = € 336,98", 33698)),
    ("terugverdeeld", {"bijzondere_beloning": "terugverdelen"}, [BONUS], {},
     ("2026-06", "N6", "bijzondere beloning van € 298,56 in gelijke delen per maand: € 149,28", 14928)),
    ("geschat", {"methode": "schatten"}, [JULI], {"schattingen": SCHATTING},
     ("2026-08", "S4", "geschat loon, tot de opgaven van de maand compleet zijn: € 300,00", 30000)),
    ("laatst bekende maand", {"methode": "schatten"}, [JULI], {},
     ("2026-08", "A5", "laatst bekende maand = de laatste eerdere maand die geheel door opgaven zonder stop is gedekt: 2026-07, € 696,64", 69664)),
    ("wacht", {"methode": "op_de_maand"}, [JULI], {},
     ("2026-08", "A3", "of 0 zolang op loongegevens wordt gewacht", 0)),
    ("besteedbaar volgens een schatting", {}, [JULI], {"schattingen": SCHATTING},
     ("2026-08", "S6", "(volgens een schatting)", 30000)),
    ("vakantiegeld te laag", {}, [hulp.opgave("2026-07", LnLbPh="700.00", OpgRchtVakBsl="56.00", DatEind="2026-07-31")], {},
     ("2026-07", "V4", "te veel geteld = € 55,73 − € 0,00, ten minste 0", 5573)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("beleid", "records", "zaak", "verwacht"), [geval[1:] for geval in GEVALLEN], ids=[geval[0] for geval in GEVALLEN]
)
def test_every_way_to_a_month_has_its_sentence(
    tmp_path: Path,
    beleid: dict[str, Any],
    records: list[dict[str, Any]],
    zaak: dict[str, Any],
    verwacht: tuple[str, str, str, int | None],
) -> None:
    """Rule, formula in words and cents, on the month it is about."""
    maand, regel, zin, cent = verwacht
    inhoud = _uitleg(tmp_path, beleid, records, zaak, "2026-08")
    gevonden = [r for r in inhoud["regels"] if r["maand"] == maand and r["regel"] == regel and zin in r["formule"]]
    assert [r["bedrag_cent"] for r in gevonden] == [cent]
    assert all(invoer["herkomst"] for invoer in gevonden[0]["invoer"])


def test_a_thirteenth_period_says_that_it_does_not_count(tmp_path: Path) -> None:
    """The part is there with 0, so that nobody looks for it."""
    inhoud = _uitleg(
        tmp_path,
        {"toerekening": "dertien_twaalfde"},
        [NOVEMBER, DECEMBER],
        {"begindatum": "2025-11-01", "betalingen": [hulp.boeking("2025-11", 130061), hulp.boeking("2025-12", 130061)]},
        "2026-01",
    )
    zinnen = [r["formule"] for r in inhoud["regels"] if r["regel"] == "T2"]
    assert "dertiende vierwekenperiode van € 597,51: telt bij × 13/12 niet mee" in zinnen


@pytest.mark.parametrize(
    ("zaak", "reden"),
    [
        ({"schattingen": [{"bsn": hulp.BSN, "maand": "2026-07", "netto_cent": 30000}]}, "de schatting geldt"),
        ({}, "de laatst bekende maand geldt"),
    ],
)
def test_a_part_that_waits_says_what_stands_in(tmp_path: Path, zaak: dict[str, Any], reden: str) -> None:
    """A 4-week record covers July only until the 12th."""
    vorige = hulp.opgave(DatAanvTv="2026-05-18", DatEindTv="2026-06-14", moment="2026-06-20T12:00:00", LnLbPh="653.14")
    inhoud = _uitleg(tmp_path, {"methode": "schatten"}, [vorige, VIERWEKEN], zaak, "2026-08")
    juli = [r["formule"] for r in inhoud["regels"] if r["maand"] == "2026-07" and r["regel"] == "T2"]
    assert len(juli) == 1
    assert reden in juli[0]


def _uitleg(
    map_: Path, beleid: dict[str, Any], records: list[dict[str, Any]], zaak: dict[str, Any], maand: str
) -> dict[str, Any]:
    basis: dict[str, Any] = {
        "begindatum": "2026-06-01",
        "betalingen": [hulp.boeking("2026-06", 133142), hulp.boeking("2026-07", 134849)],
    }
    spoor = Spoor(aan=True)
    dossier = hulp.dossier(**basis | zaak)
    resultaat = hulp.draai_op(map_, [dossier], records, maand, beleid=beleid, spoor=spoor, alleen="D-1")
    return uitleg.zaak(resultaat, spoor)
