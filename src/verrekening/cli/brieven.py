"""``verrekening brieven``: the statements of a whole run."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Opdracht, optie

if TYPE_CHECKING:
    from verrekening.brief import Afzender

afzender = optie(
    "--afzender", type=soorten.Pad(), help="Wie de brief stuurt, YAML: naam, adres, telefoon, website, bezwaar."
)
datum = optie("--datum", type=soorten.Datum(), help="Datum van de brief. Zonder deze optie: vandaag.")


def lees_afzender(bestand: Path | None, naam: str = "uw gemeente") -> Afzender:
    """The sender of the file, or only a name."""
    from verrekening import brief

    return brief.Afzender(naam=naam) if bestand is None else brief.lees_afzender(bestand)


def datum_in_woorden(dag: int | None) -> str:
    """The date of the letter as people write it."""
    from datetime import UTC, datetime

    from verrekening.maand import AMSTERDAM, toon_datum
    from verrekening.uitleg.woorden import dag_in_woorden

    return dag_in_woorden(
        datetime.now(UTC).astimezone(AMSTERDAM).date().isoformat() if dag is None else toon_datum(dag)
    )


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeelden:

    \b
      verrekening brieven uit-2026-08 --uit brieven-2026-08 --afzender afzender.yaml
      verrekening brieven uit-2026-09 --vorig uit-2026-08 --uit brieven-2026-09 --html
    """,
)
@click.argument("map_", metavar="MAP", type=soorten.Pad(map_mag=True))
@optie("--uit", type=click.Path(path_type=Path), required=True, help="Nieuwe map voor de brieven (verplicht).")
@optie("--vorig", type=soorten.Pad(map_mag=True), help="Uitvoermap van de vorige betaalmaand, om mee te vergelijken.")
@afzender
@datum
@click.option("--html", is_flag=True, help="Schrijf naast elke PDF ook een webpagina.")
def brieven(map_: Path, uit: Path, vorig: Path | None, afzender: Path | None, datum: int | None, html: bool) -> None:
    """Schrijf de uitkeringsspecificaties van een run: één per huishouden met een gewijzigd bedrag."""
    from verrekening import brief, uitvoer
    from verrekening.cli.scherm import scherm, voortgang

    uitvoer.keur_doel(uit)
    wie = lees_afzender(afzender)
    with voortgang() as stap:
        stap("uitvoer lezen")
        stapel = brief.lees_stapel(map_, vorig)
        totaal = len(stapel.betalingen)
        aantal = brief.schrijf_stapel(
            stapel,
            wie,
            datum_in_woorden(datum),
            uit,
            html=html,
            voortgang=lambda klaar: stap(f"brief {klaar} van {totaal}"),
        )
    scherm().print(f"{aantal} brieven geschreven in {uit}")
