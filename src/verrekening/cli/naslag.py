"""``verrekening parameters`` and ``verrekening regels``: the amounts and the rules, to look up."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Opdracht, optie
from verrekening.fouten import Gebruiksfout


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeelden:

    \b
      verrekening parameters
      verrekening parameters vrijlating_n_max --op 2026-07-01
    """,
)
@click.argument("naam", required=False, metavar="[NAAM]")
@optie("--op", "dag", type=soorten.Datum(), help="Alleen de waarde die op deze dag geldt.")
@soorten.als_json
def parameters(naam: str | None, dag: int | None, als_json: bool) -> None:
    """Toon de bedragen en percentages, met ingangsdatum en bron."""
    from verrekening.cli.scherm import scherm, schrijf_json
    from verrekening.parameters import laad

    gekozen = _kies(laad().catalogus(), naam, ("naam",), "parameter")
    if dag is not None:
        gekozen = [een | {"waarden": _op_dag(een["waarden"], dag)} for een in gekozen]
    if als_json:
        schrijf_json(gekozen)
        return
    uit = scherm()
    if len(gekozen) == 1 and naam is not None:
        for regel in _een_parameter(gekozen[0]):
            uit.print(regel)
    else:
        # A list of everything shows what holds today; one parameter shows its whole history.
        vandaag = soorten.nu() // (24 * 60 * 60 * 1_000_000) if dag is None else dag
        uit.print(_alle_parameters([een | {"waarden": _op_dag(een["waarden"], vandaag)} for een in gekozen]))


def _op_dag(waarden: list[dict[str, Any]], dag: int) -> list[dict[str, Any]]:
    """The value that holds on a day (none before the first)."""
    from verrekening.maand import lees_datum

    return [waarde for waarde in waarden if lees_datum(waarde["vanaf"]) <= dag][-1:]


def _alle_parameters(gekozen: list[dict[str, Any]]) -> Any:
    from verrekening.cli.scherm import tabel

    koppen = [("naam", "left"), ("geldig vanaf", "left"), ("waarde", "right"), ("status", "left")]
    rijen = [
        (een["naam"], waarde["vanaf"], _waarde(een["eenheid"], waarde["waarde"], kort=True), waarde["status"])
        for een in gekozen
        for waarde in een["waarden"]
    ]
    return tabel(koppen, rijen)


def _een_parameter(een: dict[str, Any]) -> list[Any]:
    from verrekening.cli.scherm import tabel

    koppen = [("geldig vanaf", "left"), ("waarde", "right"), ("status", "left"), ("bron", "left")]
    rijen = [
        (
            waarde["vanaf"],
            _waarde(een["eenheid"], waarde["waarde"]),
            waarde["status"],
            f"{waarde['bron']} {waarde['url'] or ''}".strip(),
        )
        for waarde in een["waarden"]
    ]
    return [
        f"{een['naam']}: {een['omschrijving']}",
        f"Artikel: {een['artikel']}",
        f"Gecontroleerd tot en met {een['gecontroleerd_tot'] or '(eigen waarde, zonder einde)'}",
        "",
        tabel(koppen, rijen) if rijen else "Op deze dag geldt nog geen waarde.",
    ]


def _waarde(eenheid: str, tekst: str, *, kort: bool = False) -> str:
    """A published value with its unit; a table of brackets can be too long for a list."""
    if kort and eenheid == "schijven" and ";" in tekst:
        return f"tabel met {tekst.count(';') + 1} schijven"
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
    """,
)
@click.argument("naam", required=False, metavar="[NAAM]")
@soorten.als_json
def regels(naam: str | None, als_json: bool) -> None:
    """Toon de rekenregels: wat elke regel rekent, waaruit, en op welk artikel. NAAM is een naam of een nummer."""
    from verrekening.cli.scherm import scherm, schrijf_json, tabel

    gekozen = _kies(_alle_regels(), naam, ("naam", "regel"), "regel")
    if als_json:
        schrijf_json(gekozen)
        return
    rijen = [
        (een["regel"], f"{een['naam']} ({een['niveau']}{_geldig(een)})\n{een['zin']}\n{een['artikel']}\n")
        for een in gekozen
    ]
    scherm().print(tabel([("regel", "left"), ("", "left")], rijen))


def _geldig(een: dict[str, Any]) -> str:
    """The months in which a rule holds, when that is not always."""
    return (f", vanaf {een['vanaf']}" if een["vanaf"] else "") + (f", t/m {een['tot']}" if een["tot"] else "")


def _alle_regels() -> list[dict[str, Any]]:
    """The catalogue of rules: those over columns per level, then those that make rows."""
    from verrekening.maand import toon_maand
    from verrekening.regels import NIVEAUS, TABELREGELS

    uit: list[dict[str, Any]] = [
        {
            "regel": regel.nummer,
            "naam": regel.naam,
            "niveau": niveau.naam,
            "artikel": regel.artikel,
            "zin": regel.zin,
            "soort": regel.soort,
            "leest": dict(regel.argumenten),
            "vanaf": None if regel.vanaf is None else toon_maand(regel.vanaf),
            "tot": None if regel.tot is None else toon_maand(regel.tot),
        }
        for niveau in NIVEAUS
        for regel in niveau.regels
    ]
    leeg: dict[str, Any] = {"niveau": "deel", "soort": "Tabel", "leest": {}, "vanaf": None, "tot": None}
    uit.extend(
        {"regel": een.nummer, "naam": een.naam, "artikel": een.artikel, "zin": een.zin, **leeg} for een in TABELREGELS
    )
    return uit


def _kies(alles: list[dict[str, Any]], naam: str | None, velden: Sequence[str], wat: str) -> list[dict[str, Any]]:
    """What has that name exactly, else what contains it. Raises Gebruiksfout when there is nothing."""
    if naam is None:
        return alles
    precies = [een for een in alles if any(een[veld] == naam for veld in velden)]
    gevonden = precies or [een for een in alles if any(naam.lower() in een[veld].lower() for veld in velden)]
    if not gevonden:
        from difflib import get_close_matches

        lijkt = get_close_matches(
            naam, list(dict.fromkeys(een[veld] for veld in velden for een in alles)), n=3, cutoff=0.5
        )
        raise Gebruiksfout(f"er is geen {wat} {naam}" + (f"; bedoelt u {' of '.join(lijkt)}?" if lijkt else ""))
    return gevonden
