"""Kinds of values on the command line. Each refusal is a Dutch sentence without personal data (exit 2)."""

# ruff: noqa: PLC0415 - the engine is loaded when a value is read, not for `--help`
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import click

from verrekening.cli.nederlands import optie


class Maand(click.ParamType[int]):
    """A month ``YYYY-MM`` as months since 1970-01."""

    name = "JJJJ-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Raises BadParameter on another layout."""
        from verrekening.maand import lees_maand

        try:
            return value if isinstance(value, int) else lees_maand(value)
        except ValueError:
            return self.fail("geef een maand als JJJJ-MM, zoals 2026-08", param, ctx)


class Datum(click.ParamType[int]):
    """A date ``YYYY-MM-DD`` as days since 1970-01-01."""

    name = "JJJJ-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Raises BadParameter on another layout."""
        from verrekening.maand import lees_datum

        try:
            return value if isinstance(value, int) else lees_datum(value)
        except ValueError:
            return self.fail("geef een datum als JJJJ-MM-DD, zoals 2026-08-15", param, ctx)


class Moment(click.ParamType[int]):
    """A moment as microseconds UTC. A bare date is the end of that day in the Netherlands."""

    name = "MOMENT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Raises BadParameter on another layout."""
        from verrekening.maand import lees_moment

        if isinstance(value, int):
            return value
        try:
            return lees_moment(f"{value}T23:59:59.999999" if len(value) == 10 else value)
        except (ValueError, OverflowError):
            return self.fail("geef een datum of moment, zoals 2026-08-15 of 2026-08-15T09:00:00+02:00", param, ctx)


class Bedrag(click.ParamType[int]):
    """An amount in euro, ``610,00`` or ``610``, as cents."""

    name = "EURO"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Raises BadParameter on another layout."""
        import re

        if isinstance(value, int):
            return value
        treffer = re.fullmatch(r"([0-9]{1,7})(?:[.,]([0-9]{2}))?", value)
        if treffer is None:
            return self.fail("geef een bedrag in euro, zoals 610,00", param, ctx)
        return int(treffer[1]) * 100 + int(treffer[2] or 0)


class Pad(click.ParamType[Path]):
    """A file or folder that exists.

    Args:
        map_mag: a folder is good too.
    """

    def __init__(self, *, map_mag: bool = False) -> None:
        self.map_mag = map_mag
        self.name = "PAD" if map_mag else "BESTAND"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Raises BadParameter when it is not there."""
        pad = Path(value)
        if not pad.exists():
            return self.fail(f"{_zonder_bsn(value)} bestaat niet", param, ctx)
        if pad.is_dir() and not self.map_mag:
            return self.fail(f"{_zonder_bsn(value)} is een map; geef een bestand", param, ctx)
        return pad


def _zonder_bsn(tekst: Any) -> str:
    from verrekening.nummers import zonder_bsn

    return zonder_bsn(str(tekst))


def volgt(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """For an option of the contract that this version does not have yet."""
    if value is not None:
        raise click.BadParameter("volgt in een volgende versie", ctx, param)


def nu() -> int:
    """This moment, microseconds UTC."""
    from datetime import UTC, datetime

    from verrekening.maand import lees_moment

    return lees_moment(datetime.now(UTC).isoformat())


def processen() -> int:
    """How many processes may read at once: the cores this process may use."""
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


maand = optie("--maand", "betaalmaand", type=Maand(), required=True, help="Betaalmaand P (verplicht).")


Optie: TypeAlias = Callable[[Any], Any]


def _bestanden(*, verplicht: bool) -> tuple[Optie, Optie, Optie]:
    """The options for the files of a run; not obligatory where an administration can stand in their place."""
    slot = " (verplicht)." if verplicht else "."
    return (
        optie(
            "--dossiers", type=Pad(), required=verplicht, meervoudig=True,
            help=f"Dossiers, JSON Lines: .jsonl of .jsonl.gz{slot}",
        ),
        optie(
            "--polis", type=Pad(map_mag=True), required=verplicht, meervoudig=True,
            help=f"Loongegevens: bestanden of mappen met .xml, .xml.gz, .zip of .csv{slot}",
        ),
        optie("--beleid", type=Pad(), required=verplicht, help=f"Beleid van de gemeente, YAML{slot}"),
    )  # fmt: skip


def nodig(**waarden: Any) -> None:
    """Refuses when one of these options was not given."""
    for naam, waarde in waarden.items():
        if not waarde:
            raise click.UsageError(f"--{naam} ontbreekt; of geef --administratie")


def niet_samen(optie_: str, **waarden: Any) -> None:
    """Refuses when one of these options was given beside another."""
    for naam, waarde in waarden.items():
        if waarde:
            raise click.UsageError(f"--{naam} en {optie_} gaan niet samen")


dossiers, polisbestanden, beleid = _bestanden(verplicht=True)
dossiers_als_bestand, polis_als_bestand, beleid_als_bestand = _bestanden(verplicht=False)
ontvangen = optie(
    "--ontvangen",
    type=Moment(),
    help="Moment van loongegevens zonder eigen moment (Suwinet, CSV zonder Ontvangen). Zonder deze optie: het moment "
    "waarop zij voor het eerst worden gelezen.",
)
peildatum = optie(
    "--peildatum",
    type=Moment(),
    help="Reken met wat op dit moment bekend was. Een datum zonder tijd is het einde van die dag in Nederland. "
    "Zonder deze optie: nu.",
)
administratie = optie(
    "--administratie",
    metavar="BESTAND|URL",
    help="Wat de gemeente wist en besloot: een SQLite-bestand, of postgresql://… .",
)
kolommen = optie(
    "--kolommen",
    type=Pad(),
    help="Loongegevens in CSV met andere kolommen: YAML die zegt hoe onze kolommen daar heten (docs/csv-koppelen.md).",
)
als_json = click.option("--json", "als_json", is_flag=True, help="Schrijf JSON in plaats van een tabel.")
