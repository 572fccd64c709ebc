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


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeeld:

    \b
      verrekening vroegsignaal --administratie gemeente.db
    """,
)
@waar
@optie("--maand", "betaalmaand", type=soorten.Maand(), help="Betaalmaand. Anders: de laatste met een besluit.")
@soorten.als_json
def vroegsignaal(administratie: str, betaalmaand: int | None, als_json: bool) -> None:
    """Toon voor de consulent wat nog te voorkomen is: te weinig geld, een vordering, een groeiend bedrag."""
    from verrekening import monitor as kamer
    from verrekening.cli.scherm import scherm, schrijf_json
    from verrekening.maand import toon_maand

    van = None if betaalmaand is None else betaalmaand - 2
    g = gegevens(administratie, van, betaalmaand)
    rijen = kamer.vroegsignalen(g)
    if als_json:
        schrijf_json({"versie": "vroegsignaal.v1", "betaalmaand": toon_maand(g.maanden[-1]), "zaken": rijen})
    else:
        kamer.toon_signalen(rijen, scherm())


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeelden:

    \b
      verrekening biascheck --administratie gemeente.db
      verrekening biascheck --administratie gemeente.db --instellingen --html biascheck.html
    """,
)
@waar
@optie("--maand", "betaalmaand", type=soorten.Maand(), help="Laatste betaalmaand. Anders: de laatste met een besluit.")
@click.option("--instellingen", is_flag=True, help="Reken ook na wat andere instellingen met een verschil doen.")
@soorten.als_json
@html
def biascheck(
    administratie: str, betaalmaand: int | None, instellingen: bool, als_json: bool, html: Path | None
) -> None:
    """Vergelijk groepen: pakt de verrekening voor de ene anders uit? Een vaste lijst, nooit minder dan tien."""
    from verrekening import administratie as kamer
    from verrekening import monitor as cijfers
    from verrekening import simulatie
    from verrekening.cli.scherm import scherm, schrijf_json, voortgang
    from verrekening.monitor.biascheck import biascheck as vergelijk
    from verrekening.simulatie.effect import groepen_van, met_instellingen

    with kamer.open_om_te_lezen(administratie, soorten.nu()) as boek:
        p = max(een.betaalmaand for een in kamer.runs(boek.verbinding)) if betaalmaand is None else betaalmaand
        u = simulatie.uitgangspunt(boek, p)
        g = cijfers.uit_administratie(kamer.maandoverzichten(boek.verbinding, u.maanden[0][0], p))
    with voortgang() as stap:
        uit = vergelijk(g, groepen_van(u), met_instellingen(u, voortgang=stap) if instellingen else None)
    if html is not None:
        from verrekening.monitor.pagina import schrijf_bias

        schrijf_bias(uit, html)
    if als_json:
        schrijf_json(uit)
    else:
        cijfers.toon_bias(uit, scherm())
