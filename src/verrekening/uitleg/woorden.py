"""Months, moments and amounts as people read them."""

from __future__ import annotations

from datetime import datetime, tzinfo

from verrekening.geld import euro
from verrekening.uitleg.waarden import ONBEKEND

_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip


def maand_in_woorden(maand: str) -> str:
    """``juli 2026`` of ``2026-07``."""
    return f"{_MAANDEN[int(maand[5:7]) - 1]} {maand[:4]}"


def dag_in_woorden(dag: str) -> str:
    """``15 augustus 2026`` of ``2026-08-15``."""
    return f"{int(dag[8:10])} {_MAANDEN[int(dag[5:7]) - 1]} {dag[:4]}"


def moment_in_woorden(moment: str, zone: tzinfo) -> str:
    """``15 augustus 2026, 02:00 uur`` of an ISO moment with offset."""
    lokaal = datetime.fromisoformat(moment).astimezone(zone)
    return f"{lokaal.day} {_MAANDEN[lokaal.month - 1]} {lokaal.year}, {lokaal:%H:%M} uur"


def bedrag(cent: int | None) -> str:
    """``1.234,56`` for a column of amounts; unknown is never 0."""
    return ONBEKEND if cent is None else euro(cent).replace("€ ", "")
