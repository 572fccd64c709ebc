"""``verrekening batch``: the nightly run over all households."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

import sys
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
    from verrekening.cli.scherm import log, scherm, voortgang
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
    with voortgang(met_log=True) as stap:
        besluit = run.nacht(opdracht, doel, administratie, proef=proef, voortgang=stap)
    controle = besluit.controle
    if not scherm(sys.stderr).is_terminal:
        log("klaar", **als_logregel(besluit), seconden={naam: round(tijd, 2) for naam, tijd in stap.seconden.items()})
    uit = scherm()
    for zin in (*wat_er_gebeurde(besluit, administratie), *waar_op_letten(besluit)):
        uit.print(zin, soft_wrap=True)
    uit.print(samenvatting(controle, besluit.afgekeurd))
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


def waar_op_letten(besluit: Any) -> list[str]:
    """What an operator must know after the night; nothing when nobody has to do anything."""
    gestopt = besluit.controle["huishoudens"]["gestopt"]
    uit = []
    if gestopt:
        uit.append(f"Let op: {gestopt} huishoudens zijn gestopt; eerst kijkt een mens (werkvoorraad.csv).")
    if besluit.nieuw_open:
        uit.append(
            f"Nieuw op de werkvoorraad: {besluit.nieuw_open}. De oudste zaak staat {besluit.oudste_dagen} dagen open."
        )
    if besluit.afgekeurd:
        uit.append(f"Let op: {besluit.afgekeurd} keer is invoer geweigerd (afgekeurd.csv).")
    return uit


def als_logregel(besluit: Any) -> dict[str, Any]:
    """The outcome as fields of a log line: counts and sums, nobody's data."""
    controle = besluit.controle
    return {
        "besloten": besluit.besloten, "boeking": besluit.boeking, "gewijzigd": besluit.gewijzigd,
        "vervangen": besluit.vervangen, "nagespeeld": besluit.naspel, "huishoudens": controle["huishoudens"],
        "afgekeurd": besluit.afgekeurd, "nieuw_open": besluit.nieuw_open, "oudste_dagen": besluit.oudste_dagen,
        "te_betalen_cent": controle["sommen_betaling"]["te_betalen_cent"],
        "identiteit_klopt": controle["geldidentiteit"]["klopt"],
    }  # fmt: skip


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
