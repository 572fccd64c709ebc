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
    from verrekening.voorbeeld import Voorbeeld

STANDAARD = 10_000
"""Households without ``--huishoudens``: enough to look like a municipality, and done in seconds."""


ADMINISTRATIE = "gemeente.db"
"""The administration of the demo, in its folder."""
_VERREKEND = "verrekend_met_uitkering_cent"


@dataclass(frozen=True)
class Maandrun:
    """One payment month of the demo.

    Attributes:
        maand: payment month, ``YYYY-MM``.
        controle: control totals.
        afgekeurd: number of refusals.
        seconden: per stage.
        doel: folder with the outputs.
    """

    maand: str
    controle: dict[str, Any]
    afgekeurd: int
    seconden: dict[str, float]
    doel: Path


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
    for maand in voorbeeld.dossiers:
        bestand = _met_boekingen(voorbeeld, maand, runs[-1]) if runs else voorbeeld.dossiers[maand]
        runs.append(_draai(voorbeeld, maand, bestand))
    uit = scherm()
    for deel in _verslag(voorbeeld, runs):
        uit.print(deel, soft_wrap=isinstance(deel, str))


def vrije_map(map_: Path) -> Path:
    """The folder, or the first of ``demo-2``, ``demo-3``, … that is not there yet."""
    nummer, uit = 1, map_
    while uit.exists() and (not uit.is_dir() or any(uit.iterdir())):
        nummer += 1
        uit = map_.with_name(f"{map_.name}-{nummer}")
    return uit


def _draai(voorbeeld: Voorbeeld, maand: str, dossiers: Path) -> Maandrun:
    """One payment month, decided in the administration of the demo."""
    from verrekening import run
    from verrekening.cli.scherm import voortgang
    from verrekening.maand import lees_maand, lees_moment

    doel = voorbeeld.map / "uitvoer" / maand
    opdracht = run.Opdracht(
        lees_maand(maand),
        lees_moment(voorbeeld.peilmomenten[maand]),
        [dossiers],
        voorbeeld.polis[maand],
        voorbeeld.beleid,
        processen=soorten.processen(),
    )
    with voortgang(f"{maand}: ") as stap:
        besluit = run.nacht(opdracht, doel, str(voorbeeld.map / ADMINISTRATIE), voortgang=stap)
    return Maandrun(maand, besluit.controle, besluit.afgekeurd, stap.seconden, doel)


def _met_boekingen(voorbeeld: Voorbeeld, maand: str, vorige: Maandrun) -> Path:
    """The dossiers of a payment month, in which the municipality booked what the run before decided."""
    import pyarrow.parquet as pq

    from verrekening.voorbeeld import boek_besluiten

    bron = voorbeeld.dossiers[maand]
    doel = bron.with_name(f"dossiers-{maand}-geboekt.jsonl")
    besloten = pq.read_table(vorige.doel / "betaalvoorstel.parquet")
    boek_besluiten(
        bron,
        doel,
        {
            "dossiernummer": besloten["dossiernummer"].to_pylist(),
            "rechtmaand": [vorige.maand] * len(besloten),
            "bedrag_cent": besloten["verschuldigd_cent"].to_pylist(),
        },
    )
    return doel


def _verslag(voorbeeld: Voorbeeld, runs: list[Maandrun]) -> list[Any]:
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
    return uit + _verder(voorbeeld, runs[-1])


def _verder(voorbeeld: Voorbeeld, laatste: Maandrun) -> list[str]:
    """Commands that look further, with the first household that has something settled."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    waar = voorbeeld.map / ADMINISTRATIE
    voorstel = pq.read_table(laatste.doel / "betaalvoorstel.parquet", columns=["dossiernummer", _VERREKEND])
    nummers = voorstel.filter(pc.greater(voorstel[_VERREKEND], 0))["dossiernummer"].to_pylist()
    uit = [f"Administratie: {waar}"]
    if nummers:
        uit += [
            "",
            "Eén huishouden bekijken, met de brief voor de inwoner:",
            f"  verrekening zaak {nummers[0]} --maand {laatste.maand} --administratie {waar}",
            f"  verrekening zaak brief {nummers[0]} --maand {laatste.maand} --administratie {waar} --pdf brief.pdf",
        ]
    return [*uit, "", "Wat een mens moet bekijken:", f"  verrekening werkvoorraad --administratie {waar}"]
