"""The page of a case: complete in one file, and every amount folds out to the payslip and the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests import hulp

from verrekening import uitleg
from verrekening.berekening import Spoor
from verrekening.uitleg.boom import Knoop, bomen
from verrekening.uitleg.webpagina import webpagina
from verrekening.uitleg.wetstekst import link


@pytest.fixture
def uitgelegd(tmp_path: Path) -> dict[str, Any]:
    """One job of € 700, settled in August."""
    spoor = Spoor(aan=True)
    dossier = hulp.dossier(begindatum="2026-07-01", betalingen=[hulp.boeking("2026-07", 134849)])
    records = [hulp.opgave("2026-07", LnLbPh="700.00", OpgRchtVakBsl="56.00")]
    resultaat = hulp.draai_op(tmp_path, [dossier], records, "2026-08", spoor=spoor, alleen="D-1")
    return uitleg.zaak(resultaat, spoor)


def _alle(knopen: tuple[Knoop, ...] | list[Knoop]) -> Iterator[Knoop]:
    for knoop in knopen:
        yield knoop
        yield from _alle(knoop.kinderen)


def test_an_amount_leads_to_the_payslip_it_came_from(uitgelegd: dict[str, Any]) -> None:
    """From the exemption down to the element of the wage return."""
    alle = list(_alle(bomen(uitgelegd, "2026-07")))
    bladen = [blad for knoop in alle for blad in knoop.bladen]
    assert any(naam == "LnLbPh" and waarde == "€ 700,00" and "regel" in waar for naam, waarde, waar in bladen)
    assert any("geldig vanaf 2026-01-01, voorlopig" in waar for _, _, waar in bladen)
    assert {"€ 696,64", "€ 174,16", "€ 841,25", "€ 549,30"} <= {knoop.uitslag for knoop in alle}


def test_every_result_of_a_month_stands_in_the_tree_once(uitgelegd: dict[str, Any]) -> None:
    """A result that stands elsewhere is pointed at, not repeated."""
    alle = [(knoop.regel, knoop.zin) for knoop in _alle(bomen(uitgelegd, "2026-07"))]
    assert len(alle) == len(set(alle))


def test_the_page_loads_nothing_and_holds_no_bsn(uitgelegd: dict[str, Any]) -> None:
    """One file: no script, picture, style or font from elsewhere; a link to the law is only followed by a click."""
    html = webpagina(uitgelegd)
    assert hulp.BSN not in html
    assert "<script" not in html
    for kenmerk, adres in re.findall(r'\b(src|href|xlink:href)="([^"]*)"', html):
        assert kenmerk != "src"
        assert adres.startswith(("#", "https://wetten.overheid.nl/"))
    assert "url(http" not in html
    assert "@import" not in html


def test_the_page_shows_the_payment_to_the_cent(uitgelegd: dict[str, Any]) -> None:
    """The same amounts as the data."""
    html = webpagina(uitgelegd).replace("\N{NO-BREAK SPACE}", " ")
    for bedrag in ("€ 1.419,46", "€ 70,97", "€ 549,30", "€ 799,19"):
        assert bedrag in html


def test_words_from_outside_cannot_become_markup(uitgelegd: dict[str, Any]) -> None:
    """A dossiernummer or text with signs of HTML stays text."""
    html = webpagina(uitgelegd | {"dossiernummer": "<img src=x onerror=alert(1)>"})
    assert "<img" not in html


@pytest.mark.parametrize(
    ("artikel", "adres"),
    [
        (
            "Pw art. 31 lid 2 onder n",
            "https://wetten.overheid.nl/jci1.3:c:BWBR0015703&artikel=31&z=2026-07-01&g=2026-07-01",
        ),
        ("Regeling Pw art. 7a", "https://wetten.overheid.nl/jci1.3:c:BWBR0015738&artikel=7a&z=2026-07-01&g=2026-07-01"),
        ("Pw art. 22a lid 1", "https://wetten.overheid.nl/jci1.3:c:BWBR0015703&artikel=22a&z=2026-07-01&g=2026-07-01"),
        ("codelijst SrtIV", None),
    ],
)
def test_an_article_links_to_its_text_of_that_day(artikel: str, adres: str | None) -> None:
    """The law as it was on the first day of the month."""
    assert link(artikel, "2026-07-01") == adres
