"""``verrekening demo``: a fictitious municipality, settled for two payment months in a row."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Opdracht, optie

if TYPE_CHECKING:
    import pyarrow as pa

    from verrekening.voorbeeld import Voorbeeld

STANDAARD = 10_000
"""Households without ``--huishoudens``: enough to look like a municipality, and done in seconds."""


@dataclass(frozen=True)
class Maandrun:
    """One payment month of the demo.

    Attributes:
        maand: payment month, ``YYYY-MM``.
        controle: control totals.
        afgekeurd: number of refusals.
        seconden: per stage.
        doel: folder with the outputs.
        dossiers: file that was settled.
    """

    maand: str
    controle: dict[str, Any]
    afgekeurd: int
    seconden: dict[str, float]
    doel: Path
    dossiers: Path


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeeld:

    \b
      verrekening demo --huishoudens 500
    """,
)
@optie(
    "--map",
    "map_",
    type=click.Path(path_type=Path),
    metavar="MAP",
    help="Nieuwe map voor de demo. Zonder deze optie: ./demo, of demo-2 en zo verder.",
)
@optie(
    "--huishoudens",
    type=click.IntRange(1, 1_000_000),
    default=STANDAARD,
    metavar="N",
    help=f"Aantal huishoudens (standaard {STANDAARD}).",
)
@optie(
    "--seed",
    type=click.IntRange(0, 2**31),
    default=1,
    metavar="S",
    help="Hetzelfde getal geeft dezelfde gemeente (standaard 1).",
)
def demo(map_: Path | None, huishoudens: int, seed: int) -> None:
    """Maak een verzonnen gemeente en verreken twee betaalmaanden na elkaar."""
    from verrekening.cli.scherm import scherm, voortgang
    from verrekening.voorbeeld import maak

    doel = map_ or vrije_map(Path("demo"))
    with voortgang() as stap:
        stap("gemeente maken")
        voorbeeld = maak(doel, huishoudens=huishoudens, seed=seed)
    runs: list[Maandrun] = []
    lijnen: pa.Table | None = None
    for maand in voorbeeld.dossiers:
        bestand = voorbeeld.dossiers[maand] if lijnen is None else _met_lijnen(voorbeeld, maand, runs[-1].maand, lijnen)
        run_, lijnen = _draai(voorbeeld, maand, bestand)
        runs.append(run_)
    uit = scherm()
    for deel in _verslag(voorbeeld, runs, lijnen):
        uit.print(deel, soft_wrap=isinstance(deel, str))


def vrije_map(map_: Path) -> Path:
    """The folder, or the first of ``demo-2``, ``demo-3``, … that is not there yet."""
    nummer, uit = 1, map_
    while uit.exists() and (not uit.is_dir() or any(uit.iterdir())):
        nummer += 1
        uit = map_.with_name(f"{map_.name}-{nummer}")
    return uit


def _draai(voorbeeld: Voorbeeld, maand: str, dossiers: Path) -> tuple[Maandrun, pa.Table]:
    """One payment month: its run, and the lines per month R."""
    from verrekening import run, uitvoer
    from verrekening.cli.scherm import voortgang
    from verrekening.maand import lees_maand, lees_moment

    doel = voorbeeld.map / "uitvoer" / maand
    with voortgang(f"{maand}: ") as stap:
        moment = lees_moment(voorbeeld.peilmomenten[maand])
        opdracht = run.Opdracht(
            lees_maand(maand),
            moment,
            [dossiers],
            voorbeeld.polis[maand],
            voorbeeld.beleid,
            processen=soorten.processen(),
        )
        resultaat = run.draai(opdracht, stap)
        stap("schrijven")
        controle = run.schrijf(resultaat, doel).controle
    return Maandrun(maand, controle, len(resultaat.afkeuringen), stap.seconden, doel, dossiers), uitvoer.maanden(
        resultaat.uitkomst
    )


def _met_lijnen(voorbeeld: Voorbeeld, maand: str, vorige: str, lijnen: pa.Table) -> Path:
    """The dossiers of a payment month with what the previous run settled and paid back."""
    from verrekening.voorbeeld import vul_correcties

    bron = voorbeeld.dossiers[maand]
    doel = bron.with_name(f"dossiers-{maand}-met-correcties.jsonl")
    vul_correcties(
        bron,
        doel,
        {
            "dossiernummer": lijnen["dossiernummer"].to_pylist(),
            "rechtmaand": lijnen["maand"].to_pylist(),
            "betaalmaand": [vorige] * len(lijnen),
            "verrekend_cent": lijnen["verrekend_cent"].to_pylist(),
            "nabetaald_cent": lijnen["nabetaald_cent"].to_pylist(),
        },
    )
    return doel


def _verslag(voorbeeld: Voorbeeld, runs: list[Maandrun], lijnen: pa.Table | None) -> list[Any]:
    """A table with a column per payment month, and how to look further."""
    from verrekening.cli.scherm import tabel
    from verrekening.geld import euro

    def rij(naam: str, waarden: list[str]) -> tuple[str, ...]:
        return (naam, *waarden)

    stappen = list(dict.fromkeys(stap for een in runs for stap in een.seconden))
    rijen = [
        rij("Huishoudens", [str(een.controle["huishoudens"]["in_run"]) for een in runs]),
        rij("Inkomstenopgaven gelezen", [str(een.controle["opgaven"]["gelezen"]) for een in runs]),
        rij("  gebruikt", [str(een.controle["opgaven"]["gebruikt"]) for een in runs]),
        rij("Te betalen", [euro(een.controle["sommen_betaling"]["te_betalen_cent"]) for een in runs]),
        rij("Verrekend", [euro(een.controle["geldidentiteit"]["links_cent"]["verrekend"]) for een in runs]),
        rij("Nabetaald", [euro(een.controle["geldidentiteit"]["links_cent"]["nabetaald"]) for een in runs]),
        rij("Huishoudens verrekend of nabetaald", [str(een.controle["huishoudens"]["verrekend"]) for een in runs]),
        rij("Huishoudens gestopt", [str(een.controle["huishoudens"]["gestopt"]) for een in runs]),
        rij("Afgekeurde invoer", [str(een.afgekeurd) for een in runs]),
        *[
            rij(f"Seconden: {stap}", [f"{een.seconden.get(stap, 0):.2f}".replace(".", ",") for een in runs])
            for stap in stappen
        ],
    ]
    koppen = [("Betaalmaand", "left"), *[(een.maand, "right") for een in runs]]
    uit: list[Any] = [
        f"Voorbeeldstad: {voorbeeld.aantallen['huishoudens']} verzonnen huishoudens",
        "",
        tabel(koppen, rijen),
        "",
    ]
    uit += [f"Uitvoer {een.maand}: {een.doel}" for een in runs]
    return uit + _verder(voorbeeld, runs[-1], lijnen)


def _verder(voorbeeld: Voorbeeld, laatste: Maandrun, lijnen: pa.Table | None) -> list[str]:
    """The command that explains the first household with something settled."""
    rijen = [] if lijnen is None else lijnen.select(["dossiernummer", "verrekend_cent"]).to_pylist()
    nummer = next((rij["dossiernummer"] for rij in rijen if rij["verrekend_cent"]), None)
    if nummer is None:
        return []
    polis = " ".join(str(pad) for pad in voorbeeld.polis[laatste.maand])
    return [
        "",
        "Eén huishouden bekijken:",
        f"  verrekening zaak {nummer} --maand {laatste.maand} --dossiers {laatste.dossiers} \\",
        f"    --polis {polis} --beleid {voorbeeld.beleid} --peildatum {voorbeeld.peilmomenten[laatste.maand]}",
    ]
