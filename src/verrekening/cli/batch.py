"""``verrekening batch``: the nightly run over all households."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Opdracht, optie

MET_STOPS = 4
"""Exit code with ``--streng`` when households stand on the work list with a stop."""


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeeld:

    \b
      verrekening batch --maand 2026-08 --dossiers dossiers.jsonl --polis leveringen/juli leveringen/augustus \\
          --beleid beleid.yaml --uit uitvoer/2026-08
    """,
)
@soorten.maand
@soorten.dossiers
@soorten.polisbestanden
@soorten.beleid
@optie(
    "--uit",
    "doel",
    type=click.Path(path_type=Path),
    metavar="MAP",
    required=True,
    help="Nieuwe map voor de uitvoer (verplicht).",
)
@soorten.administratie
@click.option(
    "--proef",
    is_flag=True,
    help="Besluit niets en schrijf alleen uitvoer (zonder administratie is dat altijd zo).",
)
@soorten.peildatum
@soorten.ontvangen
@soorten.kolommen
@click.option("--streng", is_flag=True, help="Eindig met code 4 als er huishoudens met een stop zijn.")
def batch(
    betaalmaand: int,
    dossiers: tuple[Path, ...],
    polis: tuple[Path, ...],
    beleid: Path,
    doel: Path,
    administratie: str | None,
    proef: bool,
    peildatum: int | None,
    ontvangen: int | None,
    kolommen: Path | None,
    streng: bool,
) -> int:
    """Verreken alle huishoudens voor één betaalmaand."""
    from verrekening import run
    from verrekening.cli.scherm import scherm, voortgang
    from verrekening.nummers import zonder_bsn

    peilmoment = soorten.nu() if peildatum is None else peildatum
    opdracht = run.Opdracht(
        betaalmaand,
        peilmoment,
        dossiers,
        polis,
        beleid,
        processen=soorten.processen(),
        ontvangen=ontvangen,
        kolommen=kolommen,
    )
    with voortgang() as stap:
        besluit = run.nacht(opdracht, doel, administratie, proef=proef, voortgang=stap)
    controle = besluit.controle
    uit = scherm()
    uit.print(samenvatting(controle, besluit.afgekeurd))
    for zin in wat_er_gebeurde(besluit, administratie):
        uit.print(zin, soft_wrap=True)
    # A path is not wrapped, so that it can be copied.
    uit.print(f"Uitvoer: {zonder_bsn(str(doel))}", soft_wrap=True)
    return MET_STOPS if streng and controle["huishoudens"]["gestopt"] else 0


def wat_er_gebeurde(besluit: Any, administratie: str | None) -> list[str]:
    """What was decided, in words."""
    if administratie is None:
        return ["Zonder administratie: er is niets besloten."]
    from verrekening.administratie import naam_van

    uit = []
    if besluit.nieuw:
        uit.append(f"Nieuwe administratie gemaakt: {naam_van(administratie)}")
    if besluit.naspel:
        uit.append("Nagespeeld: gerekend met wat op de peildatum bekend was, niet met de opgegeven bestanden.")
    if not besluit.besloten:
        uit.append("Proef: er is niets besloten.")
    elif besluit.gewijzigd:
        vervangen = f", waarvan {besluit.vervangen} ter vervanging" if besluit.vervangen else ""
        uit.append(f"Besloten voor {besluit.gewijzigd} huishoudens{vervangen} (boeking {besluit.boeking}).")
    elif besluit.boeking is not None:
        uit.append(f"Nieuwe gegevens bewaard (boeking {besluit.boeking}); er verandert geen besluit.")
    else:
        uit.append("Er is niets veranderd: dit was al besloten.")
    return uit


def samenvatting(controle: dict[str, Any], afgekeurd: int) -> Any:
    """The run in ten lines."""
    from verrekening.cli.scherm import tabel
    from verrekening.geld import euro

    huishoudens, sommen = controle["huishoudens"], controle["sommen_betaling"]
    rijen = [
        ("Huishoudens in deze run", str(huishoudens["in_run"])),
        ("  verrekend of nabetaald", str(huishoudens["verrekend"])),
        ("  zonder verandering", str(huishoudens["zonder_verandering"])),
        ("  gestopt: eerst een mens", str(huishoudens["gestopt"])),
        ("Te betalen", euro(sommen["te_betalen_cent"])),
        ("Verrekend met de uitkering", euro(sommen["verrekend_met_uitkering_cent"])),
        ("Verrekend met nabetaling", euro(sommen["verrekend_met_nabetaling_cent"])),
        ("Nabetaald", euro(sommen["nabetaling_cent"])),
        ("Afgekeurde invoer", str(afgekeurd)),
    ]
    return tabel([("", "left"), ("", "right")], rijen)
