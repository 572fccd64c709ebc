"""``verrekening zaak``: one case, explained."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verrekening.cli import soorten
from verrekening.cli.besluit import besluit as besluit_opdracht
from verrekening.cli.inzage import brief, door, noteer, reden
from verrekening.cli.nederlands import Opdracht, Standaardgroep, optie


@click.command(
    cls=Opdracht,
    epilog="""
    Een besluit van een mens vastleggen: `verrekening zaak besluit --help`.
    De brief voor de inwoner: `verrekening zaak brief --help`.

    Voorbeeld:

    \b
      verrekening zaak D-000001 --maand 2026-08 --dossiers dossiers.jsonl --polis leveringen --beleid beleid.yaml
      verrekening zaak D-000001 --maand 2026-08 --dossiers dossiers.jsonl --polis leveringen --beleid beleid.yaml --json
      verrekening zaak D-000001 --maand 2026-08 --dossiers dossiers.jsonl --polis pad --beleid b.yaml --html zaak.html
      verrekening zaak D-000001 --maand 2026-08 --dossiers d.jsonl --polis pad --beleid b.yaml --wat-als loon=+200
      verrekening zaak D-000001 --maand 2026-08 --administratie gemeente.db
      verrekening zaak D-000001 --maand 2026-09 --administratie gemeente.db --waarom 2026-07
    """,
)
@click.argument("dossiernummer", metavar="DOSSIERNUMMER")
@soorten.maand
@soorten.dossiers_als_bestand
@soorten.polis_als_bestand
@soorten.beleid_als_bestand
@soorten.administratie
@click.option(
    "--verschil",
    nargs=2,
    type=click.IntRange(1),
    metavar="BOEKING BOEKING",
    help="Toon regel voor regel wat er tussen twee runs in de administratie verschilt.",
)
@optie("--waarom", type=soorten.Maand(), help="Waarom is deze maand anders dan in het besluit ervoor?")
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
@door
@reden
def toon(
    dossiernummer: str,
    betaalmaand: int,
    dossiers: tuple[Path, ...],
    polis: tuple[Path, ...],
    beleid: Path | None,
    administratie: str | None,
    verschil: tuple[int, int] | None,
    waarom: int | None,
    peildatum: int | None,
    ontvangen: int | None,
    kolommen: Path | None,
    als_json: bool,
    detail: bool,
    html: Path | None,
    wat_als: tuple[str, ...],
    door: str | None,
    reden: str,
) -> None:
    """Leg één zaak uit: wat wordt verrekend, uit welk loon, op welk artikel. Besluit niets.

    Met --administratie: wat is besloten, wanneer en waarop. Met bestanden: een berekening.
    """
    from verrekening import run, uitleg
    from verrekening.berekening import Spoor
    from verrekening.cli.scherm import meld_afkeuringen, scherm, schrijf_json, voortgang
    from verrekening.maand import toon_maand

    if administratie is not None:
        soorten.niet_samen("--administratie", dossiers=dossiers, polis=polis, beleid=beleid)
    elif verschil or waarom is not None:
        raise click.UsageError("--verschil en --waarom gaan over besluiten: geef --administratie")
    else:
        soorten.nodig(dossiers=dossiers, polis=polis, beleid=beleid)
    if administratie is not None:
        noteer(administratie, dossiernummer, f"zaak {toon_maand(betaalmaand)}", door, reden)
    if verschil or waarom is not None:
        _verschil(str(administratie), dossiernummer, betaalmaand, verschil, waarom, peildatum, als_json=als_json)
        return
    besluit = None
    with voortgang() as stap:
        if administratie is not None:
            resultaat, spoor, uitgelegd = _besloten(administratie, dossiernummer, betaalmaand, peildatum, detail=detail)
            besluit = uitgelegd["besluit"]
        else:
            moment = soorten.nu() if peildatum is None else peildatum
            spoor = Spoor(aan=True)
            opdracht = run.Opdracht(
                betaalmaand, moment, dossiers, polis, beleid or Path(), alleen=dossiernummer, ontvangen=ontvangen,
                kolommen=kolommen,
            )  # fmt: skip
            resultaat = run.draai(opdracht, stap, spoor)
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
        return
    if besluit is not None:
        from verrekening import terugblik

        terugblik.toon_besluit(besluit, scherm())
    uitleg.terminal(uitgelegd, scherm(), detail=detail)


def _besloten(waar: str, dossiernummer: str, betaalmaand: int, peildatum: int | None, *, detail: bool) -> Any:
    """The decision that stands, computed again: result, trace and explanation."""
    from verrekening import administratie, terugblik

    with administratie.open_om_te_lezen(waar, soorten.nu()) as boek:
        herspeeld = terugblik.herspeel(boek, dossiernummer, betaalmaand, peildatum, volledig=detail)
        return herspeeld.resultaat, herspeeld.spoor, herspeeld.uitleg


def _verschil(
    waar: str,
    dossiernummer: str,
    betaalmaand: int,
    boekingen: tuple[int, int] | None,
    maand: int | None,
    peildatum: int | None,
    *,
    als_json: bool,
) -> None:
    from verrekening import administratie, terugblik
    from verrekening.cli.scherm import scherm, schrijf_json

    with administratie.open_om_te_lezen(waar, soorten.nu()) as boek:
        if boekingen:
            uit = terugblik.twee_runs(boek, dossiernummer, *boekingen)
        else:
            uit = terugblik.waarom(boek, dossiernummer, betaalmaand, maand or betaalmaand, peildatum)
    if als_json:
        schrijf_json(uit)
    else:
        terugblik.toon_verschil(uit, scherm())


zaak = Standaardgroep("zaak", standaard=toon, commands={"besluit": besluit_opdracht, "brief": brief})
"""``verrekening zaak D-000001`` shows a case; ``verrekening zaak besluit D-000001`` keeps a decision,
``verrekening zaak brief D-000001`` writes the statement."""
