"""Which runs there were, and what they decided over one household."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from verrekening.administratie.schema import BETAALREGELS, BOEKINGEN, DELEN, MAANDREGELS, RUNS
from verrekening.fouten import AdministratieGeweigerd
from verrekening.maand import lees_maand, toon_maand, toon_moment


@dataclass(frozen=True)
class Run:
    """A run that stands in the administration.

    Attributes:
        boeking: its number.
        betaalmaand, peilmoment: P and K.
        aard: besluit, vervanging or ongewijzigd.
        geboekt_op: the moment on the clock of the machine.
        bewijs, controle: its receipt and control totals.
    """

    boeking: int
    betaalmaand: int
    peilmoment: int
    aard: str
    geboekt_op: str
    bewijs: Mapping[str, Any]
    controle: Mapping[str, Any]


def runs(verbinding: sa.Connection, boeking: int | None = None, betaalmaand: int | None = None) -> list[Run]:
    """The runs in order, or one of them, or those over one payment month."""
    vraag = sa.select(RUNS, BOEKINGEN.c.geboekt_op).join(BOEKINGEN, BOEKINGEN.c.nr == RUNS.c.boeking)
    if boeking is not None:
        vraag = vraag.where(RUNS.c.boeking == boeking)
    if betaalmaand is not None:
        vraag = vraag.where(RUNS.c.betaalmaand == toon_maand(betaalmaand))
    return [
        Run(
            rij.boeking, lees_maand(rij.betaalmaand), rij.peilmoment, rij.aard, rij.geboekt_op,
            json.loads(rij.bewijs), json.loads(rij.controle),
        )
        for rij in verbinding.execute(vraag.order_by(RUNS.c.boeking)).all()
    ]  # fmt: skip


def run(verbinding: sa.Connection, boeking: int) -> Run:
    """One run. Raises AdministratieGeweigerd when the number is not that of a run."""
    gevonden = runs(verbinding, boeking=boeking)
    if not gevonden:
        raise AdministratieGeweigerd(f"boeking {boeking} is geen run in deze administratie")
    return gevonden[0]


def besluiten_over(
    verbinding: sa.Connection, dossiernummer: str, betaalmaand: int | None = None, bekend_op: int | None = None
) -> list[dict[str, Any]]:
    """The payment lines of one household in order, reversals too; with P and K only those.

    Each has boeking, betaalmaand, teken, reden, verwijzing and the amounts.
    """
    vraag = (
        sa.select(BETAALREGELS)
        .join(RUNS, RUNS.c.boeking == BETAALREGELS.c.boeking)
        .where(BETAALREGELS.c.dossiernummer == dossiernummer)
        .order_by(BETAALREGELS.c.boeking, BETAALREGELS.c.nr)
    )
    if betaalmaand is not None:
        vraag = vraag.where(BETAALREGELS.c.betaalmaand == toon_maand(betaalmaand))
    if bekend_op is not None:
        vraag = vraag.where(RUNS.c.peilmoment <= bekend_op)
    return [dict(rij) for rij in verbinding.execute(vraag).mappings().all()]


def staand_besluit(
    verbinding: sa.Connection, dossiernummer: str, betaalmaand: int, bekend_op: int | None = None
) -> tuple[Run, dict[str, Any], list[dict[str, Any]]]:
    """The run whose decision over P stands for a household (as known at K), its payment line, its lines per month.

    Raises:
        AdministratieGeweigerd: nothing was decided over P for this household.
    """
    regels = [een for een in besluiten_over(verbinding, dossiernummer, betaalmaand, bekend_op) if een["teken"] == 1]
    if not regels:
        wanneer = "" if bekend_op is None else f" (bekend op {toon_moment(bekend_op)})"
        raise AdministratieGeweigerd(
            f"over betaalmaand {toon_maand(betaalmaand)} is voor dossier {dossiernummer} niets besloten{wanneer}"
        )
    betaling = regels[-1]
    return run(verbinding, betaling["boeking"]), betaling, lijnen_van(verbinding, betaling["boeking"], dossiernummer)


def lijnen_van(verbinding: sa.Connection, boeking: int, dossiernummer: str) -> list[dict[str, Any]]:
    """The lines per month R that a run added for a household, without reversals."""
    vraag = sa.select(MAANDREGELS).where(
        MAANDREGELS.c.boeking == boeking, MAANDREGELS.c.dossiernummer == dossiernummer, MAANDREGELS.c.teken == 1
    )
    rijen = verbinding.execute(vraag.order_by(MAANDREGELS.c.rechtmaand)).mappings().all()
    return [dict(rij) for rij in rijen]


def laatste_met(verbinding: sa.Connection, deel: str) -> tuple[Run, bytes]:
    """The last run that kept a part, and that part. Raises AdministratieGeweigerd when there is none."""
    rij = verbinding.execute(
        sa.select(DELEN.c.boeking, DELEN.c.inhoud).where(DELEN.c.naam == deel).order_by(DELEN.c.boeking.desc()).limit(1)
    ).first()
    if rij is None:
        raise AdministratieGeweigerd("de administratie heeft nog geen run; draai eerst `verrekening batch`")
    return run(verbinding, rij.boeking), bytes(rij.inhoud)
