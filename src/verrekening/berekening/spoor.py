"""The trace of one or a few households: the columns of every level, kept for the explanation.

The batch keeps nothing; a single case keeps everything it computed. There is no second calculation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verrekening.kolommen import Getallen
from verrekening.motor.graaf import Graaf


@dataclass(frozen=True)
class Stap:
    """What one level computed in one month.

    Attributes:
        niveau: name of the level.
        maand: month, or None for records (which have a period of their own).
        graaf: the rules that ran.
        kolommen: inputs, parameters and results.
        rijen: row in the dossiers (household or person) or record, per row of the columns.
        waarden: parameters with source, by name.
    """

    niveau: str
    maand: int | None
    graaf: Graaf
    kolommen: Mapping[str, Any]
    rijen: Getallen
    waarden: Mapping[str, Any]


@dataclass
class Spoor:
    """Keeps steps when ``aan``; otherwise nothing."""

    aan: bool = False
    stappen: list[Stap] = field(default_factory=list)
    tabellen: dict[str, Any] = field(default_factory=dict)

    def bewaar(
        self,
        niveau: str,
        maand: int | None,
        graaf: Graaf,
        kolommen: Mapping[str, Any],
        rijen: Getallen,
        waarden: Mapping[str, Any],
    ) -> None:
        """Keeps one step."""
        if self.aan:
            self.stappen.append(Stap(niveau, maand, graaf, dict(kolommen), rijen, dict(waarden)))

    def bewaar_tabel(self, naam: str, tabel: Any) -> None:
        """Keeps a table that is no level, such as the parts per month."""
        if self.aan:
            self.tabellen[naam] = tabel

    def vergeet(self, *niveaus: str) -> None:
        """Drops the steps of levels that are computed again."""
        self.stappen = [stap for stap in self.stappen if stap.niveau not in niveaus]
