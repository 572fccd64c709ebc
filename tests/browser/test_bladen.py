"""The statement and the export of one household in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests import hulp
from tests.administratie.gemeente import NETTO, Gemeente, loon, zaak
from tests.brief.test_brief import AFZENDER
from tests.brief.zaken import BRIEVEN

from verrekening import administratie, brief, terugblik, uitleg
from verrekening.berekening import Spoor
from verrekening.maand import lees_moment
from verrekening.terugblik.inzagepagina import pagina


def _overtredingen(blad: Page) -> list[tuple[str, str]]:
    gevonden: list[dict[str, Any]] = Axe().run(blad).response["violations"]
    return [(een["id"], een["nodes"][0]["html"][:200]) for een in gevonden]


def _open(blad: Page, html: str, map_: Path) -> Page:
    (map_ / "blad.html").write_text(html, encoding="utf-8")
    blad.goto((map_ / "blad.html").as_uri())
    return blad


@pytest.mark.parametrize("naam", ["gehuwden-twee-inkomens", "gestopt", "meer-dan-de-betaling"])
def test_a_statement_is_accessible_and_fits(naam: str, bladzij: Page, tmp_path: Path) -> None:
    """No violation, nothing sticks out on a phone, and it prints."""
    dossier, records = BRIEVEN[naam]
    spoor = Spoor(aan=True)
    z = uitleg.zaak(hulp.draai_op(tmp_path, [dossier], records, "2026-08", spoor=spoor, alleen="D-1"), spoor)
    een = brief.maak("D-1", "2026-08", z["betaling"], z["maanden"], z["signalen"], AFZENDER)
    blad = _open(bladzij, brief.als_html(een, "20 augustus 2026"), tmp_path)
    assert _overtredingen(blad) == []
    blad.set_viewport_size({"width": 400, "height": 800})
    assert blad.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert blad.pdf(format="A4").startswith(b"%PDF")


def test_the_export_of_a_household_is_accessible(bladzij: Page, tmp_path: Path) -> None:
    """With everything folded out."""
    gemeente = Gemeente(tmp_path, str(tmp_path / "administratie.db"))
    gemeente.lever([loon("2026-07", "700.00")])
    gemeente.draai([zaak("D-1", hulp.BSN, ("2026-07", NETTO))], "2026-08")
    administratie.noteer(gemeente.waar, "2026-09-01T10:00:00+00:00", "D-1", "J. Jansen", "zaak 2026-08")
    nu = lees_moment("2026-09-02T10:00:00+00:00")
    with administratie.open_om_te_lezen(gemeente.waar, nu) as boek:
        uit = terugblik.inzage(boek, "D-1", administratie.gelezen(gemeente.waar, "D-1"), nu)
    assert json.dumps(uit)
    blad = _open(bladzij, pagina(uit), tmp_path)
    blad.evaluate("document.querySelectorAll('details').forEach(een => { een.open = true })")
    assert _overtredingen(blad) == []
    assert blad.get_by_text("J. Jansen").count() == 1
