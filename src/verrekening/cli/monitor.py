"""``verrekening monitor``, ``vroegsignaal`` and ``biascheck``: open about what the engine does."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Opdracht, optie

if TYPE_CHECKING:
    from verrekening.monitor import Gegevens

waar = optie("--administratie", metavar="BESTAND|URL", required=True, help="De administratie (verplicht).")
html = optie(
    "--html", type=click.Path(dir_okay=False, path_type=Path), help="Schrijf ook een webpagina naar dit bestand."
)
csv = optie("--csv", "csv_map", type=click.Path(path_type=Path), help="Schrijf de cijfers als CSV in deze nieuwe map.")
_van = optie("--van", type=soorten.Maand(), help="Eerste betaalmaand. Anders: vanaf het begin.")
_tot = optie("--tot", type=soorten.Maand(), help="Laatste betaalmaand. Anders: tot het eind.")


def gegevens(administratie: str, van: int | None, tot: int | None) -> Gegevens:
    """The tables of these payment months."""
    from verrekening import administratie as kamer
    from verrekening import monitor as kamer_van_cijfers

    with kamer.open_om_te_lezen(administratie, soorten.nu()) as boek:
        return kamer_van_cijfers.uit_administratie(kamer.maandoverzichten(boek.verbinding, van, tot))


def schrijf_map(bestanden: dict[str, bytes], doel: Path) -> None:
    """Writes files to a new folder, all of them or none."""
    from verrekening import uitvoer

    uitvoer.keur_doel(doel)
    with uitvoer.hele_map(doel) as map_:
        for naam, inhoud in bestanden.items():
            uitvoer.schrijf_bytes(inhoud, map_ / naam)


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeelden:

    \b
      verrekening monitor --administratie gemeente.db
      verrekening monitor --administratie gemeente.db --van 2026-01 --tot 2026-12 --html monitor.html --csv monitor
      verrekening monitor --administratie gemeente.db --register cijfers.json
    """,
)
@waar
@_van
@_tot
@soorten.als_json
@csv
@html
@optie(
    "--register", type=click.Path(dir_okay=False, path_type=Path),
    help="Schrijf de cijfers voor `verrekening algoritmeregister --cijfers` naar dit bestand.",
)  # fmt: skip
def monitor(
    administratie: str,
    van: int | None,
    tot: int | None,
    als_json: bool,
    csv_map: Path | None,
    html: Path | None,
    register: Path | None,
) -> None:
    """Toon wat de verrekening deed: zonder mens, doorlooptijd, voorkomen vorderingen. Nooit over minder dan tien."""
    from verrekening import monitor as kamer
    from verrekening.cli.scherm import scherm, schrijf_json

    uit = kamer.verslag(gegevens(administratie, van, tot))
    if csv_map is not None:
        schrijf_map(kamer.tabellen(uit), csv_map)
    if html is not None:
        from verrekening.monitor.pagina import schrijf

        schrijf(uit, html)
    if register is not None:
        register.write_text(
            json.dumps(kamer.cijfers_voor_register(uit), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
    if als_json:
        schrijf_json(uit)
    else:
        kamer.terminal(uit, scherm())
