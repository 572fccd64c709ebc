"""``verrekening simuleer``: another policy, amount or year over the whole population."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from pathlib import Path

import click

from verrekening.cli import soorten
from verrekening.cli.monitor import html, waar
from verrekening.cli.nederlands import Opdracht, optie


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeelden:

    \b
      verrekening simuleer --administratie gemeente.db --zet methode=schatten
      verrekening simuleer --administratie gemeente.db --maand 2026-12 --bedrag norm_21a_alleenstaande_21_aow=1450.00
      verrekening simuleer --administratie gemeente.db --beleid beleid-2027.yaml --jaar 2027 --html 2027.html
    """,
)
@waar
@optie("--maand", "betaalmaand", type=soorten.Maand(), help="Laatste betaalmaand. Anders: de laatste met een besluit.")
@optie("--beleid", "beleid", type=soorten.Pad(), help="Een heel ander beleid, YAML.")
@optie("--zet", "zetten", multiple=True, metavar="SLEUTEL=WAARDE", help="Eén sleutel van het beleid anders.")
@optie("--bedrag", "bedragen", multiple=True, metavar="NAAM=WAARDE", help="Eén bedrag of percentage anders.")
@optie(
    "--jaar", type=click.IntRange(2023, 2100), metavar="JJJJ",
    help="Alsof dezelfde feiten in dit jaar gebeuren: de wet en de bedragen van dat jaar.",
)  # fmt: skip
@soorten.als_json
@html
def simuleer(
    administratie: str,
    betaalmaand: int | None,
    beleid: Path | None,
    zetten: tuple[str, ...],
    bedragen: tuple[str, ...],
    jaar: int | None,
    als_json: bool,
    html: Path | None,
) -> None:
    """Reken na wat ander beleid doet: wie wint, wie verliest, hoeveel stopt, wat het kost. Besluit niets."""
    from verrekening import administratie as kamer
    from verrekening import simulatie
    from verrekening.cli.scherm import scherm, schrijf_json, voortgang
    from verrekening.maand import eerste_dag

    if not (beleid or zetten or bedragen or jaar):
        raise click.UsageError("geef wat er anders moet: --beleid, --zet, --bedrag of --jaar")
    with kamer.open_om_te_lezen(administratie, soorten.nu()) as boek:
        p = max(een.betaalmaand for een in kamer.runs(boek.verbinding)) if betaalmaand is None else betaalmaand
        u = simulatie.uitgangspunt(boek, p)
    eerste = u.maanden[0][0] if jaar is None else u.maanden[0][0] + 12 * (jaar - (u.maanden[-1][0] // 12 + 1970))
    ander = simulatie.anders(u.beleid, beleid, zetten, bedragen, eerste_dag(eerste))
    with voortgang() as stap:
        uit = simulatie.simuleer(u, ander, simulatie.in_woorden(beleid, zetten, bedragen), jaar, stap)
    if html is not None:
        from verrekening.simulatie.pagina import schrijf

        schrijf(uit, html)
    if als_json:
        schrijf_json(uit)
    else:
        simulatie.terminal(uit, scherm())
