"""``verrekening administratie`` and ``verrekening werkvoorraad``: looking at, checking and copying what is kept."""

# ruff: noqa: PLC0415 - the engine is loaded when the command runs, not for `--help`
from __future__ import annotations

from pathlib import Path

import click

from verrekening.cli import soorten
from verrekening.cli.nederlands import Groep, Opdracht, optie

_KLOPT_NIET = 5
_waar = click.argument("waar", metavar="BESTAND|URL")


@click.group(cls=Groep)
def administratie() -> None:
    """Bekijk, controleer en kopieer de administratie: wat bekend was en wat is besloten."""


@administratie.command(
    cls=Opdracht,
    epilog="""
    Voorbeeld:

    \b
      verrekening administratie controleer gemeente.db
    """,
)
@_waar
@soorten.als_json
def controleer(waar: str, als_json: bool) -> int:
    """Controleer of niets is gewijzigd (ketting), of de bewijzen horen bij de runs en of het geld klopt (S13)."""
    from verrekening import administratie as kamer
    from verrekening import uitvoer
    from verrekening.cli.scherm import schrijf_json

    with kamer.open_om_te_lezen(waar, soorten.nu()) as boek:
        verslag = kamer.controleer(boek.verbinding, uitvoer.vingerafdruk)
    if als_json:
        fouten = [{"wat": een.wat, "fout": een.fout} for een in verslag.bevindingen]
        schrijf_json(
            {"versie": "administratie.v1", "klopt": not fouten, "geteld": dict(verslag.geteld), "fouten": fouten}
        )
    else:
        click.echo("Gecontroleerd: " + ", ".join(f"{aantal} {naam}" for naam, aantal in verslag.geteld.items()) + ".")
        for een in verslag.bevindingen:
            click.echo(f"FOUT ({een.wat}): {een.fout}")
        if not verslag.bevindingen:
            click.echo("Alles klopt.")
    return _KLOPT_NIET if verslag.bevindingen else 0


@administratie.command(
    cls=Opdracht,
    epilog="""
    Voorbeeld:

    \b
      verrekening administratie reservekopie gemeente.db kopie-2026-08-15.db
    """,
)
@_waar
@click.argument("doel", metavar="DOEL", type=click.Path(path_type=Path))
def reservekopie(waar: str, doel: Path) -> None:
    """Maak een kopie die klopt, ook terwijl de administratie wordt gebruikt. De kopie is een SQLite-bestand."""
    from verrekening import administratie as kamer
    from verrekening.maand import toon_moment
    from verrekening.nummers import zonder_bsn

    kamer.kopieer(waar, doel, toon_moment(soorten.nu()))
    click.echo(f"Gekopieerd naar {zonder_bsn(str(doel))}")


@administratie.command(
    cls=Opdracht,
    epilog="""
    Voorbeeld:

    \b
      verrekening administratie runs gemeente.db
    """,
)
@_waar
@soorten.als_json
def runs(waar: str, als_json: bool) -> None:
    """Toon de runs: welke betaalmaand, met welke peildatum, wat er gebeurde."""
    from verrekening import administratie as kamer
    from verrekening.cli.scherm import scherm, schrijf_json, tabel
    from verrekening.geld import euro
    from verrekening.maand import toon_maand, toon_moment

    with kamer.open_om_te_lezen(waar, soorten.nu()) as boek:
        alle = kamer.runs(boek.verbinding)
    if als_json:
        schrijf_json(
            [
                {"boeking": een.boeking, "betaalmaand": toon_maand(een.betaalmaand),
                 "peildatum": toon_moment(een.peilmoment), "aard": een.aard, "besloten_op": een.geboekt_op,
                 "vingerafdruk": een.bewijs["vingerafdruk"]}
                for een in alle
            ]
        )  # fmt: skip
        return
    koppen = [
        ("boeking", "right"),
        ("betaalmaand", "left"),
        ("peildatum", "left"),
        ("wat", "left"),
        ("te betalen", "right"),
    ]
    rijen = [
        (str(een.boeking), toon_maand(een.betaalmaand), toon_moment(een.peilmoment), een.aard,
         euro(een.controle["sommen_betaling"]["te_betalen_cent"]))
        for een in alle
    ]  # fmt: skip
    scherm().print(tabel(koppen, rijen))


@click.command(
    cls=Opdracht,
    epilog="""
    Voorbeeld:

    \b
      verrekening werkvoorraad --administratie gemeente.db
    """,
)
@optie("--administratie", metavar="BESTAND|URL", required=True, help="De administratie (verplicht).")
@optie("--code", help="Alleen signalen met deze code.")
@soorten.als_json
def werkvoorraad(administratie: str, code: str | None, als_json: bool) -> None:
    """Toon de zaken waar een mens naar moet kijken: hoe lang al, en welk besluit nodig is. Oudste eerst."""
    from verrekening import administratie as kamer
    from verrekening.cli.scherm import scherm, schrijf_json, tabel
    from verrekening.geld import euro
    from verrekening.maand import toon_maand

    with kamer.open_om_te_lezen(administratie, soorten.nu()) as boek:
        run, inhoud = kamer.laatste_met(boek.verbinding, "werkvoorraad")
    rijen = kamer.uitpakken(inhoud).drop_columns(["zaak"]).to_pylist()
    rijen = sorted(
        (rij for rij in rijen if code in (None, rij["code"])),
        key=lambda rij: (rij["gewicht"] != "stop", rij["open_sinds"], rij["dossiernummer"]),
    )
    if als_json:
        schrijf_json(rijen)
        return
    uit = scherm()
    uit.print(f"Betaalmaand {toon_maand(run.betaalmaand)}: {len(rijen)} signalen (run van boeking {run.boeking})")
    koppen = [("dossier", "left"), ("gewicht", "left"), ("code", "left"), ("maand", "left"), ("bedrag", "right"),
              ("open sinds", "left"), ("dagen", "right"), ("besluit", "left")]  # fmt: skip
    cellen = [
        (rij["dossiernummer"], rij["gewicht"], rij["code"], rij["maand"],
         "" if rij["bedrag_cent"] is None else euro(rij["bedrag_cent"]), rij["open_sinds"], str(rij["dagen_open"]),
         rij["besluit"])
        for rij in rijen
    ]  # fmt: skip
    uit.print(tabel(koppen, cellen))
