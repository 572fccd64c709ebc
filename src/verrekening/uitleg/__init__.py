"""Explaining one case: what was settled, from which wage, on which article, and what a human must do.

`zaak` makes the explanation as data (the object of ``verrekening zaak --json``); `terminal` prints that
same data for people. Nothing is computed again: every amount is a column that the run itself made. One page of it is
`webpagina.webpagina`, which stands apart because plots take time to load; so does the terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from verrekening.uitleg.opbouw import VERSIE, zaak

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["VERSIE", "terminal", "zaak"]


def terminal(uitleg: Mapping[str, Any], console: Console, *, detail: bool = False) -> None:
    """Prints the explanation of one case: see `beeld.terminal`."""
    from verrekening.uitleg import beeld  # noqa: PLC0415 - rich is not needed for JSON

    beeld.terminal(uitleg, console, detail=detail)
