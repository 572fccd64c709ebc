"""What people see: tables on stdout, progress on stderr when somebody is watching."""

# ruff: noqa: PLC0415 - rich is loaded when something is drawn, not for JSON
from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any, TextIO

from verrekening.kolommen import Afkeuring

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

MAX_AFKEURINGEN = 10
"""Refusals that get a line on the screen; the files of the run hold them all."""


def scherm(stroom: TextIO | None = None) -> Console:
    """A console on stdout (or another stream); nothing in the text is taken for mark-up."""
    from rich.console import Console

    return Console(file=stroom or sys.stdout, highlight=False, markup=False, emoji=False)


def schrijf_json(inhoud: Any) -> None:
    """One JSON value on stdout."""
    sys.stdout.write(json.dumps(inhoud, ensure_ascii=False, indent=2) + "\n")


def tabel(
    koppen: Sequence[tuple[str, str]], rijen: Iterable[Sequence[str]], titel: str | None = None, heel: int = 1
) -> Table:
    """A simple table.

    Args:
        koppen: heading and ``left`` or ``right``.
        rijen: text per cell.
        titel: above the table.
        heel: this many columns from the left stay in one piece, the others fold.
    """
    from rich.table import Table

    uit = Table(
        box=None, padding=(0, 2, 0, 0), header_style="bold", title=titel, title_justify="left", title_style="bold"
    )
    for kop, kant in koppen:
        een = len(uit.columns) < heel
        uit.add_column(kop, justify="right" if kant == "right" else "left", no_wrap=een, overflow="fold")
    for rij in rijen:
        uit.add_row(*rij)
    return uit


class Voortgang:
    """Told which stage begins; shows it, and keeps how long each stage took.

    A stage that comes again for every block of households says which one between brackets, ``rekenen (blok 2 van 9)``:
    it is one stage.

    Attributes:
        seconden: per stage, in order.
    """

    def __init__(self, toon: Callable[[str, bool], None]) -> None:
        """``toon`` gets the stage as it was told, and whether it begins for the first time."""
        self._toon = toon
        self._stap: str | None = None
        self._begin = perf_counter()
        self.seconden: dict[str, float] = {}

    def __call__(self, stap: str | None) -> None:
        """A stage begins; None ends the last one."""
        nu = perf_counter()
        if self._stap is not None:
            self.seconden[self._stap] = self.seconden.get(self._stap, 0) + nu - self._begin
        self._stap, self._begin = stap and stap.partition(" (")[0], nu
        if stap is not None:
            self._toon(stap, self._stap not in self.seconden)


def log(gebeurtenis: str, **velden: Any) -> None:
    """One line of JSON on stderr, for the log of a night; never about a person."""
    regel = {"op": datetime.now(UTC).isoformat(timespec="milliseconds"), "gebeurtenis": gebeurtenis, **velden}
    sys.stderr.write(json.dumps(regel, ensure_ascii=False) + "\n")
    sys.stderr.flush()


@contextmanager
def voortgang(vooraf: str = "", *, met_log: bool = False) -> Iterator[Voortgang]:
    """Shows the stages with a spinner on stderr when that is a terminal.

    Otherwise silent, or with ``met_log`` a line of JSON when a stage begins.
    """
    # Closed by who called (2>&-), it is None.
    uit = scherm(sys.stderr) if sys.stderr is not None and sys.stderr.isatty() else None
    if uit is None or not uit.is_terminal:

        def regel(stap: str, nieuw: bool) -> None:
            if met_log and nieuw:
                log("stap", stap=stap.partition(" (")[0])

        stil = Voortgang(regel)
        yield stil
        stil(None)
        return
    with uit.status("") as status:
        zichtbaar = Voortgang(lambda stap, _: status.update(f"{vooraf}{stap}…"))
        yield zichtbaar
        zichtbaar(None)


def meld_afkeuringen(afkeuringen: Sequence[Afkeuring]) -> None:
    """Refused input as short lines on stderr."""
    for een in afkeuringen[:MAX_AFKEURINGEN]:
        dossier = f" (dossier {een.dossiernummer})" if een.dossiernummer else ""
        sys.stderr.write(f"geweigerd: {een.bestand}, {een.plaats}{dossier}: {een.reden}\n")
    rest = len(afkeuringen) - MAX_AFKEURINGEN
    if rest > 0:
        sys.stderr.write(f"geweigerd: en nog {rest} andere\n")
