"""The frame of every HTML page: Jinja2 with everything escaped, one file, nothing loaded from elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import jinja2
from markupsafe import Markup

from verrekening.geld import euro

_HIER = jinja2.PackageLoader("verrekening.rapport", "sjablonen")


def omgeving(pakket: str, map_: str = "sjablonen") -> jinja2.Environment:
    """The template environment of a room: its own templates, and the shared frame ``basis.html.j2``.

    Args:
        pakket: package of the room, such as ``verrekening.uitleg``.
        map_: folder with templates inside it.

    Returns:
        An environment that escapes everything, stops at an unknown name, and knows the filters ``euro``
        (whole cents to text), ``vast`` (amounts in a text stay on one line) and ``svg`` (a drawing of this room
        goes in as it is).
    """
    omgeving_ = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader(pakket, map_), _HIER]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    omgeving_.filters["euro"] = lambda cent: vast(euro(cent))
    omgeving_.filters["vast"] = vast
    omgeving_.filters["svg"] = Markup
    return omgeving_


def vast(tekst: str) -> str:
    """The same text in which an amount stays on one line."""
    return tekst.replace("€ ", "€\N{NO-BREAK SPACE}")


def schrijf_pagina(html: str, doel: Path) -> None:
    """Writes a page that only its owner can read, complete or not at all. Raises OSError."""
    schrijf_bestand(html.encode(), doel)


def schrijf_bestand(inhoud: bytes, doel: Path) -> None:
    """Writes a file that only its owner can read, complete or not at all. Raises OSError."""
    tijdelijk = doel.with_name(f".{doel.name}.{os.getpid()}")
    descriptor = os.open(tijdelijk, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as bestand:
            bestand.write(inhoud)
        tijdelijk.replace(doel)
    except BaseException:
        tijdelijk.unlink(missing_ok=True)
        raise
