"""What finance reads: per payment month where every month R stood, what was decided, and what was paid.

A payment month is closed by the first run over a later one. Its books are those of its last run before that, so that
a journal that was made once stays the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from verrekening.administratie import betaalbestanden, delen, staand
from verrekening.administratie.runs import Run, run, runs
from verrekening.administratie.schema import BEDRAGEN, DELEN, RUNS
from verrekening.administratie.staand import Uitsnede
from verrekening.fouten import AdministratieGeweigerd
from verrekening.maand import lees_maand, toon_maand

DEEL = "standen"


@dataclass(frozen=True)
class Boekmaand:
    """One payment month in the books.

    Attributes:
        run: the last run over it before a later month was run.
        standen: every month R of every household after it (`uitvoer.standen`).
        betalingen: the payment lines as decided: columns by name.
        niet_aangeleverd: households with a decision that the last run was not given.
        bestanden: payment files that came while its books were open, in order: P, what the file said, and what the
            file before it over that P said (None without one).
    """

    run: Run
    standen: pa.Table
    betalingen: Mapping[str, list[Any]]
    niet_aangeleverd: tuple[str, ...]
    bestanden: tuple[tuple[int, pa.Table, pa.Table | None], ...]


def boekmaanden(verbinding: sa.Connection) -> list[int]:
    """The payment months whose books can be made, in order."""
    vraag = sa.select(RUNS.c.betaalmaand).join(DELEN, DELEN.c.boeking == RUNS.c.boeking).where(DELEN.c.naam == DEEL)
    return sorted({lees_maand(maand) for maand in verbinding.execute(vraag.distinct()).scalars()})


def boekmaand(verbinding: sa.Connection, betaalmaand: int) -> Boekmaand:
    """The books of a payment month.

    Raises:
        AdministratieGeweigerd: nothing was decided over it, or only by a version that did not keep where months stood.
    """
    p = toon_maand(betaalmaand)
    later = verbinding.scalar(sa.select(sa.func.min(RUNS.c.boeking)).where(RUNS.c.betaalmaand > p))
    van_p = [een for een in runs(verbinding, betaalmaand=betaalmaand) if later is None or een.boeking < later]
    if not van_p:
        raise AdministratieGeweigerd(f"over betaalmaand {p} is in deze administratie niets besloten")
    tot = None if later is None else later - 1
    betalingen = staand.betalingen(verbinding, betaalmaand, Uitsnede(tot=tot, zoals_besloten=True))
    return Boekmaand(
        run=van_p[-1],
        standen=_standen(verbinding, [een.boeking for een in van_p], betalingen["dossiernummer"], p),
        betalingen=betalingen,
        niet_aangeleverd=_niet_aangeleverd(verbinding, van_p[-1].boeking, betalingen["dossiernummer"]),
        bestanden=_bestanden(verbinding, betaalmaand),
    )


def _standen(verbinding: sa.Connection, boekingen: list[int], besloten: list[str], p: str) -> pa.Table:
    """Of the last run; of a household that it did not get, those of the last run that did."""
    vraag = sa.select(DELEN.c.boeking, DELEN.c.inhoud).where(DELEN.c.naam == DEEL, DELEN.c.boeking.in_(boekingen))
    bewaard = [bytes(inhoud) for _, inhoud in verbinding.execute(vraag.order_by(DELEN.c.boeking.desc())).all()]
    if not bewaard:
        raise AdministratieGeweigerd(
            f"de runs over betaalmaand {p} zijn van een versie die de standen nog niet bewaarde; "
            "het journaal kan vanaf de eerste run met deze versie"
        )
    uit = delen.uitpakken(bewaard[0])
    for oudere in bewaard[1:]:
        mist = pc.invert(pc.is_in(pa.array(besloten, pa.string()), value_set=uit["dossiernummer"]))
        nummers = pa.array(besloten, pa.string()).filter(mist)
        if not len(nummers):
            break
        tabel = delen.uitpakken(oudere)
        uit = pa.concat_tables([uit, tabel.filter(pc.is_in(tabel["dossiernummer"], value_set=nummers))])
    return uit


def _niet_aangeleverd(verbinding: sa.Connection, boeking: int, besloten: list[str]) -> tuple[str, ...]:
    """Households that are not among the dossiers that a run read."""
    laatste = (
        sa.select(DELEN.c.inhoud)
        .where(DELEN.c.naam == "dossiers", DELEN.c.boeking <= boeking)
        .order_by(DELEN.c.boeking.desc())
        .limit(1)
    )
    inhoud = verbinding.scalar(laatste)
    if inhoud is None:
        return ()
    gelezen = set(delen.uitpakken(bytes(inhoud), ["dossiernummer"])["dossiernummer"].to_pylist())
    return tuple(nummer for nummer in besloten if nummer not in gelezen)


def _bestanden(verbinding: sa.Connection, bij: int) -> tuple[tuple[int, pa.Table, pa.Table | None], ...]:
    uit = []
    vorige: dict[int, int] = {}
    for een in betaalbestanden.lees(verbinding):
        if een.bij == bij:
            oud = vorige.get(een.betaalmaand)
            uit.append(
                (
                    een.betaalmaand,
                    betaalbestanden.inhoud(verbinding, een.boeking),
                    None if oud is None else betaalbestanden.inhoud(verbinding, oud),
                )
            )
        vorige[een.betaalmaand] = een.boeking
    return tuple(uit)


def na_run(verbinding: sa.Connection, boeking: int) -> tuple[Run, pa.Table, pa.Table]:
    """A run, the payments that stood after it over its payment month, and where every month stood.

    Raises:
        AdministratieGeweigerd: the number is not that of a run, or of one that did not keep where months stood.
    """
    een = run(verbinding, boeking)
    inhoud = verbinding.scalar(sa.select(DELEN.c.inhoud).where(DELEN.c.boeking == boeking, DELEN.c.naam == DEEL))
    if inhoud is None:
        raise AdministratieGeweigerd(f"de run van boeking {boeking} is van een versie die de standen nog niet bewaarde")
    kolommen = staand.betalingen(verbinding, een.betaalmaand, Uitsnede(tot=boeking, zoals_besloten=True))
    betaling = pa.table(
        {
            "dossiernummer": pa.array(kolommen["dossiernummer"], pa.string()),
            "betaalmaand": pa.array([toon_maand(een.betaalmaand)] * len(kolommen["dossiernummer"]), pa.string()),
            **{naam: pa.array(kolommen[naam], pa.int64()) for naam in BEDRAGEN},
        }
    )
    return een, betaling, delen.uitpakken(bytes(inhoud))


def werkvoorraad(verbinding: sa.Connection, boeking: int) -> pa.Table:
    """The work list that a run kept."""
    inhoud = verbinding.scalar(
        sa.select(DELEN.c.inhoud).where(DELEN.c.boeking == boeking, DELEN.c.naam == "werkvoorraad")
    )
    if inhoud is None:
        raise AdministratieGeweigerd("de administratie mist de werkvoorraad van die run; draai de controle")
    return delen.uitpakken(bytes(inhoud))


def regels_zoals_besloten(
    verbinding: sa.Connection, betaalmaand: int
) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """Payment lines and lines per month R over P as they were decided, without what payment files reversed."""
    uit = Uitsnede(zoals_besloten=True)
    return staand.betalingen(verbinding, betaalmaand, uit), staand.lijnen(verbinding, betaalmaand, uit)
