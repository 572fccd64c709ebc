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
_SOORTEN = {
    "volledig": "volledige aangifte",
    "aanvullend": "aanvullende aangifte",
    "correctie": "correctie van een tijdvak",
    "suwinet": "antwoord van Suwinet",
    "csv": "CSV",
}
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
    from verrekening.polis.controle import samenvatting

    with voortgang("loongegevens lezen") as stap:
        stap("")
        indeling = None if kolommen is None else kamer.lees_indeling(kolommen)
        levering = kamer.lees(paden, None, ontvangen, indeling=indeling)
        inhoud = samenvatting(levering)
    if als_json:
        schrijf_json(inhoud)
    else:
        uit = scherm()
        for deel in _tabellen(inhoud):
            uit.print(deel)
        meld_afkeuringen(levering.afkeuringen)
    return 0 if sum(inhoud["aangiften"].values()) or inhoud["intrekkingen"] else NIETS_GELEZEN


def _tabellen(inhoud: dict[str, Any]) -> list[Any]:
    """The summary for a person: what is in it, what can be computed, what is missing, what is odd."""
    delen = [_inhoud(inhoud), _rekenbaar(inhoud["rekenbaar"]), _gaten(inhoud["inkomstenverhoudingen"])]
    delen += [_per_code(inhoud["bevindingen_per_code"]), _bevindingen(inhoud["bevindingen"])]
    uit: list[Any] = []
    for deel in delen:
        if deel:
            uit += ["", *deel] if uit else deel
    return uit


def _inhoud(inhoud: dict[str, Any]) -> list[Any]:
    from verrekening.cli.scherm import tabel

    tijdvakken, ikv = inhoud["tijdvakken"], inhoud["inkomstenverhoudingen"]
    rijen = [
        ("Bestanden", str(len(inhoud["bestanden"]))),
        ("Inhoudingsplichtigen", str(inhoud["werkgevers"])),
        ("Personen", str(inhoud["personen"])),
        ("Inkomstenverhoudingen", f"{ikv['aantal']}, waarvan open {ikv['open']}"),
        (
            "Tijdvakken",
            f"{tijdvakken[0]['begin']} t/m {max(een['eind'] for een in tijdvakken)}" if tijdvakken else "geen",
        ),
        *[(f"Berichten: {_SOORTEN[soort]}", str(aantal)) for soort, aantal in inhoud["aangiften"].items() if aantal],
        ("Intrekkingen", str(inhoud["intrekkingen"])),
        ("Correcties", str(inhoud["correcties"])),
        ("Dubbel in een bericht", str(inhoud["dubbel"])),
        *[(f"Opgaven: {naam.replace('_', ' ')}", str(aantal)) for naam, aantal in inhoud["tellingen"].items()],
        ("Afgekeurd", str(inhoud["afgekeurd"])),
    ]
    return [tabel([("", "left"), ("", "right")], rijen)]


def _rekenbaar(rijen: list[dict[str, Any]]) -> list[Any]:
    from verrekening.cli.scherm import tabel

    if not any(rij["te_berekenen"] + rij["niet_te_berekenen"] for rij in rijen):
        return []
    koppen = [("bedrag", "left"), ("wel", "right"), ("niet", "right"), ("waarom niet, en wat dan", "left")]
    regels = [(rij["bedrag"], str(rij["te_berekenen"]), str(rij["niet_te_berekenen"]), rij["gevolg"]) for rij in rijen]
    return [tabel(koppen, regels, "Wat hieruit te berekenen is (opgaven)")]


def _gaten(ikv: dict[str, Any]) -> list[Any]:
    from verrekening.cli.scherm import tabel

    if not ikv["gaten"]:
        return []
    koppen = [("loonheffingennummer", "left"), ("nummer", "right"), ("van", "left"), ("tot en met", "left")]
    regels = [(gat["lhnr"], str(gat["numiv"]), gat["van"], gat["tot"]) for gat in ikv["gaten"][:MAX_BEVINDINGEN]]
    return [
        tabel(koppen, regels, "Open inkomstenverhoudingen zonder opgave"),
        *_en_nog(ikv["gaten_totaal"] - len(regels)),
    ]


def _per_code(codes: dict[str, dict[str, Any]]) -> list[Any]:
    from verrekening.cli.scherm import tabel

    if not codes:
        return []
    koppen = [("code", "left"), ("gewicht", "left"), ("aantal", "right"), ("bevinding", "left"), ("doen", "left")]
    regels = [
        (code, een["gewicht"], str(een["aantal"]), een["bevinding"], een["wat_te_doen"]) for code, een in codes.items()
    ]
    return [tabel(koppen, regels, "Bevindingen per code")]


def _bevindingen(bevindingen: list[dict[str, Any]]) -> list[Any]:
    from verrekening.cli.scherm import tabel

    if not bevindingen:
        return []
    # Warnings first: an info can wait.
    bevindingen = sorted(bevindingen, key=lambda een: een["gewicht"] == "info")
    koppen = [("code", "left"), ("aantal", "right"), ("bestand, plaats", "left"), ("opgave", "left")]
    regels = [
        (een["code"], str(een["aantal"]), f"{een['bestand']}, {een['plaats']}", een["sleutel"] or een["verwacht"])
        for een in bevindingen[:MAX_BEVINDINGEN]
    ]
    return [tabel(koppen, regels, "Waar"), *_en_nog(len(bevindingen) - len(regels))]


def _en_nog(aantal: int) -> list[Any]:
    return [f"… en nog {aantal}; --json toont ze allemaal."] if aantal > 0 else []
