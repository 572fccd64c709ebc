"""The pages about a population in a real browser: monitor, check for bias, simulation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.administratie.gemeente import Gemeente
from tests.monitor import bevolking

from verrekening.cli import voer_uit


@pytest.fixture(scope="module")
def gemeente(tmp_path_factory: pytest.TempPathFactory) -> Gemeente:
    """Forty households, half of them with a wage that is settled twice."""
    uit = bevolking.gemeente(tmp_path_factory.mktemp("gemeente"))
    zaken = [bevolking.huishouden(nr) for nr in range(40)]
    uit.lever(bevolking.loon(range(20), "2026-07"))
    uit.draai(zaken, "2026-08")
    uit.lever([*bevolking.loon(range(20), "2026-08"), *bevolking.loon(range(15), "2026-07", "650.00", IdBer="B2")])
    uit.draai(zaken, "2026-09")
    return uit


@pytest.mark.parametrize(
    ("opdracht", "tekst"),
    [
        (["monitor"], "Indicatoren van Groningen"),
        (["biascheck"], "Hoe u dit leest"),
        (["simuleer", "--zet", "vrijlating_grondslag=met_aanspraak"], "Wie wint en wie verliest"),
    ],
)
def test_a_page_of_figures_is_accessible_and_fits(
    opdracht: list[str], tekst: str, gemeente: Gemeente, bladzij: Page, tmp_path: Path
) -> None:
    """No violation, nothing sticks out on a phone, and what it is about is there."""
    doel = tmp_path / "blad.html"
    assert voer_uit([*opdracht, "--administratie", gemeente.waar, "--html", str(doel)]) == 0
    bladzij.goto(doel.as_uri())
    gevonden: list[dict[str, Any]] = Axe().run(bladzij).response["violations"]
    assert [(een["id"], een["nodes"][0]["html"][:200]) for een in gevonden] == []
    assert bladzij.get_by_role("heading", name=tekst).count() == 1
    bladzij.set_viewport_size({"width": 400, "height": 800})
    assert bladzij.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
