"""The page of a closing in a real browser: pictures, an accessibility checker, a narrow screen and paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak
from tests.financien.boekhouding import sluit

from verrekening.financien.pagina import webpagina


@pytest.fixture
def pagina(tmp_path: Path, bladzij: Page) -> Page:
    """The page of August for one household with something settled and something open."""
    gemeente = Gemeente(tmp_path, str(tmp_path / "administratie.db"))
    gemeente.lever([loon("2026-07", "700.00")])
    stopt = zaak("D-2", hulp.BSN_PARTNER, ("2026-07", NETTO + 5000), uitgesloten="bezwaar")
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO)), stopt], "2026-08")
    (tmp_path / "aansluiting.html").write_text(webpagina(sluit(gemeente.waar, "2026-08")), encoding="utf-8")
    bladzij.goto((tmp_path / "aansluiting.html").as_uri())
    return bladzij


def test_it_shows_the_chain_and_three_pictures_and_names_nobody(pagina: Page) -> None:
    """Sums only: a page that may be shown around."""
    assert pagina.locator("svg.grafiek").count() == 3
    assert pagina.get_by_text("De keten van controletotalen klopt.").is_visible()
    assert "D-1" not in pagina.content()
    assert "549,30" in pagina.content()


def test_an_accessibility_checker_finds_nothing(pagina: Page) -> None:
    """axe-core."""
    gevonden: list[dict[str, Any]] = Axe().run(pagina).response["violations"]
    assert [(een["id"], een["nodes"][0]["html"][:200]) for een in gevonden] == []


@pytest.mark.parametrize("breedte", [360, 900])
def test_nothing_sticks_out(pagina: Page, breedte: int) -> None:
    """Only the tables scroll, inside their own box."""
    pagina.set_viewport_size({"width": breedte, "height": 900})
    assert pagina.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
