"""The export of one household as one page in Dutch; apart, because plots and templates take time to load."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from verrekening.geld import euro
from verrekening.rapport import omgeving, schrijf_pagina, vast


def pagina(uitvoer: Mapping[str, Any]) -> str:
    """One self-contained page of what `inzage` made."""
    return omgeving("verrekening.terugblik").get_template("inzage.html.j2").render(inzage=uitvoer, geld=_geld)


def schrijf(uitvoer: Mapping[str, Any], doel: Path) -> None:
    """Writes the page, readable by its owner only. Raises OSError."""
    schrijf_pagina(pagina(uitvoer), doel)


def _geld(cent: int | None) -> str:
    return "onbekend" if cent is None else vast(euro(cent))
