"""A real browser for pages: Chromium of the machine, without network.

On a machine without Chromium these tests are skipped, with the reason; CI sets VERREKENING_BROWSER=verplicht.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

_VLAGGEN = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


def _chromium() -> str:
    namen = ("chromium", "chromium-browser", "google-chrome")
    pad = next((gevonden for naam in namen if (gevonden := shutil.which(naam))), None)
    if pad is None:
        if os.environ.get("VERREKENING_BROWSER") == "verplicht":
            pytest.fail("Chromium is not on this machine, and CI must not skip these tests")
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    return pad


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    with sync_playwright() as spel:
        chromium = spel.chromium.launch(executable_path=_chromium(), args=_VLAGGEN)
        yield chromium
        chromium.close()


@pytest.fixture
def bladzij(browser: Browser) -> Iterator[Page]:
    """A page that fails the test on any console error, and on any request that leaves the file."""
    context = browser.new_context(offline=True, locale="nl-NL")
    pagina = context.new_page()
    fouten: list[str] = []
    pagina.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type in {"error", "warning"} else None)
    pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
    pagina.on("request", lambda vraag: None if vraag.url.startswith("file:") else fouten.append(vraag.url))
    yield pagina
    context.close()
    assert fouten == []
