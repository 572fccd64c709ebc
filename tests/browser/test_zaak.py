"""The page of a case in a real browser: folding, keyboard, print, and an accessibility checker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests import hulp

from verrekening import uitleg
from verrekening.berekening import Spoor
from verrekening.uitleg.webpagina import schrijf


@pytest.fixture
def zaak(tmp_path: Path, bladzij: Page) -> Page:
    """The page of a case with one job in two months, open in the browser."""
    spoor = Spoor(aan=True)
    boekingen = [hulp.boeking("2026-06", 133142), hulp.boeking("2026-07", 134849)]
    dossier = hulp.dossier(begindatum="2026-06-01", betalingen=boekingen)
    records = [hulp.opgave(maand, LnLbPh="700.00", OpgRchtVakBsl="56.00") for maand in ("2026-06", "2026-07")]
    resultaat = hulp.draai_op(tmp_path, [dossier], records, "2026-08", spoor=spoor, alleen="D-1")
    schrijf(uitleg.zaak(resultaat, spoor), tmp_path / "zaak.html")
    bladzij.goto((tmp_path / "zaak.html").as_uri())
    return bladzij


def test_steps_fold_out_with_mouse_and_keyboard(zaak: Page) -> None:
    """From the net wage to the element of the wage return."""
    eerste = zaak.locator("main > details").first
    assert not eerste.locator("li", has_text="LnLbPh").first.is_visible()
    eerste.locator("summary").first.click()
    assert eerste.locator("li", has_text="LnLbPh").first.is_visible()
    tweede = zaak.locator("main > details").nth(1)
    tweede.locator("summary").first.focus()
    zaak.keyboard.press("Enter")
    assert tweede.get_attribute("open") is not None
    zaak.keyboard.press("Space")
    assert tweede.get_attribute("open") is None


def test_the_first_tab_offers_the_way_to_the_content(zaak: Page) -> None:
    """Keyboard users skip the header."""
    zaak.keyboard.press("Tab")
    assert zaak.evaluate("document.activeElement.className") == "sla-over"
    zaak.keyboard.press("Enter")
    assert zaak.evaluate("document.activeElement.id") == "inhoud"


@pytest.mark.parametrize("open_", [False, True])
def test_an_accessibility_checker_finds_nothing(zaak: Page, open_: bool) -> None:
    """axe-core, with everything folded and with everything open."""
    if open_:
        zaak.evaluate("document.querySelectorAll('details').forEach(een => { een.open = true })")
    gevonden: list[dict[str, Any]] = Axe().run(zaak).response["violations"]
    assert [(een["id"], een["nodes"][0]["html"][:200]) for een in gevonden] == []


@pytest.mark.parametrize("breedte", [360, 800, 1400])
def test_nothing_sticks_out_on_a_narrow_or_wide_screen(zaak: Page, breedte: int) -> None:
    """Only the table of months scrolls, inside its own box."""
    zaak.set_viewport_size({"width": breedte, "height": 900})
    assert zaak.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_it_prints_on_a4_within_the_margins(zaak: Page) -> None:
    """As on paper: nothing wider than the sheet, and no link to skip."""
    zaak.emulate_media(media="print")
    zaak.set_viewport_size({"width": 680, "height": 960})
    assert zaak.evaluate("document.documentElement.scrollWidth <= 680")
    assert not zaak.locator(".sla-over").is_visible()
    assert zaak.pdf(format="A4").startswith(b"%PDF")
