"""``verrekening verschil``: two outcomes over all households beside each other."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from pathlib import Path
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
      verrekening verschil uit-2026-08 uit-2026-08-nieuwe-versie
      verrekening verschil 12 15 --administratie gemeente.db
      verrekening verschil beleid.yaml beleid-nieuw.yaml --maand 2026-08 --dossiers d.jsonl --polis leveringen
    """,
)
@click.argument("oud", metavar="OUD")
@click.argument("nieuw", metavar="NIEUW")
@soorten.administratie
@optie("--maand", "betaalmaand", type=soorten.Maand(), help="Betaalmaand P, bij twee keer beleid.")
@soorten.dossiers_als_bestand
@soorten.polis_als_bestand
@soorten.peildatum
@optie(
    "--uit", "doel", type=click.Path(path_type=Path), metavar="MAP", help="Nieuwe map voor elke regel die verschilt."
)
@soorten.als_json
def verschil(
    oud: str,
    nieuw: str,
    administratie: str | None,
    betaalmaand: int | None,
    dossiers: tuple[Path, ...],
    polis: tuple[Path, ...],
    peildatum: int | None,
    doel: Path | None,
    als_json: bool,
) -> None:
    """Vergelijk twee runs, twee keer beleid of twee versies over alle huishoudens: OUD en NIEUW.

    Twee uitvoermappen van batch, twee boekingen van een administratie, of twee bestanden met beleid.
    """
    from verrekening import financien, uitvoer
    from verrekening.cli.scherm import schrijf_json
    from verrekening.financien import tabellen
    from verrekening.financien import verschil as kamer

    if doel is not None:
        uitvoer.keur_doel(doel)
    if administratie is not None:
        kanten = _boekingen(administratie, oud, nieuw)
    elif all(Path(een).is_dir() for een in (oud, nieuw)):
        kanten = [financien.van_map(Path(een)) for een in (oud, nieuw)]
    elif all(Path(een).is_file() for een in (oud, nieuw)):
        if betaalmaand is None or not dossiers or not polis:
            raise click.UsageError("bij twee keer beleid horen --maand, --dossiers en --polis")
        moment = soorten.nu() if peildatum is None else peildatum
        kanten = [_met_beleid(Path(een), betaalmaand, dossiers, polis, moment) for een in (oud, nieuw)]
    else:
        raise Gebruiksfout("geef twee uitvoermappen, twee beleidsbestanden, of twee boekingen met --administratie")
    resultaat = financien.vergelijk_uitkomsten(*kanten)
    if doel is not None:
        rijen = kamer.rijentabel(resultaat)
        with uitvoer.hele_map(doel) as map_:
            uitvoer.schrijf_csv(tabellen.arrow(rijen, euro=True), map_ / "verschil.csv")
            uitvoer.schrijf_parquet(tabellen.arrow(rijen), map_ / "verschil.parquet", {})
            uitvoer.schrijf_json(kamer.als_json(resultaat), map_ / "verschil.json")
    if als_json:
        schrijf_json(kamer.als_json(resultaat))
    else:
        _toon(resultaat)


def _boekingen(administratie: str, oud: str, nieuw: str) -> list[Any]:
    from verrekening import administratie as kamer
    from verrekening import financien

    if not (oud.isdecimal() and nieuw.isdecimal()):
        raise click.UsageError("geef met --administratie twee nummers van boekingen (`verrekening administratie runs`)")
    with kamer.open_om_te_lezen(administratie, soorten.nu()) as boek:
        return [financien.van_boeking(boek.verbinding, int(een)) for een in (oud, nieuw)]


def _met_beleid(
    beleid: Path, betaalmaand: int, dossiers: tuple[Path, ...], polis: tuple[Path, ...], moment: int
) -> Any:
    """A run with a policy, that decides and writes nothing."""
    from verrekening import financien, run, uitvoer
    from verrekening.nummers import zonder_bsn

    opdracht = run.Opdracht(betaalmaand, moment, dossiers, polis, beleid, processen=soorten.processen())
    r = run.draai(opdracht)
    tabellen = uitvoer.betaalvoorstel(r.uitkomst), uitvoer.maanden(r.uitkomst)
    return financien.Kant(zonder_bsn(beleid.name), run.bewijs(r), *tabellen)


def _toon(resultaat: Any) -> None:
    from verrekening.cli.scherm import scherm, tabel
    from verrekening.geld import euro

    uit, telling = scherm(), resultaat.huishoudens
    uit.print(f"{resultaat.oud} naast {resultaat.nieuw}", soft_wrap=True)
    uit.print(
        f"Huishoudens: {telling['in_beide']} in beide, {telling['alleen_oud']} alleen in de oude, "
        f"{telling['alleen_nieuw']} alleen in de nieuwe; {telling['met_verschil']} met een verschil.",
        soft_wrap=True,
    )
    anders = ", ".join(sorted(resultaat.bewijs))
    uit.print(f"Anders volgens de bewijzen: {anders or 'niets'}.", soft_wrap=True)
    koppen = [("veld", "left"), ("regel", "left"), ("zaken", "right"), ("per saldo", "right"), ("omvang", "right")]
    for tabelnaam, titel in (("betaling", "De betaling"), ("maanden", "De maanden")):
        for kop, per in (("per veld", resultaat.velden), ("waar het begint", resultaat.oorzaken)):
            rijen = [
                (een["veld"].removesuffix("_cent"), een["regel"], str(een["huishoudens"]), euro(een["verschil_cent"]),
                 euro(een["omvang_cent"]))
                for een in per.to_dict("records")
                if een["tabel"] == tabelnaam
            ]  # fmt: skip
            if rijen:
                uit.print(tabel(koppen, rijen, titel=f"{titel}, {kop}"))
