"""``verrekening polis controleer``: what stands in a delivery of wage records."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Groep, Opdracht

NIETS_GELEZEN = 3
"""Exit code when no message could be read."""
MAX_BEVINDINGEN = 20
"""Findings that get a row on the screen; ``--json`` has them all."""


@click.group(cls=Groep)
def polis() -> None:
    """Loongegevens bekijken."""


@polis.command(
    cls=Opdracht,
    epilog="""
    Voorbeeld:

    \b
      verrekening polis controleer leveringen/2026-08
    """,
)
@click.argument("paden", nargs=-1, required=True, type=soorten.Pad(map_mag=True), metavar="PAD…")
@soorten.ontvangen
@soorten.kolommen
@soorten.als_json
def controleer(paden: tuple[Path, ...], ontvangen: int | None, kolommen: Path | None, als_json: bool) -> int:
    """Lees leveringen en meld wat erin staat. Verrekent niets."""
    from verrekening import polis as kamer
    from verrekening.cli.scherm import meld_afkeuringen, scherm, schrijf_json, voortgang

    with voortgang("loongegevens lezen") as stap:
        stap("")
        indeling = None if kolommen is None else kamer.lees_indeling(kolommen)
        levering = kamer.lees(paden, None, ontvangen, indeling=indeling)
        inhoud = kamer.samenvatting(levering)
    if als_json:
        schrijf_json(inhoud)
    else:
        uit = scherm()
        for deel in _tabellen(inhoud):
            uit.print(deel)
        meld_afkeuringen(levering.afkeuringen)
    return 0 if sum(inhoud["aangiften"].values()) or inhoud["intrekkingen"] else NIETS_GELEZEN


def _tabellen(inhoud: dict[str, Any]) -> list[Any]:
    from verrekening.cli.scherm import tabel

    tijdvakken = inhoud["tijdvakken"]
    rijen = [
        ("Bestanden", str(len(inhoud["bestanden"]))),
        ("Inhoudingsplichtigen", str(inhoud["werkgevers"])),
        ("Personen", str(inhoud["personen"])),
        (
            "Tijdvakken",
            f"{tijdvakken[0]['begin']} t/m {max(een['eind'] for een in tijdvakken)}" if tijdvakken else "geen",
        ),
        *[(f"Aangiften: {soort}", str(aantal)) for soort, aantal in inhoud["aangiften"].items()],
        ("Intrekkingen", str(inhoud["intrekkingen"])),
        ("Correcties", str(inhoud["correcties"])),
        *[(f"Opgaven: {naam.replace('_', ' ')}", str(aantal)) for naam, aantal in inhoud["tellingen"].items()],
        ("Afgekeurd", str(inhoud["afgekeurd"])),
    ]
    uit: list[Any] = [tabel([("", "left"), ("", "right")], rijen)]
    bevindingen = inhoud["bevindingen"]
    if bevindingen:
        koppen = [
            ("code", "left"),
            ("gewicht", "left"),
            ("aantal", "right"),
            ("bestand, plaats", "left"),
            ("bevinding", "left"),
        ]
        regels = [
            (een["code"], een["gewicht"], str(een["aantal"]), f"{een['bestand']}, {een['plaats']}", een["verwacht"])
            for een in bevindingen[:MAX_BEVINDINGEN]
        ]
        uit += ["", tabel(koppen, regels, "Bevindingen")]
        if len(bevindingen) > MAX_BEVINDINGEN:
            uit.append(f"… en nog {len(bevindingen) - MAX_BEVINDINGEN}; --json toont ze allemaal.")
    return uit
