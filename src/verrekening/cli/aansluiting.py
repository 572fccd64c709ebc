"""``verrekening aansluiting``: journal, control totals, and what was really paid."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Opdracht, optie

_KLOPT_NIET = 5


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeeld:

    \b
      verrekening aansluiting --administratie gemeente.db --maand 2026-08 --uit aansluiting-2026-08
    """,
)
@soorten.maand
@optie("--administratie", metavar="BESTAND|URL", required=True, help="De administratie (verplicht).")
@optie("--rekeningen", type=soorten.Pad(), help="Rekeningschema van de gemeente, YAML (docs/finance.md).")
@optie(
    "--uit",
    "doel",
    type=click.Path(path_type=Path),
    metavar="MAP",
    required=True,
    help="Nieuwe map voor de uitvoer (verplicht).",
)
def aansluiting(betaalmaand: int, administratie: str, rekeningen: Path | None, doel: Path) -> int:
    """Sluit een betaalmaand financieel af: journaal, controletotalen en wat openstaat."""
    from verrekening import administratie as kamer
    from verrekening import financien, uitvoer
    from verrekening.cli.scherm import scherm
    from verrekening.nummers import zonder_bsn

    uitvoer.keur_doel(doel)
    schema = financien.lees_rekeningen(rekeningen)
    with kamer.open_om_te_lezen(administratie, soorten.nu()) as boek:
        resultaat = financien.sluit_af(boek.verbinding, betaalmaand, schema)
    financien.schrijf(resultaat, doel)
    uit = scherm()
    uit.print(_keten(resultaat.keten))
    uit.print(f"Uitvoer: {zonder_bsn(str(doel))}", soft_wrap=True)
    return 0 if resultaat.klopt else _KLOPT_NIET


def _keten(schakels: Any) -> Any:
    """The chain: both sides of every link, and whether it holds."""
    from verrekening.cli.scherm import tabel
    from verrekening.geld import euro

    def toon(schakel: Any, getal: int) -> str:
        return euro(getal) if schakel.eenheid == "cent" else str(getal)

    koppen = [("", "left"), ("van → naar", "left"), ("links", "right"), ("rechts", "right"), ("wat", "left")]
    rijen = [
        ("klopt" if een.klopt else "BREUK", f"{een.van} → {een.naar}", toon(een, een.links), toon(een, een.rechts),
         een.wat + (f" ({een.anders} gevallen wijken af)" if een.anders else ""))
        for een in schakels
    ]  # fmt: skip
    return tabel(koppen, rijen, titel="Keten van controletotalen", heel=4)
