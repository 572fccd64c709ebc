"""``verrekening inzage`` and ``verrekening zaak brief``: what a resident receives about his own case."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from pathlib import Path

import click

from verrekening.cli import soorten
from verrekening.cli.brieven import afzender, datum, datum_in_woorden, lees_afzender
from verrekening.cli.nederlands import Opdracht, optie

_html = optie(
    "--html", type=click.Path(dir_okay=False, path_type=Path), help="Schrijf ook een webpagina naar dit bestand."
)
door = optie("--door", help="Wie kijkt; komt in het inzagelog. Zonder deze optie: de gebruiker van deze computer.")
reden = optie("--reden", default="", help="Waarom u kijkt; komt in het inzagelog.")


def noteer(waar: str, dossiernummer: str, wat: str, wie: str | None, waarom: str) -> None:
    """Logs a look at a case, before anything is shown."""
    import getpass

    from verrekening import administratie
    from verrekening.maand import toon_moment

    administratie.noteer(waar, toon_moment(soorten.nu()), dossiernummer, wie or getpass.getuser(), wat, waarom)


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeelden:

    \b
      verrekening inzage D-000001 --administratie gemeente.db > inzage.json
      verrekening inzage D-000001 --administratie gemeente.db --html inzage.html --door "J. Jansen" --reden verzoek
    """,
)
@click.argument("dossiernummer", metavar="DOSSIERNUMMER")
@optie("--administratie", metavar="BESTAND|URL", required=True, help="De administratie (verplicht).")
@_html
@door
@reden
def inzage(dossiernummer: str, administratie: str, html: Path | None, door: str | None, reden: str) -> None:
    """Geef een inwoner alles wat de administratie van hem heeft (AVG art. 15): bronnen, bedragen, regels, wie keek."""
    from verrekening import administratie as kamer
    from verrekening import terugblik
    from verrekening.cli.scherm import schrijf_json

    noteer(administratie, dossiernummer, "inzage voor de inwoner", door, reden)
    nu = soorten.nu()
    with kamer.open_om_te_lezen(administratie, nu) as boek:
        uit = terugblik.inzage(boek, dossiernummer, kamer.gelezen(administratie, dossiernummer), nu)
    if html is None:
        schrijf_json(uit)
        return
    from verrekening.terugblik.inzagepagina import schrijf

    schrijf(uit, html)


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeelden:

    \b
      verrekening zaak brief D-000001 --maand 2026-08 --administratie gemeente.db --pdf brief.pdf
      verrekening zaak brief D-000001 --maand 2026-08 --administratie gemeente.db --html brief.html --afzender a.yaml
    """,
)
@click.argument("dossiernummer", metavar="DOSSIERNUMMER")
@soorten.maand
@optie("--administratie", metavar="BESTAND|URL", required=True, help="De administratie (verplicht).")
@soorten.peildatum
@afzender
@datum
@optie("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Schrijf de brief als PDF naar dit bestand.")
@_html
@door
@reden
def brief(
    dossiernummer: str,
    betaalmaand: int,
    administratie: str,
    peildatum: int | None,
    afzender: Path | None,
    datum: int | None,
    pdf: Path | None,
    html: Path | None,
    door: str | None,
    reden: str,
) -> None:
    """Schrijf de uitkeringsspecificatie van één besluit: voor de inwoner, in eenvoudige taal."""
    from verrekening import administratie as kamer
    from verrekening import terugblik
    from verrekening.maand import toon_maand

    if pdf is None and html is None:
        raise click.UsageError("geef --pdf of --html")
    noteer(administratie, dossiernummer, f"brief {toon_maand(betaalmaand)}", door, reden)
    with kamer.open_om_te_lezen(administratie, soorten.nu()) as boek:
        uit = terugblik.herspeel(boek, dossiernummer, betaalmaand, peildatum)
    from verrekening import brief as briefkamer

    wie = lees_afzender(afzender, uit.resultaat.beleid.naam or "uw gemeente")
    inhoud = briefkamer.maak(
        dossiernummer,
        uit.uitleg["betaalmaand"],
        uit.uitleg["betaling"],
        uit.uitleg["maanden"],
        uit.uitleg["signalen"],
        wie,
    )
    briefkamer.schrijf(inhoud, datum_in_woorden(datum), pdf=pdf, html=html)
