"""The explanation of a case names what is not computed, only where it may matter."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from tests import hulp

from verrekening import uitleg
from verrekening.berekening import Spoor
from verrekening.leemten import LEEMTEN
from verrekening.uitleg.leemten import _SPEELT
from verrekening.uitleg.webpagina import webpagina

OUD, JONG = "1955-01-01", "2003-05-01"


def _uitleg(map_: Path, dossier: dict[str, Any], records: list[dict[str, Any]], maand: str) -> dict[str, Any]:
    spoor = Spoor(aan=True)
    resultaat = hulp.draai_op(map_, [dossier], records, maand, spoor=spoor, alleen="D-1")
    return uitleg.zaak(resultaat, spoor)


def _dossier(geboren: str = "1990-05-01", **velden: Any) -> dict[str, Any]:
    basis: dict[str, Any] = {
        "begindatum": "2026-07-01",
        "personen": [hulp.persoon(geboortedatum=geboren)],
        "betalingen": [hulp.boeking("2026-07", 150797 if geboren == OUD else 134849)],
    }
    return hulp.dossier(**(basis | velden))


PENSIOEN = {"SrtIV": "57", "CdZvw": "M", "LnLbPh": "300.00", "DatEind": "2026-07-31"}


@pytest.mark.parametrize(
    ("dossier", "opgave", "verwacht"),
    [
        pytest.param(_dossier(), {"LnLbPh": "700.00"}, [], id="an ordinary job"),
        pytest.param(_dossier(OUD), PENSIOEN, ["OUDEDAGSVOORZIENING"], id="a pension from AOW age"),
        pytest.param(_dossier(), PENSIOEN, [], id="a pension before AOW age"),
        pytest.param(_dossier(JONG), {"LnLbPh": "700.00"}, ["JONGER_DAN_27_IN_2026"], id="a job under 27"),
        pytest.param(_dossier(JONG), PENSIOEN, [], id="no job under 27"),
        pytest.param(
            _dossier(aflossingen=[{"maand": "2026-08", "bedrag_cent": 3500, "vordering": "V-1"}]),
            {"LnLbPh": "700.00"},
            ["BESLAGVRIJE_VOET"],
            id="an instalment",
        ),
        pytest.param(
            _dossier(betalingen=[hulp.boeking("2026-07", 144849)]),
            {"LnLbPh": "700.00"},
            ["TERUGVORDERING"],
            id="more paid than income explains",
        ),
    ],
)
def test_a_gap_is_named_where_it_may_matter(
    dossier: dict[str, Any], opgave: dict[str, Any], verwacht: list[str], tmp_path: Path
) -> None:
    """And not elsewhere."""
    uit = _uitleg(tmp_path, dossier, [hulp.opgave("2026-07", **opgave)], "2026-08")
    assert [een["code"] for een in uit["niet_berekend"]] == verwacht


def test_the_screen_and_the_page_say_what_is_not_computed_and_what_to_do(tmp_path: Path) -> None:
    """With the article; and says nothing when there is nothing."""
    uit = _uitleg(tmp_path, _dossier(OUD), [hulp.opgave("2026-07", **PENSIOEN)], "2026-08")
    scherm = io.StringIO()
    uitleg.terminal(uit, Console(file=scherm, width=100))
    tekst = " ".join(scherm.getvalue().split())
    assert "Dit is niet berekend" in tekst
    assert "Kijk of het om een particuliere oudedagsvoorziening gaat" in tekst
    assert "Pw art. 33 lid 5" in tekst
    assert "particuliere oudedagsvoorziening" in webpagina(uit)
    uit["niet_berekend"] = []
    scherm = io.StringIO()
    uitleg.terminal(uit, Console(file=scherm, width=100))
    assert "niet berekend" not in scherm.getvalue()
    assert "niet berekend" not in webpagina(uit)


def test_a_gap_with_words_for_a_case_can_be_seen_in_one() -> None:
    """What the list promises, the explanation does."""
    assert {een.code for een in LEEMTEN if een.in_zaak} == set(_SPEELT)
