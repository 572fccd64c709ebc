"""The statement as HTML page and as tagged PDF, from the same content."""

from __future__ import annotations

import dataclasses
import json
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal, cast

import jinja2
import matplotlib as mpl
import typst

from verrekening.brief.inhoud import Brief, Post
from verrekening.geld import euro
from verrekening.rapport import omgeving, schrijf_bestand, schrijf_pagina, vast

PDF_NORM: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: tagged, so that a screen reader can read it."""


def als_html(brief: Brief, datum: str) -> str:
    """The statement as one self-contained page. ``datum``: date of the letter in words."""
    return _sjabloon().render(brief=brief, datum=datum)


@lru_cache(maxsize=1)
def _sjabloon() -> jinja2.Template:
    return omgeving("verrekening.brief").get_template("brief.html.j2")


def als_pdf(brief: Brief, datum: str) -> bytes:
    """The statement as PDF/UA-1 on A4. ``datum``: date of the letter in words."""
    inhoud = dataclasses.asdict(brief)
    inhoud["afzender"] = brief.afzender.model_dump()
    inhoud["datum"] = datum
    inhoud["te_betalen"] = vast(euro(brief.te_betalen_cent))
    inhoud["betaling"] = [_post(post) for post in brief.betaling]
    for blok, bron in zip(inhoud["maanden"], brief.maanden, strict=True):
        blok["posten"] = [_post(post) for post in bron.posten]
    pdf = _compiler().compile(format="pdf", pdf_standards=PDF_NORM, sys_inputs={"brief": json.dumps(inhoud)})
    return cast("bytes", pdf)


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """One compiler for all letters: its template and fonts are read once."""
    sjabloon = resources.files("verrekening.brief") / "sjablonen" / "brief.typ"
    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return typst.Compiler(str(sjabloon), font_paths=[str(fonts)], ignore_system_fonts=True)


def schrijf(brief: Brief, datum: str, *, pdf: Path | None = None, html: Path | None = None) -> None:
    """Writes the statement in the forms that are asked, readable by its owner only. Raises OSError."""
    if pdf is not None:
        schrijf_bestand(als_pdf(brief, datum), pdf)
    if html is not None:
        schrijf_pagina(als_html(brief, datum), html)


def _post(post: Post) -> dict[str, str | bool]:
    return {
        "teken": post.teken if post.teken != "=" else "",
        "woorden": post.woorden,
        "bedrag": vast(euro(post.cent)),
        "wet": post.wet,
        "totaal": post.totaal,
    }
