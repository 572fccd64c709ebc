"""``verrekening algoritmeregister``: the entry in the register, and input for a DPIA and an IAMA."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

import json
from pathlib import Path

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Opdracht, optie


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeelden:

    \b
      verrekening algoritmeregister --beleid beleid.yaml
      verrekening algoritmeregister --beleid beleid.yaml --cijfers monitor.json --json
      verrekening algoritmeregister --beleid beleid.yaml --document dpia > dpia.md
    """,
)
@soorten.beleid
@optie(
    "--maand", "maand", type=soorten.Maand(), help="Maand waarvan het beleid en de bedragen gelden. Anders: deze maand."
)
@optie("--cijfers", type=soorten.Pad(), help="Gemeten cijfers voor het doel: JSON met naam en waarde.")
@click.option(
    "--document",
    type=click.Choice(["register", "dpia", "iama"]),
    default="register",
    show_default=True,
    help="Welk document.",
)
@soorten.als_json
def algoritmeregister(beleid: Path, maand: int | None, cijfers: Path | None, document: str, als_json: bool) -> None:
    """Maak de inschrijving in het Algoritmeregister (standaard 1.0), of invoer voor een DPIA of IAMA."""
    from verrekening import verantwoording
    from verrekening.beleid import lees_beleid
    from verrekening.cli.scherm import scherm, schrijf_json
    from verrekening.fouten import InvoerGeweigerd
    from verrekening.maand import dag_van_moment, maand_van
    from verrekening.parameters import laad

    gelezen = lees_beleid(beleid)
    parameters = laad().met_eigen(gelezen.parameters)
    voor = int(maand_van(dag_van_moment(soorten.nu()))) if maand is None else maand
    if document != "register":
        click.echo(verantwoording.document(document, gelezen, parameters, voor), nl=False)
        return
    gemeten = None
    if cijfers is not None:
        try:
            gemeten = json.loads(cijfers.read_text(encoding="utf-8"))
        except ValueError as fout:
            raise InvoerGeweigerd(f"{cijfers.name}: is geen JSON") from fout
        if not isinstance(gemeten, dict):
            raise InvoerGeweigerd(f"{cijfers.name}: geef een JSON-object met naam en waarde")
    inschrijving = verantwoording.inschrijving(gelezen, parameters, voor, gemeten)
    if als_json:
        schrijf_json(inschrijving)
        return
    uit = scherm()
    for veld in verantwoording.VELDEN:
        waarde = inschrijving[veld.naam]
        if isinstance(waarde, list):
            waarde = "; ".join(
                f"{een['title']} {een['link']}".strip() if isinstance(een, dict) else een for een in waarde
            )
        uit.print(f"{veld.titel}{' (verplicht)' if veld.verplicht else ''}", style="bold")
        uit.print(f"  {waarde}\n")
    nog = verantwoording.open_velden(inschrijving)
    uit.print(f"De gemeente vult nog {len(nog)} velden in: {', '.join(nog)}.")
