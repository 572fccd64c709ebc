"""The command line: ``verrekening`` and ``python -m verrekening``. Thin: it parses, calls and prints.

Results go to stdout, everything else to stderr. What goes wrong becomes one line on stderr and an exit code:
0 done · 1 unexpected · 2 wrong usage · 3 input refused · 4 done, with stops (``--streng``) · 5 the money
identity does not hold · 130 interrupted. Only `click` is loaded here: a command is loaded when it is asked for, and
loads what it needs when it runs.
"""

# ruff: noqa: PLC0415 - `--help` and a typing error must answer at once, without loading the engine
from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from verrekening.cli.nederlands import Hoofdgroep, foutzin
from verrekening.fouten import VerrekeningFout

__all__ = ["main", "opdrachten", "voer_uit"]

ONVERWACHT, ONDERBROKEN = 1, 130

_OPDRACHTEN = {
    "batch": "batch", "zaak": "zaak", "werkvoorraad": "administratie", "aansluiting": "aansluiting",
    "verschil": "verschil", "administratie": "administratie", "brieven": "brieven", "inzage": "inzage",
    "monitor": "monitor", "vroegsignaal": "monitor", "biascheck": "monitor", "simuleer": "simuleer",
    "polis": "polis", "parameters": "naslag", "regels": "naslag", "algoritmeregister": "verantwoording",
    "demo": "demo",
}  # fmt: skip
"""The commands in the order of the help: name, also in Python, and the module of this room in which it stands."""


@click.group(
    cls=Hoofdgroep,
    plekken={naam: f"{__name__}.{module}" for naam, module in _OPDRACHTEN.items()},
    epilog="""
    Voorbeelden:

    \b
      verrekening demo
      verrekening batch --maand 2026-08 --dossiers d.jsonl --polis leveringen --beleid beleid.yaml --uit uit-2026-08
      verrekening zaak D-000001 --maand 2026-08 --dossiers d.jsonl --polis leveringen --beleid beleid.yaml
    """,
)
@click.version_option(package_name="verrekening", message="%(prog)s %(version)s", help="Toon de versie en stop.")
@click.option(
    "--debug", is_flag=True, help="Toon bij een onverwachte fout de hele foutmelding (ook: VERREKENING_DEBUG=1)."
)
def opdrachten(debug: bool) -> None:
    """Verrekent inkomen uit deeltijdwerk met de bijstand, tot op de cent en per artikel uitgelegd."""
    if debug:
        os.environ["VERREKENING_DEBUG"] = "1"


def main() -> NoReturn:
    """Runs the command of this process and ends it with the exit code."""
    for stroom in (sys.stdout, sys.stderr):
        # A terminal that knows no € must not make a finished run fail.
        if hasattr(stroom, "reconfigure"):
            stroom.reconfigure(errors="replace")
    # Loading makes many objects that stay: looking for circles after every 700 is a tenth of a short command. One case
    # ends before there are so many that it matters; a night may not keep what it could let go.
    gc.set_threshold(100_000 if sys.argv[1:2] == ["zaak"] else 10_000)
    if {"zaak", "batch", "demo"} & set(sys.argv[1:2]):
        from verrekening.arrow import laad_licht

        laad_licht()
    code = voer_uit(sys.argv[1:])
    # All of it is let go now; first looking through it once more costs as much as the case itself.
    gc.freeze()
    sys.exit(code)


def voer_uit(argumenten: Sequence[str]) -> int:
    """Runs one command and returns its exit code; every failure is one line on stderr, without a BSN."""
    try:
        return opdrachten.main(list(argumenten), prog_name="verrekening", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as fout:
        click.echo(fout.format_message(), err=True)
        return fout.exit_code
    except click.UsageError as fout:
        hint = f"\nZie: {fout.ctx.command_path} --help" if fout.ctx is not None else ""
        return _meld(foutzin(fout) + hint, fout.exit_code)
    except click.Abort:
        return _meld("afgebroken; er is niets half achtergelaten", ONDERBROKEN)
    except click.ClickException as fout:
        return _meld(fout.format_message(), fout.exit_code)
    except VerrekeningFout as fout:
        return _meld(str(fout), fout.exitcode)
    except Exception as fout:  # noqa: BLE001 - the last net: a message without the data that was being handled
        if os.environ.get("VERREKENING_DEBUG") == "1":
            traceback.print_exc()
        return _meld(_onverwacht(fout), ONVERWACHT)


def _meld(tekst: str, code: int) -> int:
    from verrekening.nummers import zonder_bsn

    click.echo(f"verrekening: {zonder_bsn(tekst)}", err=True)
    return code


def _onverwacht(fout: Exception) -> str:
    """Kind and place only: the text of an unknown exception may hold a piece of somebody's file."""
    spoor = traceback.extract_tb(fout.__traceback__)
    eigen = [stap for stap in spoor if f"{os.sep}verrekening{os.sep}" in stap.filename]
    plaats = f" in {'/'.join(Path(eigen[-1].filename).parts[-2:])}, regel {eigen[-1].lineno}" if eigen else ""
    reden = f": {fout.strerror}" if isinstance(fout, OSError) and fout.strerror else ""
    return (
        f"onverwachte fout ({type(fout).__name__}{reden}{plaats}). "
        "Draai opnieuw met VERREKENING_DEBUG=1 voor de hele melding; die kan persoonsgegevens bevatten."
    )
