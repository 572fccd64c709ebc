"""``verrekening zaak``: one case, explained."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from pathlib import Path

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Opdracht, optie


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeeld:

    \b
      verrekening zaak D-000001 --maand 2026-08 --dossiers dossiers.jsonl --polis leveringen --beleid beleid.yaml
      verrekening zaak D-000001 --maand 2026-08 --dossiers dossiers.jsonl --polis leveringen --beleid beleid.yaml --json
      verrekening zaak D-000001 --maand 2026-08 --dossiers dossiers.jsonl --polis pad --beleid b.yaml --html zaak.html
      verrekening zaak D-000001 --maand 2026-08 --dossiers d.jsonl --polis pad --beleid b.yaml --wat-als loon=+200
    """,
)
@click.argument("dossiernummer", metavar="DOSSIERNUMMER")
@soorten.maand
@soorten.dossiers
@soorten.polisbestanden
@soorten.beleid
@optie("--administratie", metavar="BESTAND", callback=soorten.volgt, expose_value=False, help="Volgt.")
@soorten.peildatum
@soorten.ontvangen
@soorten.kolommen
@soorten.als_json
@click.option("--detail", is_flag=True, help="Toon alle berekende bedragen, ook die nul zijn.")
@click.option(
    "--html",
    metavar="BESTAND",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Schrijf de uitleg als één webpagina naar dit bestand.",
)
@click.option(
    "--wat-als",
    "wat_als",
    metavar="WIJZIGING",
    multiple=True,
    help="Reken ook met een wijziging, en zet oud en nieuw naast elkaar voor deze maand en de twaalf erna: loon=900, "
    "loon=+200, loon=+10%, 'uren=+8 uurloon=16,50', baan=600, gift=1500, kind=2014-10-03, later=2026-08, "
    "beleid=ander.yaml; elk met vanaf=2026-10. Mag vaker.",
)
def zaak(
    dossiernummer: str,
    betaalmaand: int,
    dossiers: tuple[Path, ...],
    polis: tuple[Path, ...],
    beleid: Path,
    peildatum: int | None,
    ontvangen: int | None,
    kolommen: Path | None,
    als_json: bool,
    detail: bool,
    html: Path | None,
    wat_als: tuple[str, ...],
) -> None:
    """Leg één zaak uit: wat wordt verrekend, uit welk loon, op welk artikel. Besluit niets."""
    from verrekening import run, uitleg
    from verrekening.berekening import Spoor
    from verrekening.cli.scherm import meld_afkeuringen, scherm, schrijf_json, voortgang

    moment = soorten.nu() if peildatum is None else peildatum
    spoor = Spoor(aan=True)
    with voortgang() as stap:
        resultaat = run.draai(
            run.Opdracht(
                betaalmaand,
                moment,
                dossiers,
                polis,
                beleid,
                alleen=dossiernummer,
                ontvangen=ontvangen,
                kolommen=kolommen,
            ),
            stap,
            spoor,
        )
        uitgelegd = uitleg.zaak(resultaat, spoor, volledig=detail)
        vergelijking = None
        if wat_als:
            from verrekening import watals

            stap("wat als")
            vergelijking = watals.vergelijk(resultaat, [watals.ontleed(een) for een in wat_als])
    meld_afkeuringen(resultaat.afkeuringen)
    if vergelijking is not None:
        if als_json:
            schrijf_json(vergelijking.als_data())
        else:
            watals.terminal(vergelijking, scherm())
        return
    if html is not None:
        from verrekening.uitleg.webpagina import schrijf

        schrijf(uitgelegd, html)
    if als_json:
        schrijf_json(uitgelegd)
    else:
        uitleg.terminal(uitgelegd, scherm(), detail=detail)
