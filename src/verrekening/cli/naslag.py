"""``verrekening parameters`` and ``verrekening regels``: the amounts and the rules, to look up."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Opdracht, optie

SMAL = 100
"""Below this width a rule or an amount takes several lines instead of one row of a table."""


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeelden:

    \b
      verrekening parameters
      verrekening parameters vrijlating_n_max --op 2026-07-01
      verrekening parameters --verloopt
    """,
)
@click.argument("naam", required=False, metavar="[NAAM]")
@optie("--op", "dag", type=soorten.Datum(), help="Alleen de waarde die op deze dag geldt.")
@click.option("--verloopt", is_flag=True, help="Wat vóór welke maand moet worden bijgewerkt, en in welk bestand.")
@soorten.als_json
def parameters(naam: str | None, dag: int | None, verloopt: bool, als_json: bool) -> None:
    """Toon de bedragen en percentages, met ingangsdatum en bron."""
    from verrekening import catalogus
    from verrekening.cli.scherm import scherm, schrijf_json
    from verrekening.parameters import laad

    if verloopt:
        _verloopt(catalogus.kies(catalogus.verloopt(laad()), naam, ("naam",), "parameter"), als_json=als_json)
        return
    gekozen = catalogus.kies(catalogus.parameters(laad()), naam, ("naam",), "parameter")
    if dag is not None:
        gekozen = [een | {"waarden": catalogus.op_dag(een["waarden"], dag)} for een in gekozen]
    if als_json:
        schrijf_json(gekozen)
        return
    uit = scherm()
    if len(gekozen) == 1 and naam is not None:
        for regel in _een_parameter(gekozen[0]):
            uit.print(regel)
    else:
        # A list of everything shows what holds today, or what comes; one parameter shows its whole history.
        vandaag = soorten.nu() // (24 * 60 * 60 * 1_000_000)
        if dag is None:
            gekozen = [
                een | {"waarden": catalogus.op_dag(een["waarden"], vandaag) or een["waarden"][:1]} for een in gekozen
            ]
        uit.print(_alle_parameters(gekozen, uit))


def _alle_parameters(gekozen: list[dict[str, Any]], uit: Any) -> Any:
    from verrekening.cli.scherm import tabel

    if uit.width < SMAL:
        return tabel(
            [("naam", "left"), ("waarde", "right")],
            [
                (
                    f"{een['naam']}\n  vanaf {waarde['vanaf']}, {waarde['status']}",
                    _waarde(een["eenheid"], waarde["waarde"], kort=True),
                )
                for een in gekozen
                for waarde in een["waarden"]
            ],
        )
    koppen = [("naam", "left"), ("vanaf", "left"), ("waarde", "right"), ("status", "left"), ("artikel", "left")]
    rijen = [
        (
            een["naam"],
            waarde["vanaf"],
            _waarde(een["eenheid"], waarde["waarde"], kort=True),
            waarde["status"],
            een["artikel"],
        )
        for een in gekozen
        for waarde in een["waarden"]
    ]
    return tabel(koppen, rijen, heel=4)


def _een_parameter(een: Mapping[str, Any]) -> list[Any]:
    from verrekening.cli.scherm import tabel

    koppen = [("geldig vanaf", "left"), ("waarde", "right"), ("status", "left"), ("bron", "left")]
    rijen = [
        (
            waarde["vanaf"],
            _waarde(een["eenheid"], waarde["waarde"]),
            waarde["status"],
            "\n".join(tekst for tekst in (waarde["bron"], waarde["url"], waarde["toelichting"]) if tekst),
        )
        for waarde in een["waarden"]
    ]
    return [
        f"{een['naam']}: {een['omschrijving']}",
        f"Artikel: {een['artikel']}",
        f"Gecontroleerd tot en met {een['gecontroleerd_tot'] or '(eigen waarde, zonder einde)'}",
        f"Staat in {een['plaats']}",
        "",
        tabel(koppen, rijen) if rijen else "Op deze dag geldt nog geen waarde.",
    ]


def _verloopt(gekozen: list[dict[str, Any]], *, als_json: bool) -> None:
    from itertools import groupby

    from rich.padding import Padding

    from verrekening.cli.scherm import scherm, schrijf_json

    if als_json:
        schrijf_json(gekozen)
        return
    uit = scherm()
    uit.print("Voor een maand waarvoor een bedrag niet is gecontroleerd, rekent verrekening niet.")
    for (maand, plaats), groep in groupby(gekozen, key=lambda een: (een["voor_maand"], een["plaats"])):
        uit.print(f"\nBijwerken vóór {maand}, in {plaats}", style="bold")
        for een in groep:
            elk = f" ({een['herziening']} een nieuw bedrag)" if een["herziening"] else ""
            elk = " (vervalt: geen regel leest het daarna)" if een["vervalt"] else elk
            uit.print(Padding(f"{een['naam']}{elk}: {een['artikel']}", (0, 0, 0, 2)))


def _waarde(eenheid: str, tekst: str, *, kort: bool = False) -> str:
    """A published value with its unit; a table of brackets can be too long for a list."""
    if kort and eenheid == "schijven":
        schijven = tekst.count(";") + 1
        return f"{schijven} schijf" if schijven == 1 else f"{schijven} schijven"
    if eenheid.startswith("cent"):
        from verrekening.geld import euro
        from verrekening.parameters.eenheden import lees_cent

        return euro(lees_cent(tekst))
    return f"{tekst.replace('.', ',').removesuffix('%')}%" if eenheid == "procent" else tekst


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeelden:

    \b
      verrekening regels
      verrekening regels W2
      verrekening regels vrijlating_n --json
      verrekening regels --niet
    """,
)
@click.argument("naam", required=False, metavar="[NAAM]")
@click.option("--niet", is_flag=True, help="Toon wat niet wordt berekend, per artikel.")
@soorten.als_json
def regels(naam: str | None, niet: bool, als_json: bool) -> None:
    """Toon de rekenregels: wat elke regel rekent, waaruit, en op welk artikel. NAAM is een naam of een nummer."""
    from verrekening import catalogus
    from verrekening.cli.scherm import scherm, schrijf_json

    if niet:
        _niet(naam, als_json=als_json)
        return
    gekozen = catalogus.kies(catalogus.regels(), naam, ("naam", "regel"), "regel")
    if als_json:
        schrijf_json(gekozen)
        return
    uit = scherm()
    if uit.width < SMAL or naam is not None:
        for een in gekozen:
            _regel_ruim(een, uit)
    else:
        uit.print(_regeltabel(gekozen))


def _regeltabel(gekozen: list[dict[str, Any]]) -> Any:
    from verrekening.cli.scherm import tabel

    return tabel(
        [("regel", "left"), ("naam", "left"), ("wat de regel rekent", "left"), ("artikel", "left")],
        [(een["regel"], een["naam"], een["zin"], een["artikel"] + _geldig(een)) for een in gekozen],
        heel=2,
    )


def _regel_ruim(een: Mapping[str, Any], uit: Any) -> None:
    from rich.padding import Padding

    uit.print(f"{een['regel']} {een['naam']} ({een['niveau']}){_geldig(een)}", style="bold")
    leest = ", ".join(f"{naam} ({herkomst})" for naam, herkomst in een["herkomst"].items())
    for tekst in (een["zin"], een["artikel"], f"leest: {leest}" if leest else ""):
        if tekst:
            uit.print(Padding(tekst, (0, 0, 0, 2)))
    uit.print()


def _geldig(een: Mapping[str, Any]) -> str:
    """The months in which a rule holds, when that is not always."""
    return (f", vanaf {een['vanaf']}" if een["vanaf"] else "") + (f", t/m {een['tot']}" if een["tot"] else "")


def _niet(naam: str | None, *, als_json: bool) -> None:
    """The declared gaps."""
    from dataclasses import asdict

    from rich.padding import Padding

    from verrekening import catalogus
    from verrekening.cli.scherm import scherm, schrijf_json
    from verrekening.leemten import LEEMTEN

    gekozen = catalogus.kies([asdict(een) for een in LEEMTEN], naam, ("code", "artikel"), "leemte")
    if als_json:
        schrijf_json(gekozen)
        return
    uit = scherm()
    for een in gekozen:
        uit.print(een["artikel"], style="bold")
        genoemd = f"In de uitleg van een zaak: {een['in_zaak']}." if een["in_zaak"] else ""
        for tekst in (een["wat"], f"Doen: {een['doen']}", genoemd):
            if tekst:
                uit.print(Padding(tekst, (0, 0, 0, 2)))
        uit.print()
