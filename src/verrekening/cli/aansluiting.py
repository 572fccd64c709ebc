"""``verrekening aansluiting``: journal, control totals, and what was really paid."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Opdracht, optie
from verrekening.fouten import AdministratieGeweigerd

_KLOPT_NIET = 5


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeeld:

    \b
      verrekening aansluiting --administratie gemeente.db --maand 2026-08 --uit af-2026-08
      verrekening aansluiting --administratie gemeente.db --maand 2026-08 --betaald betaald.csv --uit af-2026-08
    """,
)
@soorten.maand
@optie("--administratie", metavar="BESTAND|URL", required=True, help="De administratie (verplicht).")
@optie(
    "--betaald",
    type=soorten.Pad(),
    help="Wat echt is betaald: CSV met dossiernummer;bedrag, en als het kan datum en aflossing. Wat anders is betaald "
    "dan besloten, telt vanaf nu als wat er is betaald.",
)
@optie("--kolommen", type=soorten.Pad(), help="Betaalbestand met andere kolommen: YAML die zegt hoe onze daar heten.")
@optie(
    "--bekend-op",
    "bekend_op",
    type=soorten.Moment(),
    help="Vanaf welk moment runs het betaalbestand kennen. Zonder deze optie: nu.",
)
@optie("--rekeningen", type=soorten.Pad(), help="Rekeningschema van de gemeente, YAML (docs/finance.md).")
@optie(
    "--uit",
    "doel",
    type=click.Path(path_type=Path),
    metavar="MAP",
    required=True,
    help="Nieuwe map voor de uitvoer (verplicht).",
)
def aansluiting(
    betaalmaand: int,
    administratie: str,
    betaald: Path | None,
    kolommen: Path | None,
    bekend_op: int | None,
    rekeningen: Path | None,
    doel: Path,
) -> int:
    """Sluit een betaalmaand financieel af: journaal, controletotalen, wat openstaat, en wat echt is betaald."""
    from verrekening import administratie as kamer
    from verrekening import financien, uitvoer
    from verrekening.cli.scherm import meld_afkeuringen, scherm
    from verrekening.maand import toon_moment
    from verrekening.nummers import zonder_bsn

    uitvoer.keur_doel(doel)
    schema = financien.lees_rekeningen(rekeningen)
    nu = soorten.nu()
    boeking: int | None = None
    if betaald is None:
        with kamer.open_om_te_lezen(administratie, nu) as boek:
            resultaat = financien.sluit_af(boek.verbinding, betaalmaand, schema)
            financien.schrijf(resultaat, doel)
    else:
        bestand = financien.lees_betaald(betaald, kolommen)
        meld_afkeuringen(bestand.afkeuringen)
        if not kamer.bestaat(administratie):
            raise AdministratieGeweigerd(f"de administratie {kamer.naam_van(administratie)} bestaat niet")
        with kamer.open_om_te_besluiten(administratie, nu, toon_moment(nu)) as boek:
            v = financien.vergelijk_betaald(boek.verbinding, betaalmaand, bestand)
            moment = nu if bekend_op is None else bekend_op
            boeking = financien.leg_betaald_vast(boek.verbinding, betaalmaand, v, moment, toon_moment(nu))
            resultaat = financien.sluit_af(boek.verbinding, betaalmaand, schema, v)
            financien.schrijf(resultaat, doel, voor_zichtbaar=boek.bevestig)
    uit = scherm()
    uit.print(_keten(resultaat.keten))
    for zin in _betaald(resultaat.vergelijking, boeking):
        uit.print(zin, soft_wrap=True)
    uit.print(f"Uitvoer: {zonder_bsn(str(doel))}", soft_wrap=True)
    return 0 if resultaat.klopt else _KLOPT_NIET


def _betaald(vergelijking: Any, boeking: int | None) -> list[Any]:
    """What the payment file said, per class, and what was kept of it."""
    from verrekening.cli.scherm import tabel
    from verrekening.financien.tabellen import per_soort
    from verrekening.geld import euro

    if vergelijking is None:
        return []
    koppen = [("soort", "left"), ("huishoudens", "right"), ("te betalen", "right"), ("betaald", "right"),
              ("verschil", "right")]  # fmt: skip
    rijen = [
        (rij["soort"], str(rij["huishoudens"]), euro(rij["te_betalen_cent"]), euro(rij["betaald_cent"]),
         euro(rij["verschil_cent"]))
        for rij in per_soort(vergelijking).to_dict("records")
    ]  # fmt: skip
    if vergelijking.bestand.afkeuringen:
        slot = "Het betaalbestand is niet vastgelegd: herstel eerst de geweigerde regels."
    elif boeking is None:
        slot = "Dit betaalbestand was al vastgelegd."
    else:
        slot = f"Vastgelegd (boeking {boeking}); de volgende run rekent met wat echt is betaald."
    return [tabel(koppen, rijen, titel="Betaald naast besloten", heel=5), slot]


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
